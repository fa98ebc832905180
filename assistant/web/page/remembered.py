"""Questions with their filters as text: in the browser's store, so that a reload keeps them, and in links.

What comes back from either was in other hands: it is checked as if it had been typed, and what
does not pass is left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

from assistant.query.parameters import BadRequest
from assistant.web.page.form import Form, following, read_form
from index.filters import FILTERS

MOST_TURNS = 20  # of a conversation that are kept in the browser
MOST_CHARACTERS = 24_000  # of them together; the page keeps to the same two limits
_LONGEST_LINK = 8_000
_MOST_FIELDS = 250
_FILTERS = tuple(name for name in FILTERS if name != "sources")  # those written as one text each
_TEXTS = ("q", *_FILTERS, "after", "literal")
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
    values = form.filter.values()
    written = {name: _written(values[name]) for name in _FILTERS}
    literal = _LITERAL if form.literal else ""
    return {**written, "undated": form.undated_choice, "after": form.after, "literal": literal}


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else ""


def _checked(texts: Sequence[str], sources: Sequence[str]) -> Form:
    """Check what was written under the keys _TEXTS as if it had been typed; raises BadRequest."""
    question, *filters, after, literal = texts
    if literal not in {"", _LITERAL}:
        raise BadRequest(f"In a link, “literal” can be “{_LITERAL}”, or is left out.")
    written: dict[str, Any] = dict(zip(_FILTERS, filters, strict=True))
    form = read_form(question, sources=sources, **written)
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
