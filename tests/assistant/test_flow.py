"""Sources, days, follow-ups and comparisons: what a question asks for beside its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.types.answer import Answer
from assistant.types.request import Inquiry
from index.filters import Filter
from tests.newsroom import Newsroom, by_overlap

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def two_sources(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """An archive of two sources, indexed once: to be read, never written."""
    newsroom = Newsroom(tmp_path_factory.mktemp("flow"))
    tide = "Dockers walked out at Caldry on 4 March 2031. The mayor wept on Friday."
    post = "Dockers walked out at Korrun on 8 April 2031. Nobody wept, cheered or sang."
    told = (("The Tide", "2031-03-09", tide), ("Post", "2031-04-09", post))
    records = [{"source": name, "published": day, "text": text} for name, day, text in told]
    newsroom.print_records("told.jsonl", records)
    newsroom.build()
    return newsroom


@pytest.fixture(scope="module")
def ask(two_sources: Newsroom) -> Ask:
    assistant = Assistant(two_sources.retriever(), by_overlap(), lambda: date(2031, 4, 10))
    return lambda question, **more: assistant.answer(Inquiry(question, **more))


def texts(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes]


def test_any_event_of_the_day_answers_what_happened_then(ask: Ask) -> None:
    found = ask("What happened on 4 March 2031?")
    assert texts(found) == ["Dockers walked out at Caldry on 4 March 2031."]
    assert (found.understood.event_since, found.understood.event_until) == (
        date(2031, 3, 4),
        date(2031, 3, 4),
    )
    assert (found.understood.since, found.understood.read, found.probability) == (
        None,
        ("4 March 2031",),
        None,
    )


def test_a_day_of_the_question_leaves_out_sentences_of_other_days(ask: Ask) -> None:
    question = "Where did dockers walk out on 8 April 2031?"
    assert texts(ask(question)) == ["Dockers walked out at Korrun on 8 April 2031."]
    assert len(texts(ask("Where did dockers walk out?"))) == 2


def test_where_the_day_has_nothing_no_other_day_answers(ask: Ask) -> None:
    found = ask("Where did dockers walk out at Caldry on 5 March 2030?")
    assert (found.status, found.understood.read) == ("no_answer", ("5 March 2030",))
    assert (found.understood.event_since, found.understood.since) == (None, date(2030, 3, 5))


def test_what_is_printed_just_after_the_day_and_names_none_may_be_of_it(ask: Ask) -> None:
    asked = "Who wept, cheered or sang on {} April 2031?"
    assert [texts(ask(asked.format(day))) for day in (6, 5)] == [["Nobody wept, cheered or sang."], []]
    assert texts(ask(asked.format(10))) == []


def test_a_sentence_without_a_day_goes_on_from_the_one_before_it(newsroom: Newsroom) -> None:
    told = "A bridge fell at Caldry on 2 May 2029. Nine dockers died. Another fell on 3 June 2030. Six dockers died."
    newsroom.print("one.txt", told, "2031-03-09")
    newsroom.build()
    for day, shown in (("2 May 2029", "Nine dockers died."), ("3 June 2030", "Six dockers died.")):
        assert [
            text for text in texts(newsroom.ask(f"How many dockers died on {day}?")) if "died" in text
        ] == [shown]


ON_THE_DAY = (
    "How many dockers were killed or hurt at the gate by the falling crane in Caldry on 4 March 2031?"
)
NEWS = "Nine dockers were killed at the gate in Caldry by the falling crane, and more were hurt."


def test_what_was_printed_after_the_day_answers_where_it_is_likelier(newsroom: Newsroom) -> None:
    caption = "Photograph of dockers in Caldry on 4 March 2031."
    newsroom.print("caption.txt", caption, "2031-06-01")
    newsroom.build()
    assert texts(newsroom.ask(ON_THE_DAY)) == [caption]  # alone it answers
    newsroom.print("news.txt", NEWS, "2031-03-05")
    newsroom.build()
    found = newsroom.ask(ON_THE_DAY)
    assert texts(found) == [NEWS]
    assert (found.understood.since, found.understood.event_since) == (date(2031, 3, 4), None)


def test_what_speaks_of_the_day_answers_where_it_is_likelier(newsroom: Newsroom) -> None:
    news, own = "Dockers were hurt at the gate in Caldry.", NEWS.replace(" Caldry", " Caldry on 4 March 2031")
    newsroom.print("news.txt", news, "2031-03-05")
    newsroom.build()
    assert texts(newsroom.ask(ON_THE_DAY)) == [news]  # alone it answers
    newsroom.print("own.txt", own, "2031-06-01")
    newsroom.build()
    found = newsroom.ask(ON_THE_DAY)
    assert texts(found) == [own]
    assert (found.understood.since, found.understood.event_since) == (None, date(2031, 3, 4))


def test_a_source_that_has_no_answer_is_told_and_others_are_asked(ask: Ask) -> None:
    found = ask("According to the Post, what mayor wept bitterly?")
    assert (texts(found), found.understood.unmet) == (["The mayor wept on Friday."], ("Post",))


def test_a_literal_question_reads_no_filter(ask: Ask) -> None:
    found = ask("According to the Tide, where did dockers walk out?", literal=True)
    assert (found.understood.sources, found.understood.read) == ((), ())
    assert ask("According to the Tide, where did dockers walk out?").understood.sources == ("The Tide",)


def test_a_follow_up_takes_over_what_it_lacks_and_says_so(ask: Ask) -> None:
    found = ask("And at Korrun?", after="Where did dockers walk out at Caldry?")
    assert found.question == "And at Korrun?"
    assert texts(found)[0] == "Dockers walked out at Korrun on 8 April 2031."
    assert found.understood.follow_up_of == "Where did dockers walk out at Caldry?"
    assert found.understood.completed == "Where did dockers walk out at Korrun?"
    assert "dockers" in found.understood.carried


def test_a_question_that_stands_alone_follows_none(ask: Ask) -> None:
    understood = ask("Where did dockers walk out?", after="Who wept at Caldry?").understood
    assert (understood.follow_up_of, understood.carried, understood.completed) == (None, (), None)


def test_a_source_that_is_named_and_answers_nothing_shows_its_own_passages(two_sources: Newsroom) -> None:
    sceptic = Assistant(two_sources.retriever(), by_overlap(1.5))
    found = sceptic.ask("Where did dockers walk out, according to the Post?")
    assert (found.status, found.understood.heard) == ("no_answer", ("Post",))
    assert {near.source for near in found.near_misses} == {"Post"}
    assert found.understood.unmet == ()


def test_a_comparison_quotes_each_source(ask: Ask) -> None:
    found = ask("How do the Tide and Post differ on where dockers walked out?")
    assert [quote.source for quote in found.quotes] == ["The Tide", "Post"]
    assert (found.understood.compared, found.understood.sources) == (True, ("The Tide", "Post"))
    assert found.coverage.articles == 2


def test_a_comparison_quotes_two_sentences_of_each_source_at_most(newsroom: Newsroom) -> None:
    gates = [f"Dockers walked out at gate {number}." for number in range(1, 5)]
    records = [
        {"source": source, "published": "2031-03-09", "text": text}
        for source in ("The Tide", "Post")
        for text in gates
    ]
    newsroom.print_records("gates.jsonl", records)
    newsroom.build()
    assistant = newsroom.assistant()
    question = "How do the Tide and Post differ on where dockers walked out?"
    quoted = {
        k: [quote.source for quote in assistant.answer(Inquiry(question, k=k)).quotes] for k in (9, 4, 2)
    }
    assert quoted[9] == quoted[4] == ["The Tide", "The Tide", "Post", "Post"]
    assert quoted[2] == ["The Tide", "Post"]


def test_no_answer_shows_the_three_nearest_sentences(newsroom: Newsroom) -> None:
    for number in range(5):
        newsroom.print(f"{number}.txt", f"Dockers were seen at gate {number} of the port.", "2031-03-09")
    newsroom.build()
    found = Assistant(newsroom.retriever(), by_overlap(1.5)).ask("Which dockers sang at the gate?")
    assert (found.status, len(found.near_misses)) == ("no_answer", 3)


def test_a_comparison_on_what_nobody_printed_is_no_answer(ask: Ask) -> None:
    found = ask("How do the Tide and Post differ on chess champions?")
    assert (found.status, found.quotes) == ("no_answer", ())
    assert found.reason == "No sentence of these sources clearly answers this."


def test_a_filter_the_reader_chose_stays_in_every_attempt(ask: Ask) -> None:
    march = Filter(until=date(2031, 3, 31))
    found = ask("According to the Post, where did dockers walk out?", wanted=march)
    assert found.understood.unmet == ("Post",)  # the second attempt answers
    quotes = (*found.quotes, *found.near_misses)
    assert quotes
    assert all(quote.published == date(2031, 3, 9) for quote in quotes)
    other_day = ask("Where did dockers walk out on 8 April 2031?", wanted=march)
    assert (other_day.quotes, other_day.near_misses) == ((), ())
