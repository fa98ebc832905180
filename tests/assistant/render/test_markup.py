"""Articles reach the page as text and as nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import wording
from assistant.provenance.relocate import seal
from assistant.render import copy_phrases, invisible, markup, phrases
from assistant.render.source_colours import hue
from assistant.types.answer import Answer, Coverage, Origin, Understood, Variants
from assistant.web.page import cards, layout, surroundings
from assistant.web.page.form import Form
from corpus.article import Article
from tests.assistant.desk import ARTICLES, HOSTILE, quote_of, reprinted
from tests.assistant.payloads import PAYLOADS, assert_own, hostile_article, seen
from tests.looped import each


def answered(article: Article, start: int, end: int) -> Answer:
    origin = Origin(articles=3, sources=(article.source or "A", "Wire Nine"))
    return Answer(
        question=article.title or "?",
        understood=Understood(since=date(2024, 1, 1), sources=(article.source or "A",)),
        status="answered",
        reason=None,
        quotes=(quote_of(article, start, end).model_copy(update={"origin": origin}),),
        near_misses=(),
        coverage=Coverage(articles=1, sources=1, undated=0, first=date(2024, 3, 1), last=date(2024, 3, 1)),
    )


@each("payload", PAYLOADS)
def test_answer_of_a_hostile_article_holds_its_words_and_no_markup_of_its_own(payload: str) -> None:
    article = hostile_article(payload)
    found = seen(
        surroundings.question(Form(payload))
        + cards.answer(answered(article, len(payload), len(article.text)))
    )
    assert_own(found)
    assert found.texts["blockquote.or-quote"] == article.text[len(payload) :]
    assert found.texts["p.or-title"] == payload
    assert found.texts["h2.or-turn"] == payload
    assert found.texts[f"span.or-source {hue(payload)}"] == payload


@each("payload", PAYLOADS)
def test_no_answer_and_notices_hold_no_markup_of_the_archive(payload: str) -> None:
    miss = quote_of(hostile_article(payload), 0, len(payload))
    silence = answered(hostile_article(payload), 0, 1).model_copy(
        update={"status": "no_answer", "reason": payload, "quotes": (), "near_misses": (miss,)}
    )
    found = seen(cards.answer(silence) + markup.notice(payload))
    assert_own(found)
    assert found.texts["blockquote.or-quote"] == payload
    assert found.texts["h3.or-near-title"] == phrases.NEAREST


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_shown_text_is_the_text(text: str) -> None:
    found = seen(markup.element("p", {}, text))
    assert found.tags <= {"p", "span"}
    assert found.texts.get("p.", "") == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_attribute_is_the_text(text: str) -> None:
    assert seen(markup.element("p", {"title": text})).attributes == [("title", text)]


def test_text_that_is_added_to_markup_is_escaped() -> None:
    joined = markup.element("b", {}, "x") + "<i>"
    assert "<i>" not in joined
    assert "<i>" not in markup.element("p", {}, joined)


@pytest.mark.parametrize(
    "code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x200B, 0x2010), 0xFEFF]
)
def test_unseen_character_is_marked_named_and_kept(code: int) -> None:
    found = seen(markup.show(f"a{chr(code)}b"))
    assert dict(found.attributes)["title"].startswith(f"Invisible: U+{code:04X} ")
    assert found.texts["span.or-unseen"] == chr(code)


def test_every_format_and_control_character_is_marked_or_is_drawn() -> None:
    drawn = {0x9, 0xA, *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    drawn |= set(range(0x13430, 0x13440))
    unseen = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Zl", "Zp"}
    }
    unmarked = {code for code in unseen if not list(invisible.runs(f"a{chr(code)}b"))}
    assert unmarked == unseen & drawn


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍👩‍👧", "❤️‍🔥", "क्‍ष", "plain", "tab\tand\nline"])
def test_joiners_that_do_their_work_are_not_marked(text: str) -> None:
    assert list(invisible.runs(text)) == []


@pytest.mark.parametrize(
    ("text", "runs"), [("a\u200cb", [(1, 2)]), ("\u200d", [(0, 1)]), ("ه\u200b\u200cه", [(1, 3)])]
)
def test_joiners_between_other_letters_are_marked(text: str, runs: list[tuple[int, int]]) -> None:
    assert list(invisible.runs(text)) == runs


def test_run_is_one_marker_that_says_how_long_it_is() -> None:
    assert invisible.label("\u200b") == "ZWSP"
    assert invisible.label("\U000e0041\U000e0042") == "U+E0041 ×2"
    assert "and others" in invisible.describe("\u200b\u200c\u200d\u200e")


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text, often of unseen characters, and spans of it that ascend and stay apart."""
    letters = st.sampled_from("ab <&\u200b\u200c\u200d\u202eه👩") | st.characters(
        exclude_categories=["Cs"], exclude_characters="\x00"
    )
    text = draw(st.text(letters, max_size=30))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    return text, list(zip(edges[::2], edges[1::2], strict=False))


@settings(deadline=None)
@given(marked_texts())
def test_marked_text_is_the_text(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, marks = case
    found = seen(markup.element("p", {}, markup.show(text, marks)))
    assert found.tags <= {"p", "span", "mark"}
    assert found.texts.get("p.", "") == text
    assert found.texts.get("mark.or-mark", "") == "".join(text[start:end] for start, end in marks)


@settings(deadline=None)
@given(marked_texts())
def test_edge_of_a_mark_neither_hides_nor_makes_an_unseen_character(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, marks = case
    found = seen(markup.element("p", {}, markup.show(text, marks)))
    expected = "".join(text[start:end] for start, end in invisible.runs(text))
    assert found.texts.get("span.or-unseen", "") == expected


def test_a_joiner_at_the_edge_of_a_mark_still_joins() -> None:
    assert "or-unseen" not in markup.show("👩‍👩 می‌خواهم", [(0, 1), (4, 7)])
    assert "or-unseen" in markup.show("a\u200db", [(0, 1)])


@each("payload", PAYLOADS)
def test_answering_words_are_marked_and_are_text(payload: str) -> None:
    article = hostile_article(payload)
    start = len(payload)
    marks = ((start + 6, start + 6 + len(payload)),)
    quote = quote_of(article, start, len(article.text)).model_copy(update={"marks": marks})
    found = seen(cards.card(quote, 1))
    assert_own(found)
    assert found.texts["mark.or-mark"] == payload
    assert found.texts["blockquote.or-quote"] == article.text[start:]
    assert json.loads(dict(found.attributes)["data-copy"]) == wording.citation(quote)


@each("payload", PAYLOADS)
def test_what_a_copy_prints_is_text(payload: str) -> None:
    copy = hostile_article(payload)
    quote = reprinted(quote_of(ARTICLES[5], 0, 51), copy, f"{payload} Body")
    found = seen(cards.card(quote, 1))
    assert_own(found)
    words = (
        f"{payload} Body" if len(payload) < copy_phrases.LONGEST else f"{payload[: copy_phrases.LONGEST]} […]"
    )
    assert found.texts["ul.or-variants"] == (
        f"1 copy words this differently: {payload}, 1 March 2024: “{words}” instead of “The”"
    )
    assert ("p.or-note" in found.texts) == any(invisible.runs(payload))
    (href,) = [value for key, value in found.attributes if key == "href" and "evil" in value]
    place = {"id": [copy.id], "start": ["0"], "end": [str(len(payload) + 5)], "sha256": [copy.sha256]}
    place["words"] = [seal(f"{payload} Body")]
    assert parse_qs(urlsplit(href).query, keep_blank_values=True) == place
    assert urlsplit(href).fragment == markup.HIT_ID


def test_a_copy_that_lacks_the_passage_has_no_place_to_open() -> None:
    quote = reprinted(quote_of(ARTICLES[5], 0, 51), ARTICLES[0], "Port strike")
    assert quote.variants
    gone = {"text": None, "start": None, "end": None, "changes": ()}
    lacking = quote.variants.others[0].model_copy(update=gone)
    told = Variants(same=0, others=(lacking,), not_compared=9)
    card = cards.card(quote.model_copy(update={"variants": told}), 1)
    assert seen(card).texts["ul.or-variants"] == "1 copy lacks this passage: Harbour Courier, 12 March 2024"
    assert "Of the copies, 9 more were not compared." in card
    assert 'or-variant"' not in card


def test_a_quote_without_marks_has_none() -> None:
    assert "<mark" not in cards.card(quote_of(ARTICLES[0], 62, 80), 1)


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_marks_can_be_read_in_both_themes_and_show_without_colour() -> None:
    css = (layout.STATIC / "chat.css").read_text("utf-8")
    rule = re.findall(r"\.or-mark \{([^}]*)\}", css)[0]
    assert "background: var(--or-mark); color: var(--or-ink)" in rule
    assert "font-weight: 600" in rule
    assert "underline" in rule
    themes = zip(re.findall(r"--or-mark: (#\w{6})", css), re.findall(r"--or-ink: (#\w{6})", css), strict=True)
    for ground, ink in themes:
        darker, lighter = sorted((_luminance(ground), _luminance(ink)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_copy_carries_the_verbatim_quote_with_its_place() -> None:
    article = ARTICLES[4]
    marks = dict(seen(cards.card(quote_of(article, 0, len(HOSTILE)), 1)).attributes)
    place = f"{article.title}, 2024-03-15, {article.id}, characters 0–{len(HOSTILE)}"
    assert json.loads(marks["data-copy"]) == f"“{HOSTILE}” — {article.source}, {place}"


def test_card_link_names_the_place_exactly() -> None:
    article = ARTICLES[4]
    href = dict(seen(cards.card(quote_of(article, 3, 9), 1)).attributes)["href"]
    asked = parse_qs(urlsplit(href).query)
    place = {"id": [article.id], "start": ["3"], "end": ["9"], "sha256": [article.sha256]}
    assert asked == {**place, "words": [seal(article.text[3:9])]}
    assert urlsplit(href).fragment == markup.HIT_ID


@pytest.mark.parametrize("kind", [None, "news", "News ", ""])
def test_plain_news_has_no_badge(kind: str | None) -> None:
    assert markup.kind_badge(kind) == ""


def test_score_is_not_shown() -> None:
    assert "0.8765" not in cards.card(quote_of(ARTICLES[0], 62, 80, score=0.8765), 1)


@pytest.mark.parametrize(
    ("understood", "line"),
    [
        (Understood(), ""),
        (Understood(undated=True), ""),
        (Understood(undated=False), "Only: dated articles"),
        (Understood(undated=False, sources=("A",)), "Only: source A · undated articles left out"),
        (Understood(undated=True, sources=("A",)), "Only: source A"),
        (
            Understood(since=date(2024, 1, 1), undated=True),
            "Only: published from 1 January 2024 · undated articles too",
        ),
    ],
)
def test_the_filters_say_what_becomes_of_undated_articles(understood: Understood, line: str) -> None:
    assert seen(surroundings.filters_line(understood)).texts.get("p.or-filters", "") == line


def test_rendering_needs_no_gradio() -> None:
    check = "import sys, assistant.render.markup, assistant.web.page.article_page; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
