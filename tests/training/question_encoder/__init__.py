"""Tests of the question encoder's training."""
