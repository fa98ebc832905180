"""A small desk whose answers also say who speaks, of which days, with which figures, and how it read the question."""

from __future__ import annotations

from datetime import date

from assistant.types.answer import Answer, EventDate, Quote, Speaker, Spread
from assistant.types.figure_table import Comparison, FigureRow, FigureTable
from assistant.types.request import Inquiry
from tests.assistant.desk import ARTICLES, SmallDesk, reprinted

COUNTED = "How many dockers joined the strike?"
COMPARING = "How do Harbour Courier, The Inland Post and Wire Nine differ on the strike?"
HEARD = "How many dockers are on strike according to Harbour Courier on 11 March?"
LEANING = "And on 13 March?"
REPRINTED = "Fewer than 900"  # words of the second article that stand for the first word of the first quote
COMPLETED = "How many dockers are on strike on 13 March?"


class TellingDesk(SmallDesk):
    """Answers a few questions with all that an answer can hold, any other as `SmallDesk` does."""

    def answer(self, inquiry: Inquiry) -> Answer:
        found = super().answer(inquiry)
        if inquiry.literal:
            return found
        if inquiry.question == COUNTED:
            return counted(found)
        if inquiry.question == COMPARING:
            return _compared(super().answer(Inquiry(COUNTED, inquiry.wanted)))
        if inquiry.question == HEARD:
            return understood(found, sources=("Harbour Courier",), read=("Harbour Courier", "on 11 March"),
                              heard=("Harbour Courier",),
                              event_since=date(2024, 3, 11), event_until=date(2024, 3, 11))  # fmt: skip
        if inquiry.question == LEANING and inquiry.after:
            completed = super().answer(Inquiry(COMPLETED, inquiry.wanted))
            told = understood(completed, follow_up_of=inquiry.after, completed=COMPLETED,
                              carried=("dockers", "strike"))  # fmt: skip
            return told.model_copy(update={"question": LEANING})
        return found


def understood(found: Answer, **told: object) -> Answer:
    """An answer to a question that was read so."""
    return found.model_copy(update={"understood": found.understood.model_copy(update=told)})


def counted(found: Answer) -> Answer:
    """An answer with a figure of each quote, the first two disagreeing, a speaker, a day and a copy's other words."""
    copied = reprinted(spoken(found.quotes[0]), ARTICLES[1], REPRINTED)
    quotes = (copied, *found.quotes[1:])
    return found.model_copy(
        update={
            "quotes": quotes,
            "figures": table(quotes),
            "spread": Spread(articles=len(quotes) + 1, origins=len(quotes)),
        }
    )


def spoken(quote: Quote, text: str = "the union", event: str = "on Monday") -> Quote:
    """A quote whose article says who speaks, outside of it if need be, and of a day that is read from its words."""
    found = quote.text.find(text)
    start = quote.start + found if found >= 0 else quote.end
    speaker = Speaker(
        text=text,
        start=start,
        end=start + len(text),
        cue="denied",
        stance="denies",
        hedge="reportedly",
        named_by=text,
    )
    day, found = date(2024, 3, 11), quote.text.find(event)
    start = quote.start + max(found, 0)
    spoken_of = EventDate(
        text=event, start=start, end=start + len(event), first=day, last=day, explicit=False
    )
    return quote.model_copy(update={"speaker": speaker, "event_date": spoken_of})


def table(quotes: tuple[Quote, ...], printed: str = "") -> FigureTable:
    """A figure of each quote: its first words, or these."""
    rows = tuple(figure(quote, number, printed or quote.text[:11]) for number, quote in enumerate(quotes))
    words = f"Sources differ (may be different events): “{rows[0].printed}”, “{rows[-1].printed}”"
    same = Comparison(kind="same", rows=(0, 0), words="The same figure")
    apart = Comparison(kind="disagree", rows=(0, len(rows) - 1), words=words)
    return FigureTable(rows=rows, comparisons=(same, apart))


def figure(quote: Quote, number: int, printed: str) -> FigureRow:
    """A figure of a quote, each of its words as printed."""
    return FigureRow(
        printed=printed, article_id=quote.article_id, start=quote.start, end=quote.start + len(printed),
        low=30, high=None, kind="count", unit="", noun="dockers", counted=f"{printed} counted", event="killed",
        hedge="about", unconfirmed=printed, source=quote.source, published=quote.published,
        date_origin=quote.date_origin, quote=number,
    )  # fmt: skip


def _compared(found: Answer) -> Answer:
    named = ("Harbour Courier", "The Inland Post", "Wire Nine")
    quotes = tuple(quote for quote in found.quotes if quote.source in named)
    assert {quote.source for quote in quotes} == {article.source for article in ARTICLES[:2]}
    shown = found.model_copy(update={"question": COMPARING, "quotes": quotes})
    return understood(shown, sources=named, read=named, compared=True)
