"""What is installed: the files it is taken from, by their hashes, and the list of it."""
