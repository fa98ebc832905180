"""A question, read: its kind, names, numbers, days and sources, and what is searched for."""
