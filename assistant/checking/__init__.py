"""What `onrecord check` looks at inside an index: texts, origins, vectors, words. One line for each fault."""
