"""Public question sets as archives: records of text, questions on them, and where the answers are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A fixed split by article: what is fitted on the others is measured on these.
SQUAD_TEST = frozenset({"Normans", "Harvard_University", "Scottish_Parliament", "Warsaw"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with every place that answers it: article id, start and end.

    `answers` is empty where the archive has no answer; `held_out` questions are never fitted on.
    """

    question: str
    answers: tuple[tuple[str, int, int], ...]
    held_out: bool


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
        held_out = article["title"] in SQUAD_TEST
        for paragraph in article["paragraphs"]:
            records.append({"title": article["title"].replace("_", " "), "text": paragraph["context"]})
            place = f"squad.jsonl#{len(records)}"
            for qa in paragraph["qas"]:
                spans = ((a["answer_start"], a["answer_start"] + len(a["text"])) for a in qa["answers"])
                asked.append(Asked(qa["question"], tuple((place, *span) for span in spans), held_out))
    return QuestionSet("squad", records, asked)


def wikiqa(data: Path) -> QuestionSet:
    """WikiQA: web users' questions, the opening of one Wikipedia page each an article."""
    records: list[dict[str, str]] = []
    asked: list[Asked] = []
    for part in ("train", "test"):
        columns = [
            _lines(data / "qa_pairs" / "wikiqa" / f"{part}_{c}")
            for c in ("id.txt", "a.toks", "b.toks", "sim.txt")
        ]
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for key, question, sentence, label in zip(*columns, strict=True):
            groups.setdefault(key, []).append((question, sentence, label))
        for rows in groups.values():
            text, spans = _joined([_plain(sentence) for _, sentence, _ in rows])
            records.append({"text": text})
            place = f"wikiqa.jsonl#{len(records)}"
            right = (span for span, row in zip(spans, rows, strict=True) if row[2] == "1")
            asked.append(Asked(_plain(rows[0][0]), tuple((place, *span) for span in right), part == "test"))
    return QuestionSet("wikiqa", records, asked)


def trecqa(data: Path) -> QuestionSet:
    """TREC QA: questions on newswire, each sentence judged an article of its own."""
    records: list[dict[str, str]] = []
    asked: list[Asked] = []
    for part in ("TRAIN", "TEST"):
        pairs = (data / "qa_pairs" / "trecqa" / f"{part}.xml").read_text("utf-8").split("<QApairs")[1:]
        for pair in pairs:
            right: list[tuple[str, int, int]] = []
            for label, text in re.findall(r"<(positive|negative)>\n([^\n]*)\n", pair):
                records.append({"text": _plain(text)})
                if label == "positive":
                    right.append((f"trecqa.jsonl#{len(records)}", 0, len(_plain(text))))
            question = re.findall(r"<question>\n([^\n]*)\n", pair)[0]
            asked.append(Asked(_plain(question), tuple(right), part == "TEST"))
    return QuestionSet("trecqa", records, asked)


def clapnq_questions(data: Path) -> list[str]:
    """Real questions of web users on all subjects: off topic for any archive they were not asked of."""
    folder = data / "clapnq" / "annotated_data" / "dev"
    paths = [folder / f"clapnq_dev_{kind}.jsonl" for kind in ("answerable", "unanswerable")]
    return [json.loads(line)["input"] for path in paths for line in _lines(path)]


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


def _plain(tokens: str) -> str:
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
