"""Tests of assistant/render/exports."""
