"""JSON Lines: one JSON object a line, each an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from corpus.article import Article, Rejected
from corpus.formats.many_records import MOST_RECORDS, MOST_TOLD, read_records, too_many
from corpus.loading.fields import unique_keys
from corpus.loading.labels import Label


def read_jsonl(text: str, path: str, label: Label) -> Iterator[Article | Rejected]:
    """Read a file of one JSON object a line; blank lines are not counted.

    Raises ValueError with a one-line reason when no line is an object or none has a text.
    """
    if text.count("\n") > MOST_RECORDS:
        raise too_many()
    # Not splitlines(): JSON strings may hold U+2028 and the like as they are.
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    records = list(_records(lines))
    if len(records) > 1 and all(isinstance(record, str) for record in records):
        raise ValueError(f"has no line that is a JSON object; one object a line is read ({records[0]})")
    yield from read_records(records, path, label)


def _records(lines: Iterable[tuple[int, str]]) -> Iterator[Mapping[str, object] | str]:
    """Parse the lines; where many are no objects, those that can't be one are told from their first character."""
    refused = 0
    for number, line in lines:
        hopeless = refused > MOST_TOLD and not line.lstrip().startswith("{")
        record = f"line {number} is not a JSON object" if hopeless else _record(number, line)
        refused += isinstance(record, str)
        yield record


def _record(number: int, line: str) -> Mapping[str, object] | str:
    """Parse one line; return the reason instead when it can't be one."""
    try:
        record = json.loads(line, object_pairs_hook=unique_keys, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return f"line {number} is not valid JSON: {error.msg} at character {error.pos}"
    except RecursionError:
        return f"line {number} is not valid JSON: nested too deeply"
    except ValueError as error:  # a key twice, NaN, or a number of more digits than Python reads
        return f"line {number}: {str(error).partition(';')[0]}"
    return record if isinstance(record, dict) else f"line {number} is not a JSON object"


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not valid JSON")
