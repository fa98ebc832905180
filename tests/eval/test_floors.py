"""The sample archive is answered at least as well as was measured when the floors were set."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from rich.console import Console

from assistant.assistant import Assistant
from assistant.evaluation.measures import Report, summarise
from assistant.evaluation.outcomes import Outcome, evaluate
from assistant.evaluation.questions import read_questions
from assistant.evaluation.report import show_report
from corpus.sample import ARTICLES, QUESTIONS
from tests.newsroom import assert_exact, shown

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))

pytestmark = pytest.mark.slow


def sample_digest() -> str:
    """SHA-256 over the sample's articles and questions: floors hold for these alone."""
    files = sorted(p for p in [*ARTICLES.rglob("*"), QUESTIONS] if p.is_file())
    return hashlib.sha256(b"\0".join(p.read_bytes() for p in files)).hexdigest()


@pytest.fixture(scope="module")
def outcomes(assistant: Assistant) -> list[Outcome]:
    return evaluate(assistant, read_questions(QUESTIONS))


@pytest.fixture(scope="module")
def report(assistant: Assistant, outcomes: list[Outcome]) -> Report:
    measured = summarise(assistant, outcomes)
    show_report(Console(), measured)  # shown by `pytest -s`
    return measured


def test_the_floors_were_set_on_this_sample() -> None:
    assert sample_digest() == FLOORS["sample_sha256"], (
        "the sample archive has changed: measure it with `onrecord eval` and set the floors anew"
    )


@pytest.mark.parametrize("rate", ["hit_at_1", "hit_at_3", "hit_at_5", "abstained", "exact"])
def test_no_rate_falls_below_its_floor(report: Report, rate: str) -> None:
    assert getattr(report, rate) >= FLOORS[rate]


def test_every_quote_is_exact_and_as_the_filters_ask(assistant: Assistant, outcomes: list[Outcome]) -> None:
    assert any(shown(outcome.answer) for outcome in outcomes)
    for outcome in outcomes:
        asked = outcome.question
        names = {source.casefold() for source in asked.sources}
        for quote in shown(outcome.answer):
            assert_exact(quote, assistant.article(quote.article_id))
            assert asked.since is None or (quote.published and quote.published >= asked.since)
            assert asked.until is None or (quote.published and quote.published <= asked.until)
            assert not names or (quote.source and quote.source.casefold() in names)
