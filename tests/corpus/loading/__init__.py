"""Tests of corpus/loading."""
