"""Only figures that count what was asked are tabled, as printed, and two of them are compared with care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.facts.figure_rows import lines, table
from assistant.query.question import read_question
from assistant.types.answer import Quote
from assistant.types.figure_table import Comparison, FigureRow, FigureTable
from corpus.article import Article, DateOrigin
from corpus.formats.read import read_archive
from corpus.segmentation.sentences import split_sentences
from tests.odd_texts import ODD_TEXTS
from tests.shared import shared


@dataclass(frozen=True)
class Printed:
    """What a source printed on a day of March 2031."""

    text: str
    source: str | None = None
    day: int | None = 3

    def quote(self, number: int) -> Quote:
        return Quote(
            text=self.text,
            article_id=f"{number}.txt",
            start=100 * number,
            end=100 * number + len(self.text),
            prefix="",
            suffix="",
            article_sha256="",
            title=None,
            source=self.source,
            published=date(2031, 3, self.day) if self.day else None,
            date_origin=DateOrigin.HEADER if self.day else DateOrigin.NONE,
            url=None,
            kind=None,
            score=1.0,
        )


def tabled(question: str, *printed: Printed) -> FigureTable | None:
    return table(read_question(question), [p.quote(number) for number, p in enumerate(printed)])


def words(question: str, text: str) -> list[str]:
    found = tabled(question, Printed(text))
    return [row.printed for row in found.rows] if found else []


def verdict(question: str, *printed: Printed) -> str | None:
    found = tabled(question, *printed)
    return found.verdict.kind if found and found.verdict else None


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many soldiers were killed?", "At least 30 troops were killed and 12 wounded.", ["At least 30 troops"]),
        ("How many soldiers were wounded?", "At least 30 troops were killed and 12 soldiers wounded.", ["12 soldiers"]),
        ("How many soldiers were killed?", "Shelling killed 12 civilians.", []),
        ("How many civilians were killed?", "Shelling killed 12 civilians and 3 soldiers.", ["12 civilians"]),
        ("How many people were killed?", "Shelling killed 12 civilians.", ["12 civilians"]),
        ("How many people were killed?", "The death toll rose to 76.", ["76"]),
        ("How many troops were killed?", "The death toll rose to 76.", []),
        ("How many people were killed?", "The toll rose to 67. The raid killed 3.", ["67", "3"]),
        ("How many people were killed?", "Some 30 people were killed and 700 got injured.", ["Some 30 people"]),
        ("What is the death toll?", "The flood killed 12; 30 were hurt.", ["12"]),
        ("How many regime troops were killed?", "It killed seven Turkish soldiers.", []),
        ("How many regime troops were killed?", "39 rebel fighters were killed.", []),
        ("How many regime troops were killed?", "30 regime soldiers were killed.", ["30 regime soldiers"]),
        ("How many Turkish soldiers died?", "It killed seven Turkish soldiers.", ["seven Turkish soldiers"]),
        ("How many rebels were killed?", "39 militants were killed.", ["39 militants"]),
        ("How many rebels were killed?", "They neutralised 39 militants.", ["39 militants"]),
        ("How many ships wait?", "He counted 23 ships and nine villages.", ["23 ships"]),
        ("How many dockers joined the strike?", "About 1,400 dockers joined.", ["About 1,400 dockers"]),
        ("How many people were displaced?", "Some 151,000 civilians had to flee.", ["Some 151,000 civilians"]),
        ("How many litres were found?", "They found 400 litres of fuel.", ["400 litres"]),
        ("What percentage voted?", "Turnout was 61 percent of 300 people.", ["61 percent of 300 people"]),
        ("How far is the port?", "The port is 18 km away, or two days.", ["18 km"]),
        ("How much did it cost?", "It cost $3 billion and 12 lives.", ["$3 billion"]),
        ("How many members of it died?", "86 members of army forces died.", ["86 members of army forces"]),
        ("How many soldiers were killed or wounded?", "12 soldiers were killed.", ["12 soldiers"]),
        ("How many were killed?", "It killed 12 soldiers; 3 were hurt.", ["12 soldiers"]),
        ("How many died in the flood?", "The flood killed 12.", ["12"]),
        ("How many people live there?", "Of 350,000 people 12 were killed.", ["350,000 people"]),
        ("How many people live there?", "12 people died and 9 soldiers came.", []),
        ("How many troops were sent?", "It sent 3,000 soldiers.", ["3,000 soldiers"]),
        ("Who killed 12 soldiers?", "Rebels killed 12 soldiers.", []),
        ("When was it?", "12 soldiers were killed.", []),
        ("How many soldiers were killed?", "None were hurt on 3 February 2020.", []),
    ],
)  # fmt: skip
def test_only_what_was_asked_is_tabled(question: str, text: str, expected: list[str]) -> None:
    assert words(question, text) == expected


def parsed(line: str) -> Printed:
    """Read "A 3: text": the source and the day it was printed, "-" for what isn't stated."""
    head, _, text = line.partition(": ")
    source, day = head.split()
    return Printed(text, None if source == "-" else source, None if day == "-" else int(day))


KILLED = "How many soldiers were killed?"
JOINED = "How many dockers joined the strike?"


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: Raids killed 76 soldiers.", "disagree"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: Raids killed 30 soldiers.", "same"),
        (KILLED, "A 3: At least 30 soldiers died.", "B 3: At least 76 soldiers died.", "different"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: At least 20 soldiers died.", "different"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "A 6: Raids killed 76 soldiers.", "update"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "A 3: Raids killed 76 soldiers.", "different"),
        (KILLED, "- 3: Raids killed 30 soldiers.", "- 3: Raids killed 76 soldiers.", "different"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "- 3: Raids killed 76 soldiers.", "different"),
        (KILLED, "A 1: Raids killed 30 soldiers.", "B 30: Raids killed 76 soldiers.", "different"),
        (KILLED, "A -: Raids killed 30 soldiers.", "B 3: Raids killed 76 soldiers.", "different"),
        (KILLED, "A 3: Raids on Homs killed 30 soldiers.", "B 3: Raids on Idlib killed 76 soldiers.",
         "different"),
        (KILLED, "A 3: Raids on Homs killed 30 soldiers.", "B 3: In Homs raids on Homs killed 76 soldiers.",
         "disagree"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: Raids killed 76 young soldiers.", "different"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: Raids killed 12 more soldiers.", "different"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: Raids killed another 12 soldiers.", "different"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: They neutralised 76 soldiers.", "different"),
        (KILLED, "A 3: Raids killed 30 Turkish soldiers.", "B 3: Raids killed 76 Syrian soldiers.", None),
        (KILLED, "A 3: Raids killed 30 rebel fighters.", "B 3: Raids killed 76 army fighters.", None),
        ("How many people died?", "A 3: 12 people died.", "B 3: 30 soldiers died.", None),
        (JOINED, "A 3: About 1,400 dockers joined the strike.", "B 3: Fewer than 900 dockers are on strike.",
         "disagree"),
        (JOINED, "A 3: 1,400 dockers joined the strike.", "A 6: With the strike fund, 300 dockers rode to the strike.",
         "update"),
        (JOINED, "A 3: 1,400 dockers joined the strike.", "A 6: They took the strike's pots, forks and 300 dockers.",
         "different"),
        (KILLED, "A 1: A raid killed 30 soldiers of the fort on Saturday.",
         "B 6: A raid killed 76 soldiers of the fort on Thursday.", "different"),
        (KILLED, "A 7: A raid killed 30 soldiers of the fort on Saturday.",
         "B 7: A raid killed 76 soldiers of the fort.", "disagree"),
        (JOINED, "A 3: 1,400 dockers joined.", "B 3: 1,430 dockers joined.", "different"),
        (JOINED, "A 3: 1,400 dockers joined.", "B 3: 1,480 dockers joined.", "disagree"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: A flood killed 76 soldiers.", "different"),
        (KILLED, "A 3: Raids killed 30 soldiers.", "B 3: Since 2029 raids killed 76 soldiers.", "different"),
        (KILLED, "A 3: On Monday raids killed 30 soldiers.", "B 3: On Friday raids killed 76 soldiers.",
         "different"),
        (KILLED, "A 3: On Monday raids killed 30 soldiers.", "B 3: On Monday raids killed 76 soldiers.",
         "disagree"),
        ("How far is it?", "A 3: It is 18 km.", "B 3: It is 11 miles.", None),
    ],
)  # fmt: skip
def test_what_two_figures_say_about_each_other(
    question: str, one: str, other: str, expected: str | None
) -> None:
    assert verdict(question, parsed(one), parsed(other)) == expected
    assert verdict(question, parsed(other), parsed(one)) == expected


@pytest.mark.parametrize(
    ("text", "day", "kept"),
    [
        ("Raids killed 30 people.", 3, True),
        ("Raids killed 30 people.", 5, True),
        ("Raids killed 30 people.", 1, False),
        ("Raids killed 30 people.", 20, False),
        ("Raids killed 30 people.", None, True),
        ("Raids killed 30 people on 3 March.", 20, True),
        ("Raids killed 30 people on 12 March.", 20, False),
        ("Raids on Monday killed 30 people.", 5, True),
        ("Raids on Friday killed 30 people.", 3, False),
        ("The war has killed 90,000 people since 2029.", 3, False),
        ("Raids killed 900 people in the past month.", 3, False),
        ("Raids on Monday killed 30 people in a six-year war.", 3, True),
        ("In March raids killed 30 people.", 20, False),
        ("In 2031 the worst raid killed 30 people.", 3, True),
        ("Raids this week killed 30 people.", 6, True),
        ("Raids killed 30 people. It snowed on 12 January.", 3, True),
    ],
)
def test_a_figure_is_of_the_day_asked_about(text: str, day: int | None, kept: bool) -> None:
    found = tabled("How many people were killed on 3 March 2031?", Printed(text, "A", day))
    assert (found is not None) == kept


def test_a_longer_time_has_totals() -> None:
    total = Printed("The war has killed 90,000 people since 2029.")
    assert tabled("How many people were killed in the war?", total)
    assert tabled("How many people were killed in 2031?", total)


def test_an_update_tells_the_earlier_figure_first() -> None:
    found = tabled(
        KILLED,
        Printed("Raids killed 76 soldiers.", "Wire", 6),
        Printed("Raids killed 30 soldiers.", "Wire", 3),
    )
    assert found
    assert lines(found) == [
        "“76 soldiers” · killed · Wire · 6 March 2031 · quote 1",
        "“30 soldiers” · killed · Wire · 3 March 2031 · quote 2",
        "Wire, if it means one event: rose from “30 soldiers” to “76 soldiers” between 3 March 2031 and 6 March 2031",
    ]


def test_the_strongest_comes_first_and_sameness_only_alone() -> None:
    printed = [
        Printed(f"Raids killed {n} soldiers.", source) for n, source in ((30, "A"), (30, "B"), (76, "C"))
    ]
    found = tabled(KILLED, *printed)
    assert found
    assert [comparison.kind for comparison in found.comparisons] == ["same", "disagree", "disagree"]
    assert found.verdict == found.comparisons[1]
    assert lines(found)[3:] == [comparison.words for comparison in found.comparisons[1:]]
    alone = tabled(KILLED, *printed[:2])
    assert alone
    assert (
        lines(alone)[2] == "The same figure: “30 soldiers” (A, 3 March 2031), “30 soldiers” (B, 3 March 2031)"
    )


def test_a_row_says_where_it_stands_and_how_sure_it_is() -> None:
    found = tabled(KILLED, Printed("Hm."), Printed("They reportedly killed at least 30 soldiers."))
    assert found
    (row,) = found.rows
    assert (row.article_id, row.start, row.end, row.quote) == ("1.txt", 123, 143, 1)
    assert (row.low, row.high, row.hedge, row.unconfirmed, row.counted) == (
        30, None, "at least", "reportedly", "soldiers",
    )  # fmt: skip
    assert lines(found) == [
        "“at least 30 soldiers” · killed · “reportedly” · source not stated · 3 March 2031 · quote 2"
    ]
    assert FigureTable.model_validate_json(found.model_dump_json()) == found


def test_a_row_names_the_nearest_place_of_its_sentence() -> None:
    found = tabled(
        KILLED, Printed("It rained in Sella. They killed 30 soldiers near Korrun. They left Caldry.")
    )
    assert found
    assert [row.place for row in found.rows] == ["near Korrun"]
    assert (
        lines(found)[0]
        == "“30 soldiers” · killed · “near Korrun” · source not stated · 3 March 2031 · quote 1"
    )


def test_overlapping_quotes_give_a_figure_once() -> None:
    quote = Printed("Raids killed 30 soldiers.").quote(0)
    found = table(read_question(KILLED), [quote, quote])
    assert found
    assert len(found.rows) == 1


def test_figures_of_one_quote_are_not_compared() -> None:
    found = tabled(
        KILLED, Printed("Raids killed 30 soldiers in Homs. In Idlib they killed 12 soldiers.", "A")
    )
    assert found
    assert (len(found.rows), found.comparisons, found.verdict) == (2, (), None)


def test_a_row_must_be_as_long_as_its_words() -> None:
    row = tabled(KILLED, Printed("Raids killed 30 soldiers."))
    assert row
    data = row.rows[0].model_dump()
    for wrong in ({"end": 7}, {"high": 1.0}, {"surprise": 1}):
        with pytest.raises(ValidationError):
            FigureRow.model_validate(data | wrong)


@given(
    st.lists(ODD_TEXTS, max_size=3), st.sampled_from(["12 people were killed", "up to 30 dead", "seven men"])
)
@settings(max_examples=25, deadline=None)
def test_any_quotes(texts: list[str], scrap: str) -> None:
    printed = [Printed(text[:40] + scrap + text[40:], "A") for text in texts]
    found = tabled("How many people were killed?", *printed)
    for row in found.rows if found else ():
        start = row.start - 100 * row.quote
        assert printed[row.quote].text[start : start + len(row.printed)] == row.printed
    for comparison in found.comparisons if found else ():
        assert isinstance(comparison, Comparison)
        assert comparison.rows[0] < comparison.rows[1] < len(found.rows if found else ())


@pytest.mark.shared
def test_two_articles_with_figures_of_their_own() -> None:
    quotes = []
    for article in read_archive(shared("articles")):
        assert isinstance(article, Article)
        for s in split_sentences(article.text, article.body_start, article.title):
            told = Printed(article.text[s.start : s.end]).quote(0)
            where = {"article_id": article.id, "start": s.start, "end": s.end}
            dated = {"published": article.published, "date_origin": article.date_origin}
            quotes += [told.model_copy(update=where | dated)] if s.quotable else []
    found = table(read_question("How many regime troops were killed in the Turkish response?"), quotes)
    assert found
    assert [(row.printed, str(row.published), row.unconfirmed) for row in found.rows] == [
        ("at least 30 troops loyal to Assad", "2020-02-03", None),
        ("at least 76 pro-government fighters", "2020-02-06", "reportedly"),
    ]
    assert [comparison.kind for comparison in found.comparisons] == ["different"]
    assert found.comparisons[0].words.startswith("Different figures: “at least 30 troops loyal to Assad” (")
