"""Passages: windows of whole sentences, exact, within the limit and even."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage, Sentence
from corpus.segmentation.passages import partition, split_passages
from corpus.segmentation.sentences import split_sentences


def words(text: str) -> int:
    return len(text.split())


def passages(text: str, limit: int) -> tuple[list[Sentence], list[Passage]]:
    article = Article(id="a.txt", text=text)
    sentences = split_sentences(text)
    return sentences, split_passages(article, sentences, words, limit)


def test_windows_are_even() -> None:
    _, found = passages("One two three four. " * 5, 16)
    assert [(p.first, p.last) for p in found] == [(0, 2), (3, 4)]


def test_a_text_that_fits_is_one_window() -> None:
    text = "It began here. The army left.\n\nIt rained. "
    _, (passage,) = passages(text, 100)
    assert passage == Passage("a.txt", 0, len(text) - 1, 0, 2, text.rstrip())


def test_what_is_not_quotable_stays_out_of_the_edges() -> None:
    text = "© Jane Doe / AFP\n\nIt began.\n\nPhoto: Jane Doe\n\nIt ended.\n\n***"
    sentences, (passage,) = passages(text, 100)
    assert [s.quotable for s in sentences] == [False, True, False, True, False]
    assert (passage.first, passage.last) == (1, 3)
    assert passage.text == "It began.\n\nPhoto: Jane Doe\n\nIt ended."


def test_what_stands_inside_counts_towards_the_limit() -> None:
    _, found = passages("It began.\n\nPhoto: Jane Doe\n\nIt ended.", 6)
    assert [p.text for p in found] == ["It began.", "It ended."]


def test_nothing_quotable_is_no_passage() -> None:
    assert passages("***\n\n© Jane Doe / AFP", 10)[1] == []
    assert passages("", 10)[1] == []


def test_a_sentence_over_the_limit_is_sliced() -> None:
    long = " ".join(f"w{number}" for number in range(25)) + "."
    sentences, found = passages(f"It began. {long} It ended.", 10)
    assert len(sentences) == 3
    assert [(p.first, p.last, words(p.text)) for p in found] == [
        (0, 0, 2),
        (1, 1, 9),
        (1, 1, 9),
        (1, 1, 7),
        (2, 2, 2),
    ]
    assert " ".join(p.text for p in found[1:-1]) == long


def test_a_word_over_the_limit_is_cut() -> None:
    article = Article(id="a.txt", text="中" * 50)
    found = split_passages(article, [Sentence(0, 50)], len, 20)
    assert "".join(p.text for p in found) == article.text
    assert all(len(p.text) <= 20 for p in found)


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        passages("It began.", 0)


SCRAPS = [
    "It rained. ",
    "The army left the town of Idlib at noon. ",
    "😀 e\u0301! ",
    "\n\n",
    "Photo: X\n\n",
    "مرحبا بكم. ",
    "*** ",
    "\r",
]


@given(
    st.lists(st.sampled_from(SCRAPS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=9)),
    st.integers(1, 30),
)
def test_passages_are_exact_and_complete(scraps: list[str], limit: int) -> None:
    text = "".join(scraps)
    sentences, found = passages(text, limit)
    for passage in found:
        assert passage.text == text[passage.start : passage.end] != ""
        assert words(passage.text) <= limit
        first, last = sentences[passage.first], sentences[passage.last]
        assert first.quotable
        assert last.quotable
        assert first.start <= passage.start < passage.end <= last.end
        if passage.first < passage.last:
            assert (passage.start, passage.end) == (first.start, last.end)
    for one, other in pairwise(found):
        assert one.end <= other.start
        assert one.last < other.first or one.first == one.last == other.first == other.last
    inside = "".join("".join(p.text.split()) for p in found)
    assert all("".join(text[s.start : s.end].split()) in inside for s in sentences if s.quotable)
    covered = {number for passage in found for number in range(passage.first, passage.last + 1)}
    assert {number for number, sentence in enumerate(sentences) if sentence.quotable} <= covered


@given(st.lists(st.integers(1, 10), min_size=1, max_size=9), st.integers(10, 30))
def test_partition_is_as_even_as_can_be(costs: list[int], limit: int) -> None:
    ends = [sum(costs[: at + 1]) for at in range(len(costs))]
    groups = partition([0, *ends[:-1]], ends, limit)
    got = [sum(costs[first : last + 1]) for first, last in groups]
    every = [
        [
            sum(costs[a:b])
            for a, b in pairwise([0, *(at for at in range(1, len(costs)) if cuts >> at & 1), len(costs)])
        ]
        for cuts in range(0, 1 << len(costs), 2)
    ]
    fitting = [sums for sums in every if max(sums) <= limit]
    fewest = min(len(sums) for sums in fitting)
    assert len(got) == fewest
    assert max(got) == min(max(sums) for sums in fitting if len(sums) == fewest)
