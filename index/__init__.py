"""Passages in, hits out: the stored archive, its words and its vectors."""
