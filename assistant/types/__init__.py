"""The values that a question and its answer are made of, and nothing that computes them."""
