"""Tests of assistant/web/auth."""
