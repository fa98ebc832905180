"""Text to sentences: spans that are exact, and whether each can be quoted."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import Sentence
from corpus.segmentation.boilerplate import (
    bracketed_credits,
    dateline_end,
    front_end,
    headline_end,
    is_own_line,
    is_sign_off,
    is_stated_date,
    is_title_line,
)
from corpus.segmentation.boundaries import split_sentences_of
from corpus.segmentation.lines import Span, split_segments, trimmed

_FRONT_SEGMENTS = 5  # an article's furniture comes within its first lines
_WORDS_OF_A_HEADLINE = 5


def split_sentences(text: str, start: int = 0, title: str | None = None) -> list[Sentence]:
    """Split `text[start:]` into sentences; every character that is not whitespace is in exactly one.

    Spans count code points of `text`, ascend, don't overlap and have no whitespace at their ends.
    What is printed around the news (credits, datelines, bylines, headings, the headline `title`
    repeated) comes as spans of its own, not `quotable`. Sentences have at most 2,000 characters
    (`boundaries.LONGEST_SENTENCE`). Where nothing but a headline is printed, it can be quoted.
    """
    segments = split_segments(text, start)
    sentences = _news(text, segments, title)
    if not any(sentence.quotable for sentence in sentences):
        return [sentence for segment in segments for sentence in _segment(text, segment)]
    return sentences


def _news(text: str, segments: list[Span], title: str | None) -> list[Sentence]:
    """Split all segments, with what opens the article set apart."""
    sentences: list[Sentence] = []
    opening = True
    for number, segment in enumerate(segments):
        opening = opening and number < _FRONT_SEGMENTS
        if opening and title is None and number + 1 < len(segments) and _is_title(text, segment):
            title = text[slice(*segment)]
            sentences.append(Sentence(*segment, quotable=False))
            continue
        found = list(_opening_segment(text, segment, title) if opening else _segment(text, segment))
        opening = opening and not any(sentence.quotable for sentence in found)
        sentences += found
    return sentences


def _is_title(text: str, segment: Span) -> bool:
    line = text[slice(*segment)]
    return is_title_line(line) and not is_own_line(line) and len(split_sentences_of(text, *segment)) == 1


def _opening_segment(text: str, segment: Span, title: str | None) -> Iterator[Sentence]:
    """Split a segment before which nothing was said yet."""
    end = segment[0]
    for start, end in () if is_own_line(text[slice(*segment)]) else _front(text, segment, title):
        yield Sentence(start, end, quotable=False)
    rest = trimmed(text, end, segment[1])
    if rest[0] < rest[1]:
        yield from _segment(text, rest, opening=True)


def _front(text: str, segment: Span, title: str | None) -> Iterator[Span]:
    """Peel off what opens an article: the headline, a printed date, an agency's name, a credit."""
    at, end = segment
    dated = False
    while at < end:
        stop = front_end(text, at, end, framed=at > segment[0])
        dated = dated or stop > at
        if stop == at and title is not None:
            stop, title = _headline(text, (at, end), title, dated=dated), None
        if stop == at:
            return
        yield at, stop
        at = trimmed(text, stop, end)[0]


def _headline(text: str, segment: Span, title: str, *, dated: bool) -> int:
    """Return where the repeated headline ends, or the start: a sentence that begins like the title is prose.

    Without a full stop after it, what tells it apart is a printed date before or after it.
    """
    start, end = segment
    stop = headline_end(text, start, end, title)
    following = trimmed(text, stop, end)[0]
    if stop in {start, end} or text[stop - 1] in ".!?…" or text[stop:following].count("\n"):
        return stop
    known = len(title.split()) >= _WORDS_OF_A_HEADLINE and following > stop
    framed = dated or front_end(text, following, end, framed=True) > following
    return stop if known and framed and not text[following].islower() and text[following].isalnum() else start


def _segment(text: str, segment: Span, *, opening: bool = False) -> Iterator[Sentence]:
    start, end = segment
    if is_own_line(text[start:end]):
        yield Sentence(start, end, quotable=False)
        return
    stop = dateline_end(text, start, end, opening=opening)
    if stop > start:
        yield Sentence(*trimmed(text, start, stop), quotable=False)
    for span, credit in _around_credits(text, trimmed(text, stop, end)):
        if credit:
            yield Sentence(*span, quotable=False)
        else:
            yield from (
                Sentence(*s, quotable=_says_something(text[slice(*s)]))
                for s in split_sentences_of(text, *span)
            )


def _around_credits(text: str, span: Span) -> Iterator[tuple[Span, bool]]:
    """Partition a span into prose and the bracketed credits in it."""
    at, end = span
    for credit in bracketed_credits(text, at, end):
        yield trimmed(text, at, credit[0]), False
        yield credit, True
        at = credit[1]
    yield trimmed(text, at, end), False


def _says_something(piece: str) -> bool:
    set_apart = is_own_line(piece) or is_sign_off(piece) or is_stated_date(piece)
    return any(char.isalnum() for char in piece) and not set_apart
