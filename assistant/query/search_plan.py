"""An inquiry read: what is searched for, under which filters, and which words of the question said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.query.figure_days import NEWS
from assistant.query.followup import FollowUp, complete
from assistant.query.named_sources import Outlets, by_stated_names, outlets
from assistant.query.question import Question, is_asking, read_question
from assistant.types.request import Inquiry
from corpus.annotation.intervals import Interval
from corpus.annotation.question_days import AskedDays, days_without_year, question_days
from index.filters import Filter

# Days read from a question are a filter where they are this few: a year is weighed as a word of it.
_LONGEST = 45
# A day without its year is looked for in so many years at most, the archive's latest first.
_YEARS = 4


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to search: for what, under which filters, and the words of the question they were read from.

    `heard`: the sources are those that the question names. `days` are those asked about. `any_event`:
    the question asks what happened then and nothing else, so that any event answers it. `compared`: each
    of the sources is asked for itself. `follow_up` is what the question took over from the one before it,
    if it is searched for so. `unmet` are words that were read in an earlier way and here are not: nothing
    answered under them. `rival`: weighed against the way before it, also where that one has an answer.
    """

    question: Question
    wanted: Filter
    read: tuple[str, ...] = ()
    days: Interval | None = None
    any_event: bool = False
    heard: bool = False
    compared: bool = False
    follow_up: FollowUp | None = None
    unmet: tuple[str, ...] = ()
    rival: bool = False


def read_inquiry(
    inquiry: Inquiry, names: Mapping[str, str], today: date, printed: Interval | None = None
) -> list[Attempt]:
    """The ways to search for what an inquiry asks, of which the first that finds an answer counts, or its rival.

    `names` gives the archive's sources by the names they go by, in lower case. A question that leans
    on the one before it is searched for completed, then as it was typed: docs/quality.md says what
    that brings. Days that a question says in full are never given up: an answer of other days is none.
    A source, and days counted from today, are, which `unmet` tells. A day without its year is taken in each of
    the years in which the archive was printed, and is not given up either where these are few. Raises
    ValueError where the question is empty.
    """
    typed = Attempt(read_question(inquiry.question), inquiry.wanted)
    if inquiry.literal:
        return [typed]
    follow_up = complete(typed.question.text, inquiry.after) if inquiry.after.strip() else None
    when = _When(today, printed)
    ways = list(_ways(typed, names, when))
    if follow_up is None:
        return ways
    completed = replace(typed, question=read_question(follow_up.text), follow_up=follow_up)
    return [*_ways(completed, names, when), *ways]


@dataclass(frozen=True, slots=True)
class _When:
    """From when a question's days are counted: the day it is asked, and the days of the archive's articles."""

    today: date
    printed: Interval | None

    def years(self) -> list[int]:
        """The years of the archive's articles, the latest ones first."""
        if self.printed is None or self.printed.first is None or self.printed.last is None:
            return []
        return list(range(self.printed.last.year, self.printed.first.year - 1, -1))[:_YEARS]


def _ways(own: Attempt, names: Mapping[str, str], when: _When) -> Iterator[Attempt]:
    named = None if own.wanted.sources else outlets(own.question.text, names)
    heard = _heard(own, named, names) if named else None
    if heard and named and named.compared:
        yield replace(heard, compared=True)
        return
    read: tuple[str, ...] = ()
    for attempt in filter(None, (heard, own)):
        for way in _of_its_days(attempt, when):
            read = read or way.read
            yield replace(way, unmet=tuple(words for words in read if words not in way.read))


def _of_its_days(attempt: Attempt, when: _When) -> Iterator[Attempt]:
    """What speaks of the days asked about; then what was printed on them and soon after, or anything."""
    found = [] if attempt.wanted.has_events else _days(attempt.question.text, when)
    for number, asked in enumerate(found):
        then = replace(_then(attempt, asked), rival=number > 0)
        yield then
        if asked.explicit and (news := _news(attempt, asked)):
            yield replace(news, rival=number > 0 or not then.any_event)
    if not (found and found[0].explicit) or len(found) >= _YEARS:  # older years may have it
        yield attempt


def _days(question: str, when: _When) -> list[AskedDays]:
    """The days that a question asks about: one reading, or one for each year that a day without a year may be of."""
    asked = question_days(question, when.today)
    found = [asked] if asked else days_without_year(question, when.years())
    return [one for one in found if _is_short(one.interval)]


def _is_short(days: Interval) -> bool:
    return days.first is not None and days.last is not None and (days.last - days.first).days <= _LONGEST


def _heard(attempt: Attempt, named: Outlets, names: Mapping[str, str]) -> Attempt:
    wanted = replace(attempt.wanted, sources=named.sources)
    question = read_question(by_stated_names(named.rest or attempt.question.text, names))
    return replace(attempt, question=question, wanted=wanted, read=named.words, heard=True)


def _then(attempt: Attempt, asked: AskedDays) -> Attempt:
    text, days = attempt.question.text, asked.interval
    return replace(
        attempt,
        wanted=replace(attempt.wanted, event_since=days.first, event_until=days.last),
        read=(*attempt.read, text[asked.start : asked.end]),
        days=days,
        any_event=is_asking(text[: asked.start] + text[asked.end :]),
    )


def _news(attempt: Attempt, asked: AskedDays) -> Attempt | None:
    """What was printed on the days or soon after and may speak of them unsaid; None where no article can be."""
    own, days = attempt.wanted, asked.interval
    since = max(filter(None, (own.since, days.first)))
    until = min(filter(None, (own.until, days.last + timedelta(days=NEWS) if days.last else None)))
    if since > until:
        return None
    wanted = replace(own, since=since, until=until)
    read = (*attempt.read, attempt.question.text[asked.start : asked.end])
    return replace(attempt, wanted=wanted, read=read, days=days)
