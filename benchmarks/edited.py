"""Copies of an article as other outlets would run it: cut, under another headline, with words changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

# What each edit makes of a headline and a body.
Edit = Callable[[str, str, Random, Sequence[str]], str]

_WORD = re.compile(r"\w+")
_CHANGED = 0.05
_PARAGRAPH = 50  # words at least


def _headline(title: str, body: str, random: Random, words: Sequence[str]) -> str:
    del title
    return f"{' '.join(random.choices(words, k=9))}. {body}"


def _changed(title: str, body: str, random: Random, words: Sequence[str]) -> str:
    """Replace one word in twenty by another of the archive's, chosen at random."""
    places = list(_WORD.finditer(body))
    text, end = [title, ". "], 0
    for place in sorted(random.sample(places, round(_CHANGED * len(places))), key=lambda m: m.start()):
        text += [body[end : place.start()], random.choice(words)]
        end = place.end()
    return "".join([*text, body[end:]])


def _half(title: str, body: str, random: Random, words: Sequence[str]) -> str:
    del random, words
    return f"{title}. {_first(body, 1 / 2)}"


def _third(title: str, body: str, random: Random, words: Sequence[str]) -> str:
    del random, words
    return f"{title}. {_first(body, 1 / 3)}"


def _paragraph(title: str, body: str, random: Random, words: Sequence[str]) -> str:
    del random, words
    return f"{title}. {_opening(body)}"


def _paragraph_alone(title: str, body: str, random: Random, words: Sequence[str]) -> str:
    return _headline(title, _opening(body), random, words)


def _combined(title: str, body: str, random: Random, words: Sequence[str]) -> str:
    """Another headline, the first half, one word in twenty changed."""
    return _headline(title, _changed("", _first(body, 1 / 2), random, words), random, words)


EDITS: Mapping[str, Edit] = {
    "another headline": _headline,
    "1 word in 20 changed": _changed,
    "first half": _half,
    "first third": _third,
    "first paragraph": _paragraph,
    "first paragraph, another headline": _paragraph_alone,
    "half, words changed, another headline": _combined,
}


def _first(body: str, share: float) -> str:
    """The first sentences of a body, up to a share of its words."""
    return _until(body, share * len(_WORD.findall(body)))


def _opening(body: str) -> str:
    """The first sentences, fifty words or a little more."""
    return _until(body, _PARAGRAPH)


def _until(body: str, count: float) -> str:
    """The sentences that the first `count` words stand in."""
    found = 0
    for sentence in re.finditer(r"[^.!?]+[.!?]*", body):
        found += len(_WORD.findall(sentence[0]))
        if found >= count:
            return body[: sentence.end()]
    return body
