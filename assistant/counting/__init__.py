"""Figures that count what was asked: which those are, and what two of them say about each other."""
