"""A question in, quotes out."""
