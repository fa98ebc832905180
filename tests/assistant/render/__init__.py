"""Tests of assistant/render."""
