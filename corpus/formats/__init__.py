"""A reader for each file format, and `read.py`, which chooses among them."""
