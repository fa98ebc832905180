"""Examples are questions made of the archive's own words, and the archive answers them."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.query.examples import suggest
from corpus.article import Article
from tests.newsroom import FLOOD, Newsroom, by_overlap
from tests.timing import within


def suggested(*texts: str) -> list[str]:
    return list(suggest(Article(f"{n}.txt", text) for n, text in enumerate(texts)))


def test_who_said_and_how_many_come_in_turn() -> None:
    assert suggested("Ana Lund said so. Ida Ford said so. Forty people were hurt. 12 homes were burned.") == [
        "What did Ana Lund say?",
        "How many homes were burned?",
        "What did Ida Ford say?",
    ]


def test_what_most_articles_print_comes_first() -> None:
    texts = (
        "Ida Ford said no.",
        "Ana Lund said no. Ana Lund said yes. Ana Lund warned.",
        "Ida Ford told us.",
    )
    assert suggested(*texts)[0] == "What did Ida Ford say?"


@pytest.mark.parametrize("text", ["", "nothing here", "Who said so? It rained.", "قال الاتحاد"])
def test_an_archive_without_such_words_suggests_nothing(text: str) -> None:
    assert suggested(text) == []


def test_a_header_suggests_nothing() -> None:
    assert list(suggest([Article("a.txt", "Ana Lund said it. Body.", body_start=18)])) == []


@pytest.mark.parametrize("text", ["Aa " * 40_000, "A" * 100_000, "12 " * 40_000, "dozens of " * 10_000])
def test_no_pattern_takes_longer_than_the_text_is_long(text: str) -> None:
    with within(1):
        suggested(text)


def test_only_examples_with_an_answer_are_given(newsroom: Newsroom) -> None:
    names = ("Ana Lund", "Ida Ford", "Ole Renk", "Mia Holt", "Jon Vik", "Eva Sund")
    for n, name in enumerate(names):
        newsroom.print(f"{n}.txt", f"The board met. {name} said no at gate {n}.")
    newsroom.build()
    assistant = newsroom.assistant()
    found = assistant.examples()
    assert len(found) == 4
    assert all(assistant.ask(question).quotes for question in found)


def test_an_archive_that_answers_none_gives_none(newsroom: Newsroom) -> None:
    newsroom.print("flood.txt", FLOOD + " Ana Lund said so.")
    newsroom.build()
    assert Assistant(newsroom.retriever(), by_overlap(1.5)).examples() == []
