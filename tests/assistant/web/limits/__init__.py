"""Tests of assistant/web/limits."""
