"""Haystack as its documentation sets up hybrid retrieval: BM25 and embedding retrievers, joined by rank.

Runs in the peers' environment: python -m benchmarks.peers.run_haystack JOB.json MODEL RESULT.json
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from haystack import Document, Pipeline  # type: ignore[import-not-found]
from haystack.components.joiners import DocumentJoiner  # type: ignore[import-not-found]
from haystack.components.retrievers.in_memory import (  # type: ignore[import-not-found]
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore  # type: ignore[import-not-found]
from haystack_integrations.components.embedders.sentence_transformers import (  # type: ignore[import-not-found]
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.contract import Ranking, Unit, run

_RANKERS = {"bm25": "words", "dense": "cosine"}


class Haystack:
    """A Haystack pipeline over a store of units."""

    def __init__(self, units: Sequence[Unit], model: str, k: int) -> None:
        store = InMemoryDocumentStore()
        embedder = SentenceTransformersDocumentEmbedder(
            model=model, local_files_only=True, progress_bar=False
        )
        embedder.warm_up()
        documents = [Document(id=unit.id, content=unit.titled) for unit in units]
        store.write_documents(embedder.run(documents)["documents"])
        self._pipeline = _pipeline(store, model, k)

    def rank(self, question: str) -> Ranking:
        """Join what both retrievers bring, by reciprocal rank."""
        return [(hit.id, float(hit.score)) for hit in self._run(question)["joiner"]["documents"]]

    def signals(self, question: str) -> dict[str, float]:
        """Tell the best hit's score, of both together and of each retriever alone."""
        found = self._run(question)
        best = {name: found.get(part, {}).get("documents") for part, name in _RANKERS.items()}
        best["hybrid"] = found["joiner"]["documents"]
        return {name: float(hits[0].score) if hits else 0.0 for name, hits in best.items()}

    def _run(self, question: str) -> dict[str, Any]:
        asked = {"embedder": {"text": question}, "bm25": {"query": question}}
        found: dict[str, Any] = self._pipeline.run(asked, include_outputs_from={*_RANKERS, "joiner"})
        return found


def _pipeline(store: Any, model: str, k: int) -> Any:  # noqa: ANN401 - Haystack is not in the project's environment
    pipeline = Pipeline()
    pipeline.add_component(
        "embedder",
        SentenceTransformersTextEmbedder(model=model, local_files_only=True, progress_bar=False),
    )
    pipeline.add_component("bm25", InMemoryBM25Retriever(document_store=store, top_k=k))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(document_store=store, top_k=k))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("bm25", "joiner")
    pipeline.connect("dense", "joiner")
    return pipeline


if __name__ == "__main__":
    run(f"Haystack {version('haystack-ai')}", Haystack)
