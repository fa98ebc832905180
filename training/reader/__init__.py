"""Teach the reader: examples from the stories of `training/news` and from public question sets, model, training."""
