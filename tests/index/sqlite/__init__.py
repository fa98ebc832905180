"""Tests of index/sqlite."""
