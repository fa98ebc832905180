"""Tests of the corpus: files in, passages out."""
