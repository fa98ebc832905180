"""Ask archives questions as people type them, through the whole product, and count what comes first.

    python -m benchmarks.typed ../shared/data .onrecord/typed [NAME ...]

The sets: `natural`, the public development set; `said` and `happened`, batteries of our own that nothing learns from;
`squad`, `wikiqa` and `trecqa`, the parts of public sets that are only measured; `sample`, the sample archive.
A line for each: how often the first quote, or one of the first three, is right, how many answerable questions get no
quote, how many unanswerable ones get some, and how well the probability tells the two apart (ROC-AUC).
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.measures import Report, summarise
from assistant.evaluation.outcomes import Outcome, evaluate
from assistant.evaluation.questions import Gold, GoldQuestion, read_questions
from assistant.retrieval.retriever import Retriever
from benchmarks.public import Asked, QuestionSet, squad, trecqa, wikiqa
from corpus.loading.identity import record_id
from corpus.sample import ARTICLES, QUESTIONS
from index.build.build import build
from index.models.by_name import model_named
from training.news.archive import question_set
from training.news.stories import read_stories

BATTERIES = Path(__file__).parent / "batteries"
_MOST = 700  # questions of one set

Put = Callable[
    [Path], Sequence[GoldQuestion]
]  # writes a set's articles into a folder, and gives its questions


def natural(data: Path) -> Put:
    """The public development set, whose answers are substrings near a hint."""

    def put(folder: Path) -> list[GoldQuestion]:
        shutil.copy(data / "natural" / "articles.jsonl", folder)
        lines = (data / "natural" / "articles.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        places = {row["id"]: (record_id("articles.jsonl", row["id"]), row["text"]) for row in rows}
        asked = (data / "natural" / "questions.jsonl").read_text("utf-8").splitlines()
        return [_natural(json.loads(line), places) for line in asked]

    return put


def _natural(row: dict[str, str], places: dict[str, tuple[str, str]]) -> GoldQuestion:
    golds = []
    for answer in row["answers"]:
        place, text = places[answer["article_id"]]  # type: ignore[index]
        words = answer["text"]  # type: ignore[index]
        start = text.index(words, max(0, text.find(answer["sentence_hint"])))  # type: ignore[index]
        golds.append(Gold(article_id=place, start=start, end=start + len(words), text=words))
    return GoldQuestion(id=row["id"], question=row["question"], kind=row["kind"], answers=tuple(golds))


def battery(name: str) -> Put:
    """Stories of `benchmarks/batteries` with their questions."""
    found, faults = read_stories(BATTERIES / f"{name}.txt")
    if faults:
        raise ValueError(faults[0])
    return public(question_set(name, found), "fit")


def public(questions: QuestionSet, part: str) -> Put:
    """The questions of one part, of which only some are asked where there are many."""

    def put(folder: Path) -> list[GoldQuestion]:
        questions.write(folder)
        texts = {
            f"{questions.name}.jsonl#{n}": record["text"] for n, record in enumerate(questions.records, 1)
        }
        asked = [one for one in questions.asked if one.part == part]
        return [_gold(n, one, texts) for n, one in enumerate(asked[:: -(-len(asked) // _MOST)])]

    return put


def _gold(number: int, asked: Asked, texts: dict[str, str]) -> GoldQuestion:
    golds = (Gold(article_id=p, start=s, end=e, text=texts[p][s:e]) for p, s, e in asked.answers)
    return GoldQuestion(id=str(number), question=asked.question, answers=tuple(golds))


def sample(folder: Path) -> list[GoldQuestion]:
    """The sample archive and its questions."""
    shutil.copytree(ARTICLES, folder, dirs_exist_ok=True)
    return read_questions(QUESTIONS)


def sets(data: Path) -> dict[str, Callable[[], Put]]:
    """Every set by its name; what it takes is read when it is asked for."""
    return {
        "natural": lambda: natural(data),
        "said": lambda: battery("said"),
        "happened": lambda: battery("happened"),
        "squad": lambda: public(squad(data), "test"),
        "wikiqa": lambda: public(wikiqa(data), "test"),
        "trecqa": lambda: public(trecqa(data), "test"),
        "sample": lambda: sample,
    }


def ask(put: Put, folder: Path) -> tuple[Report, list[Outcome]]:
    """Index a set's articles under a folder, where they aren't yet, and ask its questions."""
    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    questions = put(articles)
    embedder = model_named()
    build(folder / "index", [articles], embedder)
    assistant = Assistant(Retriever.open(folder / "index", embedder))
    outcomes = evaluate(assistant, questions)
    return summarise(assistant, outcomes), outcomes


def line(name: str, found: Report) -> str:
    """One set's figures."""
    answered = None if found.abstained is None else 1 - found.abstained
    figures = (found.hit_at_1, found.hit_at_3, found.silent, answered, found.abstention.roc_auc)
    shown = "".join("      –" if figure is None else f"{figure:7.3f}" for figure in figures)
    return (
        f"{name:10}{found.answerable:5}{found.unanswerable:5}{shown}{1000 * (found.median_seconds or 0):8.0f}"
    )


def lines(data: Path, work: Path, names: Sequence[str]) -> Iterator[str]:
    """The table, a set at a time; each question's outcome goes to a file under `work`."""
    yield f"{'set':10}{'ans.':>5}{'un.':>5}{'first':>7}{'in 3':>7}{'silent':>7}{'un.ans':>7}{'AUC':>7}{'ms':>8}"
    for name, put in sets(data).items():
        if not names or name in names:
            report, outcomes = ask(put(), work / name)
            rows = (_row(outcome) for outcome in outcomes)
            (work / f"{name}.jsonl").write_text("".join(f"{row}\n" for row in rows), "utf-8")
            yield line(name, report)


def _row(outcome: Outcome) -> str:
    shown = (*outcome.answer.quotes, *outcome.answer.near_misses)
    values = {
        "question": outcome.question.question,
        "kind": outcome.question.kind,
        "gold": [gold.text for gold in outcome.question.answers],
        "rank": outcome.rank,
        "answered": outcome.answered,
        "right": outcome.right,
        "probability": outcome.answer.probability,
        "shown": [quote.text for quote in shown[:3]],
        "reason": outcome.answer.reason,
    }
    return json.dumps(values, ensure_ascii=False)


if __name__ == "__main__":
    for text in lines(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]):
        print(text, flush=True)
