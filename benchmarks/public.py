"""Public question sets as archives: records of text, questions on them, and where the answers are."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

# What a question is for: the reader learns from those to read, its weights are fitted on
# those to fit, and both are measured on those to test.
Part = Literal["read", "fit", "test"]

# A fixed split by article.
SQUAD_READ = frozenset({"Huguenot", "Packet_switching", "French_and_Indian_War", "Islamism"})
SQUAD_TEST = frozenset({"Normans", "Harvard_University", "Scottish_Parliament", "Warsaw"})
_STRANGE = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with every place that answers it: article id, start and end.

    `answers` is empty where the archive has no answer; `place` is the article it was asked of.
    `judged` are the sentences that people judged, where the set consists of such.
    """

    question: str
    answers: tuple[tuple[str, int, int], ...]
    part: Part
    place: str = ""
    judged: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """An archive's records, as JSON Lines takes them, and the questions on it."""

    name: str
    records: list[dict[str, str]]
    asked: list[Asked]

    def write(self, folder: Path) -> None:
        """Write the records as an archive of one JSON Lines file."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(record, ensure_ascii=False) for record in self.records)
        (folder / f"{self.name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def squad(data: Path) -> QuestionSet:
    """SQuAD 2.0: each paragraph an article; about half the questions have no answer."""
    records: list[dict[str, str]] = []
    asked: list[Asked] = []
    for article in json.loads((data / "squad2_dev_part.json").read_text("utf-8"))["data"]:
        part = _squad_part(article["title"])
        for paragraph in article["paragraphs"]:
            records.append({"title": article["title"].replace("_", " "), "text": paragraph["context"]})
            place = f"squad.jsonl#{len(records)}"
            for qa in paragraph["qas"]:
                spans = ((a["answer_start"], a["answer_start"] + len(a["text"])) for a in qa["answers"])
                asked.append(Asked(qa["question"], tuple((place, *span) for span in spans), part, place))
    return QuestionSet("squad", records, asked)


def _squad_part(title: str) -> Part:
    return "read" if title in SQUAD_READ else "test" if title in SQUAD_TEST else "fit"


# The sets' own parts, by what they are used for here.
_PARTS: tuple[tuple[Part, str], ...] = (("read", "train"), ("fit", "dev"), ("test", "test"))


def wikiqa(data: Path) -> QuestionSet:
    """WikiQA: web users' questions, the opening of one Wikipedia page each an article."""
    records: list[dict[str, str]] = []
    asked: list[Asked] = []
    for part, name in _PARTS:
        columns = [
            _lines(data / "qa_pairs" / "wikiqa" / f"{name}_{c}")
            for c in ("id.txt", "a.toks", "b.toks", "sim.txt")
        ]
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for key, question, sentence, label in zip(*columns, strict=True):
            groups.setdefault(key, []).append((question, sentence, label))
        for rows in groups.values():
            text, spans = _joined([plain(sentence) for _, sentence, _ in rows])
            records.append({"text": text})
            place = f"wikiqa.jsonl#{len(records)}"
            right = (span for span, row in zip(spans, rows, strict=True) if row[2] == "1")
            judged = tuple((plain(sentence), label == "1") for _, sentence, label in rows)
            answers = tuple((place, *span) for span in right)
            asked.append(Asked(plain(rows[0][0]), answers, part, place, judged))
    return QuestionSet("wikiqa", records, asked)


def trecqa(data: Path) -> QuestionSet:
    """TREC QA: questions on newswire, each sentence judged an article of its own."""
    records: list[dict[str, str]] = []
    asked: list[Asked] = []
    for part, name in _PARTS:
        pairs = (data / "qa_pairs" / "trecqa" / f"{name.upper()}.xml").read_text("utf-8")
        for pair in pairs.split("<QApairs")[1:]:
            right: list[tuple[str, int, int]] = []
            judged: list[tuple[str, bool]] = []
            for label, text in re.findall(r"<(positive|negative)>\n([^\n]*)\n", pair):
                records.append({"text": plain(text)})
                judged.append((plain(text), label == "positive"))
                if label == "positive":
                    right.append((f"trecqa.jsonl#{len(records)}", 0, len(plain(text))))
            question = re.findall(r"<question>\n([^\n]*)\n", pair)[0]
            asked.append(Asked(plain(question), tuple(right), part, judged=tuple(judged)))
    return QuestionSet("trecqa", records, asked)


def strangers(data: Path) -> list[Asked]:
    """CLAP NQ's questions of web users on all subjects, off topic for an archive on few.

    Its training questions are for fitting, every second one of its development part for testing.
    """
    with (data / "clapnq" / "retrieval" / "train" / "question_train_answerable.tsv").open(
        "r", encoding="utf-8"
    ) as file:
        fit = [row["question"] for row in islice(csv.DictReader(file, delimiter="\t"), _STRANGE)]
    folder = data / "clapnq" / "annotated_data" / "dev"
    paths = [folder / f"clapnq_dev_{kind}.jsonl" for kind in ("answerable", "unanswerable")]
    test = [json.loads(line)["input"] for path in paths for line in _lines(path)][1::2]
    return [*(Asked(q, (), "fit") for q in fit), *(Asked(q, (), "test") for q in test)]


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _joined(sentences: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Sentences as paragraphs of one text, and their spans there."""
    spans: list[tuple[int, int]] = []
    at = 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 2
    return "\n\n".join(sentences), spans


_SIGNS = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "``": '"', "''": '"'}


def plain(tokens: str) -> str:
    """Undo the tokenisation of the Penn Treebank as far as a reader would notice."""
    return " ".join(_words(tokens)).replace("( ", "(").replace(" )", ")") or "-"


def _words(tokens: str) -> Iterator[str]:
    held = ""
    for token in re.split(r"[\t ]+", tokens.strip()):
        word = _SIGNS.get(token.lower(), token)
        if held and (word in {",", ".", "?", ";", ":", "!", "%"} or word.startswith("'")):
            held += word
        else:
            if held:
                yield held
            held = word
    if held:
        yield held
