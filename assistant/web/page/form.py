"""What a reader typed into the chat or sent to its endpoint, checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant.query.parameters import UNDATED, BadRequest, Names, read_filter, read_text, writable
from assistant.types.request import USUAL_QUOTES, Inquiry
from index.filters import FILTERS, Filter

LONGEST_QUESTION = 2_000  # characters

# What the fields of days are called on the page: of publication, and those that an article speaks of.
PRINTED = ("Published from", "Published to")
SPOKEN_OF = ("Events from", "Events to")
FIELDS = Names(*PRINTED, "Sources", "Undated articles", *SPOKEN_OF)


@dataclass(frozen=True, slots=True)
class Form:
    """A question with its filters, as in `index.hits.Filter`. No question: the filters alone.

    `after` is the question before it and `literal` whether nothing is read from the question's words,
    as in `assistant.types.request.Inquiry`.
    """

    question: str
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    undated: bool | None = None
    event_since: date | None = None
    event_until: date | None = None
    after: str = ""
    literal: bool = False

    @property
    def filter(self) -> Filter:
        """The filters alone."""
        return Filter(**{name: getattr(self, name) for name in FILTERS})

    def inquiry(self, k: int = USUAL_QUOTES) -> Inquiry:
        """Give what is asked of the archive."""
        return Inquiry(self.question, self.filter, k, self.after, self.literal)

    @property
    def undated_choice(self) -> str:
        """What of UNDATED was chosen."""
        return next(str(written) for written, meant in UNDATED.items() if meant is self.undated)


def read_form(
    question: object,
    since: object = "",
    until: object = "",
    sources: object = (),
    undated: object = "",
    event_since: object = "",
    event_until: object = "",
    names: Names = FIELDS,
    question_name: str = "question",
) -> Form:
    """Check what was typed or sent; BadRequest says what is wrong, without repeating it."""
    asked = _read_question(question, question_name, "The question")
    if not asked:
        raise BadRequest("Type a question first.")
    filters = read_filters(since, until, sources, undated, event_since, event_until, names)
    return replace(filters, question=asked)


def following(form: Form, after: object, *, literal: bool = False) -> Form:
    """Put a form after the question before it, which is checked as a question is; empty for none."""
    return replace(form, after=_read_question(after, "after", "The question before"), literal=literal)


def read_filters(
    since: object,
    until: object,
    sources: object,
    undated: object = "",
    event_since: object = "",
    event_until: object = "",
    names: Names = FIELDS,
) -> Form:
    """Check filters alone, as `read_form` does; the form has no question."""
    found = read_filter(
        names,
        since=since,
        until=until,
        sources=sources,
        undated=undated,
        event_since=event_since,
        event_until=event_until,
    )
    return Form("", **found.values())


def _read_question(typed: object, name: str, called: str) -> str:
    asked = writable(read_text(typed, name)).strip()
    if len(asked) > LONGEST_QUESTION:
        raise BadRequest(f"{called} is too long: {LONGEST_QUESTION:,} characters at most, please shorten it.")
    return asked
