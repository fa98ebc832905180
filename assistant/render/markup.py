"""Texts as HTML; every word that is not ours is escaped here and nowhere else.

Articles are hostile until shown otherwise. `element` escapes each child and attribute that is not
already `Safe`, so a text can only reach the page as text: forgetting to escape shows the escape.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Self, SupportsIndex

from markupsafe import Markup

from assistant.render import invisible
from assistant.render.source_colours import hue
from assistant.wording import CORRECTED, DATED_BY, UNDATED, UNSTATED, day, kind, looks_like
from corpus.article import DateOrigin

ARTICLE_PATH = "desk/article"  # relative, so that the chat may live under any path of a server
HIT_ID = "or-hit"  # the sentence in its article; also the fragment that scrolls a bare page to it

# Besides what HTML asks for, whatever opens an expression in a template language; and CR, which a
# parser would otherwise turn into LF. NUL cannot be written in HTML at all.
_ESCAPES = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'`${}\r"} | {"\x00": "\ufffd"})
_VOID = frozenset({"meta", "link"})


class Safe(Markup):
    """Markup made by this module: goes into a page as it is. What is added to it is escaped as `show` does it."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: object, /) -> Self:
        """Give markup as it is and anything else as a text; Markup calls this for all that it joins."""
        return cls(s if isinstance(s, Safe) else show(str(s)))

    def __getitem__(self, key: SupportsIndex | slice, /) -> str:  # type: ignore[override]
        """Cut out a piece, which is a text: half an element is no markup."""
        return str.__getitem__(self, key)


Node = Safe | str
Span = tuple[int, int]
Attributes = Mapping[str, str]
NO_ATTRIBUTES: Attributes = {}


def show(text: str, marks: Sequence[Span] = ()) -> Safe:
    """Give a text as markup whose text content is that text, its unseen characters marked.

    `marks` are spans of the text to be stressed: in code points, ascending, not overlapping. Unseen
    characters are looked for in the whole text, so that the edge of a mark changes nothing in that.
    """
    unseen = list(invisible.runs(text))
    edges = sorted({0, len(text)}.union(*unseen, *marks))
    parts: list[Safe] = []
    for stressed, pieces in groupby(pairwise(edges), lambda piece: _covers(marks, piece[0])):
        shown = Safe("".join(_piece(text[slice(*piece)], _covers(unseen, piece[0])) for piece in pieces))
        parts.append(classed("mark", "or-mark", shown) if stressed else shown)
    return Safe("".join(parts))


def element(name: str, attributes: Attributes = NO_ATTRIBUTES, *children: Node) -> Safe:
    """Build one element; names are ours, every attribute value and unsafe child is escaped."""
    head = name + "".join(f' {key}="{attribute(value)}"' for key, value in attributes.items())
    return Safe(f"<{head}>") if name in _VOID else Safe(f"<{head}>{join(children)}</{name}>")


def join(nodes: Iterable[Node]) -> Safe:
    """Put nodes one after another, the unsafe ones escaped."""
    return Safe().join(nodes)


def attribute(value: str) -> Safe:
    """Escape a value between the quotes of an attribute, where unseen characters can't be marked."""
    return Safe(str(value).translate(_ESCAPES))


def isolated(text: str) -> Safe:
    """Give a text whose direction of writing must not spill into what stands around it."""
    return element("bdi", {"dir": "auto"}, text)


def classed(name: str, css_class: str, *children: Node) -> Safe:
    """Build an element that has a class and nothing else."""
    return element(name, {"class": css_class}, *children)


def source_badge(source: str | None) -> Safe:
    """Show who published, in its source's colour, or that nobody says so."""
    if not source:
        return classed("span", "or-absent", UNSTATED)
    return classed("span", f"or-source {hue(source)}", isolated(source))


def lookalike_badge(names: Sequence[str]) -> Safe:
    """Say which other sources a source's name is easily taken for; nothing where there is none."""
    shown = looks_like(names)
    return classed("span", "or-kind or-lookalike", isolated(shown)) if shown else Safe()


def date_badge(published: date | None, origin: DateOrigin | None = None) -> Safe:
    """Show the day of publication and what it rests on, or that none is stated."""
    if published is None:
        return classed("span", "or-absent", UNDATED)
    stated = element("time", {"datetime": published.isoformat()}, day(published))
    basis = DATED_BY[origin] if origin else ""
    return join([stated, classed("span", "or-basis", basis)]) if basis else stated


def kind_badge(stated: str | None) -> Safe:
    """Show what is not plain news: opinion, satire; nothing for news or where nothing is stated."""
    shown = kind(stated)
    return classed("span", "or-kind", isolated(shown)) if shown else Safe()


def corrected_badge(corrected: str | None) -> Safe:
    """Show that an article's metadata says it was corrected."""
    return classed("span", "or-kind", CORRECTED) if corrected else Safe()


def unseen_note(*texts: str | None) -> Safe:
    """Say that unseen characters are marked, where any of the texts holds one."""
    found = any(next(invisible.runs(text), None) for text in texts if text)
    note = "Invisible characters in this text are marked where they stand."
    return classed("p", "or-note", note) if found else Safe()


def notice(message: str) -> Safe:
    """Show one line that says what went wrong and what to do."""
    return element("p", {"class": "or-alert", "role": "alert"}, message) if message else Safe()


def _covers(spans: Sequence[Span], at: int) -> bool:
    """Whether one of some ascending spans covers a place."""
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


def _piece(piece: str, unseen: bool) -> str:
    return _marker(piece) if unseen else piece.translate(_ESCAPES)


def _marker(run: str) -> Safe:
    marks = {"class": "or-unseen", "title": invisible.describe(run), "data-mark": invisible.label(run)}
    head = "".join(f' {key}="{value}"' for key, value in marks.items())
    return Safe(f"<span{head}>{run.translate(_ESCAPES)}</span>")
