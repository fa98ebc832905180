"""An answer says how its figures compare and how many texts stand behind it."""

from __future__ import annotations

import pytest

from assistant.render.phrases import notes
from assistant.web.page import cards
from tests.assistant.payloads import seen
from tests.newsroom import FLOOD, Newsroom

ASKED = "How many dockers joined the strike at Port Caldry?"
STRIKE = "About 1,400 dockers joined the strike at Port Caldry, the harbour board said."
OTHER = "Some 900 dockers joined the strike at Port Caldry."
NO_FIGURE = "Dockers who joined the strike at Port Caldry, how many Gate Six saw, were cleared."


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Four articles, indexed once: to be read, never written."""
    newsroom = Newsroom(tmp_path_factory.mktemp("counted"))
    newsroom.print("a.txt", STRIKE, "2031-03-04")
    newsroom.print("b.txt", OTHER, "2031-03-05")
    newsroom.print("c.txt", NO_FIGURE, "2031-03-06")
    newsroom.print("d.txt", FLOOD, "2031-03-06")
    newsroom.build()
    return newsroom


def test_the_figures_of_the_quotes_are_compared(counted: Newsroom) -> None:
    answer = counted.ask(ASKED)
    assert answer.figures is not None
    assert sorted(row.printed for row in answer.figures.rows) == ["About 1,400 dockers", "Some 900 dockers"]
    assert answer.figures.verdict is not None
    assert answer.figures.verdict.kind == "different"


def test_what_counts_the_thing_asked_for_comes_first(counted: Newsroom) -> None:
    articles = [quote.article_id for quote in counted.ask(ASKED).quotes]
    assert sorted(articles[:2]) == ["a.txt", "b.txt"]
    assert articles[2:] == ["c.txt"]


def test_the_texts_behind_an_answer_are_counted(counted: Newsroom) -> None:
    answer = counted.ask(ASKED)
    assert answer.spread is not None
    assert (answer.spread.articles, answer.spread.origins) == (3, 3)


def test_a_question_for_no_figure_has_no_table(counted: Newsroom) -> None:
    answer = counted.ask("Which villages did the river Sella flood?")
    assert answer.quotes
    assert answer.figures is None
    assert answer.spread is not None


SAID = "What did Lund say about the strike at Port Caldry?"


@pytest.mark.parametrize(
    ("text", "unheard"),
    [
        ("Lund said the strike at Port Caldry was over.", None),
        ("“The strike at Port Caldry is over,” Lund said.", None),
        ("The strike of Lund’s men at Port Caldry is over.", "Lund"),
        ("The strike at Port Caldry is over. Lund was on holiday.", "Lund"),
    ],
)
def test_who_was_to_be_heard_and_is_not_is_told(newsroom: Newsroom, text: str, unheard: str | None) -> None:
    newsroom.print("a.txt", text, "2031-03-04")
    newsroom.build()
    answer = newsroom.ask(SAID)
    assert answer.quotes
    assert answer.unheard == unheard
    told = [f"None of these is clearly “{unheard}” speaking."] if unheard else []
    shown = seen(cards.answer(answer)).texts
    assert list(notes(answer)) == [shown[name] for name in shown if name == "p.or-note"] == told


def test_a_source_that_was_to_be_heard_speaks_in_its_quotes(newsroom: Newsroom) -> None:
    text = "The strike at Port Caldry is over."
    newsroom.print_records("a.jsonl", [{"source": "Lund", "published": "2031-03-04", "text": text}])
    newsroom.build()
    answer = newsroom.ask(SAID)
    assert answer.understood.heard == ("Lund",)
    assert answer.quotes
    assert answer.unheard is None


def test_what_has_no_quotes_has_no_facts(counted: Newsroom) -> None:
    answer = counted.ask("Who won the chess final?")
    assert (answer.quotes, answer.figures, answer.spread) == ((), None, None)
