"""Tests of index/generation."""
