"""Tests of assistant/commands."""
