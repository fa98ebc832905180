"""SciFact's files are read as they come: arrays of sentences printed by NumPy, topics and qrels of TREC."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from benchmarks.public import Asked
from benchmarks.scifact import joined, scifact
from tests.shared import shared


def test_an_abstract_is_its_sentences_in_one_text() -> None:
    printed = "['Bees dance.'\n \"They don't sleep.\" 'A \\'waggle\\' points the way.']"
    assert joined(printed) == "Bees dance. They don't sleep. A 'waggle' points the way."


def test_claims_are_answered_by_the_abstracts_judged_relevant(tmp_path: Path) -> None:
    folder = tmp_path / "scifact"
    folder.mkdir()
    with (folder / "corpus_train.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["doc_id", "title", "abstract", "structured"])
        rows.writerow(["70", "Of bees", "['Bees dance.'\n 'They fly.']", "False"])
        rows.writerow(["71", "Of ants", "['Ants march.']", "False"])
    (folder / "qrels.beir-v1.0.0-scifact.test.txt").write_text("5 0 71 1\n5 0 70 0\n", "utf-8")
    with gzip.open(folder / "topics.beir-v1.0.0-scifact.test.tsv.gz", "wt", encoding="utf-8") as topics:
        topics.write("5\tAnts march.\n")
    found = scifact(tmp_path)
    assert found.records == [
        {"title": "Of bees", "text": "Bees dance. They fly."},
        {"title": "Of ants", "text": "Ants march."},
    ]
    assert found.asked == [Asked("Ants march.", (("scifact.jsonl#2", 0, 0),), "test")]


@pytest.mark.shared
def test_beirs_test_has_its_size() -> None:
    found = scifact(shared("data/scifact").parent)
    assert (len(found.records), len(found.asked)) == (5183, 300)
    assert sum(len(a.answers) for a in found.asked) == 339
    assert not [r for r in found.records if r["text"].startswith("['") or "'\n" in r["text"]]
