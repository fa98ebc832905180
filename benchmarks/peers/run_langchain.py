"""LangChain as its documentation sets up semantic search: a FAISS vector store of embedded texts.

Runs in the peers' environment: python -m benchmarks.peers.run_langchain JOB.json MODEL RESULT.json
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from langchain_community.embeddings import HuggingFaceEmbeddings  # type: ignore[import-not-found]
from langchain_community.vectorstores import FAISS  # type: ignore[import-not-found]

from benchmarks.peers.contract import Ranking, Unit, run


class LangChain:
    """A LangChain vector store of units."""

    def __init__(self, units: Sequence[Unit], model: str, k: int) -> None:
        self._k = k
        texts, places = [unit.titled for unit in units], [{"id": unit.id} for unit in units]
        self._store = FAISS.from_texts(texts, HuggingFaceEmbeddings(model_name=model), metadatas=places)

    def rank(self, question: str) -> Ranking:
        """Search by vectors; the score is the distance, counted downwards."""
        found = self._store.similarity_search_with_score(question, self._k)
        return [(document.metadata["id"], -float(distance)) for document, distance in found]

    def signals(self, question: str) -> dict[str, float]:
        """Tell the best hit's nearness."""
        return {"cosine": self.rank(question)[0][1]}


if __name__ == "__main__":
    run(f"LangChain {version('langchain-community')} with FAISS", LangChain)
