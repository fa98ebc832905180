"""Tests of assistant/web."""
