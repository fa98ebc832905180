"""Candidate passages into quotes: the reader, the ranking, and whether anything answers."""
