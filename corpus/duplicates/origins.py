"""Copies of one text recognised: a wire story printed by many outlets is one origin, not many witnesses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.duplicates.shingles import Numbers, Postings, Text, Words, postings

# How much of a text a longer one must print for the two to be copies, in runs of five words: see
# docs/origins.md. A changed word breaks five runs, so 5 % of words changed leave about .77.
COPIED = 0.5
# And how many runs at least: a brief that is all one official's sentence is no copy of each report
# that quotes it. Shorter texts are copies only of the same words.
LEAST = 10
# What a text must share with each of the copies it is grouped with.
RELATED = 0.25


@dataclass(frozen=True, slots=True)
class Measure:
    """How alike copies are: shares of the shorter text's runs, and a count of them."""

    copied: float = COPIED
    least: int = LEAST
    related: float = RELATED


def group_copies(texts: Iterable[Text], measure: Measure = Measure()) -> list[int]:
    """Return, for each text, the smallest index of a text of its group.

    The longest text of a group leads it. From the longest to the shortest, a text joins the leader
    that prints most of it, if that is at least `copied` of it (containment as of Broder, On the
    resemblance and containment of documents, 1997) and if each text that joined before prints at
    least `related`; failing that it tries the next leader, and last leads a group of its own. So a
    round-up of two stories is grouped with one of them and never joins the two. Texts with the same
    words are one text. What is furniture of their source counts for nothing.

    Which group a text is in depends on the texts alone, not on what was grouped before.
    """
    words = Words.of(texts)
    same = np.array(words.same(), np.int64)
    kept = same == np.arange(len(same))
    leaders = _led(postings(words, kept), len(same), measure)
    return _lowest([leaders[text] for text in same.tolist()])


def _lowest(leaders: Sequence[int]) -> list[int]:
    lowest: dict[int, int] = {}
    for text, leader in enumerate(leaders):
        lowest.setdefault(leader, text)
    return [lowest[leader] for leader in leaders]


@dataclass(slots=True)
class _Groups:
    """Texts given to leaders so far; `members` has those that joined each leader."""

    measure: Measure
    leader: list[int]
    members: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def place(self, text: int, size: int, shared: dict[int, int]) -> None:
        """Give a text to a leader; `shared` counts its runs that each longer text has too."""
        least = max(self.measure.copied * size, self.measure.least)
        copied = [other for other, count in shared.items() if count >= least and self.leader[other] == other]
        for leader in sorted(copied, key=lambda other: -shared[other]):
            if all(shared.get(m, 0) >= self.measure.related * size for m in self.members[leader]):
                self.leader[text] = leader
                self.members[leader].append(text)
                return


def _led(found: Postings, count: int, measure: Measure) -> list[int]:
    """The leader of each of `count` texts, by index."""
    sizes = np.bincount(found.texts, minlength=count)
    by_length = np.argsort(-sizes, kind="stable")
    rank = np.empty(count, np.int64)
    rank[by_length] = np.arange(count)
    groups = _Groups(measure, list(range(count)))
    for text, longer in _longer(Postings(found.runs, rank[found.texts]), count):
        others, shared = np.unique(longer, return_counts=True)
        groups.place(
            text, int(sizes[by_length[text]]), dict(zip(others.tolist(), shared.tolist(), strict=True))
        )
    leaders = by_length[np.array(groups.leader, np.int64)] if count else by_length
    return [int(leader) for leader in leaders[rank]]


def _longer(found: Postings, count: int) -> Iterator[tuple[int, Numbers]]:
    """For each text that shares a run with a longer one: the longer texts, once for each run shared.

    The texts of `found` are numbered from the longest; they come in this order.
    """
    order = np.lexsort((found.texts, found.runs))
    runs, texts = found.runs[order], found.texts[order]
    places = np.arange(len(runs))
    starts = np.maximum.accumulate(np.where(np.diff(runs, prepend=-1) != 0, places, 0))
    later = np.flatnonzero(starts < places)
    later = later[np.argsort(texts[later], kind="stable")]
    for these in np.split(later, np.searchsorted(texts[later], np.arange(1, count))):
        if len(these):
            lengths = these - starts[these]
            offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            yield int(texts[these[0]]), texts[np.repeat(starts[these], lengths) + offsets]
