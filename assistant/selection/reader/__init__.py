"""The packaged model that reads a question with a passage, and its seam."""
