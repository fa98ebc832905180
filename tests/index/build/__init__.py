"""Tests of index/build."""
