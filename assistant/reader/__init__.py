"""The reader: a question and a passage in, for each sentence how clearly it answers, and with which words."""
