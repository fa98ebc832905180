"""labels.toml beside the articles: what they don't state themselves, by pattern of file; names of sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar
from unicodedata import category

from corpus.loading.bounded_toml import read_toml
from corpus.loading.decoding import text_encoding
from corpus.loading.globs import Lookup, Pattern
from corpus.loading.listing import listed
from corpus.loading.stated_dates import compile_format, parse_date

COLUMNS = ("title", "source", "published", "url", "author", "kind", "corrected", "text", "id")
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0", "none", "null"})

MOST_WILD = 1_000  # entries with wildcards: each of them is tried on every file
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Label:
    """What label files say of one article file: facts that fill gaps, and how to read it."""

    source: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    kind: str | None = None
    corrected: str | None = None
    published: date | None = None
    encoding: str | None = None
    date_format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def overridden_by(self, *others: Label) -> Label:
        """Merge labels: what a later one says wins."""
        said = {
            name: value
            for label in others
            for name in _READ
            if name != "columns" and (value := getattr(label, name)) is not None
        }
        columns = [self.columns, *(label.columns for label in others)]
        return replace(self, **said, columns={name: c for table in columns for name, c in table.items()})


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[files]]` of a label file: the pattern, and what it says of the files that fit it."""

    match: Pattern
    label: Label


@dataclass(frozen=True, slots=True)
class Naming:
    """One `[[sources]]` of a label file: a source as articles or labels state it, and its other names."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelFile:
    """What a label file says. `faults` are those of single `[[sources]]`, which stop nothing else."""

    files: tuple[Entry, ...] = ()
    sources: tuple[Naming, ...] = ()
    faults: tuple[str, ...] = ()
    _lookup: Lookup = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the patterns once, for all paths that are asked about."""
        object.__setattr__(self, "_lookup", Lookup([entry.match for entry in self.files]))

    def label_for(self, path: str) -> Label:
        """Merge all entries whose pattern fits the path (relative to the label file); later ones win."""
        return Label().overridden_by(*(self.files[n].label for n in self._lookup.fitting(path)))

    def unused(self, paths: Sequence[str]) -> list[str]:
        """The patterns that none of the paths fits."""
        return [self.files[n].match.text for n in self._lookup.unused(paths)]


def parse_labels(text: str) -> LabelFile:
    """Read a label file's text.

    Raises ValueError with a one-line reason: the line of a TOML error, or the number of the entry. A
    `[[sources]]` that can't be read is told among the faults, and all else is read.
    """
    document = read_toml(text)
    _refuse_unknown(
        document, {"files", "sources"}, "at the top; entries are written [[files]] or [[sources]]"
    )
    entries = document.get("files", [])
    match entries:
        case list():
            files = tuple(_numbered_entry(number, entry) for number, entry in enumerate(entries, start=1))
            _check_wild(files)
        case _:
            raise ValueError("write each entry as [[files]], with double brackets")
    return LabelFile(files, *_namings(document.get("sources", [])))


def one_line(text: str, longest: int = 1_000) -> str:
    """Return a metadata value with its blanks folded; raise ValueError when it can't be one."""
    if any(category(c) in {"Cc", "Cs"} and c not in "\n\t\r" for c in text):
        raise ValueError("holds a control character")
    folded = " ".join(text.split())
    if len(folded) > longest:
        raise ValueError(f"is longer than {longest:,} characters")
    return folded


def web_address(text: str) -> str:
    """Return a link if it is one of http or https; raise ValueError otherwise."""
    address = one_line(text, longest=2_000)
    scheme, colon, rest = address.partition("://")
    if " " in address or not colon or scheme.lower() not in {"http", "https"} or not rest.strip("/"):
        raise ValueError("is not a link of http or https")
    return address


def correction(said: str) -> str:
    """Return what is said of a correction: `yes`, a day or the note, in one line; empty for a no."""
    folded = one_line(said)
    word = folded.casefold()
    return "yes" if word in _YES else "" if word in _NO else folded


def _numbered_entry(number: int, entry: object) -> Entry:
    try:
        return _entry(_table(entry))
    except ValueError as error:
        raise ValueError(f"entry {number}: {error}") from None


def _check_wild(entries: Sequence[Entry]) -> None:
    """Raise ValueError for more patterns with wildcards than are tried on every file."""
    wild = sum(entry.match.wild for entry in entries)
    if wild > MOST_WILD:
        raise ValueError(
            f"has {wild:,} entries whose match has *, ? or [, at most {MOST_WILD:,} are read; "
            "name files without them or put a labels.toml into each folder"
        )


def _namings(entries: object) -> tuple[tuple[Naming, ...], tuple[str, ...]]:
    """The `[[sources]]` that can be read, and what is wrong with the others."""
    match entries:
        case list():
            read = [_naming_or_fault(number, entry) for number, entry in enumerate(entries, start=1)]
        case _:
            read = ["write each source as [[sources]], with double brackets"]
    named = tuple(item for item in read if isinstance(item, Naming))
    return named, tuple(item for item in read if isinstance(item, str))


def _naming_or_fault(number: int, entry: object) -> Naming | str:
    try:
        return _naming(_table(entry))
    except ValueError as error:
        return f"[[sources]] {number}: {error}"


def _naming(entry: dict[str, Any]) -> Naming:
    _refuse_unknown(entry, {"name", "aliases"}, "; known are: name, aliases")
    missing = sorted({"name", "aliases"} - entry.keys())
    if missing:
        raise ValueError(
            f"`{missing[0]}` is missing; write name = 'Meridian Wire' and aliases = ['MW', 'the Wire']"
        )
    return Naming(_said("name", _fact, entry["name"]), _said("aliases", _facts, entry["aliases"]))


def _entry(entry: dict[str, Any]) -> Entry:
    _refuse_unknown(entry, {"match", *_READ}, f"; known are: match, {', '.join(_READ)}")
    if "match" not in entry:
        raise ValueError("`match` is missing, for example match = 'wire/*.txt'")
    said = {name: _value(name, entry[name]) for name in _READ if name in entry}
    return Entry(Pattern(_string(entry["match"])), Label(**said))


def _value(name: str, value: object) -> Any:  # noqa: ANN401 - each field of Label has its own type
    return _said(name, _READ[name], value)


def _said(name: str, read: Callable[[object], T], value: object) -> T:
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{name} {error}") from None


def _refuse_unknown(table: Mapping[str, object], known: set[str], hint: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise ValueError(f"unknown {listed(unknown)}{'' if hint.startswith(';') else ' '}{hint}")


def _table(value: object) -> dict[str, Any]:
    match value:
        case dict():
            return value
        case _:
            raise ValueError("must be a table, for example { text = 'body' }")


def _string(value: object) -> str:
    match value:
        case str() if value.strip():
            return value
        case _:
            raise ValueError("must be a text in quotes")


def _fact(value: object) -> str:
    return one_line(_string(value))


def _facts(value: object) -> tuple[str, ...]:
    match value:
        case [_, *_]:
            return tuple(dict.fromkeys(map(_fact, value)))
        case _:
            raise ValueError("must be a list of texts in quotes, for example ['MW', 'the Wire']")


def _correction(value: object) -> str:
    return correction(str(value) if isinstance(value, bool | date) else _string(value))


def _link(value: object) -> str:
    return web_address(_string(value))


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_date(_string(value))


def _encoding(value: object) -> str:
    return text_encoding(_string(value))


def _date_format(value: object) -> str:
    form = _string(value)
    compile_format(form)
    return form


def _columns(value: object) -> dict[str, str]:
    table = _table(value)
    _refuse_unknown(table, set(COLUMNS), f"; known are: {', '.join(COLUMNS)}")
    return {name: _string(column) for name, column in table.items()}


# How each key of an entry is read, in the order in which faults are reported.
_READ: Mapping[str, Callable[[object], object]] = {
    "source": _fact,
    "title": _fact,
    "url": _link,
    "author": _fact,
    "kind": _fact,
    "corrected": _correction,
    "published": _day,
    "encoding": _encoding,
    "date_format": _date_format,
    "columns": _columns,
}
