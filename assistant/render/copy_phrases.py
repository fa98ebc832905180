"""How the copies of a quote's article print it, in plain words; those in quotation marks are the articles' own.

A page must be given what is a `Printed` through `html.isolated`, a terminal all of it through `terminal.safe`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from assistant.types.answer import Change, Cited, Variant
from assistant.wording import UNDATED, UNSTATED, day

# What is listed of a quote's copies: ways to print it, copies of one way, changed words of one. The rest is counted.
MOST_WAYS, MOST_NAMED, MOST_CHANGES = 5, 5, 6
# Characters that are shown of changed words; an answer as JSON has all of them.
LONGEST = 300


class Printed(str):
    """Words that an article prints; other parts of a line are ours."""

    __slots__ = ()


Parts = list[str]


def copies_line(quote: Cited) -> str:
    """How many articles print the text of a quote's article; empty where it is the only one."""
    return (
        f"{quote.origin.articles:,} copies of this text in the archive" if quote.origin.articles > 1 else ""
    )


def ways(quote: Cited) -> list[tuple[Variant, ...]]:
    """The copies that print a quote otherwise, those of the same words together; those that lack it come last."""
    found: defaultdict[tuple[object, ...], list[Variant]] = defaultdict(list)
    for copy in quote.variants.others if quote.variants else ():
        found[tuple((change.start, change.end, change.text) for change in copy.changes)].append(copy)
    lacking = found.pop((), [])
    return [*map(tuple, found.values()), *([tuple(lacking)] if lacking else [])]


def heading(copies: Sequence[Variant]) -> str:
    """What copies that print the same have in common: `2 copies word this differently`."""
    number, one = f"{len(copies):,}", len(copies) == 1
    if copies[0].text is None:
        return f"{number} {'copy lacks' if one else 'copies lack'} this passage"
    return f"{number} {'copy words' if one else 'copies word'} this differently"


def named(copy: Variant) -> str:
    """A copy by its source and day of publication, or by its place in the archive where the source isn't stated."""
    dated = day(copy.published) if copy.published else UNDATED
    return f"{copy.source or f'{UNSTATED} ({copy.article_id})'}, {dated}"


def unnamed(copies: Sequence[Variant]) -> str:
    """Say how many of some copies are not named; empty where all are."""
    return f" and {len(copies) - MOST_NAMED:,} more" if len(copies) > MOST_NAMED else ""


def changes(quote: Cited, copy: Variant) -> Parts:
    """The words that a copy prints otherwise, with ours between them; none where it lacks the passage."""
    parts: Parts = []
    for change in copy.changes[:MOST_CHANGES]:
        parts += ["; " if parts else "", *_changed(quote, change)]
    more = len(copy.changes) - MOST_CHANGES
    return [*parts, f"; and {more:,} more changes"] if more > 0 else parts


def untold(quote: Cited) -> str:
    """Say how many copies are not told of; empty where all are."""
    left = sum(map(len, ways(quote)[MOST_WAYS:]))
    unread = quote.variants.not_compared if quote.variants else 0
    told = [f"{left:,} more print still other words"] if left else []
    told += [f"{unread:,} more {'was' if unread == 1 else 'were'} not compared"] if unread else []
    return f"Of the copies, {' and '.join(told)}." if told else ""


def lines(quote: Cited) -> Iterator[str]:
    """How the copies print a quote: a line for each way, then what is not told."""
    for copies in ways(quote)[:MOST_WAYS]:
        names = "; ".join(map(named, copies[:MOST_NAMED])) + unnamed(copies)
        said = "".join(_quoted(part) for part in changes(quote, copies[0]))
        yield f"{heading(copies)}: {names}" + (f": {said}" if said else "")
    if rest := untold(quote):
        yield rest


def words(quote: Cited) -> Iterable[str]:
    """The copies' own words that are shown with a quote, and their sources."""
    for copies in ways(quote)[:MOST_WAYS]:
        yield from map(named, copies[:MOST_NAMED])
        yield from (part for part in changes(quote, copies[0]) if isinstance(part, Printed))


def _changed(quote: Cited, change: Change) -> Parts:
    own = quote.text[change.start - quote.start : change.end - quote.start]
    theirs = _shortened(change.text)
    if not own:
        before = quote.text[: change.start - quote.start].split()[-1:]
        return [theirs, *([" added after ", Printed(before[0])] if before else [" added"])]
    return [theirs, " instead of ", _shortened(own)] if theirs else ["without ", _shortened(own)]


def _shortened(printed: str) -> Printed:
    """Words as they are printed; of very long ones the beginning, and an ellipsis in brackets."""
    if len(printed) <= LONGEST:
        return Printed(printed)
    return Printed(f"{printed[:LONGEST].rsplit(maxsplit=1)[0]} […]")


def _quoted(part: str) -> str:
    return f"“{' '.join(part.split())}”" if isinstance(part, Printed) else part
