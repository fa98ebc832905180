"""One module per format: decoded text, path and label in, articles and rejected records out."""
