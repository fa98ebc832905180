"""Which sentences are weighed and in which order: each once, no copy twice, nothing that is not news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.query.question import read_question
from assistant.selection.judge import COLUMNS, Judge
from assistant.selection.ranking import Choice, answering, choose, columns, read
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import Reading
from index.filters import Filter
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, WordsRead, by_overlap, reading_alone
from tests.odd_texts import ODD_TEXTS

QUESTION = "How many dockers joined the strike at Port Caldry?"


def choices(newsroom: Newsroom, question: str = QUESTION, wanted: Filter | None = None) -> list[Choice]:
    retriever = newsroom.retriever()
    snapshot = retriever.snapshot()
    asked = retriever.asked(snapshot.generation, read_question(question))
    found = retriever.candidates(snapshot, asked, wanted or Filter())
    return choose(snapshot, by_overlap(), asked, found)


def everything(newsroom: Newsroom, question: str, judge: Judge) -> list[Choice]:
    """Every sentence that a question brings up, as it was read."""
    retriever = newsroom.retriever()
    snapshot = retriever.snapshot()
    asked = retriever.asked(snapshot.generation, read_question(question))
    return read(snapshot, judge, asked, retriever.candidates(snapshot, asked, Filter()))


def test_the_sentence_that_fits_best_is_first(standing: Newsroom) -> None:
    found = choices(standing)
    assert found[0].text == "About 1,400 dockers joined the strike at Port Caldry."
    assert [c.rank for c in found] == sorted((c.rank for c in found), reverse=True)
    assert all(0 <= c.probability <= 1 for c in found)


def test_each_sentence_comes_once(standing: Newsroom) -> None:
    places = [(c.candidate.passage.article, c.sentence.start) for c in choices(standing)]
    assert len(places) == len(set(places)) == 6


def test_a_sentence_cut_into_several_passages_is_one_sentence(newsroom: Newsroom) -> None:
    newsroom.print(
        "long.txt", "The dockers joined " + ", ".join(f"gate {n}" for n in range(300)) + ". Then it rained."
    )
    assert newsroom.build().passages > 2
    retriever = newsroom.retriever()
    snapshot = retriever.snapshot()
    asked = retriever.asked(snapshot.generation, read_question("Which gates did the dockers join?"))
    found = retriever.candidates(snapshot, asked, Filter())
    starts = [c.sentence.start for c in read(snapshot, by_overlap(), asked, found)]
    assert len(found) > len(starts) == len(set(starts))


class Overheard(WordsRead):
    """A reader that counts words and keeps what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[tuple[str, Window]] = []

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        self.given.extend((question, window) for window in windows)
        return super().read(question, windows)


def test_a_passage_is_read_under_its_heading_and_after_the_sentence_before_it(newsroom: Newsroom) -> None:
    long = ", ".join(f"gate {n}" for n in range(100))
    told = ["The port is shut.", f"Dockers came from {long}.", "By Jo Lund", "Talks with the board failed."]
    text = "\n\n".join(told)
    newsroom.print_records(
        "feed.jsonl", [{"title": "Strike", "source": "The Tide", "published": "2031-03-02", "text": text}]
    )
    newsroom.build()
    reader = Overheard()
    everything(newsroom, QUESTION, Judge(reader, reading_alone()))
    quotable = [told[0], told[1], told[3]]
    read_in = [sentence for _, window in reader.given for sentence in window.sentences]
    assert sorted(read_in) == sorted(quotable)
    assert len(reader.given) > 1
    for question, window in reader.given:
        assert (question, window.heading) == (QUESTION, "Strike | The Tide | Sunday 2 March 2031")
        first = quotable.index(window.sentences[0])
        assert window.lead == (quotable[first - 1] if first else "")


def test_each_sentence_keeps_what_was_read_in_it(standing: Newsroom) -> None:
    found = everything(standing, QUESTION, by_overlap())
    matrix = columns(found)
    assert matrix.shape == (6, len(COLUMNS)) == (len(found), len(COLUMNS))
    assert matrix[:, 0].tolist() == [c.reading for c in found]
    assert matrix[:, 1].tolist() == [c.candidate.score for c in found]
    assert [c.text[slice(*c.words)] for c in found] == [c.text.split(" ")[0] for c in found]
    near, *_, far = sorted(found, key=lambda c: -c.cosine)
    assert "docker" in near.text or "harbour" in near.text
    assert near.cosine > far.cosine
    again = everything(standing, QUESTION, by_overlap())
    assert [(c.reading, c.words, c.cosine) for c in found] == [(c.reading, c.words, c.cosine) for c in again]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(ODD_TEXTS, min_size=2, max_size=10),
    questions=st.lists(ODD_TEXTS.filter(lambda text: bool(text.strip())), min_size=5, max_size=10),
)
def test_every_measure_is_a_finite_number(
    texts: list[str], questions: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom = Newsroom(tmp_path_factory.mktemp("odd"))
    newsroom.print("always.txt", BRIDGE)
    for n, text in enumerate(texts):
        newsroom.print(f"{n}.txt", text)
    newsroom.build()
    for question in questions:
        for choice in everything(newsroom, question, by_overlap()):
            assert np.isfinite([*columns([choice])[0], choice.cosine]).all()


def test_copies_are_left_out_and_the_words_stay(newsroom: Newsroom) -> None:
    for n in range(4):
        newsroom.print(f"{n}.txt", STRIKE, f"2031-03-0{n + 1}")
    newsroom.print("other.txt", "About 900 dockers joined the strike at Port Caldry, the board said.")
    newsroom.build()
    texts = [c.text for c in choices(newsroom)]
    assert texts.count("About 1,400 dockers joined the strike at Port Caldry.") == 1
    assert len(texts) == 3


def test_an_answer_prefers_one_article_of_each_origin(newsroom: Newsroom) -> None:
    story = f"{STRIKE} The strike at Port Caldry was joined by dockers of gate six. {BRIDGE} {FLOOD}"
    newsroom.print("one.txt", story, "2031-03-01")
    newsroom.print("two.txt", story.replace("1,400", "1,900"), "2031-03-02")
    newsroom.print(
        "other.txt", "Some 900 dockers joined the strike at Port Caldry, the board said.", "2031-03-03"
    )
    newsroom.build()
    found = choices(newsroom)
    assert {c.aspect.article for c in found if "00 dockers" in c.text} == {0, 1, 2}
    assert len({c.aspect.origin for c in found}) == 2
    quoted = [c.aspect.article for c in answering(found, 0.0, 9)]
    assert quoted[0] != 2
    assert set(quoted[: len(quoted) - quoted.count(1 - quoted[0])]) == {quoted[0], 2}


@pytest.mark.parametrize("credit", ["© Ivo Dockers / AFP", "By Jo Dockers"])
def test_what_is_printed_around_the_news_is_not_quoted(newsroom: Newsroom, credit: str) -> None:
    body = f"{credit}\n\nThe dockers walked out at noon.\n\n{credit}\n\nTalks failed.\n\n{credit}\n"
    newsroom.print("strike.txt", body, "2031-03-02")
    newsroom.build()
    assert {c.text for c in choices(newsroom, "Who are the dockers?")} == {
        "The dockers walked out at noon.",
        "Talks failed.",
    }


def test_the_headline_is_not_quoted(newsroom: Newsroom) -> None:
    newsroom.print("strike.txt", "Dockers walk out date 2031-03-02 The port of Caldry was shut at noon.")
    newsroom.build()
    assert [c.text for c in choices(newsroom, "Did dockers walk out?")] == [
        "The port of Caldry was shut at noon."
    ]


def test_nothing_allowed_is_nothing_chosen(standing: Newsroom) -> None:
    assert choices(standing, wanted=Filter(sources=("Nobody",))) == []


SAID = "What did Lund say about the dam?"
FORD = "Ford said what Lund did say about the dam was wrong."
LUND = "The dam is dry, Lund said."


def test_what_the_one_asked_about_says_comes_before_what_another_says(newsroom: Newsroom) -> None:
    newsroom.print("ford.txt", FORD)
    newsroom.print("lund.txt", LUND)
    newsroom.build()
    assert [quote.text for quote in newsroom.ask(SAID).quotes] == [LUND]


def test_another_ones_words_are_no_answer(newsroom: Newsroom) -> None:
    newsroom.print("ford.txt", FORD)
    newsroom.build()
    answer = newsroom.ask(SAID)
    assert answer.status == "no_answer"
    assert [quote.text for quote in answer.near_misses] == [FORD]


def test_of_a_topic_every_source_is_heard_and_of_a_question_those_that_answer(newsroom: Newsroom) -> None:
    told = [
        "Dockers struck at Caldry.",
        "Dockers will talk at noon.",
        "Caldry is a port.",
        "Gulls were seen at Caldry.",
    ]
    for number, (text, source) in enumerate(zip(told, "AABA", strict=True)):
        newsroom.print_records(
            f"{number}.jsonl", [{"source": source, "published": "2031-03-01", "text": text}]
        )
    newsroom.build()

    def near(choice: Choice, cosine: float) -> Choice:
        return replace(choice, cosine=cosine)

    found = [
        replace(near(choice, 0.5), probability=0.9 if "Dockers" in choice.text else 0.1)
        for choice in sorted(
            choices(newsroom, "The dockers' strike at Caldry"), key=lambda c: "Dockers" not in c.text
        )
    ]
    assert {c.text for c in answering(found, 0.1, 9, topic=True)} == set(told[:3])
    assert {c.text for c in answering(found, 0.8, 9, topic=True)} == set(told[:3])
    assert {c.text for c in answering(found, 0.3, 9)} == set(told[:2])
    assert {
        c.text
        for c in answering([replace(c, probability=c.probability / 2) for c in found], 0.4, 9, topic=True)
    } == set(told[:3])
    assert {c.text for c in answering([near(c, 0.4) for c in found], 0.3, 9, topic=True)} == set(told[:2])


def test_the_best_of_each_further_source_is_weighed(newsroom: Newsroom) -> None:
    strikes = [f"Dockers struck at gate {n} of Caldry." for n in range(12)]
    records = [{"source": "A", "published": "2031-03-01", "text": text} for text in strikes]
    records.append(
        {"source": "B", "published": "2031-03-01", "text": "Some dockers were seen at a gate, said B."}
    )
    newsroom.print_records("all.jsonl", records)
    newsroom.build()
    found = choices(newsroom, "Where did dockers strike at a gate of Caldry?")
    assert [c.aspect.source for c in found].count("b") == 1


@pytest.mark.parametrize(("best", "least"), [(0.5, 0.2), (0.96, 0.24)])
def test_another_quote_needs_half_the_threshold_and_a_quarter_of_the_best(
    standing: Newsroom, best: float, least: float
) -> None:
    first, other, *_ = choices(standing)
    for probability, quotes in ((least, 2), (least - 0.01, 1)):
        pair = [replace(first, probability=best), replace(other, probability=probability)]
        assert len(answering(pair, 0.4, 9)) == quotes


def test_another_source_on_a_topic_needs_a_tenth_of_the_threshold(standing: Newsroom) -> None:
    first, other, *_ = choices(standing)
    elsewhere = replace(other, aspect=replace(other.aspect, source="elsewhere"), cosine=0.45)
    for probability, quotes in ((0.05, 2), (0.03, 1)):
        pair = [replace(first, probability=0.9), replace(elsewhere, probability=probability)]
        assert len(answering(pair, 0.4, 9, topic=True)) == quotes


def test_the_threshold_itself_is_enough(standing: Newsroom) -> None:
    first = replace(choices(standing)[0], probability=0.4)
    assert answering([first], 0.4, 9) == [first]
    assert answering([first], 0.41, 9) == []


def test_the_best_24_sentences_are_kept(newsroom: Newsroom) -> None:
    newsroom.print("gates.txt", " ".join(f"Dockers struck at gate {number}." for number in range(30)))
    newsroom.build()
    assert len(choices(newsroom, "Where did dockers strike?")) == 24
