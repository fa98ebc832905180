"""The real model, asked once for each text, since tests ask about the same sentences many times."""

from __future__ import annotations

from collections.abc import Sequence

from index.models.embedder import Embedder, Encoded, Spans


class Remembering:
    """Gives what another embedder gives, and keeps it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Encoded] = {}

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    @property
    def max_pieces(self) -> int:
        return self._embedder.max_pieces

    def piece_spans(self, text: str) -> Spans:
        return self._embedder.piece_spans(text)

    def embed_query(self, text: str) -> Encoded:
        return self.embed_passages([text])[0]

    def embed_passages(self, texts: Sequence[str]) -> list[Encoded]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._embedder.embed_passages(fresh), strict=True))
        return [self._known[text] for text in texts]
