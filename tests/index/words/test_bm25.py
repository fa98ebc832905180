"""BM25 by tantivy ranks as the formula does, filtered or not, and takes no query syntax."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, DateOrigin
from index.words.bm25 import MAX_TERMS, Words, analyze, heading, write_words

VOCABULARY = [f"zz{chr(97 + n // 26)}{chr(97 + n % 26)}q" for n in range(60)]
K1, B = 1.2, 0.75


def invented(count: int) -> list[str]:
    """Texts of 1 to 38 words: tantivy keeps lengths up to 40 as they are."""
    chance = np.random.default_rng(11)
    shares = 1 / np.arange(1, len(VOCABULARY) + 1)
    return [
        " ".join(chance.choice(VOCABULARY, size=chance.integers(1, 39), p=shares / shares.sum()))
        for _ in range(count)
    ]


TEXTS = invented(150)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    folder = tmp_path_factory.mktemp("bm25") / "words"
    write_words(folder, TEXTS)
    return Words(folder)


class Formula:
    """BM25 as Robertson and Zaragoza write it, with Lucene's idf."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.counts = [Counter(analyze(text)) for text in texts]
        self.average = sum(c.total() for c in self.counts) / len(texts)

    def idf(self, term: str) -> float:
        seen = sum(term in counts for counts in self.counts)
        return math.log(1 + (len(self.counts) - seen + 0.5) / (seen + 0.5))

    def score(self, row: int, terms: Sequence[str]) -> float:
        counts = self.counts[row]
        norm = K1 * (1 - B + B * counts.total() / self.average)
        return sum(
            self.idf(t) * counts[t] * (K1 + 1) / (counts[t] + norm) for t in set(terms) & counts.keys()
        )

    def search(self, terms: Sequence[str], rows: Iterator[int] | range) -> list[tuple[int, float]]:
        scored = [(row, self.score(row, terms)) for row in rows]
        return sorted(((r, s) for r, s in scored if s > 0), key=lambda pair: (-round(pair[1], 4), pair[0]))


FORMULA = Formula(TEXTS)


@settings(max_examples=60, deadline=None)
@given(terms=st.lists(st.sampled_from([*VOCABULARY, "absent"]), min_size=1, max_size=6))
def test_an_unfiltered_search_ranks_by_the_formula(words: Words, terms: list[str]) -> None:
    assert_ranked(words.search(terms, 150), FORMULA.search(terms, range(150)))


# Rows of passages in a row, which are looked for as a range where there are enough of them.
_RUN = st.tuples(st.integers(0, 140), st.integers(1, 60)).map(
    lambda run: set(range(run[0], min(sum(run), 150)))
)


# Ways to look for allowed rows, by the bounds that lead there: `_FEW`, `_MOST_RANGES` and `_DEEPEST`.
WAYS = {
    "by their numbers": (1_000, 0, 0),
    "as ranges": (0, 1_000, 0),
    "among the best of all": (0, 0, 1_000_000),
    "among the best of all, or by their numbers": (0, 0, 60),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@settings(max_examples=40, deadline=None)
@given(
    terms=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6),
    allowed=st.sets(st.integers(0, 149), max_size=60)
    | st.lists(_RUN, max_size=3).map(lambda r: set().union(*r)),
    k=st.integers(1, 150),
)
def test_a_filtered_search_ranks_the_allowed_by_the_formula(
    words: Words, way: tuple[int, int, int], terms: list[str], allowed: set[int], k: int
) -> None:
    rows = np.array(sorted(allowed), dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        for name, bound in zip(("_FEW", "_MOST_RANGES", "_DEEPEST"), way, strict=True):
            patch.setattr(f"index.words.bm25.{name}", bound)
        every, found = words.search(terms, len(TEXTS), rows), words.search(terms, k, rows)
    wanted = FORMULA.search(terms, iter(allowed))
    assert_ranked(every, wanted)
    # Where some score the same it is open which of them are the last.
    assert [hit.score for hit in found] == pytest.approx([score for _, score in wanted[:k]], rel=1e-4)
    assert {hit.passage_id for hit in found} <= allowed


def assert_ranked(found: Sequence[tuple[int, float]], wanted: Sequence[tuple[int, float]]) -> None:
    assert {row: pytest.approx(score, rel=1e-4) for row, score in found} == dict(wanted)
    assert [(-score, row) for row, score in found] == sorted((-score, row) for row, score in found)


def test_fewer_hits_are_the_best_of_more(words: Words) -> None:
    every = words.search(VOCABULARY[:3], 150)
    assert [h.score for h in words.search(VOCABULARY[:3], 7)] == [h.score for h in every[:7]]


def test_an_allowed_passage_is_found_however_many_better_ones_are_not_allowed(words: Words) -> None:
    worst = words.search(VOCABULARY[:1], 150)[-1].passage_id
    assert [h.passage_id for h in words.search(VOCABULARY[:1], 1, np.array([worst], np.int64))] == [worst]


def test_a_term_counts_once_however_often_it_is_asked(words: Words) -> None:
    assert words.search([VOCABULARY[0]] * 5, 10) == words.search([VOCABULARY[0]], 10)


def test_idf_is_the_formula_s(words: Words) -> None:
    for term in [*VOCABULARY, "absent"]:
        assert words.idf(term) == pytest.approx(FORMULA.idf(term))
        assert words.idf(term) > 0


def test_no_term_and_no_allowed_row_give_nothing(words: Words) -> None:
    assert words.search([], 5) == []
    assert words.search(["absent"], 5) == []
    assert words.search(VOCABULARY[:1], 5, np.array([], dtype=np.int64)) == []


def test_only_the_first_terms_of_a_flood_are_used(words: Words) -> None:
    flood = [f"nothing{n}" for n in range(MAX_TERMS)]
    assert words.search([*flood[1:], VOCABULARY[0]], 5) != []
    assert words.search([*flood, VOCABULARY[0]], 5) == []


def test_rows_are_the_order_written(tmp_path: Path) -> None:
    write_words(tmp_path / "words", ["harbour", "", "bridge", "harbour bridge"])
    words = Words(tmp_path / "words")
    assert len(words) == 4
    assert {h.passage_id for h in words.search(analyze("harbours"), 9)} == {0, 3}
    assert {h.passage_id for h in words.search(analyze("bridges"), 9)} == {2, 3}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The dockers are striking", ["docker", "strike"]),
        ("Şelin Ordavé", analyze("Selin Ordave")),
        ("strike strikes STRIKE", ["strike", "strike", "strike"]),
        ("the of and", []),
        ("", []),
        ("مرحبا 中文", ["مرحبا", "中文"]),
        ("x" * 50, []),
        ('+title:"strike" AND NOT (bridge OR flood*)~2^3', ["titl", "strike", "bridg", "flood", "2", "3"]),
    ],
)
def test_a_text_becomes_plain_terms(text: str, terms: list[str]) -> None:
    assert analyze(text) == terms


@pytest.mark.parametrize(
    "syntax",
    [
        '"',
        "*",
        "zz*",
        "words:zzaaq",
        "row:1",
        "-zzaaq",
        "zzaaq~2",
        "[a TO z]",
        "/z.*/",
        "' OR 1=1 --",
        "\\",
        "",
    ],
)
def test_a_term_is_never_query_syntax(words: Words, syntax: str) -> None:
    assert words.search([syntax], 5) == []
    assert words.search([syntax, VOCABULARY[0]], 5) == words.search([VOCABULARY[0]], 5)


def test_searching_writes_nothing(tmp_path: Path) -> None:
    write_words(tmp_path / "words", TEXTS)
    before = {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in (tmp_path / "words").iterdir()}
    Words(tmp_path / "words").search(VOCABULARY[:1], 5)
    assert {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in (tmp_path / "words").iterdir()} == before


def test_the_same_texts_rank_the_same_in_another_index(tmp_path: Path, words: Words) -> None:
    write_words(tmp_path / "words", TEXTS)
    again = Words(tmp_path / "words")
    assert all(again.search([t], 20) == words.search([t], 20) for t in VOCABULARY)


def test_a_heading_says_title_source_and_date_in_words() -> None:
    day = date(2031, 3, 2)
    article = Article("a.txt", "x", 0, "Strike", "Halyard", day, DateOrigin.HEADER)
    assert heading(article) == "Strike Halyard 2031-03-02 March 2 2031"
    assert heading(Article("a.txt", "x")) == ""
