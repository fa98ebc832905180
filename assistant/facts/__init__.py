"""What the quotes of an answer state together: figures, places, the order of time."""
