"""Every quote is its article to the letter, at its place: of odd texts and of public ones.

Those of the sample archive are looked at in tests/eval, where its questions are asked.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.retrieval.retriever import Retriever
from index.build.build import build
from index.models.embedder import Embedder
from tests.newsroom import BRIDGE, Newsroom, assert_exact, by_overlap, shown
from tests.odd_texts import ODD_TEXTS, SCRAPS
from tests.remembering import Remembering
from tests.shared import shared


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(ODD_TEXTS, min_size=4, max_size=12),
    words=st.lists(st.sampled_from(SCRAPS), min_size=8, max_size=8),
)
def test_every_quote_of_odd_texts_is_exact(
    texts: list[str], words: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom = Newsroom(tmp_path_factory.mktemp("odd"))
    newsroom.print("always.txt", BRIDGE)
    for n, text in enumerate(texts):
        body = text.replace("\n", "\r\n") if n % 3 == 0 else text
        newsroom.print(f"{n}.txt", ("\ufeff" if n % 2 else "") + body, "2031-03-01" if n % 4 == 0 else "")
    newsroom.print_records("feed.jsonl", [{"title": text[:7], "text": text * 2} for text in texts])
    newsroom.build()
    for judge in (by_overlap(), by_overlap(-1.0)):
        assert_all_exact(Assistant(newsroom.retriever(), judge), newsroom.articles, words)
    shutil.rmtree(newsroom.index)


def assert_all_exact(assistant: Assistant, articles: Path, questions: Sequence[str]) -> None:
    for question in questions:
        if question.strip():
            found = (*shown(assistant.ask(question)), *assistant.search(question).hits)
            assert found
            for quote in found:
                assert_exact(quote, assistant.article(quote.article_id))
                assert quote.text in text_on_disk(articles, quote.article_id)


def text_on_disk(articles: Path, article_id: str) -> str:
    """What a file holds, read without the program: line ends as newlines, no byte order mark."""
    name, _, known_by = article_id.partition("#")
    text = (articles / name).read_bytes().decode("utf-8-sig")
    if known_by:
        records = [json.loads(line) for line in text.split("\n") if line]
        (text,) = [r["text"] for n, r in enumerate(records, 1) if known_by in {str(n), r.get("url")}]
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.slow
@pytest.mark.shared
def test_every_quote_about_public_articles_is_exact(tmp_path: Path, model: Embedder) -> None:
    parts = json.loads(shared("data/squad2_dev_part.json").read_text("utf-8"))["data"]
    paragraphs = [p for part in parts for p in part["paragraphs"]][:15]
    questions = [qa["question"].strip() for p in paragraphs for qa in p["qas"]][:60]
    assert len(questions) == 60
    newsroom, embedder = Newsroom(tmp_path), Remembering(model)
    newsroom.print_records("squad.jsonl", [{"text": p["context"]} for p in paragraphs])
    build(newsroom.index, [newsroom.articles], embedder)
    embedder.embed_passages(questions)
    assert_all_exact(Assistant(Retriever.open(newsroom.index, embedder)), newsroom.articles, questions)
