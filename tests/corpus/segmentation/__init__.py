"""Tests of corpus/segmentation."""
