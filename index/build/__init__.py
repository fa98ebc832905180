"""Articles into a new generation."""
