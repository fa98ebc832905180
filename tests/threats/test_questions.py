"""A question is words to look for, whatever it is made of; what is shown for it is what was printed."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.query.question import MAX_CHARACTERS
from assistant.retrieval.retriever import Retriever
from assistant.types.answer import Answer
from assistant.web.page.cards import answer as as_page
from corpus.article import Article
from index.build.build import build
from index.filters import MOST_SOURCES
from index.models.embedder import Embedder
from index.words.bm25 import MAX_TERMS
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, assert_exact, shown
from tests.odd_texts import SCRAPS
from tests.threats.questions import HOSTILE, ORDERS, SYNTAX
from tests.threats.rows import row, rows
from tests.timing import within

# How many questions are made up: ONRECORD_HOSTILE_QUESTIONS=20000 pytest -k Q02 takes some minutes.
MADE_UP = int(os.environ.get("ONRECORD_HOSTILE_QUESTIONS", "2000"))
_AT_ONCE = 20


def ask_and_search(assistant: Assistant, question: str) -> Answer:
    """Ask, check that all that is shown was printed, and that it can be written in every form."""
    with within(1):
        answer, found = assistant.ask(question), assistant.search(question)
    assert len(answer.question) <= MAX_CHARACTERS
    assert len(found.question) <= MAX_CHARACTERS
    for quote in (*shown(answer), *found.hits):
        assert_exact(quote, assistant.article(quote.article_id))
    for value in (answer, found):
        json.dumps(value.model_dump(mode="json"), ensure_ascii=False).encode()
    as_page(answer).encode()
    return answer


@pytest.fixture(scope="module")
def assistant(standing: Newsroom) -> Assistant:
    return standing.assistant()


@pytest.mark.parametrize(
    ("text", "times"),
    [row(threat, f"{text[:20]!a} x {times}", text, times) for threat, text, times in HOSTILE],
)
def test_any_question_is_answered_or_not_within_a_second(assistant: Assistant, text: str, times: int) -> None:
    ask_and_search(assistant, text * times)


@rows("Q01", "words after many blanks")
def test_blanks_before_a_question_are_not_counted(assistant: Assistant, case: str) -> None:
    asked = " " * 10_000_000 + "How many dockers joined the strike at Port Caldry?"
    assert ask_and_search(assistant, asked).quotes


@pytest.mark.parametrize(
    "question",
    [row("Q01", f"empty {q[:9]!a}", q) for q in ("", "   ", "\n", "\u2003", "\u2028", " " * 10_000_000)],
)
def test_an_empty_question_is_an_error_that_says_what_to_do(assistant: Assistant, question: str) -> None:
    with pytest.raises(ValueError, match="ask something"):
        assistant.ask(question)
    with pytest.raises(ValueError, match="ask something"):
        assistant.search(question)


WORDS = (
    "strike",
    "dockers",
    "Korrun",
    "How many",
    "Who said",
    "bridge",
    "Sella",
    "the",
    "1,400",
    "2031",
    "Monday",
)
QUESTIONS = (
    st.text(st.characters(), min_size=1, max_size=80)
    | st.lists(st.sampled_from((*SYNTAX, *SCRAPS, *ORDERS, *WORDS, *WORDS)), min_size=1, max_size=12).map(
        " ".join
    )
    | st.lists(
        st.sampled_from((*SYNTAX, *SCRAPS, *WORDS)) | st.text(max_size=3), min_size=1, max_size=12
    ).map("".join)
    | st.from_regex(r"\A(?:what|who|when|where|why|how many) [\w\W]{1,60}\?", fullmatch=True)
)


@settings(
    max_examples=MADE_UP // _AT_ONCE,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(questions=st.lists(QUESTIONS, min_size=_AT_ONCE, max_size=_AT_ONCE))
@rows("Q02", "made up")
def test_any_question_that_can_be_made_up(assistant: Assistant, case: str, questions: Sequence[str]) -> None:
    for question in questions:
        if question.strip():
            ask_and_search(assistant, question)
        else:
            with pytest.raises(ValueError, match="ask something"):
                assistant.ask(question)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(st.characters(), min_size=1), source=st.text(st.characters(), max_size=10))
@rows("Q02", "any name for a source")
def test_any_name_may_be_a_source(assistant: Assistant, case: str, question: str, source: str) -> None:
    if question.strip():
        answer = assistant.ask(question, sources=[source])
        assert (answer.status, shown(answer)) == ("no_answer", ())


@pytest.mark.parametrize(
    "source", [row("Q02", f"source {s[:9]!a}", s) for s in ("\ud800", "\x00", "x" * 1_000_000, "' OR 1=1 --")]
)
def test_an_odd_source_is_an_unknown_one(assistant: Assistant, source: str) -> None:
    answer = assistant.ask("How many dockers joined the strike?", sources=[source])
    assert (answer.reason or "").startswith("The archive has no source named ")
    assert shown(answer) == ()


@rows("Q02", "many sources")
def test_a_thousand_sources_may_be_named_and_more_are_refused(assistant: Assistant, case: str) -> None:
    question, names = "How many dockers joined the strike?", [f"s{n}" for n in range(MOST_SOURCES + 1)]
    assert shown(assistant.ask(question, sources=names[1:])) == ()
    with pytest.raises(ValueError, match=r"1,001 sources are named, at most 1,000"):
        assistant.ask(question, sources=names)


@rows("Q03", "no more terms than that")
def test_of_a_chain_of_words_so_many_are_looked_for(standing: Newsroom, case: str) -> None:
    words = standing.generation().words
    chain = [f"w{n}" for n in range(1_000_000)]
    with within(2):
        assert words.search([*chain[: MAX_TERMS - 1], "strike", *chain], 10)
        assert not words.search([*chain[:MAX_TERMS], "strike", *chain], 10)


@rows("Q04", "orders in an article")
def test_orders_in_an_article_are_quoted_and_not_obeyed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    for number, order in enumerate(ORDERS):
        newsroom.print(f"{number}.txt", f"{order} {STRIKE}")
    newsroom.build()
    assistant = newsroom.assistant()
    opened: list[str] = []
    really_open = io.open

    def spy(file: str | Path, *arguments: object) -> object:
        opened.append(str(file))
        return really_open(file, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", spy)
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(subprocess, "Popen", None)
    for question in (*ORDERS, "How many dockers joined the strike at Port Caldry?"):
        answer = ask_and_search(assistant, question)
        assert str(answer.reason).startswith(
            ("None", "The closest passages", "No passage of the articles", "No article searched names")
        )
    assert set(opened) == {str(newsroom.index / "CURRENT")}


REAL = {threat: [(t, n) for other, t, n in HOSTILE if other == threat][::4] for threat, _, _ in HOSTILE}


@pytest.mark.slow
@pytest.mark.parametrize("some", [row(threat, "the real models", some) for threat, some in REAL.items()])
def test_the_real_models_read_any_question(real: Assistant, some: Sequence[tuple[str, int]]) -> None:
    for text, times in some:
        ask_and_search(real, text * times)


@pytest.fixture(scope="module")
def real(model: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant with the real embedder and judge, warm."""
    newsroom = Newsroom(tmp_path_factory.mktemp("real"))
    for name, text in (("bridge.txt", BRIDGE), ("strike.txt", STRIKE), ("flood.txt", FLOOD)):
        newsroom.print(name, text)
    build(newsroom.index, [newsroom.articles], model)
    assistant = Assistant(Retriever.open(newsroom.index, model))
    assert shown(assistant.ask("How many dockers joined the strike at Port Caldry?"))
    return assistant


def test_quotes_are_checked_here(standing: Newsroom) -> None:
    quote = standing.assistant().search("dockers strike").hits[0]
    other = Article(id=quote.article_id, text="Another text.")
    with pytest.raises(AssertionError):
        assert_exact(quote, other)
