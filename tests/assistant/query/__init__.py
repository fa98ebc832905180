"""Tests of assistant/query."""
