"""Word pieces come back nearly as they were, passage by passage; a damaged file is refused."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.models.embedder import Vectors
from index.vectors.word_pieces import FILES, TokenCodec, Tokens, write_tokens
from tests.newsroom import Newsroom


def unit_vectors(count: int, seed: int, dimensions: int = 384) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_a_vector_comes_back_nearly_as_it_was() -> None:
    vectors = unit_vectors(500, 1)
    codec = TokenCodec.fit(vectors)
    back = codec.decode(codec.encode(vectors))
    assert back.shape == vectors.shape
    assert np.linalg.norm(back, axis=1) == pytest.approx(np.ones(500), abs=1e-5)
    assert (vectors * back).sum(axis=1).min() > 0.7
    assert codec.encode(vectors).shape == (500, codec.size)
    assert codec.size <= 64


def test_a_few_vectors_are_enough_for_a_codec() -> None:
    few = unit_vectors(3, 2)
    codec = TokenCodec.fit(few)
    later = unit_vectors(200, 3)
    assert (later * codec.decode(codec.encode(later))).sum(axis=1).min() > 0.7


@settings(max_examples=20, deadline=None)
@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_each_passage_has_its_own_pieces(counts: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tokens")
    codec = TokenCodec.fit(unit_vectors(64, 0, 32))
    codes = [codec.encode(unit_vectors(count, n, 32)) for n, count in enumerate(counts)]
    write_tokens(folder, codec, codes)
    tokens = Tokens(folder)
    assert len(tokens) == len(counts)
    rows = list(reversed(range(len(counts))))
    for row, pieces in zip(rows, tokens.pieces(rows), strict=True):
        assert np.array_equal(tokens.codes(row), codes[row])
        assert np.allclose(pieces, codec.rotate(codec.decode(codes[row])), atol=1e-5)


def test_rotated_vectors_lie_to_each_other_as_before() -> None:
    vectors, others = unit_vectors(300, 4), unit_vectors(7, 5)
    codec = TokenCodec.fit(vectors)
    codes = codec.encode(vectors)
    whole, rotated = codec.decode(codes), codec.decode_rotated(codes)
    assert not np.allclose(whole, rotated, atol=0.05)
    assert np.allclose(codec.rotate(others) @ rotated.T, others @ whole.T, atol=1e-5)


def test_an_index_of_another_kind_is_no_codec() -> None:
    with pytest.raises(IndexDamaged, match="of another kind"):
        TokenCodec(faiss.IndexFlatIP(8))


def test_no_rows_are_no_pieces(standing: Newsroom) -> None:
    assert standing.generation().tokens.pieces([]) == []


@pytest.mark.parametrize("name", FILES)
def test_a_shortened_file_is_refused(tmp_path: Path, name: str) -> None:
    codec = TokenCodec.fit(unit_vectors(64, 0))
    write_tokens(tmp_path, codec, [codec.encode(unit_vectors(9, 1))] * 3)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) - 8])
    with pytest.raises(IndexDamaged, match="run `onrecord index` again"):
        Tokens(tmp_path)


def test_pieces_are_taken_over_from_the_former_generation(printed: Newsroom) -> None:
    before = printed.generation()
    known = {sha: before.tokens.codes(row).tobytes() for sha, row in before.archive.passage_rows().items()}
    printed.print("a-new-one.txt", "The mayor of Korrun resigned.")
    assert printed.build().embedded == 1
    after = printed.generation()
    assert len(after.tokens) == len(before.tokens) + 1
    rows = after.archive.passage_rows()
    assert all(after.tokens.codes(rows[sha]).tobytes() == codes for sha, codes in known.items())
