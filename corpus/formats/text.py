"""Plain text articles: an optional title, `date YYYY-MM-DD`, then the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Article, DateOrigin
from corpus.loading.fields import Facts, make_article
from corpus.loading.labels import Label
from corpus.segmentation.boilerplate import is_own_line, is_title_line
from corpus.segmentation.boundaries import split_sentences_of

_DATE = re.compile(r"(?:(?<=\s)|\A)date ([0-9]{4}-[0-9]{2}-[0-9]{2})(?=\s|\Z)")
_ALMOST = re.compile(r"\s{0,100}date:? {1,3}([0-9]\S{0,30})")
_LONGEST_TITLE = 300
_HEADER_ENDS = _LONGEST_TITLE + 50  # a header that starts in time is over by then
_TITLE_LINES = 4
_LONGEST_BESIDE = 150  # characters of a title on the date's own line
# What stands before a date in prose, and no title ends with: "by the date", "the agreed date", "its trial date".
_UNFINISHED = re.compile(
    r"(?:[,;:(\[–—-]"
    r"|\b(?:the|a|an|this|that|its|their|his|her|our|which|whose|by|on|of|to|in|at|for|and|or|with|until|from|before|after"
    r"|new|old|same|exact|final|later|latest|earlier|earliest|original|possible|likely|first|last|next|due|cut-?off"
    r"|hearing|trial|court|closing|opening|starting?|start|end|ending|launch|release|recall|expiry|expiration|target"
    r"|delivery|filing|publication|effective|election|wedding|birth|deadline|departure|arrival|completion"
    r"|(?:the|an?|this|that|its|their|his|her|our) \w{1,30}(?:ed|ing)))\s*\Z",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"[.!?…][\"'”’)\]]{0,3}\Z")
# How an article opens: a capital, a number, a quotation, a credit, an agency in brackets.
_OPENS = re.compile(r"[\"'“‘«„¿¡©#]|[(\[](?!an? |Mon|Tue|Wed|Thu|Fri|Sat|Sun)[^\W\d_a-z©]|[(\[]©|[^\W_]")


@dataclass(frozen=True, slots=True)
class Header:
    """The date that a text states above itself, where its body starts, and its title, empty without one."""

    day: str
    body_start: int
    title: str = ""


def read_text(text: str, path: str, label: Label) -> Iterator[Article]:
    """Read the one article a text file is; its text is the whole file, header included.

    Raises ValueError with a one-line reason when it has no text.
    """
    facts = Facts()
    header = find_header(text)
    if header is not None:
        facts.state("title", header.title)
        facts.date(header.day, DateOrigin.HEADER)
    elif doubt := _doubt(text, label):
        facts.warnings.append(f"date not used: {doubt}")
    yield make_article(path, text, header.body_start if header else 0, facts, label)


def find_header(text: str) -> Header | None:
    """Find the date header: at the start, after a title on the same line, or after title lines.

    A date that shares its line with prose is prose. One alone on its line below prose, as below a standfirst,
    is the article's, whose body then starts with that prose.
    """
    return next((header for match in _dates(text) if (header := _header(text, match))), None)


def _dates(text: str) -> Iterator[re.Match[str]]:
    return (m for m in _DATE.finditer(text, 0, _HEADER_ENDS) if m.start() <= _LONGEST_TITLE)


def _header(text: str, match: re.Match[str]) -> Header | None:
    line_start = text.rfind("\n", 0, match.start()) + 1
    beside = text[line_start : match.start()].strip()
    above = [line.strip() for line in text[:line_start].split("\n") if line.strip()]
    after = text[match.end() :]
    body_start = len(text) - len(after.lstrip())
    if not above and not beside:
        return Header(match[1], body_start)
    if beside:
        titled = not above and _is_title_beside(beside, after)
        return Header(match[1], body_start, beside) if titled else None
    if len(above) > _TITLE_LINES or _runs_on(text[:line_start], after):
        return None
    if after.partition("\n")[0].strip():
        titled = all(is_title_line(line) for line in above) and _opens(after)
    else:
        titled = _is_title(above)
        body_start = body_start if titled else 0
    title = " ".join(line for line in above if not is_own_line(line)) if titled else ""
    return Header(match[1], body_start, title) if titled or not body_start else None


def _is_title_beside(before: str, after: str) -> bool:
    """Whether what precedes the date on its own line is a title, and not prose that has a date in it."""
    if len(before) > _LONGEST_BESIDE or _UNFINISHED.search(before) or not _opens(after):
        return False
    return bool(_FINISHED.search(before)) or len(split_sentences_of(before, 0, len(before))) == 1


def _is_title(above: Sequence[str]) -> bool:
    """Whether the lines above a date on a line of its own are its title: one line, or several without full stops."""
    if len(above) == 1:
        return len(above[0]) <= _LONGEST_BESIDE or not _FINISHED.search(above[0])
    return not any(_FINISHED.search(line) for line in above)


def _opens(after: str) -> bool:
    following = after.lstrip()
    return not following or (not following[0].islower() and bool(_OPENS.match(following)))


def _runs_on(before: str, after: str) -> bool:
    """Whether the date's line is one of wrapped prose: what is above it is unfinished, or goes on below it."""
    below = after.lstrip(" \t").removeprefix("\n")
    if before.endswith("\n\n") or not below.lstrip(" \t")[:1].strip():
        return False
    return bool(_UNFINISHED.search(before)) or (below[0].islower() and not _FINISHED.search(before.rstrip()))


def _doubt(text: str, label: Label) -> str | None:
    """What to tell of a date that is not taken for the article's, where it could have been meant so."""
    if almost := _ALMOST.match(text):
        return f"{almost[1]!r} is not a date of the form YYYY-MM-DD"
    meant = (m for m in _dates(text) if not text[m.end() :].lstrip()[:1].islower())
    if label.published is None and (match := next(meant, None)):
        return f"{match[0]!r} stands in prose; a date of the article's own goes on a line of its own above it"
    return None
