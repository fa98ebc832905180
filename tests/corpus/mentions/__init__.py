"""Tests of what a text mentions."""
