"""What is measured: archives of public data, and the questions asked of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.evaluation.questions import read_questions
from benchmarks.public import Asked, QuestionSet, squad, strangers, trecqa, wikiqa
from benchmarks.scifact import scifact
from corpus.sample import ARTICLES, QUESTIONS

# Why a question is asked: it has an answer; it is off topic, once to set a peer's threshold by and
# once to measure; it comes from a newsroom's archive and is asked of another; or it is on the
# topic, with a swapped name, year or relation.
Role = Literal["answerable", "threshold", "off topic", "news", "adversarial"]
Answer = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Query:
    """A question, why it is asked, and every place that answers it: article id, start and end."""

    role: Role
    question: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An archive in a folder and what is asked of it.

    `ranked` says whether passages or whole articles are to be ranked, `quoted` whether sentences are.
    """

    name: str
    about: str
    articles: Path
    queries: tuple[Query, ...]
    ranked: Literal["passages", "articles"] | None
    quoted: bool


def squad_task(data: Path, work: Path, limit: int | None) -> Task:
    """Ranking, quoting and silence over paragraphs of Wikipedia; the four articles of the test part."""
    asked = squad(data)
    kept = shortened(replace(asked, asked=[a for a in asked.asked if a.part == "test"]), limit)
    news = [Query("news", q.question) for q in read_questions(QUESTIONS)]
    queries = [*_own(kept, unanswerable="adversarial"), *_off_topic(data), *news]
    return _task("SQuAD 2.0, four articles of ten", kept, queries, work, limit, ranked="passages")


def scifact_task(data: Path, work: Path, limit: int | None) -> Task:
    """Ranking abstracts, as BEIR does."""
    kept = shortened(scifact(data), limit)
    return _task("SciFact, BEIR's test", kept, _own(kept), work, limit, ranked="articles", quoted=False)


def wikiqa_task(data: Path, work: Path, limit: int | None) -> Task:
    """Choosing the sentence among those of all the pages."""
    asked = wikiqa(data)
    kept = shortened(replace(asked, asked=[a for a in asked.asked if a.part == "test"]), limit)
    return _task("WikiQA test", kept, _own(kept), work, limit)


def trecqa_task(data: Path, work: Path, limit: int | None) -> Task:
    """Choosing the sentence among newswire sentences, and silence."""
    asked = trecqa(data)
    kept = shortened(replace(asked, asked=[a for a in asked.asked if a.part == "test"]), limit)
    return _task("TREC QA test", kept, [*_own(kept), *_off_topic(data)], work, limit)


def sample_task(data: Path, work: Path, limit: int | None) -> Task:
    """The bundled archive: its own questions, those with a filter left out, and off-topic ones."""
    del work
    own = [
        Query("answerable", q.question, tuple((a.article_id, a.start, a.end) for a in q.answers))
        for q in read_questions(QUESTIONS)
        if q.answers and not (q.since or q.until or q.sources)
    ]
    queries = _limited([*own, *_off_topic(data)], limit)
    return Task("sample", "The sample archive", ARTICLES, queries, "passages", quoted=True)


TASKS: dict[str, Callable[[Path, Path, int | None], Task]] = {
    "squad": squad_task,
    "scifact": scifact_task,
    "wikiqa": wikiqa_task,
    "trecqa": trecqa_task,
    "sample": sample_task,
}


def _task(
    about: str,
    questions: QuestionSet,
    queries: Sequence[Query],
    work: Path,
    limit: int | None,
    *,
    ranked: Literal["passages", "articles"] | None = None,
    quoted: bool = True,
) -> Task:
    folder = work / questions.name / "articles"
    questions.write(folder)
    return Task(questions.name, about, folder, _limited(queries, limit), ranked, quoted)


def _own(questions: QuestionSet, unanswerable: Role | None = None) -> list[Query]:
    """A set's questions; those without an answer are left out where they serve nothing."""
    with_answer = [Query("answerable", a.question, a.answers) for a in questions.asked if a.answers]
    without = [Query(unanswerable, a.question) for a in questions.asked if unanswerable and not a.answers]
    return with_answer + without


def _off_topic(data: Path) -> list[Query]:
    """Web users' questions: those that On Record is fitted on set a peer's threshold, the others measure."""
    return [Query("threshold" if a.part == "fit" else "off topic", a.question) for a in strangers(data)]


def _limited(queries: Sequence[Query], limit: int | None) -> tuple[Query, ...]:
    """The first questions of each role."""
    roles = dict.fromkeys(q.role for q in queries)
    return tuple(q for role in roles for q in [q for q in queries if q.role == role][:limit])


def shortened(questions: QuestionSet, limit: int | None) -> QuestionSet:
    """A set's first questions with and without an answer, and an archive that still holds their answers.

    Ten times as many other records as questions stay beside them. For a quick run: its figures
    are not the set's.
    """
    if limit is None:
        return questions
    asked = [
        a for kind in (True, False) for a in [a for a in questions.asked if bool(a.answers) is kind][:limit]
    ]
    needed = {place for a in asked for place in (a.place, *(p for p, _, _ in a.answers)) if place}
    old = [f"{questions.name}.jsonl#{n}" for n in range(1, len(questions.records) + 1)]
    kept = [n for n, place in enumerate(old) if n < 10 * limit or place in needed]
    new = {old[n]: f"{questions.name}.jsonl#{number}" for number, n in enumerate(kept, 1)}
    return QuestionSet(questions.name, [questions.records[n] for n in kept], [_moved(a, new) for a in asked])


def _moved(asked: Asked, new: dict[str, str]) -> Asked:
    answers = tuple((new[place], start, end) for place, start, end in asked.answers)
    return replace(asked, answers=answers, place=new.get(asked.place, ""))
