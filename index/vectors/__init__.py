"""Passage vectors by FAISS: exact search, a shortlist, and vectors of word pieces."""
