"""A question in, candidate passages out, best first."""
