"""Tests of the formats a quote can be cited in."""
