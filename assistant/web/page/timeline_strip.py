"""When it happened, as a picture: the quotes of an answer along a line of time, and the same as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.facts.chronology import days_named
from assistant.render.markup import NO_ATTRIBUTES, Safe, classed, element, isolated, join
from assistant.types.answer import Cited, Moment
from assistant.web.page.time_axis import YEAR, Axis, axis_of, month_name
from assistant.wording import UNDATED, UNSTATED, day, period

_LANE = 26  # height of one, in pixels
_RADIUS = 9  # of a dot, in pixels
_EDGE = 5.0  # of the width, in per cent, left free on both sides so that dots are whole
_APART = 9.0  # of the width, in per cent: two dots side by side on a telephone
_FOOT = 20  # height of the labels, in pixels


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that are drawn, both included, and labels with their places from 0 to 1."""

    first: date
    last: date
    labels: tuple[tuple[float, str], ...]

    def holds(self, moment: Moment) -> bool:
        """Whether the day that a moment begins with, or ends with, is drawn."""
        return self.first <= _begins(moment) <= self.last

    def place(self, at: date) -> float:
        """Where a day lies, in per cent of the width; days beyond an end lie at that end."""
        reach = (self.last - self.first).days
        return _across(min(1.0, max(0.0, (at - self.first).days / reach)) if reach else 0.5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment as it is drawn: from `left` to `right`, in per cent of the width, in a lane from the top."""

    moment: Moment
    left: float
    right: float
    lane: int


def timeline_strip(moments: Sequence[Moment], quotes: Sequence[Cited], anchor: str = "") -> Safe:
    """Draw an answer's quotes in the order of time: dots for days, bars for longer times, and a list of them.

    `moments` are `assistant.facts.chronology.moments` of `quotes`; `anchor` is what the ids of the quotes' cards
    begin with, before their number from 1: without one the list has no links. A filled dot is a day that
    the quote speaks of, a hollow one its publication, and the list says so in words. Needs
    static/timeline.css on its page. Empty where there is no moment.
    """
    if not moments:
        return Safe()
    scale = scale_of(moments)
    drawn = marks_of(moments, scale) if scale else []
    picture = _picture(drawn, scale) if scale else Safe()
    heading = classed("span", "or-timeline-title", "Timeline")
    notes = classed("span", "or-timeline-note", " ".join([*_legend(drawn), *_left_out(moments, drawn)]))
    listed = [_item(moment, quotes[moment.quote], anchor) for moment in moments]
    caption = element("figcaption", NO_ATTRIBUTES, heading, notes)
    items = element("ol", {"class": "or-timeline-list", "role": "list"}, *listed)
    return element("figure", {"class": "or-timeline"}, caption, picture, items)


def scale_of(moments: Sequence[Moment]) -> Scale | None:
    """Find the days to draw, slips left out as `axis_of` does; None where no moment has a day."""
    dated = [moment for moment in moments if moment.first or moment.last]
    axis = axis_of(Counter(_month(end) for moment in dated for end in _ends(moment)))
    if axis is None:
        return None
    held = [end for m in dated if axis.holds(_month(_begins(m))) for end in _ends(m)]
    ends = [end for end in held if axis.holds(_month(end))]
    if not ends:
        return None
    first, last = min(ends), max(ends)
    if _month(last) - _month(first) < YEAR:
        return Scale(
            first, last, ((0.0, day(first)), (1.0, day(last))) if first < last else ((0.5, day(first)),)
        )
    return _of_axis(axis)


def _of_axis(axis: Axis) -> Scale:
    opens, closes = axis.ends()
    first, last = _first_of(axis.first), _first_of(axis.first + axis.columns * axis.per)
    return Scale(first, last, ((0.0, opens), *axis.ticks(), (1.0, closes)))


def marks_of(moments: Sequence[Moment], scale: Scale) -> list[Mark]:
    """Place the moments that are drawn, each in the first lane where it has room."""
    reached: list[float] = []
    marks = []
    for moment in moments:
        if not (moment.first or moment.last) or not scale.holds(moment):
            continue
        left = scale.place(moment.first or scale.first)
        right = scale.place(moment.last or scale.last)
        lane = next((n for n, end in enumerate(reached) if left - end >= _APART), len(reached))
        reached[lane : lane + 1] = [right]
        marks.append(Mark(moment, left, right, lane))
    return marks


def _begins(moment: Moment) -> date:
    return moment.first or moment.last or date.max


def _ends(moment: Moment) -> list[date]:
    return [end for end in (moment.first, moment.last) if end]


def _month(at: date) -> int:
    return at.year * YEAR + at.month - 1


def _first_of(month: int) -> date:
    """The first day of a month, counted from the year 0, as far as there are days."""
    year, number = divmod(month, YEAR)
    return (
        date.min if year < date.min.year else date(year, number + 1, 1) if year <= date.max.year else date.max
    )


def _picture(marks: Sequence[Mark], scale: Scale) -> Safe:
    """The strip; all that it shows is in the list, so it is not read out."""
    ground = (1 + max((mark.lane for mark in marks), default=0)) * _LANE
    inner = [_across(place) for place, _ in scale.labels]
    drawn = [_line("or-timeline-grid", (at, 0), (at, ground)) for at in inner]
    drawn.append(_line("or-timeline-ground", (0, ground), (100, ground)))
    drawn += [part for mark in marks for part in _mark(mark)]
    drawn += [_label(place, text, ground) for place, text in scale.labels]
    box = {"class": "or-timeline-strip", "aria-hidden": "true", "height": str(ground + _FOOT)}
    return element("svg", box, *drawn)


def _across(place: float) -> float:
    """A place from 0 to 1 in per cent of the width."""
    return _EDGE + place * (100 - 2 * _EDGE)


def _line(css_class: str, start: tuple[float, float], end: tuple[float, float]) -> Safe:
    """A line between points given in per cent of the width and in pixels."""
    ends = {"x1": f"{start[0]:g}%", "y1": f"{start[1]:g}", "x2": f"{end[0]:g}%", "y2": f"{end[1]:g}"}
    return element("line", {"class": css_class, **ends})


def _label(place: float, text: str, ground: int) -> Safe:
    at = {0.0: ("0", "start"), 1.0: ("100%", "end")}.get(place, (f"{_across(place):g}%", "middle"))
    return element("text", {"x": at[0], "y": str(ground + 15), "text-anchor": at[1]}, text)


def _mark(mark: Mark) -> list[Safe]:
    """A dot with the quote's number where its days begin, or end if they have no beginning, and a bar for many."""
    moment, middle = mark.moment, mark.lane * _LANE + _LANE / 2
    at = mark.left if moment.first else mark.right
    is_open = moment.first is None or moment.last is None
    bar = _line(
        f"or-timeline-bar{' or-timeline-open' if is_open else ''}", (mark.left, middle), (mark.right, middle)
    )
    title = element("title", NO_ATTRIBUTES, f"Quote {moment.quote + 1}: {_days(moment)}")
    dot = {"class": f"or-timeline-{moment.of}", "cx": f"{at:g}%", "cy": f"{middle:g}", "r": str(_RADIUS)}
    number = {
        "class": f"or-timeline-number or-timeline-on-{moment.of}",
        "x": f"{at:g}%",
        "y": f"{middle + 4:g}",
    }
    shown = [element("circle", dot, title), element("text", number, str(moment.quote + 1))]
    return shown if mark.left == mark.right else [bar, *shown]


def _legend(marks: Sequence[Mark]) -> list[str]:
    """What the signs that are drawn stand for."""
    kinds = {mark.moment.of for mark in marks}
    said = {
        "event": "Filled: the day that a quote speaks of.",
        "publication": "Hollow: the day it was published, where it names no day.",
    }
    bars = [mark.moment for mark in marks if mark.left != mark.right]
    longer = ["A bar: a longer time."] if bars else []
    is_open = any(bar.first is None or bar.last is None for bar in bars)
    dotted = ["Dotted: one end of it is not stated."] if is_open else []
    return [*(text for kind, text in said.items() if kind in kinds), *longer, *dotted]


def _left_out(moments: Sequence[Moment], marks: Sequence[Mark]) -> list[str]:
    drawn = {mark.moment.quote for mark in marks}
    missing = [moment for moment in moments if moment.quote not in drawn]
    if not missing:
        return []
    names = [f"{moment.quote + 1} ({_days(moment)})" for moment in missing]
    return [f"Not drawn: {'quotes' if len(names) > 1 else 'quote'} {', '.join(names)}."]


def _item(moment: Moment, quote: Cited, anchor: str) -> Safe:
    """One line of the list: the days, what they rest on, who printed it and when, and which quote it is."""
    name = f"Quote {moment.quote + 1}"
    link = element("a", {"href": f"#{anchor}{moment.quote + 1}"}, name) if anchor else name
    said = quote.event_date
    basis = join(["“", isolated(said.text), "”"]) if said else Safe()
    printed = f"published {day(quote.published)}" if quote.published else UNDATED
    parts = [
        classed("span", "or-timeline-days", printed if moment.of == "publication" else _days(moment)),
        basis,
    ]
    parts += [join([printed])] if moment.of == "event" else []
    parts += [isolated(quote.source) if quote.source else Safe(UNSTATED), join([link])]
    return element("li", NO_ATTRIBUTES, *_spaced([part for part in parts if part]))


def _spaced(parts: Sequence[Safe]) -> list[Safe]:
    return [piece for part in parts for piece in (Safe(" · "), part)][1:]


def _days(moment: Moment) -> str:
    """The days of a moment in words, whole months and years as such."""
    first, last = moment.first, moment.last
    begins = first or last
    if begins is None:
        return UNDATED
    opening, _, named = days_named(first, last).rpartition(" ")
    if first and last and opening:
        return period(first, last)
    shown = day(begins)
    if len(named) == len("2020"):
        shown = named
    elif len(named) == len("2020-02"):
        shown = month_name(_month(begins))
    return f"{opening} {shown}".strip()
