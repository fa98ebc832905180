"""A conversation that is saved keeps every filter of its questions, answered or not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from assistant.render.exports.conversation import read_conversation
from assistant.web.page.chat_events import Turn
from assistant.web.page.downloads import kept
from assistant.web.page.form import read_form

DAYS: dict[str, Any] = {
    "since": "2024-03-01",
    "until": "2024-03-02",
    "event_since": "2024-02-01",
    "event_until": "2024-02-02",
}


def test_a_question_without_an_answer_keeps_each_filter_in_the_saved_file() -> None:
    form = read_form("Who sailed?", sources=["The Wire"], undated="in", **DAYS)
    saved = kept([Turn(form, None)], "Desk", datetime(2024, 3, 9, tzinfo=UTC))
    (found,) = read_conversation(saved.model_dump_json()).unanswered
    assert found.understood.filter == form.filter
    assert found.understood.event_since == date(2024, 2, 1)
