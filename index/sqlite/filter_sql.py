"""A filter as conditions on the archive's tables: `a` are articles, `p` passages, `d` days spoken of.

Every value is a parameter; nothing that was asked for is ever part of a statement.
"""

from __future__ import annotations

from index.filters import Filter

Condition = tuple[str, list[object]]

# Days spoken of that have no first or no last one lie before or after all others.
FIRST = "coalesce(first, '0001-01-01')"
LAST = "coalesce(last, '9999-12-31')"


def articles_where(wanted: Filter) -> Condition:
    """The condition on articles that have a passage which the filter allows, and its values."""
    speaking, days = _speaking(wanted)
    within = f"a.number IN (SELECT article FROM passages WHERE id IN ({speaking}))" if speaking else ""  # noqa: S608
    return _where(wanted, within, days)


def passages_where(wanted: Filter) -> Condition:
    """The condition on passages, joined to their articles, that the filter allows, and its values."""
    speaking, days = _speaking(wanted)
    return _where(wanted, f"p.id IN ({speaking})" if speaking else "", days)


def _where(wanted: Filter, more: str, values_of_more: list[object]) -> Condition:
    terms, values = _published(wanted)
    if wanted.sources:
        terms.append(f"a.source_key IN ({','.join('?' * len(wanted.sources))})")
        values.extend(s.casefold() for s in wanted.sources)
    if more:
        terms.append(more)
        values.extend(values_of_more)
    return ("WHERE " + " AND ".join(terms) if terms else ""), values


def _published(wanted: Filter) -> tuple[list[str], list[object]]:
    bounds = [(sign, day) for sign, day in ((">=", wanted.since), ("<=", wanted.until)) if day]
    dated = " AND ".join(f"a.published {sign} ?" for sign, _ in bounds)
    if wanted.with_undated:
        terms = [f"({dated} OR a.published IS NULL)"] if dated else []
    else:
        terms = [dated or "a.published IS NOT NULL"]
    return terms, [day.isoformat() for _, day in bounds]


def _speaking(wanted: Filter) -> Condition:
    """The rows of passages that speak of a day asked for; empty where none is."""
    asked = ((f"{LAST} >= ?", wanted.event_since), (f"{FIRST} <= ?", wanted.event_until))
    bounds = [(term, day.isoformat()) for term, day in asked if day]
    if not bounds:
        return "", []
    return f"SELECT passage FROM days WHERE {' AND '.join(t for t, _ in bounds)}", [day for _, day in bounds]  # noqa: S608
