"""What an answer says beside its quotes, in plain words: who speaks, of which days, how the question was read.

The words in quotation marks are the articles' and the question's own: a page must be given them
through `html.element`, a terminal through `terminal.safe`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.types.answer import Answer, Cited, EventDate, Quote, Speaker, Spread, Understood
from assistant.wording import count, day

NO_ANSWER = "Nothing clearly answers this"
OFF_TOPIC = "Nothing in the archive is about this"
OFF_TOPIC_SEARCHED = "Nothing in the articles searched is about this"
NEAREST = "The closest passages"
COMPARED_WITHOUT = "Nothing found in"
UNHEARD, UNHEARD_SO = "None of these is clearly", "speaking."
TAKEN_OVER = "Taken over from the question before:"
SEARCHED_FOR = "Searched for:"
UNDERSTOOD = "Understood:"
BECAUSE = "because the question says"
# Around words of the question.
UNMET, UNMET_SO = "Nothing clearly answers this under", "; without that:"
_STANCES = {"says": "says:", "denies": "denied by", "silent": "declines to speak:"}


def no_answer(answer: Answer) -> str:
    """The headline of an answer without quotes: of the whole archive only where all of it was searched."""
    if answer.on_topic is not False:
        return NO_ANSWER
    return OFF_TOPIC_SEARCHED if answer.understood.filter else OFF_TOPIC


def stance(speaker: Speaker) -> str:
    """The words that lead to who speaks."""
    return _STANCES[speaker.stance]


def named(speaker: Speaker) -> str:
    """Who speaks, as printed; with the name a pronoun stands for: `he (Erdogan)`."""
    return f"{speaker.text} ({speaker.named_by})" if speaker.named_by else speaker.text


def hedged(speaker: Speaker) -> str:
    """The word that makes a report less than certain, as printed; empty where there is none."""
    return f"“{speaker.hedge}”" if speaker.hedge else ""


def spoken_by(speaker: Speaker) -> str:
    """Who says the words: `says: he (Erdogan), “reportedly”`."""
    hedge = hedged(speaker)
    return f"{stance(speaker)} {named(speaker)}" + (f", {hedge}" if hedge else "")


def days(first: date | None, last: date | None) -> str:
    """Days that are spoken of, both ends included, None for an open one; empty where both are open."""
    if first and last:
        return day(first) if first == last else f"days from {day(first)} to {day(last)}"
    if first:
        return f"days from {day(first)} on"
    return f"days until {day(last)}" if last else ""


def event_day(event: EventDate) -> str:
    """The days that a quote speaks of: `speaks of 3 February 2020`; as printed where they can't be told."""
    return f"speaks of {days(event.first, event.last) or f'“{event.text}”'}"


def event_basis(event: EventDate) -> str:
    """The words that the days were read from, where these don't say them in full."""
    return "" if event.explicit or not (event.first or event.last) else f"read from “{event.text}”"


def speaks_of(event: EventDate) -> str:
    """The days that a quote speaks of, with what they were read from."""
    basis = event_basis(event)
    return event_day(event) + (f" ({basis})" if basis else "")


def asked_days(understood: Understood) -> str:
    """The filter of days that are spoken of; empty where there is none."""
    spoken = days(understood.event_since, understood.event_until)
    return f"speaking of {spoken}" if spoken else ""


def printed_days(understood: Understood) -> str:
    """The filter of publication dates from one to another; empty where there is none."""
    if understood.since is None or understood.until is None:
        return ""
    return f"published from {day(understood.since)} to {day(understood.until)}"


def spread_words(spread: Spread | None) -> str:
    """How many articles print what is quoted, and how many texts these are; empty where it wasn't counted."""
    return (
        f"{count(spread.articles, 'article')}, {count(spread.origins, 'independent text')}" if spread else ""
    )


def quoted_from(answer: Answer) -> str:
    """How many quotes an answer has, from how many articles searched, and how many texts are behind them."""
    told = f"{count(len(answer.quotes), 'quote')} from {count(answer.coverage.articles, 'article')} searched"
    spread = spread_words(answer.spread)
    return told + (f" · quoted: {spread}" if spread else "")


def read_parts(understood: Understood) -> list[str]:
    """The filters that words of the question became; others were chosen by the reader."""
    asked = asked_days(understood) or printed_days(understood)
    return (
        [*understood.heard, asked]
        if asked and len(understood.read) > len(understood.heard)
        else [*understood.heard]
    )


def read_line(understood: Understood) -> str:
    """Say what words of the question were taken for filters; empty where none were."""
    if not understood.read:
        return ""
    parts = read_parts(understood)
    only = f" only {' · '.join(parts)}," if parts else ""
    said = " and ".join(f"“{word}”" for word in understood.read)
    return f"{UNDERSTOOD}{only} {BECAUSE} {said}"


def unmet_line(understood: Understood) -> str:
    """Say what words of the question were taken for filters first and then not; empty where none were."""
    if not understood.unmet:
        return ""
    said = " and ".join(f"“{word}”" for word in understood.unmet)
    return f"{UNMET} {said}{UNMET_SO}"


def carried_line(understood: Understood) -> str:
    """Say what was taken over from the question before; empty where nothing was."""
    return f"{TAKEN_OVER} {' · '.join(understood.carried)}" if understood.carried else ""


def completed_line(understood: Understood) -> str:
    """Say what was searched for in place of the question's own words; empty where nothing else was."""
    return f"{SEARCHED_FOR} “{understood.completed}”" if understood.completed else ""


def notes(answer: Answer) -> Iterator[str]:
    """How a question was read, and who was to be heard and is not, among them sources compared: a line each."""
    told = answer.understood
    yield from filter(None, (carried_line(told), completed_line(told), unmet_line(told), read_line(told)))
    if answer.unheard:
        yield f"{UNHEARD} “{answer.unheard}” {UNHEARD_SO}"
    if answer.quotes:
        yield from (f"{COMPARED_WITHOUT} {source}" for source, held in columns(answer) if not held)


def columns(answer: Answer) -> list[tuple[str, list[tuple[int, Quote]]]]:
    """The quotes of a comparison, source by source, each with its number from 1; none of other answers.

    A source that is compared has its column also where it has no quote. No quote is left out: those of
    a source that isn't among the compared ones stand in a column of their own.
    """
    if not answer.understood.compared:
        return []
    held: dict[str, tuple[str, list[tuple[int, Quote]]]] = {
        source.casefold(): (source, []) for source in answer.understood.sources
    }
    for number, quote in enumerate(answer.quotes, 1):
        source = _source(quote)
        held.setdefault(source.casefold(), (source, []))[1].append((number, quote))
    return list(held.values())


def _source(quote: Cited) -> str:
    return quote.source or ""
