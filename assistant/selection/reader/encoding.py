"""A question and a passage as the reader sees them: word pieces, with a mark before each sentence it may choose.

The mark before a sentence is where its score is read, as in BertSum (Liu and Lapata, EMNLP 2019), so that one pass
over a passage weighs all of its sentences, each among its neighbours and under its heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.models.embedder import bundled_tokenizer

Span = tuple[int, int]

# Word pieces: all that the reader reads at once, and of these at most for the question, the heading and the lead.
LONGEST, _QUESTION, _HEADING, _LEAD = 256, 48, 40, 40
# The special word pieces [CLS] and [SEP]; the mark is one that no text has, [unused1].
_START, _END, MARK = 101, 102, 2
# Words that print a special word piece, “[SEP]”, are read as an unknown word.
_UNKNOWN, _SPECIAL = 100, frozenset({0, 101, 102, 103})
_LEAST = 8  # word pieces of a sentence without which it is not worth a mark


@dataclass(frozen=True, slots=True)
class Window:
    """What the reader reads at once: consecutive sentences of one article, and what stands around them.

    `heading` is what is known of the article, `lead` the sentence before the first one: both are read, and can't be
    chosen.
    """

    heading: str
    lead: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """Word pieces of a question with a window.

    `ids` and `kinds` (0: the question's, 1: the window's) have one number for each piece. `marks[i]` is the place of
    sentence i's mark; its pieces follow it. `spans[i]` has, for each of these, its place in the sentence as code
    points. Sentences past the end of what is read have no mark.
    """

    ids: list[int]
    kinds: list[int]
    marks: list[int]
    spans: list[list[Span]]


def heading(title: str | None, source: str | None, published: date | None) -> str:
    """What is known of an article, in words: title, source, and its day with the weekday."""
    day = f"{published:%A} {published.day} {published:%B %Y}" if published else None
    return " | ".join(part for part in (title, source, day) if part)


def encode(question: str, window: Window) -> Encoding:
    """Join the pieces of a question and a window; what is too long is cut at its end."""
    asked, title, lead = (_pieces(text)[0] for text in (question, window.heading, window.lead))
    first = [_START, *asked[:_QUESTION], _END]
    second = [*title[:_HEADING], *lead[-_LEAD:]]
    marks: list[int] = []
    spans: list[list[Span]] = []
    for sentence in window.sentences:
        ids, places = _pieces(sentence)
        room = LONGEST - 2 - len(first) - len(second)
        if room < min(_LEAST, len(ids)):
            break
        marks.append(len(first) + len(second))
        second += [MARK, *ids[:room]]
        spans.append(list(places[:room]))
    second.append(_END)
    return Encoding([*first, *second], [0] * len(first) + [1] * len(second), marks, spans)


@lru_cache(maxsize=65_536)
def _pieces(text: str) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    """Word pieces of a text and their places; a lone surrogate, no character to the tokenizer, is a question mark."""
    clean = text.encode("utf-8", "replace").decode()
    found = bundled_tokenizer().encode(clean, add_special_tokens=False)
    return tuple(_UNKNOWN if piece in _SPECIAL else piece for piece in found.ids), tuple(found.offsets)
