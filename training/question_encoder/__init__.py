"""The question encoder: the bundled model, fine-tuned so that a question lies near the passages that answer it."""
