"""`check` finds articles, sentences and passages that contradict each other though all file hashes agree."""

from __future__ import annotations

import shutil

import pytest

from assistant.integrity.check import faults
from index.build.build import build
from tests.assistant.contradictions import told
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom
from tests.tampering import generation_folder, rehash, run_sql, with_vectors

PASSAGE_HASHES = """UPDATE passages SET sha256 =
    (SELECT sha256(substr(text, start + 1, "end" - start)) FROM articles WHERE number = article)"""


def test_a_count_in_the_manifest(printed: Newsroom) -> None:
    rehash(printed.index, articles=2)
    assert told(printed)[0] == "the manifest counts 2 articles, the archive holds 3"


def test_a_count_that_parts_of_the_index_disagree_on(printed: Newsroom) -> None:
    rehash(printed.index, passages=4)
    first, _ = faults(printed.index, BagOfWords())
    assert "parts of different length: 4 passages, words of 3, vectors of 3, word pieces of 3; run" in first


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            ['UPDATE passages SET "end" = "end" - 1 WHERE id = 1'],
            ["strike.txt: passage 1 is not what was stored"],
        ),
        (
            ["UPDATE passages SET sha256 = zeroblob(32) WHERE id = 2"],
            ["flood.txt: passage 2 is not what was stored"],
        ),
        (
            ["UPDATE passages SET last = 5 WHERE id = 0"],
            ["bridge.txt: passage 0 is not made of the sentences it names"],
        ),
        (
            ["UPDATE passages SET first = 1 WHERE id = 0"],
            [
                "bridge.txt: passage 0 is not made of the sentences it names",
                "bridge.txt: in no passage: sentence 0",
            ],
        ),
        (["DELETE FROM passages WHERE id = 1"], ["passage 1 is missing from the archive"]),
        (
            [
                'INSERT INTO passages SELECT 3, article, start, "end", first, last, sha256 FROM passages WHERE id = 2'
            ],
            ["the manifest counts 3 passages, the archive holds more"],
        ),
        (
            ["UPDATE passages SET article = 9 WHERE id = 1"],
            ["passage 1 is of an article that is not in the archive"],
        ),
        (
            ["UPDATE articles SET sentences = x'FFFFFF7EFFFFFF7F01000000' WHERE number = 0"],
            [
                "bridge.txt: sentence 0 is stored as 2130706431–2147483647; its text has 16–59",
                "bridge.txt: passage 0 is not made of the sentences it names",
            ],
        ),
        (
            ["UPDATE articles SET sentences = x'0000' WHERE number = 0"],
            ["bridge.txt: its sentences can't be read"],
        ),
        (
            ["UPDATE articles SET origin = 0 WHERE number = 1"],
            [
                "bridge.txt: stored with 2 copies of its text, counted 1",
                "strike.txt: stored with 2 copies of its text, counted 1",
            ],
        ),
        (
            ["UPDATE articles SET text = replace(text, '1,400', '1,900')"],
            ["the stored text of 'strike.txt' has changed; run `onrecord index` again"],
        ),
        (
            ["UPDATE articles SET text = zeroblob(100) WHERE number = 1"],
            ["article 1 of the archive can't be read: 'bytes' object has no attribute 'encode'"],
        ),
        (
            ["UPDATE articles SET published = '2031-02-31' WHERE number = 1"],
            ["article 1 of the archive can't be read: day is out of range for month"],
        ),
    ],
)
def test_a_store_that_contradicts_itself(
    printed: Newsroom, statements: list[str], expected: list[str]
) -> None:
    run_sql(printed.index, *statements)
    deep = ("vector", "word pieces", "word index")  # what follows from another text
    assert [line for line in told(printed) if not any(word in line for word in deep)] == expected


def test_days_that_a_passage_does_not_speak_of(printed: Newsroom) -> None:
    run_sql(printed.index, "INSERT INTO days VALUES (1, 0, '2031-03-02', NULL, 1)")
    assert told(printed) == ["strike.txt: passage 1 is stored with other days than it speaks of"]
    run_sql(printed.index, "UPDATE days SET first = 'soon'")
    assert told(printed) == ["the index can't be read any further: Invalid isoformat string: 'soon'"]


def test_a_sentence_that_is_off_by_one(printed: Newsroom) -> None:
    spans = "10000000 3C000000 01000000 3C000000 5F000000 01000000".replace(" ", "")
    run_sql(printed.index, f"UPDATE articles SET sentences = x'{spans}' WHERE number = 0")  # noqa: S608
    assert told(printed) == ["bridge.txt: sentence 0 is stored as 16–60; its text has 16–59"]


def test_a_sentence_that_is_no_longer_to_be_quoted(printed: Newsroom) -> None:
    spans = "10000000 3B000000 00000000 3C000000 5F000000 01000000".replace(" ", "")
    run_sql(printed.index, f"UPDATE articles SET sentences = x'{spans}' WHERE number = 0")  # noqa: S608
    assert told(printed) == [
        "bridge.txt: sentence 0 is stored as 16–59, not to be quoted; its text has 16–59"
    ]


def test_a_sentence_that_became_part_of_no_passage(printed: Newsroom) -> None:
    run_sql(printed.index, 'UPDATE passages SET "end" = 59, last = 0 WHERE id = 0', PASSAGE_HASHES)
    assert told(printed)[0] == "bridge.txt: in no passage: sentence 1"


def test_a_text_changed_with_all_its_hashes(printed: Newsroom) -> None:
    run_sql(
        printed.index,
        "UPDATE articles SET text = replace(text, 'joined', 'missed') WHERE number = 1",
        "UPDATE articles SET sha256 = lower(hex(sha256(text)))",
        PASSAGE_HASHES,
    )
    vector, pieces, words = told(printed)
    assert vector.startswith("strike.txt: passage 1 has the vector of another text (cosine 0.9")
    assert pieces.startswith("strike.txt: passage 1 has word pieces of another text (cosine ")
    assert words == "strike.txt: the word index does not find passage 1 by 1 of its words, 'miss' for one"
    assert list(faults(printed.index, BagOfWords()))[-1] == "strike.txt: changed on disk since it was indexed"


def test_an_archive_that_is_no_database_is_told(printed: Newsroom) -> None:
    (generation_folder(printed.index) / "archive.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 4096)
    rehash(printed.index)
    database, repair, disk = faults(printed.index, BagOfWords())
    assert database == disk == "the index can't be read any further: file is not a database"
    assert repair.startswith("to repair the index, remove the folder")


def test_such_a_fault_is_repaired_as_the_last_line_says_and_not_by_indexing_alone(printed: Newsroom) -> None:
    with_vectors(printed.index, lambda vectors: vectors[[1, 0, 2]])
    lines = told(printed)
    printed.build()
    assert told(printed) == lines
    shutil.rmtree(printed.index)
    build(printed.index, [printed.articles], printed.embedder)
    assert list(faults(printed.index, BagOfWords())) == []
