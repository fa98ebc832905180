"""A system's rankings and replies to a task into the figures of the report, by their names there."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.measures import Reply, Span, first_right, kept, ranking, share, threshold, told_apart
from benchmarks.tasks import Query, Task
from benchmarks.units import Units

Figures = dict[str, float]

# The share of off-topic questions that On Record's threshold is fitted to let through.
OFF_TOPIC_ANSWERED = 0.05


def answerable(task: Task) -> list[Query]:
    """The questions that have an answer."""
    return [query for query in task.queries if query.role == "answerable"]


def ranking_figures(task: Task, units: Units, ranked: Sequence[Sequence[str]]) -> Figures:
    """How well the passages that cover an answer, or the articles that hold one, are ranked.

    `ranked` holds ids, best first, for each answerable question. Raises ValueError for an id that
    is not among the task's units: then the systems were not given the same ones.
    """
    known = {unit.id for unit in (units.articles if task.ranked == "articles" else units.passages)}
    strange = {unit for ids in ranked for unit in ids} - known
    if strange:
        raise ValueError(f"{task.name}: {min(strange)} was ranked but is not one of the {task.ranked}")
    relevant = [_relevant(task, units, query) for query in answerable(task)]
    return {f"{task.ranked}: {name}": value for name, value in ranking(relevant, ranked).items()}


def _relevant(task: Task, units: Units, query: Query) -> set[str]:
    if task.ranked == "articles":
        return {place for place, _, _ in query.answers}
    return {span.id for span in units.passages if any(span.covers(answer) for answer in query.answers)}


def quote_figures(task: Task, units: Units, replies: Sequence[Reply]) -> Figures:
    """How often the first sentences are right; a copy of a right sentence is right too.

    "Right" leaves silence aside: a sentence that would have been quoted counts. "Shown and right"
    is what the user sees: a question left unanswered counts as a miss.
    """
    own = [(q, r) for q, r in zip(task.queries, replies, strict=True) if q.role == "answerable"]
    ranks = [first_right(reply.quotes, query.answers, copies(query, units)) for query, reply in own]
    return {
        "quotes: first is right": share([rank == 1 for rank in ranks]),
        "quotes: right among first 3": share([rank is not None and rank <= 3 for rank in ranks]),
        "quotes: characters of the first": _mean([len(r.quotes[0].text) for _, r in own if r.quotes]),
    }


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else math.nan


def shown_figures(task: Task, units: Units, replies: Sequence[Reply], answered: Sequence[bool]) -> Figures:
    """How often the first sentence is right and is shown, given which questions are answered."""
    right = [
        shown and first_right(reply.quotes[:1], query.answers, copies(query, units)) == 1
        for query, reply, shown in zip(task.queries, replies, answered, strict=True)
        if query.role == "answerable"
    ]
    return {"quotes: first is right and shown": share(right)}


def copies(query: Query, units: Units) -> set[str]:
    """The texts of the sentences that cover an answer: their copies elsewhere are as good."""
    places = {place for place, _, _ in query.answers}
    spans = (span for span in units.sentences if span.place in places)
    return {span.text for span in spans if any(span.covers(answer) for answer in query.answers)}


def possible(task: Task, units: Units) -> float:
    """The share of answerable questions whose answer lies within one sentence: the most to be reached."""
    return share([bool(copies(query, units)) for query in answerable(task)])


def silence_figures(task: Task, replies: Sequence[Reply], answered: Sequence[bool]) -> Figures:
    """Which share of each kind of question is answered, and how well their scores tell them apart.

    Of a system with several scores the best one for each figure counts.
    """
    roles = dict.fromkeys(query.role for query in task.queries if query.role != "threshold")
    if "off topic" not in roles:
        return {}
    found = {
        f"answered: {role}": share([a for a, q in zip(answered, task.queries, strict=True) if q.role == role])
        for role in roles
    }
    own = _scores(task, replies, "answerable")
    for role in roles:
        if role != "answerable":
            strange = _scores(task, replies, role)
            found[f"ROC-AUC: {role}"] = max(told_apart(own[name], strange[name]) for name in own)
    strange = _scores(task, replies, "off topic")
    found["answerable answered at 5 % of off topic"] = max(kept(own[n], strange[n], 0.05) for n in own)
    return found


def decided(task: Task, replies: Sequence[Reply], rate: float) -> list[bool]:
    """Which questions are answered: as the system says, or by the best threshold for its score.

    The threshold is the one at which at most `rate` of the off-topic questions set aside for it
    are answered; the score, of those that a system has, the one that then answers most of the
    answerable questions. Without questions set aside everything is answered.
    """
    if all(reply.answered is not None for reply in replies):
        return [bool(reply.answered) for reply in replies]
    strange, own = _scores(task, replies, "threshold"), _scores(task, replies, "answerable")
    least = {name: threshold(values, rate) for name, values in strange.items()}
    best = max(least, key=lambda name: share([score >= least[name] for score in own[name]]), default="")
    return [not best or reply.sure[best] >= least[best] for reply in replies]


def off_topic_rate(task: Task, replies: Sequence[Reply]) -> float:
    """The share of off-topic questions set aside for thresholds that a system answers."""
    flags = [bool(r.answered) for q, r in zip(task.queries, replies, strict=True) if q.role == "threshold"]
    return share(flags) if flags else OFF_TOPIC_ANSWERED


def _scores(task: Task, replies: Sequence[Reply], role: str) -> dict[str, list[float]]:
    """Each score that a system has, for the questions of one role; empty where there is none."""
    found: dict[str, list[float]] = {}
    for query, reply in zip(task.queries, replies, strict=True):
        if query.role == role:
            for name, value in reply.sure.items():
                found.setdefault(name, []).append(value)
    return found


def as_replies(found: Sequence[Sequence[Span]], signals: Sequence[dict[str, float]]) -> list[Reply]:
    """A peer's sentences and scores as replies that leave the threshold open."""
    return [Reply(tuple(spans), sure) for spans, sure in zip(found, signals, strict=True)]
