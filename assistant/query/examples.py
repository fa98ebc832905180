"""Questions an archive is likely to answer, made from its own words, for a reader who has none yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from corpus.article import Article

# Enough articles to find examples in; a large archive need not be read whole for four questions.
_READ = 400
_NAME = r"[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+){1,2}"
# "the Observatory for Human Rights said": the end of a longer name is not one.
_SPEAKER = re.compile(rf"(?<!for )(?<!of )(?<!the )\b({_NAME}) (?:said|told|warned|announced)\b")
_COUNTED = re.compile(
    r"\b(?:\d[\d,]{0,12}|two|three|four|five|six|seven|eight|nine|ten|dozens of|hundreds of)"
    r" ([a-z]+s|people|civilians|[a-z]+ (?:soldiers|workers|people|families|homes|troops|members))"
    r" (?:were|had been|have been) ([a-z]+ed|hurt|found|shot)\b"
)


def suggest(articles: Iterable[Article]) -> Iterator[str]:
    """Questions about who said what and how many, the most often printed first, kinds in turn."""
    read = list(islice(articles, _READ))
    said = (f"What did {found[0]} say?" for found in _commonest(_SPEAKER, read))
    numbers = (f"How many {noun} were {verb}?" for noun, verb in _commonest(_COUNTED, read))
    return (q for pair in zip_longest(said, numbers) for q in pair if q)


def _commonest(pattern: re.Pattern[str], articles: list[Article]) -> list[tuple[str, ...]]:
    """The dozen matches' groups that most articles hold, ties in alphabetical order."""
    found = Counter(g for a in articles for g in {m.groups() for m in pattern.finditer(a.body)})
    return sorted(found, key=lambda groups: (-found[groups], groups))[:12]
