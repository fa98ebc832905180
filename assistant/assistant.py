"""Answers questions with what was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from assistant.answer import Answer, Cited, Coverage, Found, Understood
from assistant.asking import Inquiry
from assistant.choosing.constraints import unnamed
from assistant.choosing.interaction import Asked
from assistant.choosing.neighbours import Neighbours, neighbours
from assistant.choosing.quoting import quoted
from assistant.choosing.ranker import Judge
from assistant.examples import suggest
from assistant.outlets import outlets
from assistant.question import read_question
from assistant.quotes import Choice, answering, choose, found_texts
from assistant.retriever import Retriever, coverage
from corpus.article import Article
from index.archive import Month
from index.generation import Generation
from index.hits import Filter

MAX_QUOTES = 5
_NEAR_MISSES = 3
_EXAMPLES = 4


class Assistant:
    """Asks an archive and gives quotes, or says that there is none; safe to share between threads."""

    def __init__(self, retriever: Retriever, judge: Judge | None = None) -> None:
        self._retriever = retriever
        self._judge = judge or Judge()
        # Made once for each generation: its number and the questions.
        self._examples: tuple[str, tuple[str, ...]] = ("", ())
        self._months: tuple[str, list[Month]] = ("", [])  # likewise: it reads every article's row

    def ask(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sources: Sequence[str] = (),
        undated: bool | None = None,
        k: int = MAX_QUOTES,
        after: str = "",
        literal: bool = False,
    ) -> Answer:
        """Answer a question with up to k quotes (at most five), best first, or with none and why.

        `since` and `until` are inclusive publication dates; where either is given, undated articles
        are left out, unless `undated` is True; False leaves them out always. A source the question itself asks to
        hear ("according to …") is taken as a filter when it leads to an answer. `after` and `literal` are those
        of `Inquiry`. Raises ValueError for an empty question, dates the wrong way round and k below 1.
        """
        return self.answer(Inquiry(question, _filter(since, until, sources, undated), k, after, literal))

    def answer(self, inquiry: Inquiry) -> Answer:
        """Answer an inquiry; see `ask`."""
        _check_count(inquiry.k)
        generation = self._retriever.generation()
        read = read_question(inquiry.question)
        asked = self._retriever.asked(generation, read)
        known = {name.casefold(): name for name in generation.archive.sources()}
        named = None if inquiry.wanted.sources else outlets(read.text, known)
        if named:
            wanted = replace(inquiry.wanted, sources=named.sources)
            narrow = self._answer(generation, asked, wanted, inquiry.k)
            if narrow.status == "answered":
                return narrow
        return self._answer(generation, asked, inquiry.wanted, inquiry.k)

    def _answer(self, generation: Generation, asked: Asked, wanted: Filter, k: int) -> Answer:
        question = asked.question
        candidates = self._retriever.candidates(generation, asked, wanted)
        choices = choose(generation, self._retriever.embedder, self._judge, asked, candidates)
        missing = unnamed(question, found_texts(generation, candidates)) if choices else ()
        good = [] if missing else answering(choices, self._judge.threshold, min(k, MAX_QUOTES))
        searched = coverage(generation, wanted)
        near = [] if good else choices[:_NEAR_MISSES]
        return Answer(
            question=question.text,
            understood=_understood(wanted),
            status="answered" if good else "no_answer",
            reason=None if good else _reason(generation, wanted, searched, missing),
            probability=_probability(choices, missing),
            quotes=quoted(generation, question, good, marked=True),
            near_misses=quoted(generation, question, near, marked=False),
            coverage=searched,
        )

    def search(
        self,
        query: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sources: Sequence[str] = (),
        undated: bool | None = None,
        k: int = 10,
    ) -> Found:
        """The k passages that fit best, as the retriever finds them, with what was searched.

        The filters are those of `ask`. Raises ValueError for an empty query, dates the wrong way
        round and k below 1.
        """
        return self.find(Inquiry(query, _filter(since, until, sources, undated), k))

    def find(self, inquiry: Inquiry) -> Found:
        """Find the passages of an inquiry; see `search`."""
        _check_count(inquiry.k)
        generation, wanted = self._retriever.generation(), inquiry.wanted
        return Found(
            question=read_question(inquiry.question).text,
            understood=_understood(wanted),
            hits=tuple(self._retriever.search_in(generation, inquiry.question, wanted, inquiry.k)),
            coverage=coverage(generation, wanted),
        )

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


def _check_count(k: int) -> None:
    if k < 1:
        raise ValueError("k must be at least 1")


def _filter(since: date | None, until: date | None, sources: Sequence[str], undated: bool | None) -> Filter:
    """The filter asked for; a lone surrogate in a name, which no source has, becomes a question mark.

    Raises ValueError when the dates are the wrong way round.
    """
    if since and until and since > until:
        raise ValueError(f"the first date, {since}, lies after the last, {until}; swap them")
    return Filter(since, until, tuple(s.encode("utf-8", "replace").decode() for s in sources), undated)


def _understood(wanted: Filter) -> Understood:
    return Understood(since=wanted.since, until=wanted.until, sources=wanted.sources, undated=wanted.undated)


def _probability(choices: Sequence[Choice], missing: Sequence[str]) -> float | None:
    if not choices:
        return None
    return 0.0 if missing else choices[0].probability


def _reason(generation: Generation, wanted: Filter, searched: Coverage, missing: Sequence[str]) -> str:
    if missing:
        return f"Nothing that was found in the articles searched names {' or '.join(missing)}."
    if searched.articles:
        return "No sentence in the articles searched answers this question."
    known = {source.casefold() for source in generation.archive.sources()}
    unknown = [source for source in wanted.sources if source.casefold() not in known]
    if unknown:
        names = ", ".join(generation.archive.sources()) or "none"
        return f"The archive has no source named {' or '.join(unknown)}; the sources stated are: {names}."
    return "No article of the archive passes the filters."
