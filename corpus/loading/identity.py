"""Ids of articles: the path under the archive's root, and for a record of a file what it calls itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.loading.fields import first_stated, names_for
from corpus.loading.labels import Label, web_address

LONGEST_ID = 1_000  # characters; the page's addresses take somewhat more
# Files of many records, and of one article. An id that ends like the latter is always a file's own.
_OF_MANY = (".jsonl", ".csv")
_OF_ONE = (".txt", ".md")
# What could be taken for a position.
_LIKE_POSITION = re.compile(r"(?:id=)*[0-9]+")
_NO_NAME = "{}, so the article's id is its position; give each record an id of its own"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Known:
    """What a record is known by: the id of its article, and what was doubtful about it."""

    article_id: str
    doubt: str | None = None


def file_of(article_id: str) -> str:
    """Return the path an id speaks of: `feed.jsonl#42` and `feed.jsonl#story-7` are records of `feed.jsonl`."""
    path, mark, _ = article_id.rpartition("#")
    of_many = mark and path.lower().endswith(_OF_MANY) and not article_id.lower().endswith(_OF_ONE)
    return path if of_many else article_id


def record_id(path: str, stated: str) -> str:
    """Make the id of a record that calls itself `stated`; raise ValueError, with the reason, when it can't be one.

    What would be read as something else is written otherwise: `#` as `%23`, an end like `.txt` as `%2Etxt`, and a
    number, which would be a position, as `id=42`.
    """
    name = " ".join(stated.split())
    if not name.isprintable():
        raise ValueError("holds a character that can't be shown")
    name = name.replace("#", "%23")
    if _LIKE_POSITION.fullmatch(name):
        name = f"id={name}"
    if name.lower().endswith(_OF_ONE):
        stem, _, end = name.rpartition(".")
        name = f"{stem}%2E{end}"
    if len(path) + 1 + len(name) > LONGEST_ID:
        raise ValueError(f"makes an id of more than {LONGEST_ID:,} characters")
    return f"{path}#{name}"


def known_by(path: str, records: Sequence[Mapping[str, object] | str], label: Label) -> Iterator[Known]:
    """Say what each record of a file is known by: its `id`, or else its `url`, or else its position from 1.

    An id or url counts only where no other record of the file states it. `records` are as `read_records` takes them.
    """
    named = [_Names() if isinstance(record, str) else _Names.of(path, record, label) for record in records]
    ids, urls = _once(names.id for names in named), _once(names.url for names in named)
    chosen = [
        next((n for n, once in ((names.id, ids), (names.url, urls)) if n in once), None) for names in named
    ]
    alone = _once(chosen)
    for number, (names, name) in enumerate(zip(named, chosen, strict=True), start=1):
        yield Known(name) if name and name in alone else Known(f"{path}#{number}", names.doubt)


def _once(names: Iterable[str | None]) -> set[str | None]:
    """The names that are there once."""
    return {name for name, count in Counter(names).items() if name is not None and count == 1}


@dataclass(frozen=True, slots=True)
class _Names:
    """The ids that a record's own `id` and `url` make, where they can; `doubt` for when neither counts."""

    id: str | None = None
    url: str | None = None
    doubt: str | None = None

    @classmethod
    def of(cls, path: str, record: Mapping[str, object], label: Label) -> _Names:
        made: dict[str, str] = {}
        doubts: list[str] = []
        for name in ("id", "url"):
            stated = first_stated(record, names_for(name, label))
            if stated is None or not str(stated).strip():
                continue
            try:
                made[name] = record_id(path, web_address(_text(stated)) if name == "url" else _text(stated))
                doubts.append(f"{name} {_shown(stated)} is another record's too")
            except ValueError as error:
                if name == "id":  # what is wrong with a link is told of the link
                    doubts.append(f"id {error}")
        return cls(made.get("id"), made.get("url"), _NO_NAME.format(doubts[0]) if doubts else None)


def _text(stated: object) -> str:
    match stated:
        case bool():
            raise ValueError("is not a text or a number")
        case str() | int():
            return str(stated)
        case _:
            raise ValueError("is not a text or a number")


def _shown(stated: object) -> str:
    text = str(stated)
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
