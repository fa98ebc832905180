"""A sample archive, invented from end to end: no country, person, outlet or event in it exists.

Six newspapers and stations report five weeks of spring 2031 in a country called Sarvane, and they
do not agree. The articles serve to try the program and to measure it.
"""

from __future__ import annotations

from pathlib import Path

ARTICLES: Path = Path(__file__).parent / "articles"
"""The folder of the articles, with its `labels.toml`."""

QUESTIONS: Path = Path(__file__).parent / "questions.jsonl"
"""Questions with the words that answer them, one JSON object a line."""

CONVERSATIONS: Path = Path(__file__).parent / "conversations.jsonl"
"""Conversations of two and three questions, whose later ones lean on those before or do not."""
