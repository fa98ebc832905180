"""How copies print a quote is told in lines: the same words once for all that print them, nothing left out unsaid."""

from __future__ import annotations

from datetime import date

from assistant.render import copy_phrases
from assistant.types.answer import Change, Origin, Quote, Variant, Variants
from corpus.article import Article, DateOrigin
from tests.assistant.desk import quote_of

ARTICLE = Article("a.txt", "At least 30 were hurt in Derrin, officials said.")
START = len("At least ")


def printed(
    number: int, theirs: str | None, at: tuple[int, int] = (START, START + 2), source: str | None = None
) -> Variant:
    """A copy that prints these words in place of some of the quote's, or lacks the quote."""
    text = None if theirs is None else ARTICLE.text[: at[0]] + theirs + ARTICLE.text[at[1] :]
    change = Change(
        start=at[0], end=at[1], text=theirs or "", copy_start=at[0], copy_end=at[0] + len(theirs or "")
    )
    return Variant(
        article_id=f"{number}.txt",
        article_sha256="0" * 64,
        source=source,
        published=date(2031, 3, number % 28 + 1) if source else None,
        date_origin=DateOrigin.METADATA if source else DateOrigin.NONE,
        text=text,
        start=0 if text else None,
        end=len(text) if text else None,
        changes=(change,) if text else (),
    )


def told(*others: Variant, not_compared: int = 0) -> Quote:
    found = Variants(same=0, others=others, not_compared=not_compared)
    origin = Origin(articles=1 + len(others) + not_compared)
    return quote_of(ARTICLE, 0, len(ARTICLE.text)).model_copy(update={"variants": found, "origin": origin})


def test_copies_of_the_same_words_share_a_line_and_those_without_come_last() -> None:
    quote = told(
        printed(1, None, source="The Tide"),
        printed(2, "33", source="SANA"),
        printed(3, "", (START - 9, START), source="Halyard"),
        printed(4, "33"),
        printed(5, "not ", (START + 8, START + 8)),
    )
    assert list(copy_phrases.lines(quote)) == [
        "2 copies word this differently: SANA, 3 March 2031; source not stated (4.txt), undated: “33” instead of “30”",
        "1 copy words this differently: Halyard, 4 March 2031: without “At least”",
        "1 copy words this differently: source not stated (5.txt), undated: “not” added after “were”",
        "1 copy lacks this passage: The Tide, 2 March 2031",
    ]


def test_what_is_not_listed_is_counted() -> None:
    ways = [printed(n, str(n)) for n in range(40, 49)]
    same = [printed(n, "33") for n in range(1, 9)]
    lines = list(copy_phrases.lines(told(*same, *ways, not_compared=250)))
    assert len(lines) == copy_phrases.MOST_WAYS + 1
    assert lines[0].startswith("8 copies word this differently: source not stated (1.txt), undated; ")
    assert lines[0].endswith("(5.txt), undated and 3 more: “33” instead of “30”")
    assert lines[-1] == "Of the copies, 5 more print still other words and 250 more were not compared."
    assert list(copy_phrases.lines(told(not_compared=1))) == ["Of the copies, 1 more was not compared."]


def test_many_and_long_changes_are_cut_and_said_to_be() -> None:
    words = [(at, at + 1) for at in range(9)]
    copy = printed(1, "33")
    changes = tuple(Change(start=a, end=b, text="x", copy_start=a, copy_end=b) for a, b in words)
    nine = {"text": "x" * 9, "start": 0, "end": 9, "changes": changes}
    (line,) = copy_phrases.lines(told(copy.model_copy(update=nine)))
    assert line.count(" instead of ") == copy_phrases.MOST_CHANGES
    assert line.endswith("; and 3 more changes")
    (line,) = copy_phrases.lines(told(printed(1, "word " * 100)))
    assert line.endswith("word […]” instead of “30”")
    assert copy_phrases.LONGEST - 5 <= line.count("word") * 5 <= copy_phrases.LONGEST
    (line,) = copy_phrases.lines(told(printed(1, "x" * 3000)))
    assert f"“{'x' * copy_phrases.LONGEST} […]”" in line


def test_copies_that_print_the_same_words_need_no_line() -> None:
    assert list(copy_phrases.lines(quote_of(ARTICLE, 0, 5))) == []
    assert list(copy_phrases.lines(told())) == []
