"""Tests of assistant/server."""
