"""What copies print in a quote's place is told in their own words, at their place, and no copy is left out unsaid."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.assistant import Assistant
from assistant.integrity.saved import read_saved
from assistant.integrity.verify import verify, verify_lines
from assistant.provenance import copy_variants
from assistant.types.answer import Answer, Change, Quote, Variant
from corpus.article import DateOrigin
from corpus.sample import ARTICLES
from index.build.build import build
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom, by_overlap

STORY = (
    "About 1,400 dockers joined the strike at Port Caldry on Monday. Talks with the harbour board failed "
    "after nine hours in the old customs house. The next ship from Korrun is expected before noon."
)
QUESTION = "How many dockers joined the strike at Port Caldry?"
CHANGED = STORY.replace("About 1,400", "At least 1,900")


def first(newsroom: Newsroom) -> Answer:
    """An answer from the first print alone."""
    return newsroom.ask(QUESTION, until=date(2031, 3, 2))


def only(answer: Answer) -> Quote:
    (quote,) = (q for q in answer.quotes if "joined the strike" in q.text)
    return quote


@pytest.fixture
def wire(newsroom: Newsroom) -> Newsroom:
    """A story, printed again as it is, with other words, and without its beginning."""
    newsroom.print("a.txt", STORY, "2031-03-02")
    newsroom.print("b.txt", STORY.upper(), "2031-03-03")
    newsroom.print(
        "c.md", f"---\ntitle: About 1,400 dockers\ndate: 2031-03-04\nsource: Halyard\n---\n\n{CHANGED}"
    )
    newsroom.print("d.txt", STORY.partition("Monday. ")[2])
    return newsroom


def test_every_copy_is_told_of_in_its_own_words(wire: Newsroom) -> None:
    wire.build()
    quote = only(first(wire))
    assert (quote.article_id, quote.origin.articles) == ("a.txt", 4)
    assert quote.variants is not None
    assert (quote.variants.same, quote.variants.not_compared) == (1, 0)
    lacking, changed = quote.variants.others
    article = wire.generation().archive.article("c.md")
    assert changed == Variant(
        article_id="c.md",
        article_sha256=article.sha256,
        source="Halyard",
        published=article.published,
        date_origin=DateOrigin.FRONT_MATTER,
        text=CHANGED.partition(" Talks")[0],
        start=article.body_start + 1,
        end=article.body_start + 1 + len(CHANGED.partition(" Talks")[0]),
        changes=changed.changes,
    )
    (words,) = changed.changes
    assert (STORY[: words.end - quote.start], words.text) == ("About 1,400", "At least 1,900")
    assert article.text[words.copy_start : words.copy_end] == words.text
    assert (lacking.article_id, lacking.source, lacking.published) == ("d.txt", None, None)
    assert (lacking.text, lacking.start, lacking.end, lacking.changes) == (None, None, None, ())


def test_what_has_no_copy_and_what_answers_nothing_is_compared_with_nothing(wire: Newsroom) -> None:
    for name in ("b.txt", "c.md", "d.txt"):
        wire.withdraw(name)
    wire.build()
    assert only(first(wire)).variants is None
    wire.print("b.txt", CHANGED)
    wire.build()
    missed = wire.ask("How many dockers joined the strike at Selmouth?")
    assert missed.near_misses
    assert all(quote.variants is None for quote in missed.near_misses)


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [
        ("MOST_COPIES", 50, (0, 50, 13)),
        ("MOST_COPIES", 63, (1, 62, 0)),
        ("MOST_READ", 10 * len(STORY) + 50, (0, 10, 53)),
        ("LONGEST", 20, (0, 0, 63)),
    ],
)
def test_the_copies_beyond_a_limit_are_counted(
    wire: Newsroom, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, told: tuple[int, int, int]
) -> None:
    wire.print_records("a.jsonl", [{"text": CHANGED.replace("1,900", f"{n},000")} for n in range(2, 62)])
    wire.build()
    monkeypatch.setattr(copy_variants, limit, value)
    found = only(first(wire)).variants
    assert found is not None
    assert (found.same, len(found.others), found.not_compared) == told


WIRE = "When are the guns to fall silent, Ragna Tolvik told reporters?"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The bundled archive, of which a wire story in five papers is a part."""
    newsroom = Newsroom(tmp_path_factory.mktemp("sample"))
    build(newsroom.index, [ARTICLES], BagOfWords(newsroom.embedder.model_id))
    return Assistant(newsroom.retriever(), by_overlap())


def test_the_wire_story_of_the_sample_says_what_each_paper_printed(sample: Assistant) -> None:
    (quote,) = (q for q in sample.ask(WIRE).quotes if "guns" in q.text)
    assert quote.variants is not None
    found = {
        copy.source: [(quote.text[c.start - quote.start : c.end - quote.start], c.text) for c in copy.changes]
        for copy in quote.variants.others
    }
    printed = {
        "The Ilvet Courier": {"on Friday": "today", "Tolvik": "Tølvik"},
        "Voice of Sarvane": {"Tolvik": "Tølvik"},
    }
    assert quote.source in {"Halyard", "Ledger & Anchor", "The Working Tide"}
    assert found == {source: list(words.items()) for source, words in printed.items()}
    assert quote.variants.same == 2


@pytest.mark.parametrize(
    "question",
    [
        WIRE,
        "How many people died in Sella Ford?",
        "Did Lucan Abrei accept a pause or a line?",
    ],
)
def test_every_word_told_of_the_sample_s_copies_is_printed_there(sample: Assistant, question: str) -> None:
    quotes = [quote for quote in sample.ask(question).quotes if quote.origin.articles > 1]
    assert quotes
    for quote in quotes:
        assert quote.variants is not None
        told = quote.variants
        assert told.same + len(told.others) + told.not_compared == quote.origin.articles - 1
        for copy in told.others:
            article = sample.article(copy.article_id)
            assert copy.article_sha256 == article.sha256
            if copy.start is not None:
                assert copy.start >= article.body_start
                assert article.text[copy.start : copy.end] == copy.text
            for change in copy.changes:
                assert article.text[change.copy_start : change.copy_end] == change.text
                assert quote.start <= change.start <= change.end <= quote.end


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "Forty", "start": 3, "end": 9},
        {"text": "Forty", "start": 3, "end": 8, "changes": ()},
        {"text": None, "start": None, "end": None},
        {"text": "Fifty", "start": 3, "end": 8},
    ],
)
def test_words_that_are_not_the_passage_s_are_refused(wrong: dict[str, object]) -> None:
    change = Change(start=0, end=5, text="Forty", copy_start=3, copy_end=8)
    right = {
        "article_id": "b.txt", "article_sha256": "0" * 64, "source": None, "published": None,
        "date_origin": DateOrigin.NONE, "text": "Forty", "start": 3, "end": 8, "changes": (change,),
    }  # fmt: skip
    assert Variant.model_validate(right).changes == (change,)
    with pytest.raises(ValidationError, match=r"b\.txt"):
        Variant.model_validate(right | wrong)


def test_a_saved_answer_s_copies_are_verified_too(wire: Newsroom, tmp_path: Path) -> None:
    wire.build()
    saved = tmp_path / "answer.json"
    saved.write_text(first(wire).model_dump_json(), "utf-8")
    assert [place for place, _ in read_saved(saved).quotes][:2] == [
        "quotes[0]",
        "quotes[0].variants.others[1]",
    ]
    lines = list(verify_lines(verify(read_saved(saved), [wire.articles])))
    assert lines[-2:] == ["1 of 1 quotes stand.", "1 of 1 passages of copies stand."]
    path = wire.articles / "c.md"
    path.write_text(path.read_text("utf-8").replace("1,900", "9,900"), "utf-8")
    lines = list(verify_lines(verify(read_saved(saved), [wire.articles])))
    assert lines[-2:] == ["1 of 1 quotes stand.", "0 of 1 passages of copies stand."]
    saved.write_text(saved.read_text("utf-8").replace('"text":"At least', '"txt":"At least'), "utf-8")
    with pytest.raises(ValueError, match="is not a saved answer"):
        read_saved(saved)
