"""Tests of assistant/page."""
