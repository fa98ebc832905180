"""A timeline of the archive, as a question for one gets it."""

from __future__ import annotations

from assistant.types.answer import Cited, Coverage, Understood
from assistant.types.values import Value


class Timeline(Value):
    """Sentences that speak of something, each with a day that it names, in the order of these days.

    `sought` are the names and words that stand in each sentence. An entry is whole sentences, as
    printed, with the day in `event_date` and its words in `marks`; a sentence that names several days
    is an entry for each. `sentences` counts those that speak of it, with a day or without, `left_out`
    the entries beyond those that were asked for: the latest.

    >>> timeline = onrecord.open("my-index").timeline("began")
    >>> [(str(entry.event_date.first), entry.text) for entry in timeline.entries]
    [('2031-03-01', 'It began on 1 March 2031.')]
    """

    query: str
    understood: Understood
    sought: tuple[str, ...]
    entries: tuple[Cited, ...]
    left_out: int
    sentences: int
    coverage: Coverage
