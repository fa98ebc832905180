"""Questions kept in a browser or written in a link come back as if typed, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.parameters import BadRequest
from assistant.web.page import surroundings
from assistant.web.page.form import Form, following, read_form
from assistant.web.page.remembered import MOST_CHARACTERS, MOST_TURNS, link, read_link, recall, remember
from tests.assistant.payloads import PAYLOADS, assert_own, seen
from tests.looped import each

FORM = Form(
    "What now?", date(2024, 3, 1), date(2024, 3, 2), ("A & B", "Ü <b>"),
    undated=True, event_since=date(2024, 2, 1), event_until=date(2024, 2, 2),
)  # fmt: skip

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
forms = st.builds(
    lambda question, printed, spoken, sources, undated, after, literal: Form(
        question.strip(),
        min(printed),
        max(printed),
        tuple(sources),
        undated,
        min(spoken),
        max(spoken),
        after=after.strip(),
        literal=literal,
    ),
    texts.filter(str.strip),
    st.tuples(st.dates(), st.dates()),
    st.tuples(st.dates(), st.dates()),
    st.lists(texts.filter(bool), max_size=4),
    st.none() | st.booleans(),
    texts,
    st.booleans(),
)


@given(forms)
def test_a_form_comes_back_from_the_browser_and_from_its_link(form: Form) -> None:
    assert recall(f"[{remember(form)}]") == [form]
    assert read_link(link(form)) == form


@given(st.text(max_size=300) | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: (
    st.lists(inner) | st.dictionaries(st.sampled_from(["q", "since", "until", "sources", "x"]), inner)
)).map(json.dumps))  # fmt: skip
def test_whatever_a_browser_keeps_gives_checked_forms_or_nothing(kept: str) -> None:
    for form in recall(kept):
        assert read_form(form.question, "", "", list(form.sources)).question == form.question


BAD = (
    {"q": ["x"]},
    {"q": "x", "since": 5},
    {"q": "x", "since": "2024-02-31"},
    {"q": "x", "event_since": "2024-02-31"},
    {"q": "x", "event_since": "2024-03-02", "event_until": "2024-03-01"},
    {"q": "x", "event_until": 5},
    {"q": "x", "sources": "A"},
    {"q": "x", "undated": "maybe"},
    {"q": "x", "undated": True},
    {"q": "x", "after": 5},
    {"q": "x", "after": "x" * 2001},
    {"q": "x", "literal": True},
    {"q": "x", "literal": "maybe"},
    {"q": "x", "sources": [1]},
    {"q": "x" * 2001},
    {"q": " "},
    ["q"],
    None,
)


@pytest.mark.parametrize("entry", BAD)
def test_what_does_not_pass_is_left_out_and_the_rest_stays(entry: object) -> None:
    assert recall(json.dumps([entry, json.loads(remember(FORM))])) == [FORM]


def test_number_and_size_are_capped_and_depth_does_no_harm() -> None:
    many = [{"q": str(n)} for n in range(50)]
    assert [form.question for form in recall(json.dumps(many))] == [
        str(n) for n in range(50 - MOST_TURNS, 50)
    ]
    assert recall(json.dumps([{"q": "x"}]) + " " * MOST_CHARACTERS) == []
    assert recall("[" * 20_000) == []


def test_what_was_kept_before_a_field_was_there_is_still_read() -> None:
    later = {"undated", "after", "literal", "event_since", "event_until"}
    kept = {key: value for key, value in json.loads(remember(FORM)).items() if key not in later}
    assert recall(json.dumps([kept])) == [replace(FORM, undated=None, event_since=None, event_until=None)]


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert recall('[{"q": "a\\ud800", "sources": ["b\\udfff"]}]') == [Form("a?", sources=("b?",))]


@pytest.mark.parametrize("search", ["", "?", "?q=", "?since=2024-03-01", "?__theme=dark"])
def test_an_address_without_a_question_asks_none(search: str) -> None:
    assert read_link(search) is None


BAD_LINKS = (
    *(
        "?q=%20",
        "?q=x&since=2024-02-31",
        "?q=x&until=now",
        "?q=x&event_since=2024-02-31",
        "?q=x&undated=maybe",
        "?q=" + "x" * 2001,
    ),
    *("?q=x&literal=no", "?q=x&after=" + "x" * 2001, "?q=" + "&a=1" * 300, "?q=x&" + "a" * 9000),
)


@pytest.mark.parametrize("search", BAD_LINKS)
def test_a_bad_address_is_told_as_if_typed(search: str) -> None:
    with pytest.raises(BadRequest) as told:
        read_link(search)
    assert "x" * 50 not in str(told.value)


@each("payload", PAYLOADS)
def test_hostile_question_and_source_are_text_in_turn_and_filter_bar(payload: str) -> None:
    form = following(read_form(f"Q{payload[:1000]}", "", "", [payload]), payload[:1000])
    found = seen(surroundings.question(form) + surroundings.active(form) + surroundings.waiting(form))
    assert_own(found)
    assert found.texts["h2.or-turn"] == form.question
    assert payload in found.texts["p.or-filters"]
    assert recall(f"[{dict(found.attributes)['data-form']}]") == [form]
