"""Text into sentences and passages; what is boilerplate."""
