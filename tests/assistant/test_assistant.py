"""An answer is what was printed, within what was asked for, or a reasoned silence."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.query.parameters import BadRequest
from assistant.render import phrases
from assistant.selection.judge import Judge
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import Reading
from assistant.types.answer import Answer
from assistant.types.request import MOST_QUOTES
from index.errors import IndexMissing
from index.models.embedder import Encoded
from tests.newsroom import STRIKE, Newsroom, WordsRead, by_overlap, reading_alone, shown

QUESTION = "How many dockers joined the strike at Port Caldry?"
NONSENSE = "Zwölf boxkämpfer jagen quer"


@pytest.fixture
def reports(newsroom: Newsroom) -> Assistant:
    """Four reports of one strike: three dated and of a source, one neither."""
    stories = [
        ("Halyard", "2031-03-01", 900),
        ("The Tide", "2031-03-02", 1400),
        ("HALYARD", "2031-03-03", 1900),
    ]
    newsroom.print_records(
        "feed.jsonl",
        [
            {
                "source": source,
                "date": day,
                "text": f"About {count} dockers joined the strike, {source} was told.",
            }
            for source, day, count in stories
        ],
    )
    newsroom.print("undated.txt", "Some 5,000 dockers joined the strike, a leaflet claims.")
    newsroom.build()
    return newsroom.assistant()


def ids(answer: Answer) -> set[str]:
    return {quote.article_id.removeprefix("feed.jsonl") for quote in shown(answer)}


def day(number: int) -> date:
    return date(2031, 3, number)


def test_an_answer_is_the_sentence_that_was_printed(standing: Newsroom) -> None:
    answer = standing.ask(QUESTION)
    assert answer.status == "answered"
    assert answer.reason is None
    assert answer.near_misses == ()
    assert answer.quotes[0].text == "About 1,400 dockers joined the strike at Port Caldry."
    assert answer.quotes[0].suffix == " Talks with the harbour board fa"
    assert (answer.coverage.articles, answer.coverage.first, answer.coverage.last) == (3, day(1), day(3))


def test_where_nothing_is_about_a_question_nothing_is_shown(standing: Newsroom) -> None:
    answer = standing.ask(NONSENSE)
    assert (answer.status, answer.quotes, answer.near_misses) == ("no_answer", (), ())
    assert answer.reason == "No passage of the articles searched is near this question."
    assert answer.on_topic is False


def test_on_a_topic_of_the_archive_no_answer_has_a_reason_and_the_closest_sentences(
    standing: Newsroom,
) -> None:
    answer = Assistant(standing.retriever(), by_overlap(1.5)).ask(QUESTION)
    assert (answer.status, answer.quotes, answer.on_topic) == ("no_answer", (), True)
    assert answer.reason == "The closest passages were read, and no sentence clearly answers."
    assert 1 <= len(answer.near_misses) <= 3
    assert all(0 <= near.score <= 1 for near in answer.near_misses)


def test_where_no_article_passes_the_filters_nothing_is_said_of_the_topic(standing: Newsroom) -> None:
    found = standing.ask(QUESTION, since=date(2040, 1, 1))
    assert (found.reason, found.on_topic) == ("No article of the archive passes the filters.", None)


def test_a_claim_about_the_whole_archive_needs_the_whole_archive(standing: Newsroom) -> None:
    assert phrases.no_answer(standing.ask(NONSENSE)) == "Nothing in the archive is about this"
    some = standing.ask(NONSENSE, until=date(2031, 3, 2))
    assert phrases.no_answer(some) == "Nothing in the articles searched is about this"
    assert (
        phrases.no_answer(standing.ask("How many dockers joined the strike at Selmouth?"))
        == phrases.NO_ANSWER
    )


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, {"#1", "#2", "#3", "undated.txt"}),
        (2, None, {"#2", "#3"}),
        (None, 2, {"#1", "#2"}),
        (2, 2, {"#2"}),
        (1, 3, {"#1", "#2", "#3"}),
        (4, None, set()),
    ],
)
def test_dates_are_inclusive_and_the_undated_pass_neither(
    reports: Assistant, since: int | None, until: int | None, found: set[str]
) -> None:
    first, last = since and day(since), until and day(until)
    answer = reports.ask("How many dockers joined the strike?", since=first or None, until=last or None)
    assert ids(answer) == found
    assert answer.coverage.articles == len(found)
    assert (answer.understood.since, answer.understood.until) == (first, last)


@pytest.mark.parametrize(
    ("since", "undated", "found"),
    [
        (None, True, {"#1", "#2", "#3", "undated.txt"}),
        (None, False, {"#1", "#2", "#3"}),
        (3, True, {"#3", "undated.txt"}),
        (3, False, {"#3"}),
    ],
)
def test_undated_articles_are_in_or_out_as_asked(
    reports: Assistant, since: int | None, undated: bool, found: set[str]
) -> None:
    question, first = "How many dockers joined the strike?", day(since) if since else None
    answer = reports.ask(question, since=first, undated=undated)
    assert ids(answer) == found
    assert (answer.coverage.articles, answer.understood.undated) == (len(found), undated)
    passages = reports.search(question, since=first, undated=undated)
    assert {hit.article_id.removeprefix("feed.jsonl") for hit in passages.hits} == found
    assert passages.understood == answer.understood


def test_an_answer_saved_before_undated_articles_could_be_chosen_still_loads(standing: Newsroom) -> None:
    answer = standing.ask(QUESTION)
    saved = answer.model_dump(mode="json")
    del saved["understood"]["undated"]
    assert Answer.model_validate(saved) == answer


def test_a_source_is_found_in_any_case(reports: Assistant) -> None:
    assert ids(reports.ask("How many dockers joined the strike?", sources=["halyard"])) == {"#1", "#3"}
    assert ids(reports.ask("How many dockers joined the strike?", sources=["THE TIDE", "nobody"])) == {"#2"}


def test_dates_the_wrong_way_round_are_an_error(reports: Assistant) -> None:
    with pytest.raises(
        ValueError, match="2031-03-03, is after the one in “until”, 2031-03-01: please swap them"
    ):
        reports.ask("How many dockers joined the strike?", since=day(3), until=day(1))


def test_an_unknown_source_is_named_in_the_reason(reports: Assistant) -> None:
    answer = reports.ask("How many dockers joined the strike?", sources=["The Moon", "Mars"])
    assert answer.reason == (
        "The archive has no source named The Moon or Mars; the sources stated are: "
        f"{', '.join(reports.sources())}."
    )
    assert (shown(answer), answer.coverage.articles) == ((), 0)


def test_filters_that_no_article_passes_are_the_reason(reports: Assistant) -> None:
    answer = reports.ask("How many dockers joined the strike?", sources=["The Tide"], since=day(3))
    assert answer.reason == "No article of the archive passes the filters."


def test_a_source_the_question_asks_to_hear_is_heard_alone(reports: Assistant) -> None:
    answer = reports.ask("According to The Tide, how many dockers joined the strike?")
    assert (ids(answer), answer.understood.sources) == ({"#2"}, ("The Tide",))


def test_a_source_that_says_nothing_of_it_is_no_filter(reports: Assistant) -> None:
    answer = reports.ask("According to The Tide, who won the chess final in Reykjavik?")
    assert answer.understood.sources == ()


def test_sources_that_were_given_are_not_overruled(reports: Assistant) -> None:
    answer = reports.ask("According to The Tide, how many dockers joined the strike?", sources=["Halyard"])
    assert ids(answer) == {"#1", "#3"}


def test_k_bounds_the_quotes(reports: Assistant) -> None:
    question = "How many dockers joined the strike?"
    every = reports.ask(question).quotes
    assert len(every) == 4
    assert reports.ask(question, k=2).quotes == every[:2]
    assert reports.ask(question, k=MOST_QUOTES).quotes == every
    assert len(reports.search(question, k=2).hits) == 2


@pytest.mark.parametrize("k", [0, -1, 101, True, 2.0, "2", None])
def test_a_count_out_of_range_cannot_be_asked_for(reports: Assistant, k: Any) -> None:
    with pytest.raises(BadRequest, match="“k” needs a whole number from 1 to 9"):
        reports.ask(QUESTION, k=k)
    with pytest.raises(BadRequest, match="“k” needs a whole number from 1 to 100"):
        reports.search(QUESTION, k=k)


def test_five_quotes_unless_more_are_asked_for(newsroom: Newsroom) -> None:
    towns = (
        *("Korrun", "Caldry", "Ilvet", "Nebrin", "Tolvik", "Sarvane", "Sella"),
        *("Umbra", "Vessel", "Wick", "Yarrow"),
    )
    newsroom.print(
        "strikes.txt", " ".join(f"A strike began at {town} over {n} ships." for n, town in enumerate(towns))
    )
    newsroom.build()
    assistant = Assistant(newsroom.retriever(), by_overlap(-1.0))
    assert len(assistant.ask("Where did a strike begin?").quotes) == 5
    assert len(assistant.ask("Where did a strike begin?", k=7).quotes) == 7
    assert len(assistant.ask("Where did a strike begin?", k=MOST_QUOTES).quotes) == 9


def test_an_answer_hangs_on_its_question_alone(standing: Newsroom) -> None:
    first, second = standing.assistant(), standing.assistant()
    first.ask("Which river flooded?", sources=["Nobody"], since=day(1))
    assert first.ask(QUESTION) == second.ask(QUESTION)


def test_what_was_withdrawn_is_in_no_answer(printed: Newsroom) -> None:
    assistant = printed.assistant()
    assert "1,400" in assistant.ask(QUESTION).quotes[0].text
    printed.print("strike.txt", STRIKE.replace("1,400", "1,900"), "2031-03-02")
    printed.build()
    assert "1,900" in assistant.ask(QUESTION).quotes[0].text
    printed.withdraw("strike.txt")
    printed.build()
    answer = assistant.ask(QUESTION)
    assert answer.coverage == assistant.coverage()
    assert answer.coverage.articles == 2
    assert not any("docker" in text for q in shown(answer) for text in (q.text, q.prefix, q.suffix))


def test_sources_and_coverage_are_those_of_the_archive(reports: Assistant) -> None:
    assert sorted(reports.sources()) == ["HALYARD", "Halyard", "The Tide"]
    coverage = reports.coverage()
    assert (coverage.articles, coverage.sources, coverage.undated) == (4, 2, 1)


def test_warming_asks_both_models(standing: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read: list[str] = []

    class Overheard(WordsRead):
        def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
            read.extend(text for window in windows for text in window.sentences)
            return super().read(question, windows)

    retriever = standing.retriever()
    embed = retriever.embedder.embed_query

    def embedding(text: str) -> Encoded:
        asked.append(text)
        return embed(text)

    monkeypatch.setattr(retriever.embedder, "embed_query", embedding)
    Assistant(retriever, Judge(Overheard(), reading_alone())).warm()
    assert asked
    assert read


def test_what_is_wrong_is_left_for_a_question_to_tell(printed: Newsroom) -> None:
    assistant = printed.assistant()
    shutil.rmtree(printed.index)
    assistant.warm()
    with pytest.raises(IndexMissing):
        assistant.ask(QUESTION)


def test_the_judge_of_the_package_answers_a_plain_question(standing: Newsroom) -> None:
    answer = Assistant(standing.retriever(), Judge()).ask(QUESTION)
    assert shown(answer)[0].text == "About 1,400 dockers joined the strike at Port Caldry."


def test_a_filter_that_is_none_is_refused_by_its_name(standing: Newsroom) -> None:
    for name in ("sinse", "names"):
        with pytest.raises(TypeError, match=name):
            standing.assistant().ask(QUESTION, **{name: "x"})  # type: ignore[arg-type]
