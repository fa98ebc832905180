"""Tests of index/models."""
