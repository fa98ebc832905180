"""What a saved answer says beside its quotes: their figures, their order in time, the texts behind them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from assistant.facts.chronology import moments
from assistant.facts.comparing import Told, compared
from assistant.facts.figure_rows import figure_rows
from assistant.integrity.differences import Difference, differences
from assistant.integrity.located import held
from assistant.integrity.saved import Form, Saved
from assistant.provenance.independent_texts import spread
from assistant.types.answer import Answer, Quote
from assistant.types.figure_table import FigureTable
from index.sqlite.archive import Archive

# A subject that stands beside no figure; none at all stands beside each. See `comparing.compared`.
_NEVER = frozenset({""})


def beside(saved: Saved, archive: Archive | None) -> Iterator[Difference]:
    """Each statement of a saved file beside its quotes that does not follow from them and the archive.

    Of what is no answer nothing: its faults are told as they are.
    """
    for before, item in saved.answers:
        with suppress(ValidationError):
            answer = Answer.model_validate_json(json.dumps(item), strict=True)
            now = _ids_now(saved, archive) if archive else {}
            yield from _of_answer(before, item, answer, archive, now)


def _ids_now(saved: Saved, archive: Archive) -> Mapping[tuple[str, str], str]:
    """The ids that quoted articles have now, by their id and hash as they were saved."""
    found = {(q.article_id, q.article_sha256): held(q, archive) for _, q in saved.quotes}
    return {key: article.id for key, article in found.items() if article}


def _of_answer(
    before: str,
    item: Mapping[str, Any],
    answer: Answer,
    archive: Archive | None,
    now: Mapping[tuple[str, str], str],
) -> Iterator[Difference]:
    told = [moment.model_dump(mode="json") for moment in moments(answer.quotes)]
    yield from differences(f"{before}timeline", item.get("timeline", []), told)
    with suppress(LookupError):  # an article that is gone is told with its quote
        if archive and answer.quotes:
            quotes = [
                q.model_copy(update={"article_id": now.get((q.article_id, q.article_sha256), q.article_id)})
                for q in answer.quotes
            ]
            counted = spread(quotes, archive.copies).model_dump(mode="json")
            yield from differences(f"{before}spread", item.get("spread"), counted)
        elif not answer.quotes:
            yield from differences(f"{before}spread", item.get("spread"), None)
    if answer.figures:
        yield from _figures(f"{before}figures", item["figures"], answer.figures, answer.quotes)


def _figures(
    place: str, item: Mapping[str, Any], table: FigureTable, quotes: Sequence[Quote]
) -> Iterator[Difference]:
    found: list[Difference] = []
    for number, row in enumerate(table.rows):
        own = figure_rows(quotes[row.quote], row.quote) if 0 <= row.quote < len(quotes) else []
        same = next((one for one in own if one.start == row.start), None)
        printed = same.model_dump(mode="json") if same else None
        found += differences(f"{place}.rows[{number}]", item["rows"][number], printed)
    yield from found
    if not found:
        yield from _comparisons(f"{place}.comparisons", item.get("comparisons", []), table, quotes)


def _comparisons(
    place: str,
    saved: Any,  # noqa: ANN401 - JSON
    table: FigureTable,
    quotes: Sequence[Quote],
) -> Iterator[Difference]:
    """Whether one figure is an update of another hangs on the question; all else on the quotes."""
    told = [Told(row, quotes[row.quote].text, row.start - quotes[row.quote].start) for row in table.rows]
    usual, other = (
        [c.model_dump(mode="json") for c in compared(told, s)] for s in (frozenset[str](), _NEVER)
    )
    if len(saved) != len(usual):
        yield Difference(place, saved, usual)
        return
    for number, (one, *either) in enumerate(zip(saved, usual, other, strict=True)):
        if one not in either:
            yield from differences(f"{place}[{number}]", one, either[0])


def repeated(saved: Saved) -> Iterator[Difference]:
    """What stands twice under one key of one answer, where each of an answer's words is quoted once."""
    seen: dict[tuple[object, ...], str] = {}
    for place, quote in saved.quotes:
        if quote.form is Form.COPY:
            continue
        event = json.dumps(quote.item.get("event_date")) if quote.form is Form.ENTRY else ""
        key = place.rpartition("[")[0], quote.article_id, quote.start, quote.end, event
        if key in seen:
            yield Difference(place, quote.text, fault=f"the same words as {seen[key]}")
        seen.setdefault(key, place)
