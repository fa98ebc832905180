"""Tests of what is learnt from public data."""
