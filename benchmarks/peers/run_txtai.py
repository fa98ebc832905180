"""txtai as its documentation sets up hybrid search: one index of words and vectors, with content.

Runs in the peers' environment: python -m benchmarks.peers.run_txtai JOB.json MODEL RESULT.json
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from txtai import Embeddings  # type: ignore[import-not-found]

from benchmarks.peers.contract import Ranking, Unit, run

# The weight of the vectors beside the words': txtai's own way to ask one of them alone.
_SIGNALS = {"hybrid": 0.5, "cosine": 1.0, "words": 0.0}


class Txtai:
    """A txtai index of units."""

    def __init__(self, units: Sequence[Unit], model: str, k: int) -> None:
        self._k = k
        self._index = Embeddings(path=model, hybrid=True, content=True)
        self._index.index((unit.id, unit.titled, None) for unit in units)

    def rank(self, question: str) -> Ranking:
        """Search by words and vectors, weighed alike, as txtai does unless told otherwise."""
        return [(hit["id"], float(hit["score"])) for hit in self._index.search(question, self._k)]

    def signals(self, question: str) -> dict[str, float]:
        """Tell the best hit's score, of both together and of each alone."""
        found = {name: self._index.search(question, 1, weights=w) for name, w in _SIGNALS.items()}
        return {name: float(hits[0]["score"]) if hits else 0.0 for name, hits in found.items()}


if __name__ == "__main__":
    run(f"txtai {version('txtai')}", Txtai)
