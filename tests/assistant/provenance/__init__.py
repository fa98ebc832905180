"""Tests of assistant/provenance."""
