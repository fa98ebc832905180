"""Measurements of speed and quality on public data, and the fits that come from it."""
