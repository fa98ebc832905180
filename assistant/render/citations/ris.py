"""Citations as RIS records (Reference Manager; tags as in the format's specification of 2011)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.render.citations.reference import Reference, loss, one_line

Field = tuple[str, str | None]


def ris(references: Sequence[Reference]) -> str:
    """Write newspaper records of `TAG  - value` lines, each ended by CR LF, a blank line between records.

    RIS has no escapes: a value is a line, with `one_line` of the text in it.
    """
    return "\r\n".join(_record(reference) for reference in references)


def _record(reference: Reference) -> str:
    fields = [("TY", "NEWS"), *_fields(reference), ("ER", "")]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in fields)


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    quote = reference.quote
    fields: Iterable[Field] = (
        ("ID", reference.key),
        ("TI", quote.title),
        ("T2", quote.source),
        ("AU", reference.author),
        ("M3", quote.kind),
        ("PY", f"{quote.published.year:04}" if quote.published else None),
        ("DA", _day(quote.published)),
        ("UR", reference.address),
        ("Y2", _day(reference.accessed)),
        ("AN", quote.article_id),
        ("N1", f"“{quote.text}”"),
        ("N1", f"{reference.place}. {reference.seal}"),
        *(("N1", note) for note in reference.corrections),
        ("N1", loss(quote.text)),
    )
    return ((tag, value) for tag, value in fields if value)


def _day(day: date | None) -> str | None:
    """A day as RIS writes it: year/month/day/ and a free remark, of which there is none."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}/" if day else None
