"""On Record on a task: its rankings, its replies and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.retrieval.retriever import Retriever
from assistant.types.answer import Answer
from benchmarks.measures import Reply, Span
from index.build.build import build
from index.models.by_name import model_named

NAME = "On Record"
# Passages looked at, so that ten articles can be told among them; and those that a user is shown.
_DEPTH, _SHOWN = 100, 10


class OnRecord:
    """An archive that is indexed and open."""

    def __init__(self, retriever: Retriever, assistant: Assistant) -> None:
        self._retriever = retriever
        self._assistant = assistant

    @classmethod
    def over(cls, articles: Path, index: Path) -> OnRecord:
        """Index an archive with the bundled model; what an earlier run embedded is taken over."""
        embedder = model_named()
        build(index, [articles], embedder)
        retriever = Retriever.open(index, embedder)
        return cls(retriever, Assistant(retriever))

    def passages(self, question: str) -> list[str]:
        """The ids of the passages found, as `Span.id` writes them, best first."""
        return [f"{c.article_id}:{c.start}-{c.end}" for c in self._retriever.search(question, _DEPTH)]

    def articles(self, question: str) -> list[str]:
        """The ids of the articles found, each where its best passage stands."""
        return list(dict.fromkeys(passage.rpartition(":")[0] for passage in self.passages(question)))

    def reply(self, question: str) -> Reply:
        """Ask; where there is no answer, the near misses stand for what it would have said."""
        return as_reply(self._assistant.ask(question))

    def durations(self, questions: Sequence[str]) -> dict[str, list[float]]:
        """Seconds for each question to be embedded, to find its passages, and to be answered."""
        stages: dict[str, Callable[[str], object]] = {
            "question embedded": self._retriever.embedder.embed_query,
            "passages ranked": lambda question: self._retriever.search(question, _SHOWN),
            "answered": self._assistant.ask,
        }
        return {name: [_seconds(stage, q) for q in questions] for name, stage in stages.items()}


def as_reply(answer: Answer) -> Reply:
    """An answer's sentences, shown as quotes or as near misses, and its probability."""
    quotes = tuple(Span(q.article_id, q.start, q.end, q.text) for q in answer.quotes or answer.near_misses)
    return Reply(quotes, {"probability": answer.probability or 0.0}, answered=answer.status == "answered")


def _seconds(stage: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    stage(question)
    return time.perf_counter() - began
