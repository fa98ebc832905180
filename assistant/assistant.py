"""Answers questions with what was printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Unpack

from assistant.answering.archive_timeline import MOST_ENTRIES, timeline
from assistant.answering.assembly import understood
from assistant.answering.inquiry import Inquiring
from assistant.integrity.verify import fault_lines, verify_answers
from assistant.provenance.corrections import Afterwards, afterwards
from assistant.query.examples import suggest
from assistant.query.parameters import read_count, read_filter, read_switch, read_text
from assistant.query.question import read_question
from assistant.query.search_plan import read_inquiry
from assistant.retrieval.retriever import Retriever, coverage
from assistant.retrieval.snapshot import Snapshot
from assistant.selection.judge import Judge
from assistant.selection.neighbours import Neighbours, neighbours
from assistant.types.answer import Answer, Cited, Coverage, Found
from assistant.types.request import MOST_PASSAGES, MOST_QUOTES, USUAL_PASSAGES, USUAL_QUOTES, Inquiry
from assistant.types.timeline import Timeline
from corpus.annotation.intervals import Interval
from corpus.article import Article
from index.errors import IndexFault
from index.filters import FilterValues
from index.sqlite.records import Month

_ANYTHING = "What happened?"  # asked of any archive, this reads some of its sentences closely
_EXAMPLES = 4


class Assistant:
    """Asks an archive and gives quotes, or says that there is none; safe to share between threads.

    >>> archive = onrecord.Assistant(onrecord.Retriever.open("my-index"))
    >>> archive.sources()
    ['Meridian Wire']
    >>> [quote.text for quote in archive.ask("How many dockers joined?", sources="Meridian Wire", k=1).quotes]
    ['About 1,400 dockers joined the strike at Port Caldry.']
    """

    def __init__(
        self, retriever: Retriever, judge: Judge | None = None, today: Callable[[], date] = date.today
    ) -> None:
        """Ask through this retriever; `today` is what "last week" in a question is counted from."""
        self._retriever = retriever
        self._judge = judge or Judge()
        self._today = today
        # Made once for each generation: its number and the questions.
        self._examples: tuple[str, tuple[str, ...]] = ("", ())
        self._months: tuple[str, list[Month]] = ("", [])  # likewise: it reads every article's row

    def warm(self) -> None:
        """Load what the first question would wait for; what is wrong is left for that question to tell."""
        with suppress(IndexFault):
            self.ask(_ANYTHING, literal=True)

    def ask(
        self,
        question: str,
        *,
        k: int = USUAL_QUOTES,
        after: str = "",
        literal: bool = False,
        **filters: Unpack[FilterValues],
    ) -> Answer:
        """Answer a question with up to k quotes (1 to 9), best first, or with none and why.

        Days are given as `date` or as text, "2020-02-03"; one source can be given as a text.
        `since` and `until` are inclusive publication dates; where either is given, undated articles
        are left out, unless `undated` is True; False leaves them out always. `event_since` and `event_until`
        are inclusive too, of days that a passage speaks of, whenever it was printed. A source the question
        itself asks to hear ("according to …"), and days that it names, are taken as filters when that leads to
        an answer. `after` and `literal` are those of `Inquiry`. Raises ValueError for an empty question
        and BadRequest, which is one, for what can't be used of the rest.
        """
        wanted = read_filter(**filters)
        asked, before = read_text(question, "question"), read_text(after, "after")
        literally = read_switch(literal, "literal")
        return self.answer(Inquiry(asked, wanted, read_count(k, MOST_QUOTES), before, literally))

    def answer(self, inquiry: Inquiry) -> Answer:
        """Answer an inquiry; see `ask`."""
        read_count(inquiry.k)
        generation = self._retriever.generation()
        whole = coverage(generation)
        printed = Interval(whole.first, whole.last) if whole.first else None
        ways = read_inquiry(inquiry, generation.archive.source_names, self._today(), printed)
        judge, snapshot = self._judge.remembering(), Snapshot(generation)
        return Inquiring(self._retriever, snapshot, judge, inquiry).answer(ways)

    def search(
        self,
        query: str,
        *,
        k: int = USUAL_PASSAGES,
        **filters: Unpack[FilterValues],
    ) -> Found:
        """The k passages that fit best, as the retriever finds them, with what was searched.

        The filters are those of `ask`; k is 1 to 100. Raises ValueError as `ask` does.
        """
        wanted = read_filter(**filters)
        return self.find(Inquiry(read_text(query, "query"), wanted, read_count(k, MOST_PASSAGES)))

    def find(self, inquiry: Inquiry) -> Found:
        """Find the passages of an inquiry; see `search`."""
        read_count(inquiry.k)
        generation, wanted = self._retriever.generation(), inquiry.wanted
        return Found(
            question=read_question(inquiry.question).text,
            understood=understood(wanted),
            hits=tuple(self._retriever.search_in(generation, inquiry.question, wanted, inquiry.k)),
            coverage=coverage(generation, wanted),
        )

    def timeline(
        self,
        query: str,
        *,
        k: int = MOST_ENTRIES,
        **filters: Unpack[FilterValues],
    ) -> Timeline:
        """What the archive says of something, by the days that it names; see `timelines.timeline`.

        The filters are those of `ask`; `event_since` and `event_until` are inclusive days spoken of.
        Raises ValueError for a query without a word to look for, and as `ask` does.
        """
        wanted = read_filter(**filters)
        asked, most = read_text(query, "query"), read_count(k)
        return timeline(self._retriever.generation(), asked, wanted, most)

    def examples(self) -> list[str]:
        """Up to four questions that this archive answers, made from its own words."""
        generation = self._retriever.generation()
        number, examples = self._examples
        if number != generation.number:
            asked = (q for q in suggest(generation.archive.articles()) if self.ask(q).quotes)
            examples = tuple(islice(asked, _EXAMPLES))
            self._examples = (generation.number, examples)
        return list(examples)

    def article(self, article_id: str) -> Article:
        """An article of the archive, whole; raises LookupError."""
        return self._retriever.generation().archive.article(article_id)

    def afterwards(self, article_id: str, sha256: str) -> Afterwards:
        """What became of this text of an article since it was quoted."""
        return afterwards(self._retriever.generation().archive, article_id, sha256)

    def differing(self, answers: Sequence[Answer]) -> tuple[str, ...]:
        """What in these answers is not as the archive has it now, in lines; empty where all of it stands."""
        return fault_lines(verify_answers(answers, self._retriever.generation().archive))

    def neighbours(self, quote: Cited) -> Neighbours:
        """The sentences before and after a quote; none when its article has changed or is gone."""
        archive = self._retriever.generation().archive
        try:
            article = archive.article(quote.article_id)
            spans = [(s.start, s.end) for s in archive.sentences_of(quote.article_id)]
        except LookupError:
            return Neighbours()
        if article.sha256 != quote.article_sha256:
            return Neighbours()
        return neighbours(article.text, spans, quote.start, quote.end)

    def coverage(self) -> Coverage:
        """What the whole archive covers."""
        return coverage(self._retriever.generation())

    def months(self) -> list[Month]:
        """How many articles each source printed in each month."""
        generation = self._retriever.generation()
        number, months = self._months
        if number != generation.number:
            months = generation.archive.months()
            self._months = (generation.number, months)
        return list(months)

    def sources(self) -> list[str]:
        """The names of the sources stated in the archive, sorted."""
        return self._retriever.generation().archive.sources()

    def source_counts(self) -> list[tuple[str, int]]:
        """The sources stated in the archive, each with how many articles it has, sorted by name."""
        return self._retriever.generation().archive.source_counts()
