"""What a search finds."""

from __future__ import annotations

from typing import NamedTuple


class Hit(NamedTuple):
    """A passage found: its row in the index's generation and its score, higher is better."""

    passage_id: int
    score: float
