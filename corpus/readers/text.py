"""Plain text articles: an optional title, `date YYYY-MM-DD`, then the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Article, DateOrigin
from corpus.fields import Facts, make_article
from corpus.labels import Label

_HEADER = re.compile(r"(?:(?<=\s)|\A)date ([0-9]{4}-[0-9]{2}-[0-9]{2})(?=\s|\Z)")
_ALMOST = re.compile(r"\s{0,100}date:? {1,3}([0-9]\S{0,30})")
_LONGEST_TITLE = 300
_HEADER_ENDS = _LONGEST_TITLE + 50  # a header that starts in time is over by then
_TITLE_LINES = 4
# "by the date 2020-02-03": the words before a date in prose, which no title ends with.
_PROSE_BEFORE = re.compile(
    r"\b(?:the|a|an|this|that|its|their|by|on|of|to|and|with|until|from|new|same|due)\s*\Z", re.IGNORECASE
)


def read_text(text: str, path: str, label: Label) -> Iterator[Article]:
    """Read the one article a text file is; its text is the whole file, header included.

    Raises ValueError with a one-line reason when it has no text.
    """
    facts = Facts()
    header = find_header(text)
    if header is not None:
        facts.state("title", text[: header.start()])
        facts.date(header[1], DateOrigin.HEADER)
    elif almost := _ALMOST.match(text):
        facts.warnings.append(f"date not used: {almost[1]!r} is not a date of the form YYYY-MM-DD")
    yield make_article(path, text, _body_start(text, header), facts, label)


def find_header(text: str) -> re.Match[str] | None:
    """Find the date header: at the start, after a title on the same line, or after title lines."""
    header = _HEADER.search(text, 0, _HEADER_ENDS)
    if header is None or header.start() > _LONGEST_TITLE:
        return None
    before, line_start = text[: header.start()].strip(), text.rfind("\n", 0, header.start()) + 1
    if before.count("\n") >= _TITLE_LINES:
        return None
    alone = not text[line_start : header.start()].strip()
    return header if not before or alone or _follows_title(before, text[header.end() :]) else None


def _follows_title(before: str, after: str) -> bool:
    """Whether `before` reads as a title on the header's own line, and not as prose that has a date in it."""
    following = after.lstrip()[:1]
    return "\n" not in before and not following.islower() and not _PROSE_BEFORE.search(before)


def _body_start(text: str, header: re.Match[str] | None) -> int:
    if header is None:
        return 0
    after = text[header.end() :]
    return header.end() + len(after) - len(after.lstrip())
