"""Tests of index/words."""
