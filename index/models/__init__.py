"""The embedding models: the packaged ones, and any other by sentence-transformers."""
