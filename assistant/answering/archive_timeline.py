"""A timeline of the whole archive: every sentence that speaks of something and names a day, in order of the days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.assembly import understood
from assistant.facts.chronology import Order, in_time
from assistant.query.parameters import read_count
from assistant.query.subject import Subject, read_subject
from assistant.retrieval.document import Document
from assistant.retrieval.retriever import cite, coverage
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.quote_context import event_date
from assistant.types.answer import Cited
from assistant.types.timeline import Timeline
from corpus.annotation.days import DayMention
from corpus.annotation.intervals import Interval
from index.filters import Filter
from index.generation.generation import Generation
from index.sqlite.records import StoredPassage
from index.words.bm25 import fold

MOST_ENTRIES = 50
_TELLING = 8  # words in a row that tell a sentence from others
_AT_ONCE = 500  # passages that one query reads: any build of SQLite takes so many values


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A sentence that speaks of the subject: `article.text[start:end]`, and a passage that holds it or begins it."""

    document: Document
    start: int
    end: int
    passage: StoredPassage
    score: float

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def place(self) -> tuple[date, str, int]:
        article = self.document.article
        return article.published or date.max, article.id, self.start


_Entry = tuple[_Spoken, DayMention]


def timeline(generation: Generation, query: str, wanted: Filter, k: int) -> Timeline:
    """Find what the articles a filter lets through say of something, and when they say that it was.

    Complete, and the same each time: no model is asked. Of copies of one text the one that was printed
    first speaks for all. The days that the filter wants spoken of are asked of the entries, not of
    passages: neither the first copy nor the count of sentences hangs on them. Raises ValueError where the
    query has no word to look for, and for k below 1.
    """
    most = read_count(k)
    subject = read_subject(query)
    printed = replace(wanted, event_since=None, event_until=None)
    snapshot = Snapshot(generation)
    found = list(_spoken(snapshot, subject, printed))
    parted = subject.parted()
    if not found and parted:
        subject, found = parted, list(_spoken(snapshot, parted, printed))
    sentences = _once(found)
    asked = Interval(wanted.event_since, wanted.event_until) if wanted.has_events else None
    dated = (entry for spoken in sentences for entry in _dated(spoken))
    entries = sorted((e for e in dated if asked is None or e[1].interval.meets(asked)), key=_order)
    return Timeline(
        query=query,
        understood=understood(wanted),
        sought=subject.sought,
        entries=tuple(_cited(snapshot, *entry) for entry in entries[:most]),
        left_out=len(entries[most:]),
        sentences=len(sentences),
        coverage=coverage(generation, printed),
    )


def _spoken(snapshot: Snapshot, subject: Subject, wanted: Filter) -> Iterator[_Spoken]:
    """Every sentence that speaks of a subject, in the archive's order."""
    for number, passages in _candidates(snapshot, subject, wanted).items():
        document = snapshot.document(number)
        held = {at: found for found in passages for at in range(found[0].first, found[0].last + 1)}
        for at, (passage, score) in sorted(held.items()):
            sentence = document.sentences[at]
            if sentence.quotable and subject.is_met(document.sentence(sentence)):
                yield _Spoken(document, sentence.start, sentence.end, passage, score)


def _candidates(
    snapshot: Snapshot, subject: Subject, wanted: Filter
) -> Mapping[int, list[tuple[StoredPassage, float]]]:
    """The passages with the subject's rarest word, by the number of their article.

    A sentence that is longer than a passage is cut, and may have its words in several; one alone
    therefore decides what is read.
    """
    allowed = snapshot.allowed(wanted)
    rarest = max(subject.terms, key=snapshot.words.idf)
    scores = dict(snapshot.words.search([rarest], max(1, len(snapshot.words)), allowed))
    rows = sorted(scores)
    found: defaultdict[int, list[tuple[StoredPassage, float]]] = defaultdict(list)
    for at in range(0, len(rows), _AT_ONCE):
        for passage in snapshot.generation.archive.passages(rows[at : at + _AT_ONCE]):
            found[passage.article].append((passage, scores[passage.id]))
    return found


def _once(found: Iterable[_Spoken]) -> list[_Spoken]:
    """Of a sentence in copies of one text the one that was printed first, cut or run together with others."""
    kept: defaultdict[int, dict[str, _Spoken]] = defaultdict(dict)
    for spoken in sorted(found, key=lambda s: s.place):
        origin = kept[spoken.document.origin]
        words = f" {' '.join(fold(spoken.text))} "
        same = {words} & origin.keys() or (known for known in origin if _within(words, known))
        if not any(True for _ in same):
            origin[words] = spoken
    return [spoken for origin in kept.values() for spoken in origin.values()]


def _within(one: str, other: str) -> bool:
    """Whether the longer of two sentences holds the words of the shorter, of which there are enough to tell."""
    shorter, longer = sorted((one, other), key=len)
    return shorter in longer and shorter.count(" ") > _TELLING


def _dated(spoken: _Spoken) -> Sequence[_Entry]:
    """A sentence with each of the days that it names; with the first words only, where several name the same."""
    mentions: dict[Interval, DayMention] = {}
    for mention in spoken.document.days(spoken.start, spoken.end):
        mentions.setdefault(mention.interval, mention)
    return [(spoken, mention) for mention in mentions.values()]


def _order(entry: _Entry) -> tuple[Order, tuple[date, str, int], int]:
    spoken, mention = entry
    return in_time(mention.interval.first, mention.interval.last), spoken.place, mention.start


def _cited(snapshot: Snapshot, spoken: _Spoken, mention: DayMention) -> Cited:
    cited = cite(Cited, snapshot, spoken.passage, spoken.start, spoken.end, spoken.score)
    said = event_date(spoken.document.text, mention)
    return cited.model_copy(update={"event_date": said, "marks": ((mention.start, mention.end),)})
