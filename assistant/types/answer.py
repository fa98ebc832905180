"""What a question gets back: quotes with their provenance, or a reasoned silence."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import model_validator

from assistant.types.correction import Claim, Correction
from assistant.types.figure_table import FigureTable
from assistant.types.values import Value
from corpus.article import DateOrigin
from index.filters import FILTERS, Filter


class Origin(Value):
    """How far one text was spread: the articles that are copies of it, and their sources."""

    articles: int = 1
    sources: tuple[str, ...] = ()


class Printed(Value):
    """Words of an article at their place: `text` is the article's at [start, end)."""

    text: str
    start: int
    end: int

    @model_validator(mode="after")
    def _span_fits_text(self) -> Printed:
        if self.start < 0 or not self.text or self.end - self.start != len(self.text):
            raise ValueError(f"the span {self.start}-{self.end} is not as long as “{self.text}”")
        return self


class Speaker(Printed):
    """Who, inside the article, says what a quote says; the words may stand outside the quote.

    `cue` are the words that tell so ("said", "according to"), `hedge` those that make the report less
    than certain ("reportedly"); `stance` is "denies" for what is denied and "silent" where someone
    declines to speak. `named_by` is the name that a pronoun stands for.
    """

    cue: str
    stance: Literal["says", "denies", "silent"] = "says"
    hedge: str | None = None
    named_by: str | None = None


class EventDate(Printed):
    """The days that a quote speaks of: words of the quote, and what they were read as.

    From `first` to `last`, both included, None for an open end. `explicit`: the words say it all;
    otherwise they were read against the date of publication.
    """

    first: date | None
    last: date | None
    explicit: bool


class Change(Value):
    """Words of a quote, [start, end) of its article, for which a copy prints `text`, at [copy_start, copy_end).

    All are code points. Words that the copy adds have an empty span in the quote's article, words that
    it leaves out an empty `text`.
    """

    start: int
    end: int
    text: str
    copy_start: int
    copy_end: int


class Variant(Value):
    """A copy of a quote's article that prints the quote otherwise, or not at all.

    `text` is the copy's own passage, its article's at [start, end), and `changes` are the words that
    differ, in order. Where the copy lacks the passage `text`, `start` and `end` are None.
    """

    article_id: str
    article_sha256: str
    source: str | None
    published: date | None
    date_origin: DateOrigin
    text: str | None = None
    start: int | None = None
    end: int | None = None
    changes: tuple[Change, ...] = ()

    @model_validator(mode="after")
    def _words_are_as_printed(self) -> Variant:
        text, at = self.text or "", self.start or 0
        if (self.end or 0) - at != len(text) or (self.text is None) == bool(self.changes):
            raise ValueError(
                f"{self.article_id}: the span {self.start}-{self.end} is not that of its passage"
            )
        for change in self.changes:
            if text[change.copy_start - at : change.copy_end - at] != change.text:
                raise ValueError(f"{self.article_id}: “{change.text}” is not printed at {change.copy_start}")
        return self


class Variants(Value):
    """How the copies of a quote's article print its words: `origin.articles - 1` copies in all.

    `same` counts those that print the same words (case, punctuation and blanks aside), `others` are
    those that don't, in the archive's order, `not_compared` counts what was beyond the limits of
    `assistant.provenance.copy_variants`.
    """

    same: int
    others: tuple[Variant, ...]
    not_compared: int = 0


class Cited(Value):
    """Words of an article with their place in it: `article.text[start:end] == text`.

    `start` and `end` count code points of the article's text; `prefix` and `suffix` are the
    neighbouring characters, as in the W3C TextQuoteSelector; `article_sha256` is the hash of the
    article's text in UTF-8. `source` is None where none is stated, `published` where undated.
    `score` says how well the words fit the question: higher is better. `marks` are the answering
    words of a quote where the kind of question makes them clear: places in the article, as `start`
    and `end` are, in order. `speaker` and `event_date` are None where the article doesn't make them
    clear, and for passages. `variants` say what copies of the article print instead: of an answer's
    quotes only, None where there is no copy. `corrected` is what the article's metadata says of a correction
    ("yes", a day, or the note), `correction` another article of its source that corrects it, under the same address;
    `claims` are articles of other sources that say so there, the latest first, one of each source. `looks_like` are
    other sources of the archive that the source's name is easily taken for.
    """

    text: str
    article_id: str
    start: int
    end: int
    prefix: str
    suffix: str
    article_sha256: str
    title: str | None
    source: str | None
    published: date | None
    date_origin: DateOrigin
    url: str | None
    kind: str | None
    score: float
    origin: Origin = Origin()
    marks: tuple[tuple[int, int], ...] = ()
    speaker: Speaker | None = None
    event_date: EventDate | None = None
    variants: Variants | None = None
    corrected: str | None = None
    correction: Correction | None = None
    claims: tuple[Claim, ...] = ()
    looks_like: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _span_fits_text(self) -> Cited:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"{self.article_id}: the span {self.start}-{self.end} is not as long as its text"
            )
        return self

    @model_validator(mode="after")
    def _marks_lie_inside(self) -> Cited:
        at = self.start
        for start, end in self.marks:
            if not at <= start < end <= self.end:
                raise ValueError(f"{self.article_id}: the mark {start}-{end} lies outside its words")
            at = end
        return self

    @model_validator(mode="after")
    def _context_is_as_printed(self) -> Cited:
        if self.event_date and not self.start <= self.event_date.start < self.event_date.end <= self.end:
            raise ValueError(f"{self.article_id}: the days “{self.event_date.text}” lie outside its words")
        for words in (self.speaker, self.event_date):
            inside = words is not None and self.start <= words.start and words.end <= self.end
            if (
                words
                and inside
                and self.text[words.start - self.start : words.end - self.start] != words.text
            ):
                raise ValueError(f"{self.article_id}: “{words.text}” is not what is printed at {words.start}")
        return self


class Quote(Cited):
    """Whole sentences of one article, offered as an answer or as a near miss.

    >>> quote = onrecord.open("my-index").ask("How many dockers joined the strike?").quotes[0]
    >>> quote.article_id, quote.start, quote.end, str(quote.published), quote.source
    ('strike.txt', 16, 69, '2031-03-02', 'Meridian Wire')
    """


class Moment(Value):
    """One quote of an answer, by its number from 0, in the order of time: when it happened, else when printed.

    `of` says which of the two `first` and `last` are: days the quote speaks of, or its publication.
    """

    quote: int
    first: date | None
    last: date | None
    of: Literal["event", "publication"]


class Spread(Value):
    """How many articles print the texts that an answer quotes, and how many different texts these are."""

    articles: int
    origins: int


class Understood(Value):
    """How the question was read: the filters in force and the question it follows.

    `undated` is as in `index.hits.Filter`: whether undated articles are in, where that was asked for.
    `event_since` and `event_until` are days that are spoken of, never mixed with those of publication.
    `read` are words of the question that became filters here ("SANA", "in March 2011"), `unmet` those that
    did at first, without an answer, and are none here; `heard` are the sources that some of `read` name,
    which may call them otherwise.
    `follow_up_of` is the question before it, `carried` the words taken over from there, `completed`
    what was searched for instead. `compared`: the quotes are of `sources`, source by source.
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    follow_up_of: str | None = None
    undated: bool | None = None
    event_since: date | None = None
    event_until: date | None = None
    read: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    completed: str | None = None
    compared: bool = False

    @property
    def filter(self) -> Filter:
        """The filters alone: true where there are any."""
        return Filter(**{name: getattr(self, name) for name in FILTERS})


class Coverage(Value):
    """What was searched: counts of articles, named sources and undated articles, and the dates."""

    articles: int
    sources: int
    undated: int
    first: date | None
    last: date | None


class Answer(Value):
    """The answer to one question: one to nine quotes, best first, or none and the reason.

    `probability` is that of the best sentence found being an answer, quoted or not, from 0 to 1;
    None where no sentence was found to weigh, and where any event of the days asked about answers.
    `figures` are those in the quotes that count what was asked; `timeline` are the quotes in the
    order of time, where two or more days can be told apart; `spread` counts the texts behind them.
    `unheard` is whom the question asks to hear ("What did Lund say …?"), where no quote may be in
    their words. `on_topic`, where there are no quotes: False where nothing that was searched is about the question,
    True where something is, as its near misses are, but no sentence clearly answers; None where no article passes the
    filters, and in answers saved by earlier versions. The `score` of a near miss is its probability of being an answer.

    >>> answer = onrecord.open("my-index").ask("How many dockers joined the strike?", since="2031-03-01")
    >>> answer.status, len(answer.quotes), answer.understood.filter.has_dates
    ('answered', 1, True)
    >>> onrecord.Answer.model_validate_json(answer.model_dump_json()) == answer
    True
    """

    question: str
    understood: Understood
    status: Literal["answered", "no_answer"]
    reason: str | None
    probability: float | None = None
    quotes: tuple[Quote, ...]
    near_misses: tuple[Quote, ...]
    coverage: Coverage
    figures: FigureTable | None = None
    timeline: tuple[Moment, ...] = ()
    spread: Spread | None = None
    unheard: str | None = None
    on_topic: bool | None = None

    @model_validator(mode="after")
    def _status_tells(self) -> Answer:
        if (self.status == "answered") != bool(self.quotes) or (self.reason is None) != bool(self.quotes):
            raise ValueError("an answer has quotes, or a reason why it has none")
        return self


class Found(Value):
    """What `search` gives: cited passages, best first."""

    question: str
    understood: Understood
    hits: tuple[Cited, ...]
    coverage: Coverage
