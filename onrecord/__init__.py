"""Answers from an archive of news articles with what was printed, and nothing else.

    >>> import onrecord
    >>> _ = onrecord.build("articles", "my-index")
    >>> answer = onrecord.open("my-index").ask("How many dockers joined the strike?")
    >>> print(answer.quotes[0].text)
    About 1,400 dockers joined the strike at Port Caldry.

Importing this package loads nothing else; each name is loaded when it is first used. What is not listed in `__all__`
may change with any version.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.query.parameters import BadRequest
    from assistant.retrieval.retriever import Retriever
    from assistant.types.answer import Answer, Quote
    from assistant.types.timeline import Timeline
    from index.build.build import NothingToIndex, Report
    from index.build.removals import RemovalRefused
    from index.errors import (
        IndexBusy,
        IndexDamaged,
        IndexFault,
        IndexForeign,
        IndexMissing,
        IndexUnwritten,
    )
    from index.filters import Filter
    from index.generation.folder import NotAnIndex
    from index.models.embedder import ModelFault

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Assistant",
    "BadRequest",
    "Filter",
    "IndexBusy",
    "IndexDamaged",
    "IndexFault",
    "IndexForeign",
    "IndexMissing",
    "IndexUnwritten",
    "ModelFault",
    "NotAnIndex",
    "NothingToIndex",
    "Quote",
    "RemovalRefused",
    "Retriever",
    "Timeline",
    "__version__",
    "build",
    "open",
]

_MODULES = {
    "Answer": "assistant.types.answer",
    "Assistant": "assistant.assistant",
    "BadRequest": "assistant.query.parameters",
    "Filter": "index.filters",
    "IndexBusy": "index.errors",
    "IndexDamaged": "index.errors",
    "IndexFault": "index.errors",
    "IndexForeign": "index.errors",
    "IndexMissing": "index.errors",
    "IndexUnwritten": "index.errors",
    "ModelFault": "index.models.embedder",
    "NotAnIndex": "index.generation.folder",
    "NothingToIndex": "index.build.build",
    "Quote": "assistant.types.answer",
    "RemovalRefused": "index.build.removals",
    "Retriever": "assistant.retrieval.retriever",
    "Timeline": "assistant.types.timeline",
}


def build(
    articles: str | PathLike[str] | Sequence[str | PathLike[str]],
    index: str | PathLike[str],
    *,
    model: str | None = None,
    allow_removal: bool = False,
) -> Report:
    """Index the articles under a folder, or under several, or bring their index up to date.

    The folders are the whole archive: an article that is no longer under them leaves the index. Only new and changed
    passages are embedded. `model` is the name or the folder of another sentence-transformers model, which needs the
    extra `models`; without it the bundled model is used. The report counts articles and passages, and says what could
    not be read.

        >>> report = onrecord.build("articles", "my-index")
        >>> report.articles, report.rejected
        (2, ())

    Raises BadRequest for an argument of the wrong type, FileNotFoundError, NothingToIndex where no article can be read,
    RemovalRefused where more than a tenth of the articles is gone and `allow_removal` is False, NotAnIndex, IndexBusy,
    IndexUnwritten and ModelFault. The index then stays as it was.
    """
    from index.build.build import build as build_index
    from index.models.by_name import model_named
    from onrecord._arguments import read_model, read_path, read_paths, read_switch

    folders, root = read_paths(articles, "articles"), read_path(index, "index")
    may_remove, name = read_switch(allow_removal, "allow_removal"), read_model(model)
    return build_index(root, folders, model_named(name), allow_removal=may_remove)


def open(index: str | PathLike[str]) -> Assistant:  # noqa: A001 - called as onrecord.open
    """Open an index to ask it; one assistant serves any number of threads and sees each later update of the index.

        >>> archive = onrecord.open("my-index")
        >>> archive.ask("Who won the chess tournament?").status
        'no_answer'

    Raises BadRequest for an argument of the wrong type, IndexMissing, IndexDamaged, IndexForeign, and ModelFault where
    the model that built the index is not installed.
    """
    from assistant.assistant import Assistant
    from assistant.retrieval.retriever import Retriever
    from onrecord._arguments import read_path

    return Assistant(Retriever.open(read_path(index, "index")))


if not TYPE_CHECKING:  # else a name that there is not would pass type checkers

    def __getattr__(name: str) -> object:
        """Load a public class when it is first used."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found: object = getattr(import_module(_MODULES[name]), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return __all__
