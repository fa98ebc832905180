"""Of copies of one text the one is quoted that says where and when it was printed, and was printed first."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.types.answer import Answer
from assistant.types.request import Inquiry
from index.filters import Filter
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom, assert_exact, by_overlap

QUESTION = "How many dockers joined the strike at Port Caldry?"
SAID = "About 1,400 dockers joined the strike at Port Caldry."
STORY = f"{STRIKE} {FLOOD} {BRIDGE}"
TIDE = {"text": STORY, "source": "The Tide", "date": "2031-03-04"}


def asked(newsroom: Newsroom, *records: dict[str, str], wanted: Filter | None = None) -> Answer:
    """The answer from some articles, the first of which is #1."""
    newsroom.print_records("feed.jsonl", records)
    newsroom.build()
    return newsroom.assistant().answer(Inquiry(QUESTION, wanted or Filter()))


def first(newsroom: Newsroom, *records: dict[str, str], wanted: Filter | None = None) -> str:
    """The article of the first quote."""
    answer = asked(newsroom, *records, wanted=wanted)
    for quote in answer.quotes:
        assert_exact(quote, newsroom.generation().archive.article(quote.article_id))
    return answer.quotes[0].article_id


@pytest.mark.parametrize(
    "other",
    [
        {"text": STORY},
        {"text": STORY, "source": "Nobody's"},
        {"text": STORY, "date": "2031-03-01"},
        TIDE | {"date": "2031-03-05"},
        {"text": f"The dockers of Port Caldry are told about here. {STORY}", "title": "The strike at Port Caldry"},
        {"text": STORY.replace("About 1,400", "Some 1,400")},
        {"text": STORY.replace("o", "о")},
        {"text": f"Dockers! {STORY}", "date": "2031-03-01"},
    ],
)  # fmt: skip
def test_the_copy_that_states_source_and_date_leads(newsroom: Newsroom, other: dict[str, str]) -> None:
    assert first(newsroom, other, TIDE, other | {"title": "Strike"}) == "feed.jsonl#2"


def test_of_those_that_state_both_the_earliest_leads(newsroom: Newsroom) -> None:
    days = ["2031-03-06", "2031-03-03", "2031-03-05"]
    records = [TIDE | {"date": day, "source": f"Paper {n}"} for n, day in enumerate(days)]
    assert first(newsroom, {"text": STORY}, *records) == "feed.jsonl#3"


def test_a_copy_leads_that_was_not_among_the_passages_read(newsroom: Newsroom) -> None:
    answer = asked(newsroom, *[{"text": STORY} for _ in range(120)], TIDE)
    assert [quote.article_id for quote in answer.quotes] == ["feed.jsonl#121"]
    assert answer.quotes[0].origin.articles == 121


def test_what_a_filter_leaves_out_does_not_lead(newsroom: Newsroom) -> None:
    records = [{"text": STORY, "date": "2031-03-02"}, TIDE]
    assert first(newsroom, *records, wanted=Filter(until=date(2031, 3, 3))) == "feed.jsonl#1"
    assert first(newsroom, *records, wanted=Filter(since=date(2031, 3, 3))) == "feed.jsonl#2"
    later = TIDE | {"date": "2031-03-09", "source": "Halyard"}
    assert first(newsroom, *records, later, wanted=Filter(sources=("halyard",))) == "feed.jsonl#3"


def test_another_figure_is_another_thing_and_no_copy_is_put_in_its_place(newsroom: Newsroom) -> None:
    changed = {"text": STORY.replace("1,400", "9,400")}
    texts = {quote.text: quote.article_id for quote in asked(newsroom, changed, TIDE).quotes}
    assert {text.split()[1]: place for text, place in texts.items()} == {
        "9,400": "feed.jsonl#1",
        "1,400": "feed.jsonl#2",
    }


def test_what_answers_is_marked_in_the_words_of_the_copy_that_leads(newsroom: Newsroom) -> None:
    quote = asked(newsroom, {"text": STORY.replace("About 1", "Almost 1")}, TIDE).quotes[0]
    assert [quote.text[a - quote.start : b - quote.start] for a, b in quote.marks] == ["About"]


def test_other_words_that_are_no_answer_are_not_put_in(newsroom: Newsroom) -> None:
    told = TIDE | {"text": STORY.replace("dockers joined the strike at", "sailors came by train into")}
    assert first(newsroom, {"text": STORY}, told) == "feed.jsonl#1"


def test_the_order_of_quotes_and_their_scores_stay(newsroom: Newsroom) -> None:
    records = [
        {"text": f"{STRIKE} {FLOOD}"},
        {"text": "Some 900 dockers joined the strike at Port Caldry, the board said.", "date": "2031-03-01"},
    ]
    before = asked(newsroom, *records).quotes
    after = asked(newsroom, *records, TIDE | {"text": f"{STRIKE} {FLOOD}"}).quotes
    assert [(q.text, q.score) for q in before] == [(q.text, q.score) for q in after]
    assert [q.article_id for q in after] == [
        {"feed.jsonl#1": "feed.jsonl#3"}.get(q.article_id, q.article_id) for q in before
    ]


def test_a_near_miss_is_of_the_copy_that_leads_too(newsroom: Newsroom) -> None:
    newsroom.print_records("feed.jsonl", [{"text": STORY}, TIDE])
    newsroom.build()
    answer = Assistant(newsroom.retriever(), by_overlap(least=2.0)).ask(QUESTION)
    assert answer.status == "no_answer"
    assert {quote.article_id for quote in answer.near_misses} == {"feed.jsonl#2"}


def test_a_report_of_its_own_stays_what_it_is(newsroom: Newsroom) -> None:
    own = {"text": f"{SAID} Rain fell on the whole of the coast that day and nobody at all was out at sea."}
    told = TIDE | {
        "text": f"{SAID} {FLOOD} The mayor of the town had left for the capital a week before then."
    }
    answer = asked(newsroom, own, told)
    assert answer.quotes[0].article_id == "feed.jsonl#1"
