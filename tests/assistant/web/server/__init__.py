"""Tests of assistant/web/server."""
