"""Tests of corpus/duplicates."""
