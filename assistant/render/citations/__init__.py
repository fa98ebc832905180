"""Quotes as citations, a module for each format."""
