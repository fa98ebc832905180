"""Checks of what was written: saved answers against the index, the index against its articles."""
