"""A question is words to look for, whatever it is made of."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.newsroom import Newsroom, assert_exact, shown

HOSTILE = [
    *(
        '"',
        "'",
        "\\",
        "*",
        "strike*",
        "words:strike",
        "row:1",
        "+strike -dockers",
        "strike~2",
        "[a TO z]",
        "/.*/",
    ),
    *(
        "strike AND (",
        "NOT strike",
        "strike OR",
        "^2",
        "'; DROP TABLE articles; --",
        "' OR '1'='1",
        "%' --",
        "${x}",
    ),
    *(
        "the of and",
        "who what when",
        "?",
        "!!!",
        "😀",
        "👩‍👩‍👧🇸🇾",
        "قال الاتحاد",
        "罢工",
        "สไตรค์",
        "\u202e",
        "\x00",
        "\x1b[2J",
    ),
    *(
        "\ud800",
        "strike \udfff",
        "e\u0301" * 500,
        "\u0301" * 3000,
        "x" * 3000,
        "1" * 3000,
        "strike " * 1_500_000,
    ),
    *("strike\n\n\nstrike", "a\tb", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "NULL"),
    " OR ".join(f"w{n}" for n in range(200_000)),
]


@pytest.mark.parametrize("question", HOSTILE, ids=lambda q: ascii(q[:20]))
def test_any_question_is_answered_or_not_within_a_second(standing: Newsroom, question: str) -> None:
    assistant = standing.assistant()
    began = time.perf_counter()
    answer, found = assistant.ask(question), assistant.search(question)
    assert time.perf_counter() - began < 1
    assert len(answer.question) <= 2000
    assert len(found.question) <= 2000
    for quote in (*shown(answer), *found.hits):
        assert_exact(quote, assistant.article(quote.article_id))
    json.dumps(answer.model_dump(mode="json"), ensure_ascii=False).encode()
    json.dumps(found.model_dump(mode="json"), ensure_ascii=False).encode()


@pytest.mark.parametrize("question", ["", "   ", "\n", "\u2003", "\u2028"])
def test_an_empty_question_is_an_error_that_says_what_to_do(standing: Newsroom, question: str) -> None:
    with pytest.raises(ValueError, match="ask something"):
        standing.ask(question)
    with pytest.raises(ValueError, match="ask something"):
        standing.assistant().search(question)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    question=st.text(st.characters(), min_size=1, max_size=80), source=st.text(st.characters(), max_size=10)
)
def test_any_text_may_be_asked_and_any_name_be_a_source(
    standing: Newsroom, question: str, source: str
) -> None:
    if question.strip():
        answer = standing.ask(question, sources=[source])
        assert (answer.status, shown(answer)) == ("no_answer", ())


@pytest.mark.parametrize("source", ["\ud800", "\x00", "x" * 1_000_000, "' OR 1=1 --"])
def test_an_odd_source_is_an_unknown_one(standing: Newsroom, source: str) -> None:
    answer = standing.ask("How many dockers joined the strike?", sources=[source])
    assert (answer.reason or "").startswith("The archive has no source named ")
    assert shown(answer) == ()
