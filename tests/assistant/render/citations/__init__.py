"""Tests of assistant/render/citations."""
