"""Whether the server can answer, for whoever watches over it: no path, no name, no question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.retrieval.retriever import Retriever
from index.errors import IndexDamaged, IndexFault, IndexForeign, IndexMissing


@dataclass(frozen=True, slots=True)
class Health:
    """The index that is being answered from: its generation's number and its count of articles."""

    generation: str
    articles: int


Look = Callable[[], Health]


def reason(fault: IndexFault) -> str:
    """Say what is wrong with the index, and what to do, without naming a place on the machine."""
    match fault:
        case IndexMissing():
            return "There is no index: run onrecord index on the articles."
        case IndexForeign():
            return "The index was made by another model or version: run onrecord index again."
        case IndexDamaged():
            return "The index is damaged: run onrecord index again."
        case _:
            return "The index can't be opened: onrecord status says why."


def looking(retriever: Retriever) -> Look:
    """Give what says how the index of a retriever is; it raises IndexFault where it can't be opened."""

    def look() -> Health:
        generation = retriever.generation()
        return Health(generation.number, generation.manifest.articles)

    return look
