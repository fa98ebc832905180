"""Conversations as documents, a module for each format."""
