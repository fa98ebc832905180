"""Tests of assistant/choosing."""
