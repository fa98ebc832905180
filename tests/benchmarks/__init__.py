"""Tests of the benchmarks: what is measured, and that it is measured alike for every system."""
