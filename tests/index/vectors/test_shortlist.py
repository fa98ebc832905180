"""A shortlist finds what an exact search finds, says how surely, and is not used where it would lose too much."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from index.build import writing
from index.build.build import build
from index.build.encode import EncodedPassages
from index.errors import IndexDamaged
from index.generation.generation import open_current
from index.models.embedder import Vectors
from index.rows import Rows
from index.vectors import shortlist
from index.vectors.dense import FaissVectors
from index.vectors.shortlist import EXACT, Made, ShortlistedVectors, kind_for, make
from index.vectors.word_pieces import TokenCodec
from tests.fakes import BagOfWords


def clustered(count: int, seed: int = 1, centres: int = 40) -> Vectors:
    """Unit vectors of 64 numbers, around some centres as texts lie around topics."""
    random = np.random.default_rng(seed)
    middle = random.normal(size=(centres, 64))
    vectors = middle[random.integers(centres, size=count)] + random.normal(size=(count, 64)) * 0.7
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def shortlisted(vectors: Vectors, kind: str) -> ShortlistedVectors:
    made = make(vectors, kind, vectors[::50])
    assert made
    return ShortlistedVectors(FaissVectors(vectors), made.codes)


@pytest.mark.parametrize(
    ("passages", "kind"),
    [
        (1, EXACT),
        (200_000, EXACT),
        (200_001, "RaBitQ2"),
        (500_000, "RaBitQ2"),
        (1_000_000, "IVF4096,RaBitQ2"),
    ],
)
def test_the_kind_of_search_goes_by_size(passages: int, kind: str) -> None:
    assert kind_for(passages) == kind


@pytest.mark.parametrize("kind", ["RaBitQ2", "IVF32,RaBitQ2"])
@pytest.mark.parametrize("allowed", [None, np.arange(300, 2_700), np.arange(0, 3_000, 2)])
def test_nearly_all_that_is_nearest_is_found_with_its_exact_score(
    kind: str, allowed: Rows | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "_FEW", 0)
    vectors, queries = np.split(clustered(3_040), [3_000])
    exact, store = FaissVectors(vectors), shortlisted(vectors, kind)
    found = total = 0
    for query in queries:
        nearest = dict(exact.search(query, 10, allowed))
        hits = store.search(query, 10, allowed)
        assert hits == sorted(hits, key=lambda h: (-h.score, h.passage_id))
        assert len(hits) == 10
        assert allowed is None or np.isin([h.passage_id for h in hits], allowed).all()
        for hit in hits:
            assert hit.score == pytest.approx(float(vectors[hit.passage_id] @ query), abs=1e-5)
        found += len(nearest.keys() & dict(hits).keys())
        total += len(nearest)
    assert found / total >= 0.98


@pytest.mark.parametrize("kind", ["RaBitQ2", "IVF32,RaBitQ2"])
def test_where_few_are_allowed_the_search_is_exact(kind: str) -> None:
    vectors = clustered(3_000)
    exact, store = FaissVectors(vectors), shortlisted(vectors, kind)
    allowed = np.array([5, 77, 78, 2_999])
    for query in clustered(5, seed=3):
        assert store.search(query, 3, allowed) == exact.search(query, 3, allowed)
    assert store.search(query, 3, np.array([], dtype=np.int64)) == []


def test_what_is_promised_is_what_is_measured() -> None:
    vectors, questions = np.split(clustered(3_040), [3_000])
    made = make(vectors, "RaBitQ2", questions)
    assert made
    assert 0.99 <= made.recall <= 1


def test_questions_to_measure_with_are_the_beginnings_of_passages() -> None:
    pieces = clustered(600)
    codec = TokenCodec.fit(pieces)
    codes = [codec.encode(some) for some in np.split(pieces, 20)]
    questions = EncodedPassages(pieces[::30], codec, codes, 0).like_questions(5)
    assert questions.shape == (5, 64)
    for question, first in zip(questions, range(0, 600, 120), strict=True):
        mean = codec.decode(codec.encode(pieces[first : first + 12])).mean(axis=0)
        assert np.allclose(question, mean / np.linalg.norm(mean), atol=1e-6)


def test_a_shortlist_that_loses_too_much_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(4).normal(size=(20_000, 64))
    vectors = np.asarray(random / np.linalg.norm(random, axis=1, keepdims=True), dtype=np.float32)
    monkeypatch.setattr(shortlist, "_PROBED", 64)
    assert make(vectors, "IVF64,RaBitQ2", vectors[:50]) is None
    assert make(vectors, EXACT, vectors[:50]) is None


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of 60 passages that is taken for one of many."""
    monkeypatch.setattr(shortlist, "EXACT_UP_TO", 10)
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:02}.txt").write_text(f"Number {n} of the stories tells of village {n * 7}.\n", "utf-8")
    build(tmp_path / "index", [folder], BagOfWords())
    return tmp_path / "index"


def test_a_large_archive_is_searched_by_a_shortlist(large: Path) -> None:
    generation = open_current(large)
    assert isinstance(generation.vectors, ShortlistedVectors)
    assert (generation.manifest.search, generation.manifest.passages) == ("RaBitQ2", 60)
    assert generation.manifest.recall == 1
    assert len(generation.vectors) == 60
    query = BagOfWords().embed_query("village 49").vector
    found = FaissVectors.read(large / "generations" / generation.number / "vectors.faiss").search(query, 60)
    assert generation.vectors.search(query, 60) == found


def test_a_bit_turned_in_a_shortlist_is_told(large: Path) -> None:
    path = large / "generations" / "000001" / shortlist.FILE
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(IndexDamaged, match=r"vectors\.shortlist is not the file that was written"):
        open_current(large)


def test_where_the_shortlist_falls_short_all_are_compared(
    tmp_path: Path, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(vectors: Vectors, kind: str, questions: Vectors) -> Made | None:
        del vectors, kind, questions
        return None

    monkeypatch.setattr(writing, "make", none)
    build(large, [tmp_path / "articles"], BagOfWords())
    manifest = asdict(open_current(large).manifest)
    assert (manifest["search"], manifest["recall"]) == (EXACT, None)
    assert shortlist.FILE not in manifest["files"]
