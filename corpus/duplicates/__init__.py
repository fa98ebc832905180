"""Copies of one text recognised, and what they print differently."""
