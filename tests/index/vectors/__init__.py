"""Tests of index/vectors."""
