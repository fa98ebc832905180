"""SciFact as BEIR tests it: claims asked of 5,183 abstracts.

Published nDCG@10 to read the figures beside: BM25 .679 (Anserini, flat), all-MiniLM-L6-v2 .645 (MTEB).
"""

from __future__ import annotations

import ast
import csv
import gzip
import re
import sys
from pathlib import Path

from benchmarks.public import Asked, QuestionSet

# A string of Python, as `repr` writes it.
_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'""" + "|" + r'''"(?:[^"\\]|\\.)*"''')


def scifact(data: Path) -> QuestionSet:
    """The test claims; an answer is a whole abstract, so that its span is empty."""
    folder = data / "scifact"
    rows = _rows(folder / "corpus_train.csv")
    records = [{"title": row["title"], "text": joined(row["abstract"])} for row in rows]
    places = {row["doc_id"]: f"scifact.jsonl#{n}" for n, row in enumerate(rows, 1)}
    judged = _judged(folder / "qrels.beir-v1.0.0-scifact.test.txt")
    with gzip.open(folder / "topics.beir-v1.0.0-scifact.test.tsv.gz", "rt", encoding="utf-8") as file:
        topics = [line.rstrip("\n").split("\t") for line in file]
    asked = [Asked(claim, tuple((places[d], 0, 0) for d in judged[topic]), "test") for topic, claim in topics]
    return QuestionSet("scifact", records, asked)


def joined(abstract: str) -> str:
    """An abstract's sentences as one text; they are stored as NumPy prints an array of strings."""
    return " ".join(ast.literal_eval(literal) for literal in _LITERAL.findall(abstract))


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _judged(path: Path) -> dict[str, list[str]]:
    """The abstracts judged relevant to each claim, from TREC's qrels: topic, 0, document, relevance."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        topic, _, document, relevance = line.split()
        if int(relevance) > 0:
            found.setdefault(topic, []).append(document)
    return found
