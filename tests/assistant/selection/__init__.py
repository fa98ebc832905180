"""Tests of assistant/selection."""
