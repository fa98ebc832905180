"""Tests of assistant/web/page."""
