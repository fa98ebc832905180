"""Tests of assistant/reader."""
