"""What a saved answer states, compared with what the index has."""
