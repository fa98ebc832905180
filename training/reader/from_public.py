"""Examples from public question sets whose licences allow it: what each is, and where, says docs/reader.md."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from assistant.selection.reader.encoding import Window
from benchmarks.public import Asked, QuestionSet, plain, squad, trecqa, wikiqa
from corpus.segmentation.sentences import split_sentences
from training.reader.examples import Example, Page, Right, answered
from training.reader.near import Pool, embedded
from training.reader.swaps import Swap

Labelled = list[tuple[int, tuple[int, int] | None]]

_SHIFTS = {"new_wiki": 1.0, "reddit": 0.7, "amazon_reviews": 0.3}  # of these the share that is taken
_EXCHANGED = 0.35  # the share of questions that come again with a name or number exchanged, where they can
_LINES = 9  # of the sentences listed one after another, what counts as a page
_MISSING = 0.25  # … that come again with near windows alone, without the one that answers


def public(data: Path, rng: random.Random) -> list[Example]:
    """Every example of the public sets, in a fixed order."""
    return [
        *_shifts(data, rng),
        *_squad(data, rng),
        *_lines(data, rng),
        *_judged_sets(data, rng),
        *_selqa(data, rng),
        *_clapnq(data, rng),
    ]


def _shifts(data: Path, rng: random.Random) -> Iterator[Example]:
    """SQuADShifts: questions on paragraphs of Wikipedia, Reddit and reviews."""
    for name, share in _SHIFTS.items():
        with gzip.open(data / "reader" / f"squadshifts_{name}.json.gz", "rt", encoding="utf-8") as file:
            articles = json.load(file)["data"]
        asked: list[tuple[str, Page, Labelled, str]] = []
        for number, article in enumerate(articles):
            title = article.get("title", "").replace("_", " ")
            for paragraph in article["paragraphs"]:
                page, spans = _page(title, paragraph["context"])
                for qa in paragraph["qas"]:
                    found = ((a["answer_start"], a["answer_start"] + len(a["text"])) for a in qa["answers"])
                    right = _held(spans, sorted(set(found)))
                    if right and rng.random() < share:
                        asked.append((qa["question"], page, right, f"{number}"))
        yield from _asked_of_pages(asked, rng)


def _squad(data: Path, rng: random.Random) -> Iterator[Example]:
    """SQuAD 2.0's articles set aside for reading, with their questions that have no answer."""
    questions = squad(data)
    texts = {f"squad.jsonl#{n}": r for n, r in enumerate(questions.records, 1)}
    asked: list[tuple[str, Page, Labelled, str]] = []
    for one in (a for a in questions.asked if a.part == "read"):
        page, spans = _page(texts[one.place]["title"], texts[one.place]["text"])
        right = _held(spans, sorted({(s, e) for _, s, e in one.answers}))
        asked.append((one.question, page, right, one.place))
    yield from _asked_of_pages(asked, rng)


def _lines(data: Path, rng: random.Random) -> Iterator[Example]:
    """SQuAD's training questions, each with its sentence alone, among the sentences listed before and after it."""
    sentences, questions = (
        [plain(line) for line in (data / "qa_pairs" / f"squad_{what}.txt").read_text("utf-8").splitlines()]
        for what in ("sentences", "questions")
    )
    lines = tuple(text for text, _ in groupby(sentences))
    pages = [Page("", lines[at : at + _LINES]) for at in range(0, len(lines), _LINES)]
    place = {text: at for at, text in enumerate(lines)}
    asked: list[tuple[str, Page, Labelled, str]] = []
    for question, text in zip(questions, sentences, strict=True):
        number, at = divmod(place[text], _LINES)
        # The sentences of neighbouring pages are of the same article.
        asked.append((question, pages[number], [(at, None)], str(number // 4)))
    yield from _asked_of_pages(asked, rng)


def _asked_of_pages(
    asked: Sequence[tuple[str, Page, Labelled, str]], rng: random.Random
) -> Iterator[Example]:
    """Questions with the windows of their own pages and near ones of others, whose label must be another."""
    pages = list({id(page): (page, label) for _, page, _, label in asked}.values())
    cut = [(window, label) for page, label in pages for window in page.windows(rng)]
    pool = Pool([window for window, _ in cut])
    labels = [label for _, label in cut]
    swap = Swap.of(sentence for page, _ in pages for sentence in page.sentences)
    vectors = embedded([question for question, *_ in asked])
    for (question, page, right, label), vector in zip(asked, vectors, strict=True):
        near = pool.near(vector, 2, _of_another(labels, label), rng)
        if not right:
            yield Example(question, (*page.windows(rng)[:2], *near[:1]), ())
            continue
        yield answered(question, page, right, near[:1], rng)
        changed = swap.exchange(question, page.sentences[right[0][0]], " ".join(page.sentences), rng)
        if changed and rng.random() < _EXCHANGED:
            yield Example(changed, (page.around(right[0][0], rng)[0],), ())
        elif near and rng.random() < _MISSING:
            yield Example(question, tuple(near), ())


def _of_another(labels: Sequence[str], label: str) -> Callable[[int], bool]:
    return lambda at: labels[at] != label


def _page(title: str, text: str) -> tuple[Page, list[tuple[int, int]]]:
    spans = [(s.start, s.end) for s in split_sentences(text, 0, None)]
    return Page(title, tuple(text[start:end] for start, end in spans)), spans


def _held(spans: Sequence[tuple[int, int]], answers: Sequence[tuple[int, int]]) -> Labelled:
    """The sentences that hold an answer, each with the shortest of its answers."""
    found: dict[int, tuple[int, int]] = {}
    for start, end in sorted(answers, key=lambda span: span[0] - span[1], reverse=True):
        for number, (first, last) in enumerate(spans):
            if first <= start and end <= last:
                found.setdefault(number, (start - first, end - first))
    return list(found.items())


def _judged_sets(data: Path, rng: random.Random) -> Iterator[Example]:
    """WikiQA's pages and TREC QA's single sentences, as people judged them."""
    for asked in _to_read(wikiqa(data)):
        page = Page("", tuple(text for text, _ in asked.judged))
        yield from _on_page(
            asked.question, page, [n for n, (_, good) in enumerate(asked.judged) if good], rng
        )
    for asked in _to_read(trecqa(data)):
        right = [text for text, good in asked.judged if good]
        wrong = [text for text, good in asked.judged if not good]
        some = [Window("", "", (text,)) for text in rng.sample(wrong, min(3, len(wrong)))]
        for text in right[:3]:
            yield Example(asked.question, (Window("", "", (text,)), *some), (Right(0, 0, None),))


def _to_read(questions: QuestionSet) -> Iterator[Asked]:
    return (asked for asked in questions.asked if asked.part == "read")


def _on_page(question: str, page: Page, right: Sequence[int], rng: random.Random) -> Iterator[Example]:
    windows = page.windows(rng)
    if right:
        others = [w for w in windows if not any(page.sentences[n] in w.sentences for n in right)]
        yield answered(
            question, page, [(n, None) for n in right], rng.sample(others, min(1, len(others))), rng
        )
    elif windows:
        yield Example(question, tuple(rng.sample(windows, min(2, len(windows)))), ())


def _selqa(data: Path, rng: random.Random) -> Iterator[Example]:
    """SelQA: sections of Wikipedia, half of the questions in other words."""
    for part in ("dev", "test"):
        with gzip.open(data / "reader" / f"selqa_ass_{part}.json.gz", "rt", encoding="utf-8") as file:
            rows = json.load(file)
        for row in rows:
            page = Page(f"{row['article']} | {row['section']}", tuple(row["candidates"]))
            yield from _on_page(row["question"], page, row["answers"], rng)


def _clapnq(data: Path, rng: random.Random) -> Iterator[Example]:
    """Every second question of CLAP NQ's development part, with its own passage."""
    for kind in ("answerable", "unanswerable"):
        path = data / "clapnq" / "annotated_data" / "dev" / f"clapnq_dev_{kind}.jsonl"
        for line in path.read_text("utf-8").splitlines()[::2]:
            values = json.loads(line)
            good = {plain(s) for out in values["output"] for s in out.get("selected_sentences", ())}
            for passage in values["passages"]:
                page = Page(passage["title"], tuple(plain(s) for s in passage["sentences"] if s.strip()))
                right = [n for n, text in enumerate(page.sentences) if text in good]
                yield from _on_page(values["input"], page, right, rng)
