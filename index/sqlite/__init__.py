"""Articles and passages in SQLite, and filters as conditions on them."""
