"""Questions with their filters as text: in the browser's store, so that a reload keeps them, and in links.

What comes back from either was in other hands: it is checked as if it had been typed, and what
does not pass is left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qs, urlencode

from assistant.query.parameters import BadRequest
from assistant.web.page.form import Form, following, read_form

MOST_TURNS = 20  # of a conversation that are kept in the browser
MOST_CHARACTERS = 24_000  # of them together; the page keeps to the same two limits
_LONGEST_LINK = 8_000
_MOST_FIELDS = 250
_TEXTS = ("q", "since", "until", "undated", "event_since", "event_until", "after", "literal")
_LITERAL = "yes"


def remember(form: Form) -> str:
    """Write a form as JSON, the way `recall` reads it back."""
    return json.dumps({"q": form.question, **_filters(form), "sources": list(form.sources)})


def recall(text: str) -> list[Form]:
    """Give the forms that a browser kept, oldest first; none of a text that is too long or no JSON."""
    if len(text) > MOST_CHARACTERS:
        return []
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return []
    read = [_read(entry) for entry in kept[-MOST_TURNS:]] if isinstance(kept, list) else []
    return [form for form in read if form]


def link(form: Form) -> str:
    """Give the address that asks this question, relative to the page."""
    fields = [("q", form.question), *_filters(form).items()]
    fields += [("source", source) for source in form.sources]
    written = [(key, value.encode("utf-8", "replace")) for key, value in fields if value]
    return f"?{urlencode(written)}"


def read_link(search: str) -> Form | None:
    """Read the question of an address, from its `?` on; None where it asks none. Raises BadRequest."""
    if len(search) > _LONGEST_LINK:
        raise BadRequest("The link is too long to be read: please type the question.")
    try:
        fields = parse_qs(search.removeprefix("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise BadRequest("The link cannot be read: please type the question.") from None
    if "q" not in fields:
        return None
    texts = [fields.get(key, [""])[0] for key in _TEXTS]
    return _checked(texts, fields.get("source", []))


def _filters(form: Form) -> dict[str, str]:
    printed = _days(since=form.since, until=form.until)
    spoken = _days(event_since=form.event_since, event_until=form.event_until)
    literal = _LITERAL if form.literal else ""
    return {**printed, "undated": form.undated_choice, **spoken, "after": form.after, "literal": literal}


def _days(**days: date | None) -> dict[str, str]:
    return {key: value.isoformat() if value else "" for key, value in days.items()}


def _checked(texts: Sequence[str], sources: Sequence[str]) -> Form:
    """Check what was written under the keys _TEXTS as if it had been typed; raises BadRequest."""
    question, since, until, undated, event_since, event_until, after, literal = texts
    if literal not in {"", _LITERAL}:
        raise BadRequest(f"In a link, “literal” can be “{_LITERAL}”, or is left out.")
    form = read_form(question, since, until, sources, undated, event_since, event_until)
    return following(form, after, literal=literal == _LITERAL)


def _read(entry: object) -> Form | None:
    if not isinstance(entry, dict):
        return None
    texts = [entry.get(key, "") for key in _TEXTS]
    sources = entry.get("sources", [])
    if not isinstance(sources, list) or not all(isinstance(text, str) for text in (*texts, *sources)):
        return None
    try:
        return _checked(texts, sources)
    except BadRequest:
        return None
