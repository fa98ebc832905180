"""Which sentences of the passages found answer a question, how likely, and how wide they are quoted."""
