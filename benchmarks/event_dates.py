"""How well days are read from news, on the TimeML documents of TimeBank and AQUAINT.

`python -m benchmarks.event_dates DATA` reads DATA/timebank_aquaint and prints JSON. Documents are split by
their place in the sorted list of file names: the rules were written looking at the even ones alone, and
the odd ones are held out. Scores are those of TempEval-3 (UzZaman et al. 2013, section 4): a found and an
annotated expression match when they overlap, each with one other; the value is right when the strings are
equal; value F1 is relaxed F1 times the share of matches with the right value. `fitting_value_f1`, which
TempEval-3 has not, also takes a value for right where the annotation leaves parts open ("1989-WXX").
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from time import process_time

from corpus.annotation.days import DayMention, days
from corpus.annotation.intervals import SEASON_OPENS, Unit

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_LINK = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|till|and|or)\s(?:the\s)?", re.IGNORECASE)
_HOURS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "tonight": "TNI"}
_CLOCK = re.compile(
    r"(?:\b[0-9]{1,2}(?::[0-9]{2})? ?[ap]\.?m\.?|\bnoon|\bmidnight)(?: [A-Z]{2,3}T)?(?: on)?,? $",
    re.IGNORECASE,
)
_SEASONS = {
    month: code for name, month in SEASON_OPENS.items() for code in [name[:2].upper()] if name != "autumn"
}
_REFERENCES = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time as TimeML annotates it: its place, type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text, the day it was printed and the expressions of time annotated in it."""

    name: str
    text: str
    published: date | None
    gold: tuple[Timex, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of expressions, and what follows from them; rates are shares of one."""

    annotated: int
    found: int
    matched: int
    right: int
    precision: float
    recall: float
    f1: float
    value_accuracy: float
    value_f1: float
    fitting_value_f1: float


def read(path: Path) -> Document:
    """Read one TimeML file; its creation time is the day it was printed."""
    raw = path.read_text("utf-8")
    match = _TEXT.search(raw)
    text, gold = _plain(match[1] if match else "")
    stated = re.search(r'<DCT>.*?value="([0-9]{4}-[0-9]{2}-[0-9]{2})', raw, re.DOTALL)
    return Document(path.name, text, date.fromisoformat(stated[1]) if stated else None, tuple(gold))


def _plain(marked: str) -> tuple[str, list[Timex]]:
    """Take the marks out of a text; TIMEX3 elements without words mark nothing in it."""
    text, at, gold = "", 0, list[Timex]()
    opened: list[tuple[int, dict[str, str]]] = []
    for tag in _TAG.finditer(marked):
        text += unescape(marked[at : tag.start()])
        at = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            opened.append((len(text), dict(_ATTRIBUTE.findall(tag[3]))))
        else:
            start, attributes = opened.pop()
            if start < len(text):
                gold.append(Timex(start, len(text), attributes["type"], attributes["value"]))
    return text + unescape(marked[at:]), sorted(gold, key=lambda timex: timex.start)


def timexes(text: str, mention: DayMention) -> Iterator[Timex]:
    """Write a mention as TIMEX3: a range as its two ends, since TimeML annotates each."""
    interval, words = mention.interval, text[mention.start : mention.end]
    link = list(_LINK.finditer(words))[-1:] if mention.kind == "range" else []
    if link and interval.first and interval.last:
        middle = mention.start + link[0].start()
        yield Timex(mention.start, middle, "DATE", value(mention.unit, interval.first))
        yield Timex(mention.start + link[0].end(), mention.end, "DATE", value(mention.unit, interval.last))
        return
    named = value(mention.unit, _named(mention))
    hours = next((code for word, code in _HOURS.items() if word in words.lower()), None)
    clock = _CLOCK.search(text[max(0, mention.start - 30) : mention.start])
    timed = mention.unit == "day" and (hours or clock)
    yield Timex(
        mention.start, mention.end, "TIME" if timed else "DATE", named + (hours or "") if timed else named
    )


def _named(mention: DayMention) -> date:
    """A day of the unit that the words name, which an open interval begins after or ends before."""
    first, last = mention.interval.first, mention.interval.last
    if mention.kind == "before" and last:
        return last + timedelta(days=1)
    if mention.kind == "after" and first:
        return first - timedelta(days=1)
    day = first or last
    if day is None:
        raise ValueError("a mention without days")
    return day


def value(unit: Unit, day: date) -> str:
    """The value of TIMEX3 for the unit of the calendar that holds a day (TimeML 1.2.1)."""
    week = day.isocalendar()
    return {
        "day": f"{day}",
        "week": f"{week.year}-W{week.week:02}",
        "weekend": f"{week.year}-W{week.week:02}-WE",
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "season": f"{day.year}-{_SEASONS.get(day.month // 3 * 3 or 12)}",
        "half": f"{day.year}-H{1 if day.month <= 6 else 2}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10}",
        "century": f"{day.year // 100}",
    }[unit]


def found_in(document: Document) -> list[Timex]:
    """What is read from a document, as TIMEX3."""
    mentions = days(document.text, 0, len(document.text), document.published)
    return [timex for mention in mentions for timex in timexes(document.text, mention)]


def score(pairs: Sequence[tuple[Sequence[Timex], Sequence[Timex]]]) -> Score:
    """Compare annotated with found expressions, document by document."""
    matches = [match for gold, found in pairs for match in matched(gold, found)]
    annotated, all_found = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    right = sum(one.value == other.value for one, other in matches)
    precision, recall = len(matches) / (all_found or 1), len(matches) / (annotated or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    accuracy = right / (len(matches) or 1)
    fitting = f1 * sum(fits(one.value, other.value) for one, other in matches) / (len(matches) or 1)
    return Score(
        annotated, all_found, len(matches), right, precision, recall, f1, accuracy, f1 * accuracy, fitting
    )


def fits(annotated: str, found: str) -> bool:
    """Whether a value is right where the annotation leaves parts open: "1989-WXX" for "last week"."""
    whole = re.sub(r"(?:-XX)+$", "", annotated)
    padded = re.sub(r"-W([0-9])(?![0-9])", r"-W0\1", whole)
    return re.fullmatch(re.escape(padded).replace("X", "[0-9]"), found) is not None


def matched(gold: Sequence[Timex], found: Sequence[Timex]) -> Iterator[tuple[Timex, Timex]]:
    """Pair annotated with found expressions that overlap, from left to right, each once."""
    rest = list(found)
    for one in gold:
        other = next((timex for timex in rest if timex.start < one.end and one.start < timex.end), None)
        if other is not None:
            rest.remove(other)
            yield one, other


def measured(documents: Sequence[Document]) -> dict[str, Score]:
    """Score dates, dates that lie in the calendar, and all expressions of time.

    The second leaves out what is annotated as a mere reference (PRESENT_REF, PAST_REF, FUTURE_REF:
    "now", "recently"), which names no days. Durations and sets are never found and count as missed
    among all types.
    """
    read_from = [(document.gold, found_in(document)) for document in documents]
    of_dates = [
        ([g for g in gold if g.type == "DATE"], [f for f in found if f.type == "DATE"])
        for gold, found in read_from
    ]
    in_calendar = [([g for g in gold if g.value not in _REFERENCES], found) for gold, found in of_dates]
    return {
        "DATE": score(of_dates),
        "DATE in the calendar": score(in_calendar),
        "all types": score(read_from),
    }


def load(data: Path) -> tuple[list[Document], list[Document]]:
    """Read all documents: the even ones, by sorted name, and the odd ones."""
    documents = [read(path) for path in sorted(data.rglob("*.tml"), key=lambda path: path.name)]
    return documents[::2], documents[1::2]


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds timebank_aquaint/")
    seen, held_out = load(parser.parse_args().data / "timebank_aquaint")
    started = process_time()
    report: dict[str, object] = {
        half: {"documents": len(part), **{name: asdict(one) for name, one in measured(part).items()}}
        for half, part in (("even (seen)", seen), ("odd (held out)", held_out))
    }
    report["seconds of CPU"] = round(process_time() - started, 2)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
