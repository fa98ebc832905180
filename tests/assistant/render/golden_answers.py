"""Answers made here that hold all that an answer can show: with quotes, comparing sources, and with no quote."""

from __future__ import annotations

from datetime import date

from assistant.types.answer import Answer, Coverage, Origin, Quote, Spread, Understood
from assistant.types.correction import Claim, Correction
from assistant.types.figure_table import Comparison, FigureTable
from corpus.article import Article, DateOrigin
from tests.assistant.desk import quote_of, reprinted
from tests.assistant.telling_desk import figure, spoken

FLOOD = Article(
    id="tide/flood.txt",
    text="The Sella floods nine villages\n\nForty people were hurt on Monday when the Sella rose, the mayor said. "
    "A bridge at Korrun & two <mills> fell.",
    body_start=32,
    title="The Sella floods nine villages",
    source="The Tide",
    published=date(2031, 3, 4),
    date_origin=DateOrigin.HEADER,
    url="https://tide.example/flood?page=1",
    author="Jo Lund",
    kind="report",
    corrected="The figure was 40, not 14.",
)
WIRE = Article(
    id="wire.jsonl#7",
    text="At least 60 people were hurt in Caldry and *Korrun*.",
    title="Floods [updated]",
    source="Wire Nine",
    published=date(2031, 3, 6),
    date_origin=DateOrigin.METADATA,
)
NOTE = Article(id="notes/flood.md", text="Some people\u202e were hurt.")


def _quote(article: Article, words: str) -> Quote:
    start = article.text.index(words)
    return quote_of(article, start, start + len(words)).model_copy(update={"origin": Origin()})


def quotes() -> tuple[Quote, ...]:
    """A quote with all that may be said of one, one of a second source, and one of which little is stated."""
    first = _quote(FLOOD, "Forty people were hurt on Monday when the Sella rose, the mayor said.")
    first = reprinted(spoken(first, "the mayor"), WIRE, "At least 60")
    assert first.event_date
    monday = {"first": date(2031, 3, 3), "last": date(2031, 3, 3)}
    told = {
        "event_date": first.event_date.model_copy(update=monday),
        "marks": ((first.start, first.start + len("Forty people")),),
        "origin": Origin(articles=2, sources=("The Tide", "Wire Nine")),
        "correction": Correction(article_id="tide/erratum.txt", published=date(2031, 3, 9), title="Erratum"),
        "claims": (
            Claim(article_id="post/1.txt", published=None, title=None, source="Post", says="retracted"),
        ),
        "looks_like": ("The Tíde",),
    }
    return first.model_copy(update=told), _quote(WIRE, WIRE.text), _quote(NOTE, NOTE.text)


def answered() -> Answer:
    """An answer of three quotes with its figures."""
    found = quotes()
    read = Understood(
        since=date(2031, 3, 1),
        sources=("The Tide", "Wire Nine"),
        undated=True,
        event_until=date(2031, 3, 9),
        read=("the Tide", "until 9 March"),
        heard=("The Tide", "Wire Nine"),
        unmet=("last week",),
        follow_up_of="What happened at Korrun?",
        carried=("Korrun",),
        completed="How many people were hurt at Korrun?",
    )
    return Answer(
        question="How many people were hurt?",
        understood=read,
        status="answered",
        reason=None,
        probability=0.9,
        quotes=found,
        near_misses=(),
        coverage=coverage(),
        figures=_figures(found),
        spread=Spread(articles=4, origins=3),
    )


def _figures(found: tuple[Quote, ...]) -> FigureTable:
    counted = {"counted": "people", "noun": "people", "event": "wounded", "hedge": None, "unconfirmed": None}
    printed = ("Forty people", "At least 60 people")
    one, other = (figure(found[n], n, words).model_copy(update=counted) for n, words in enumerate(printed))
    rows = one, other.model_copy(update={"hedge": "at least", "place": "in Caldry"})
    words = f"Sources differ (may be different events): “{printed[0]}”, “{printed[1]}”"
    return FigureTable(rows=rows, comparisons=(Comparison(kind="disagree", rows=(0, 1), words=words),))


def compared() -> Answer:
    """An answer that compares three sources, of which one has nothing."""
    found = quotes()[:2]
    read = Understood(
        sources=("The Tide", "Wire Nine", "Post"), read=("Tide, Wire Nine and Post",), compared=True
    )
    kept = {
        "question": "How do Tide, Wire Nine and Post differ on the hurt?",
        "understood": read,
        "quotes": found,
    }
    return answered().model_copy(update={**kept, "figures": None, "spread": None})


def silent() -> Answer:
    """An answer without a quote: its reason, and the nearest passage."""
    return Answer(
        question="Who won the chess final?",
        understood=Understood(sources=("The Tide",)),
        status="no_answer",
        reason="No sentence answers this.",
        quotes=(),
        near_misses=(_quote(NOTE, NOTE.text),),
        coverage=coverage(),
    )


def coverage() -> Coverage:
    """What both answers searched."""
    return Coverage(articles=3, sources=2, undated=1, first=date(2031, 3, 4), last=date(2031, 3, 6))
