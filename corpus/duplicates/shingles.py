"""The runs of five words that texts share, without the furniture that an outlet prints around all of them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold

SHINGLE = 5  # words
# A run is furniture of a source when so many of its articles carry it, and on average at least a
# fifth of what those print is in no other article of the source: a footer stands under articles that
# differ, while the versions of one story that a source prints again and again share nearly all they have.
FREQUENT, OWN = 5, 0.2

Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]

_WORD = re.compile(r"\w+")
_LOW = np.uint64(32)
# Odd numbers whose bits look random: the 64-bit golden ratio, and a multiplier of MurmurHash3's mixer.
_STEP, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)


class Text(NamedTuple):
    """What a copy is recognised by: an article's body, and whose furniture may stand in it."""

    body: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Texts as numbers of words, one after the other; case, punctuation, blanks and what `fold` folds don't count.

    `flat` has the words of all texts, int64; `lengths` says how many each has, `sources` numbers
    each one's source (not stated is one of its own).
    """

    flat: Numbers
    lengths: Numbers
    sources: Numbers

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Words:
        """Read texts one by one; none is held."""
        flat, lengths, sources = array("q"), array("q"), array("q")
        vocabulary: dict[str, int] = {}
        names: dict[str | None, int] = {}
        for body, source in texts:
            words = _WORD.findall(fold(body).casefold())
            flat.extend([vocabulary.setdefault(word, len(vocabulary)) for word in words])
            lengths.append(len(words))
            sources.append(names.setdefault(source.casefold() if source else None, len(names)))
        return cls(*(np.frombuffer(part, np.int64) for part in (flat, lengths, sources)))

    def same(self) -> list[int]:
        """For each text the first one that has the same words in the same order; a text too short is its own."""
        ends = np.cumsum(self.lengths)
        first: dict[bytes, int] = {}
        return [
            first.setdefault(self.flat[end - length : end].tobytes(), text) if length >= SHINGLE else text
            for text, (end, length) in enumerate(zip(ends.tolist(), self.lengths.tolist(), strict=True))
        ]


class Postings(NamedTuple):
    """Which text has which run of words: two columns, sorted by run, then by text; each pair once.

    A run is known by 32 bits of its hash: two texts of a thousand words share one by accident once in
    four thousand times.
    """

    runs: Numbers
    texts: Numbers


def postings(words: Words, kept: NDArray[np.bool_]) -> Postings:
    """The runs of the texts `kept` (one truth value each), furniture left out."""
    texts = np.repeat(np.arange(len(words.lengths)), words.lengths)
    if len(texts) < SHINGLE:
        return Postings(np.empty(0, np.int64), np.empty(0, np.int64))
    whole = (texts[: -(SHINGLE - 1)] == texts[SHINGLE - 1 :]) & kept[texts[: -(SHINGLE - 1)]]
    keys = np.sort(_hashed(words.flat)[whole] >> _LOW << _LOW | texts[: len(whole)][whole].astype(np.uint64))
    keys = keys[_firsts(keys)]
    found = Postings((keys >> _LOW).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64))
    own = ~_furniture(found, words.sources)
    return Postings(found.runs[own], found.texts[own])


def _hashed(flat: Numbers) -> Keys:
    """Hash every run of words: a polynomial of their numbers, and its bits mixed."""
    ids = flat.astype(np.uint64)
    count = len(ids) - SHINGLE + 1
    hashed = np.zeros(count, np.uint64)
    for at in range(SHINGLE):
        hashed = hashed * _STEP + ids[at : at + count]
    hashed ^= hashed >> _LOW
    hashed *= _MIX
    return hashed ^ hashed >> _LOW


def _furniture(found: Postings, sources: Numbers) -> NDArray[np.bool_]:
    """Whether each posting is a run that the text's source prints around its articles."""
    shared = np.flatnonzero(_counts(found.runs) > 1)
    texts = found.texts[shared]
    places = found.runs[shared] * (int(sources.max()) + 1) + sources[texts]
    _, place, carriers = np.unique(places, return_inverse=True, return_counts=True)
    again = np.bincount(texts[carriers[place] > 1], minlength=len(sources))
    own = 1 - again / np.maximum(np.bincount(found.texts, minlength=len(sources)), 1)
    mean = np.bincount(place, weights=own[texts], minlength=len(carriers)) / np.maximum(carriers, 1)
    furniture = np.zeros(len(found.runs), np.bool_)
    furniture[shared] = ((carriers >= FREQUENT) & (mean >= OWN))[place]
    return furniture


def _firsts(ordered: Keys | Numbers) -> NDArray[np.bool_]:
    """Whether each of some ordered numbers is the first of its kind."""
    return np.append(np.ones(min(1, len(ordered)), np.bool_), ordered[1:] != ordered[:-1])


def _counts(ordered: Numbers) -> Numbers:
    """How often each of some ordered numbers occurs."""
    starts = np.flatnonzero(_firsts(ordered))
    lengths = np.diff(starts, append=len(ordered))
    return np.repeat(lengths, lengths)
