"""Tests of assistant/integrity."""
