"""Names of sources that are easily taken for another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from unicodedata import name as unicode_name

from corpus.folding import skeletons

_MOST_NAMED = 3


def lookalikes(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the names that look like others, casefolded, with these; names that differ in case alone are one.

    What looks alike is said at `corpus.folding.skeletons`. Which of two names is the true one nothing says.
    """
    known = {name.casefold(): name for name in sorted(names, reverse=True)}
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in known.items():
        for skeleton in skeletons(name):
            alike[skeleton].append(key)
    found = {
        key: sorted({other for skeleton in skeletons(name) for other in alike[skeleton]} - {key})
        for key, name in known.items()
    }
    return {key: tuple(known[other] for other in others) for key, others in found.items() if others}


def source_warnings(stated: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Warn of names of sources that look like one stated before: the article that states the name, and the warning.

    `stated` are names and the ids of articles that state them.
    """
    first: dict[str, str] = {}
    for name, article_id in stated:
        first.setdefault(name, article_id)
    spelled: dict[str, str] = {}
    alike = lookalikes(first)
    for name, article_id in first.items():
        if (other := spelled.setdefault(name.casefold(), name)) != name:
            yield article_id, f"source {name!r} is written {other!r} elsewhere; both count as one source"
            continue
        keys = (other.casefold() for other in alike.get(name.casefold(), ()))
        if before := [spelled[key] for key in keys if key in spelled]:
            yield article_id, _warning(name, before)


def _warning(name: str, others: list[str]) -> str:
    named = " and ".join(map(repr, others[:_MOST_NAMED]))
    odd = dict.fromkeys(c for c in name if not c.isascii() and c not in others[0])
    letters = [f"U+{ord(c):04X} {unicode_name(c, 'unnamed').lower()}" for c in odd]
    holds = f", and holds {', '.join(letters[:_MOST_NAMED])}" if letters else ""
    return f"source {name!r} looks like {named}{holds}; where that is one source, state one name, else mind the two"
