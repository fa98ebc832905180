"""A small desk over articles written here: a real implementation of the chat's Protocol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.assembly import understood
from assistant.provenance import cited
from assistant.provenance.corrections import Afterwards
from assistant.selection.neighbours import Neighbours, neighbours
from assistant.types.answer import Answer, Change, Cited, Coverage, Found, Origin, Quote, Variant, Variants
from assistant.types.request import Inquiry
from corpus.article import Article, DateOrigin, Passage, Sentence
from index.cuts import Days
from index.errors import IndexMissing
from index.filters import Filter
from index.sqlite.archive import Archive
from index.sqlite.archive_writing import Entry, write_archive
from index.sqlite.records import Month
from tests.assistant.desk_words import sentences_of, words_of

HOSTILE_SOURCE = "Evil & Sons <b>Ltd</b>"
HOSTILE = (
    "A payload article says <script>window.PWNED=1</script> "
    "<img src=https://evil.example/t.png onerror=window.PWNED=2> "
    "and ${Reflect.set(window,/PWNED/.source,3)} and {{value}} and \u202eoverridden\u202c.\n\n\n\n"
    "![beacon](https://evil.example/md.png) [click](javascript:alert(1)) **bold** $$\\frac{1}{2}$$  two  "
    "spaces <iframe srcdoc='<script>parent.PWNED=4</script>'></iframe> "
    "<form action=https://evil.example><input></form> "
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" + "x" * 160 + "."
)

_PADDING = "".join(
    f"The harbour office noted tide number {n} in its book, as it does every day.\n\n" for n in range(1, 60)
)

ARTICLES = (
    Article(
        id="courier/strike.txt",
        text="Port strike enters second week as talks stall\ndate 2024-03-12\n"
        "Talks between the Meridale Port Authority and the dockers' union broke up late on Monday without agreement. "
        "About 1,400 dockers have stopped work since the strike began on 4 March, the union said.\n\n"
        + _PADDING,
        body_start=62,
        title="Port strike enters second week as talks stall",
        source="Harbour Courier",
        published=date(2024, 3, 12),
        date_origin=DateOrigin.HEADER,
        url="https://courier.example/strike",
        author="Ina Brandt",
    ),
    Article(
        id="wire.jsonl#7",
        text=_PADDING
        + "Fewer than 900 dockers are taking part in the strike, the federation's director told reporters. "
        "She said two of the five terminals were working normally.\n\n" + _PADDING,
        title="Employers dispute scale of Meridale dock strike",
        source="The Inland Post",
        published=date(2024, 3, 13),
        date_origin=DateOrigin.METADATA,
    ),
    Article(
        id="essays/strike.md",
        text="---\ntitle: What a strike is for\nkind: opinion\n---\n\n"
        "A strike by 1,400 dockers is a question put to a whole town.\n",
        body_start=50,
        title="What a strike is for",
        kind="opinion",
        source="Harbour Courier",
    ),
    Article(
        id="ar/strike.txt",
        text="date 2024-03-14\n"
        "قال الاتحاد إن إضراب dockers strike سيستمر حتى إشعار آخر. وأضاف أن المفاوضات (الجولة 3) لم تحقق تقدماً.\n",
        body_start=16,
        title="إضراب عمال الميناء يدخل أسبوعه الثاني",
        source="صحيفة الميناء",
        published=date(2024, 3, 14),
        date_origin=DateOrigin.HEADER,
        url="javascript:alert(1)",
    ),
    Article(
        id="evil/<img src=x>&.txt",
        text=HOSTILE,
        title="<img src=x onerror=window.PWNED=5>Payload “hack” ${Reflect.set(window,/PWNED/.source,6)}",
        source=HOSTILE_SOURCE,
        published=date(2024, 3, 15),
        date_origin=DateOrigin.LABEL_FILE,
        kind="<svg onload=window.PWNED=7>",
    ),
    Article(
        id="notes/ferry.txt",
        text="The Meridale ferry will run hourly from 6 November. Low numbers were blamed.",
    ),
)

EXAMPLES = (
    "How many dockers are on strike?",
    "How often will the ferry run?",
    "What does the payload article say?",
    "Who won the chess final?",
)
# Days that articles speak of, by their ids.
SPOKEN_OF = {"courier/strike.txt": date(2024, 3, 4), "notes/ferry.txt": date(2024, 11, 6)}
FAULTY = "What fails?"  # a question that meets a fault of the program
TWICE = "What did the director say?"  # a question that gets two quotes of one article
BROKEN = "Where is the index?"  # a question that finds the index gone


def _refuse(question: str) -> None:
    if question == BROKEN:
        raise IndexMissing("There is no index at <here>: run “onrecord index”.")
    if question == FAULTY:
        raise RuntimeError("a secret path")


class SmallDesk:
    """Answers with the sentence of each article that shares most words with the question."""

    def __init__(self, articles: Sequence[Article] = ARTICLES) -> None:
        """Hold the articles; `put` and `drop` change them as a new edition would."""
        self._articles = {article.id: article for article in articles}
        self.became: dict[tuple[str, str], Afterwards] = {}  # by article id and hash

    def answer(self, inquiry: Inquiry) -> Answer:
        question, wanted = inquiry.question, inquiry.wanted
        _refuse(question)
        found = self._allowed(wanted)
        best = sorted(
            (quote for quote in (_best(article, question) for article in found) if quote), key=_rank
        )
        quotes = tuple(quote for quote in best if quote.score >= 2)[: inquiry.k]
        if question == TWICE:
            quotes = _both(ARTICLES[1])
        return Answer(
            question=question,
            understood=understood(wanted),
            status="answered" if quotes else "no_answer",
            reason=None if quotes else "No passage shares enough with the question to answer it.",
            quotes=quotes,
            near_misses=() if quotes else tuple(best[:2]),
            coverage=_coverage(found),
        )

    def find(self, inquiry: Inquiry) -> Found:
        query, wanted = inquiry.question, inquiry.wanted
        _refuse(query)
        found = self._allowed(wanted)
        hits = sorted((quote for quote in (_best(article, query) for article in found) if quote), key=_rank)
        return Found(
            question=query,
            understood=understood(wanted),
            hits=tuple(hits[: inquiry.k]),
            coverage=_coverage(found),
        )

    def ask(self, question: str, *, since: date | None = None, sources: Sequence[str] = ()) -> Answer:
        return self.answer(Inquiry(question, Filter(since, sources=tuple(sources))))

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]

    def differing(self, answers: Sequence[Answer]) -> list[str]:
        """The ids of quoted articles that no longer print the words."""
        quotes = [quote for answer in answers for quote in (*answer.quotes, *answer.near_misses)]
        texts = {article.id: article.text for article in self._articles.values()}
        return [q.article_id for q in quotes if texts.get(q.article_id, "")[q.start : q.end] != q.text]

    def afterwards(self, article_id: str, sha256: str) -> Afterwards:
        return self.became.get((article_id, sha256), Afterwards())

    def neighbours(self, quote: Cited) -> Neighbours:
        article = self._articles.get(quote.article_id)
        if article is None or article.sha256 != quote.article_sha256:
            return Neighbours()
        return neighbours(article.text, sentences_of(article), quote.start, quote.end)

    def months(self) -> list[Month]:
        printed = Counter(
            (a.source, f"{a.published:%Y-%m}" if a.published else None) for a in self._articles.values()
        )
        return [Month(source, month, articles) for (source, month), articles in printed.items()]

    def source_counts(self) -> list[tuple[str, int]]:
        stated = [article.source for article in self._articles.values() if article.source]
        return sorted(Counter(stated).items())

    def coverage(self) -> Coverage:
        return _coverage(list(self._articles.values()))

    def sources(self) -> list[str]:
        return sorted({article.source for article in self._articles.values() if article.source})

    def examples(self) -> list[str]:
        return list(EXAMPLES)

    def _allowed(self, wanted: Filter) -> list[Article]:
        """The articles that a filter lets through, as an archive of them on disk says."""
        articles = list(self._articles.values())
        if not wanted:
            return articles
        with TemporaryDirectory() as folder:
            path = Path(folder) / "archive.sqlite"
            write_archive(path, (_entry(number, article) for number, article in enumerate(articles)), ())
            with closing(Archive(path)) as archive:
                rows = archive.allowed(wanted)
        return articles if rows is None else [articles[row] for row in rows]

    def put(self, article: Article) -> None:
        self._articles[article.id] = article

    def drop(self, article_id: str) -> None:
        del self._articles[article_id]


def edited(article: Article) -> Article:
    """Give an article as a later edition prints it: longer at the end."""
    return replace(article, text=article.text + " Correction: the number was wrong.")


def quote_of(article: Article, start: int, end: int, score: float = 1.0) -> Quote:
    """Cite a span of an article."""
    quote = cited.printed(Quote, article, start, end, score)
    if "strike.txt" not in article.id:
        return quote
    origin = Origin(articles=2, sources=("Harbour Courier", "Wire Nine"))
    return quote.model_copy(update={"origin": origin})


def reprinted(quote: Quote, copy: Article, words: str) -> Quote:
    """A quote for whose first word a copy prints these words, which stand in the copy."""
    start = copy.text.index(words)
    end = start + len(words)
    first = quote.start + len(quote.text.split(maxsplit=1)[0])
    printed = Variant(
        article_id=copy.id,
        article_sha256=copy.sha256,
        source=copy.source,
        published=copy.published,
        date_origin=copy.date_origin,
        text=words,
        start=start,
        end=end,
        changes=(Change(start=quote.start, end=first, text=words, copy_start=start, copy_end=end),),
    )
    return quote.model_copy(update={"variants": Variants(same=0, others=(printed,))})


def _entry(number: int, article: Article) -> Entry:
    """An article as one passage, so that the numbers of its row and of its article are the same."""
    length, day = len(article.text), SPOKEN_OF.get(article.id)
    spoken = [Days(day, day, explicit=True)] if day else []
    passage = Passage(article.id, 0, length, 0, 0, article.text)
    return Entry(article, [Sentence(0, length)], [passage], [spoken], number)


def _best(article: Article, question: str) -> Quote | None:
    if "payload" in question.lower() and article.text == HOSTILE:
        return quote_of(article, 0, len(HOSTILE), 9.0)
    wanted = words_of(question)
    scored = [
        (len(wanted & words_of(article.text[start:end])), start, end) for start, end in sentences_of(article)
    ]
    score, start, end = max(scored, key=lambda found: found[0])
    return quote_of(article, start, end, float(score)) if score else None


def _both(article: Article) -> tuple[Quote, ...]:
    spans = [span for span in sentences_of(article) if "harbour office" not in article.text[slice(*span)]]
    return tuple(quote_of(article, *span) for span in spans)


def _rank(quote: Quote) -> tuple[float, str]:
    return -quote.score, quote.article_id


def _coverage(articles: Sequence[Article]) -> Coverage:
    days = sorted(article.published for article in articles if article.published)
    return Coverage(
        articles=len(articles),
        sources=len({article.source for article in articles if article.source}),
        undated=len(articles) - len(days),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )
