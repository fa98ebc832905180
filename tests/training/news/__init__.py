"""Tests of training/news."""
