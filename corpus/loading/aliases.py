"""What sources are called besides the name that articles state: which alias stands for which source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Rejected
from corpus.loading.files import LABELS


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a source, as the label file at the path `file` gives it.

    `file` is empty for one beside a single file that is read: it may speak of sources that others state.
    """

    source: str
    alias: str
    file: str

    @property
    def told_at(self) -> str:
        """The path under which a fault of it is told."""
        return self.file or LABELS


def names_of(stated: Iterable[str], aliases: Iterable[Alias]) -> dict[str, str]:
    """Give the sources stated by what they are called, in lower case (casefolded).

    That is their names, their aliases, and either without the "The " before it. What two sources would
    be called, in the archive or in a label file alone, stands for neither and is left out.
    """
    known = {name.casefold(): name for name in stated}
    claims = _claims(known, aliases)
    return {called: known[key] for called, (key, *others) in claims.items() if not others and key in known}


def alias_faults(stated: Iterable[str], aliases: Sequence[Alias]) -> list[Rejected]:
    """Give a line for each source that has aliases and no article, and for each alias of two sources."""
    known = {name.casefold(): name for name in stated}
    claims = _claims(known, aliases)
    found = [
        Rejected(alias.told_at, reason) for alias in aliases for reason in _reasons(alias, known, claims)
    ]
    return list(dict.fromkeys(found))


def _claims(known: Iterable[str], aliases: Iterable[Alias]) -> dict[str, dict[str, str]]:
    """What something is called, by those so called: their names in lower case and as they are written."""
    claims: dict[str, dict[str, str]] = defaultdict(dict)
    called = [(key, key) for key in known] + [(alias.source, alias.alias) for alias in aliases]
    for source, name in called:
        for form in _forms(name):
            claims[form].setdefault(source.casefold(), source)
    return claims


def _forms(name: str) -> set[str]:
    folded = name.casefold()
    return {folded, folded.removeprefix("the ")}


def _reasons(alias: Alias, known: dict[str, str], claims: dict[str, dict[str, str]]) -> Iterator[str]:
    if alias.file and alias.source.casefold() not in known:
        yield f"no article states the source {alias.source!r}, which has aliases; the other entries are in force"
    claimed = {key: name for form in _forms(alias.alias) for key, name in claims[form].items()}
    if len(claimed) > 1:
        named = " and ".join(repr(known.get(key, name)) for key, name in sorted(claimed.items()))
        yield f"{alias.alias!r} would name {named} and stands for neither; the other entries are in force"
