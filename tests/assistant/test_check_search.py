"""`check` finds vectors, word pieces and words that are not their passages', though all file hashes agree."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.integrity import check
from assistant.integrity.check import faults
from index.build.build import build
from index.models.embedder import Embedder
from index.vectors.word_pieces import TokenCodec
from tests.assistant.contradictions import NAMES, told
from tests.fakes import BagOfWords
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom
from tests.tampering import run_sql, with_codes, with_vectors, with_words

CODEC = "has word pieces that can't be decoded: the codec is not the one that wrote them"


def text_of(name: str) -> str:
    """A passage with its heading, as it is indexed."""
    day = 1 + NAMES.index(name)
    return f"2031-03-{day:02d} March {day} 2031\n{(BRIDGE, STRIKE, FLOOD)[day - 1]}"


def test_the_ways_to_tamper_used_here_leave_a_sound_index_sound(printed: Newsroom) -> None:
    run_sql(printed.index, "UPDATE articles SET body_start = body_start")
    with_vectors(printed.index, lambda vectors: vectors)
    with_codes(printed.index, lambda codes: codes)
    with_words(printed.index, [text_of(name) for name in NAMES])
    assert list(faults(printed.index, BagOfWords())) == []


def wrong_vector(row: int) -> str:
    return f"{NAMES[row]}: passage {row} has the vector of another text (cosine "


def test_a_vector_of_another_text(printed: Newsroom) -> None:
    other = BagOfWords().embed_query("A tram derailed at noon.").vector
    with_vectors(printed.index, lambda vectors: np.stack([vectors[0], other, vectors[2]]))
    (line,) = told(printed)
    assert line.startswith(wrong_vector(1))


def test_two_vectors_that_changed_places(printed: Newsroom) -> None:
    with_vectors(printed.index, lambda vectors: vectors[[1, 0, 2]])
    first, second = told(printed)
    assert first.startswith(wrong_vector(0))
    assert second.startswith(wrong_vector(1))


@pytest.mark.parametrize("factor", [0.0, 1.01, np.nan])
def test_vectors_that_are_not_of_unit_length(
    printed: Newsroom, factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "SAMPLE", 0)
    scale = np.array([1, factor, factor], dtype=np.float32)[:, None]
    with_vectors(printed.index, lambda vectors: vectors * scale)
    assert told(printed) == ["not of unit length: 2 vectors, of passage 1, 2"]


def test_many_vectors_that_are_not_of_unit_length_are_one_line(newsroom: Newsroom) -> None:
    newsroom.print_records("feed.jsonl", [{"text": f"Ship number {n} left the port."} for n in range(12)])
    newsroom.build()
    with_vectors(newsroom.index, lambda vectors: vectors * 2)
    assert told(newsroom)[0] == "not of unit length: 12 vectors, of passage 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 …"


def test_word_pieces_that_changed_places(printed: Newsroom) -> None:
    with_codes(printed.index, lambda codes: [codes[0], codes[1][::-1].copy(), codes[2]])
    (line,) = told(printed)
    assert line.startswith("strike.txt: passage 1 has word pieces of another text (cosine ")


def test_one_word_piece_of_another_word(printed: Newsroom) -> None:
    with_codes(printed.index, lambda codes: [np.stack([codes[1][0], *codes[0][1:]]), *codes[1:]])
    (line,) = told(printed)
    assert line.startswith("bridge.txt: passage 0 has word pieces of another text (cosine ")


def test_word_pieces_that_are_too_few(printed: Newsroom) -> None:
    with_codes(printed.index, lambda codes: [codes[0][:-1], *codes[1:]])
    assert told(printed) == ["bridge.txt: passage 0 is stored with 13 word pieces, and has 14"]


def test_a_codec_of_other_word_pieces(printed: Newsroom) -> None:
    noise = np.random.default_rng(1).normal(size=(50, 512)).astype(np.float32) + 9
    with_codes(printed.index, lambda codes: codes, TokenCodec.fit(noise))
    assert told(printed) == [f"{name}: passage {row} {CODEC}" for row, name in enumerate(NAMES)]


def lost(row: int) -> str:
    return f"{NAMES[row]}: the word index does not find passage {row} by "


def test_a_row_missing_in_one_part(printed: Newsroom) -> None:
    with_words(printed.index, [text_of(name) for name in NAMES[:2]])
    first, _ = faults(printed.index, BagOfWords())
    assert "3 passages, words of 2, vectors of 3, word pieces of 3" in first


def test_words_that_changed_places(printed: Newsroom) -> None:
    with_words(printed.index, [text_of(name) for name in ("strike.txt", "bridge.txt", "flood.txt")])
    first, second = told(printed)
    assert first.startswith(lost(0))
    assert second.startswith(lost(1))


def test_a_passage_whose_place_among_the_words_another_has_taken(printed: Newsroom) -> None:
    with_words(printed.index, [text_of(name) for name in ("bridge.txt", "strike.txt", "strike.txt")])
    (line,) = told(printed)
    assert line.startswith(lost(2))


def test_a_heading_that_is_not_among_the_words(printed: Newsroom) -> None:
    with_words(printed.index, [text_of("bridge.txt"), STRIKE, text_of("flood.txt")])
    assert told(printed) == [f"{lost(1)}5 of its words, '02' for one"]


def test_words_are_compared_beyond_the_sample(printed: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "SAMPLE", 0)
    with_words(printed.index, [text_of(name) for name in ("bridge.txt", "flood.txt", "strike.txt")])
    lines = told(printed)
    assert [line.partition(" by ")[0] + " by " for line in lines] == [lost(1), lost(2)]


@pytest.mark.slow
def test_with_the_model_itself(newsroom: Newsroom, model: Embedder) -> None:
    for name, body in (("bridge.txt", BRIDGE), ("strike.txt", STRIKE), ("flood.txt", FLOOD)):
        newsroom.print(name, body)
    build(newsroom.index, [newsroom.articles], model)
    assert list(faults(newsroom.index, model)) == []
    with_vectors(newsroom.index, lambda vectors: vectors[[1, 0, 2]])
    with_codes(newsroom.index, lambda codes: [codes[0], codes[1], codes[2][::-1].copy()])
    lines = [line for line in faults(newsroom.index, model) if "passage" in line]
    assert [line.partition(" (")[0] for line in lines] == [
        "bridge.txt: passage 0 has the vector of another text",
        "flood.txt: passage 1 has the vector of another text",
        "strike.txt: passage 2 has word pieces of another text",
    ]
