"""BM25 over passages by tantivy."""
