"""CSV: a header that names the columns, then one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice

from corpus.article import Article, Rejected
from corpus.formats.many_records import MOST_RECORDS, read_records, too_many
from corpus.loading.fields import fold_key, names_for, unique_keys
from corpus.loading.files import MAX_BYTES
from corpus.loading.labels import Label

# Python's own limit of 131,072 characters a field is shorter than long articles. It is global to
# the process, hence set once, here, and never lowered.
csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
_DELIMITERS = (",", ";", "\t")


def read_table(text: str, path: str, label: Label) -> Iterator[Article | Rejected]:
    """Read a CSV file (RFC 4180) with commas, semicolons or tabs; rows without any value are not counted.

    Raises ValueError with a one-line reason when the header names no text column. Quotes that
    don't close end the reading there, as nothing tells where the next row would start.
    """
    delimiter = find_delimiter(text, label)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, problem = _rows(reader)
    if not rows:
        raise ValueError(problem or "is empty")
    header = _header(rows[0])
    if len(rows) > MOST_RECORDS:
        raise too_many()
    records = [_record(header, row) for row in rows[1:]]
    if not records:
        raise ValueError(problem or "has a header but no rows")
    if problem:
        records.append(problem)
    yield from read_records(records, path, label)


def find_delimiter(text: str, label: Label) -> str:
    """Find what separates the columns: under it the header names the text column, or else the most columns."""
    headers = {delimiter: _first_row(text, delimiter) for delimiter in _DELIMITERS}
    names = set(names_for("text", label))
    for delimiter, row in headers.items():
        if names & {fold_key(name) for name in row}:
            return delimiter
    return max(_DELIMITERS, key=lambda delimiter: len(headers[delimiter]))


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        return next(
            (row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter) if any(row)), []
        )
    except csv.Error:
        return []


def _rows(reader: Iterator[list[str]]) -> tuple[list[list[str]], str | None]:
    """Read all rows that have any value, up to the end or to the first fault, which is returned too."""
    rows: list[list[str]] = []
    try:
        filled = (row for row in reader if any(value.strip() for value in row))
        rows.extend(islice(filled, MOST_RECORDS + 1))
    except csv.Error as error:
        return (
            rows,
            f"row {len(rows)} can't be read ({error}): check its quotes; it and all rows after it are left out",
        )
    return rows, None


def _header(row: Sequence[str]) -> list[str]:
    names = [fold_key(name) for name in row]
    unique_keys((name, None) for name in names if name)
    return names


def _record(header: Sequence[str], row: Sequence[str]) -> Mapping[str, object] | str:
    if any(value.strip() for value in row[len(header) :]):
        return f"has {len(row)} values, the header names {len(header)} columns"
    return {name: value for name, value in zip(header, row, strict=False) if name}
