"""Tests of corpus/annotation."""
