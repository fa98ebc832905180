"""Citations hold the quoted words exactly, and state nothing that the archive does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.render.citations.bibtex import escape as escape_tex
from assistant.render.citations.cite import FORMATS, SUFFIXES, cite
from assistant.render.citations.commonmark import escape
from assistant.render.citations.reference import Reference, loss, one_line
from assistant.render.safe_links import is_web_address
from assistant.types.answer import Quote
from assistant.types.correction import Correction
from assistant.wording import citation
from corpus.article import Article
from tests.assistant.desk import ARTICLES, quote_of
from tests.assistant.payloads import PAYLOADS, hostile_article
from tests.assistant.render.citations.parsers import read_bibtex, read_ris, rendered, shown, unescape
from tests.looped import each
from tests.odd_texts import ODD_TEXTS

STATED = quote_of(ARTICLES[0], 62, 173)
BARE = quote_of(ARTICLES[5], 0, 50)
AUTHORED = Reference(STATED, author="Ina Brandt", accessed=date(2026, 5, 4))
# Fields of the CSL 1.0.2 data schema that are used; it allows no others than its own.
CSL = {
    *("id", "type", "title", "container-title", "author", "genre", "issued", "URL", "accessed"),
    *("archive_location", "note", "custom"),
}
# No article holds a NUL, a carriage return or half of a surrogate pair.
TEXTS = ODD_TEXTS | st.sampled_from([p.replace("\r\n", "\n").replace("\r", "\n") for p in PAYLOADS])
TEXTS |= st.text("{}\\~^<>|`#$%&_-',\n\t /:.1a", max_size=40)
TEXTS = TEXTS.filter(bool)  # no quote is empty, and no fact that is stated


def quoting(text: str) -> Quote:
    """Cite a whole article that says this."""
    return quote_of(Article("a.txt", text), 0, len(text))


def titled(text: str, quote: Quote = STATED) -> Quote:
    """State a text wherever an article states one."""
    stated = dict.fromkeys(("title", "source", "kind", "article_id", "corrected"), text)
    correction = Correction(article_id=text, published=None, title=text)
    return quote.model_copy(update={**stated, "correction": correction})


def plain(text: str) -> str:
    """Give a text without the control characters Markdown has no way to write."""
    return "".join(c if c in "\n\u2028\u2029" else one_line(c) for c in text)


def test_plain_text_is_what_copy_gives() -> None:
    assert cite([Reference(STATED)], "text") == citation(STATED) + "\n"


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        ValueError, match="'docx'; choose one of: text, markdown, csl-json, ris, bibtex, web-annotation"
    ):
        cite([Reference(STATED)], "docx")


@pytest.mark.parametrize("wanted", FORMATS)
def test_nothing_to_cite_is_an_error_and_a_format_has_a_suffix(wanted: str) -> None:
    assert SUFFIXES[wanted].startswith(".")
    with pytest.raises(ValueError, match="no quote to cite"):
        cite([], wanted)


@pytest.mark.parametrize("wanted", FORMATS)
def test_what_is_not_stated_is_not_cited(wanted: str) -> None:
    written = cite([Reference(BARE)], wanted).casefold()
    for invented in ("anonymous", "unknown", "n.d.", "null", "none", "publisher", "author", "accessed"):
        assert invented not in written
    assert ("source not stated" in written) == (wanted in {"text", "markdown"})


def test_csl_names_are_the_schema_s() -> None:
    (item,) = json.loads(cite([AUTHORED], "csl-json"))
    assert set(item) == CSL - {"genre"}
    (bare,) = json.loads(cite([Reference(BARE)], "csl-json"))
    assert set(bare) == {"id", "type", "archive_location", "note", "custom"}


def test_ris_is_a_newspaper_record_of_ended_lines() -> None:
    written = cite([AUTHORED, Reference(BARE)], "ris")
    assert written.count("\n") == written.count("\r\n")
    first, second = read_ris(written)
    assert (first[0], first[-1]) == (("TY", "NEWS"), ("ER", ""))
    assert [tag for tag, _ in second] == ["TY", "ID", "AN", "N1", "N1", "ER"]


def test_bibtex_is_an_article_of_its_source_or_of_none() -> None:
    (first, _, _), (second, key, bare) = read_bibtex(cite([AUTHORED, Reference(BARE)], "bibtex"))
    assert (first, second) == ("article", "misc")
    assert key.startswith("onrecord-undated-")
    assert set(bare) == {"annote"}


def test_selectors_find_the_words_in_the_article() -> None:
    (place,) = json.loads(cite([AUTHORED], "web-annotation"))
    words, position = place["selector"]
    article = ARTICLES[0].text
    assert (words["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    assert article[position["start"] : position["end"]] == words["exact"] == STATED.text
    assert words["prefix"] + words["exact"] + words["suffix"] in article
    assert unquote(place["source"]["id"]) == STATED.article_id
    assert place["source"]["sha256"] == ARTICLES[0].sha256


@settings(deadline=None)
@given(TEXTS)
def test_json_carries_every_code_point(text: str) -> None:
    quote = titled(text, quoting(text))
    (item,) = json.loads(cite([Reference(quote, author=text)], "csl-json"))
    assert item["custom"]["quote"] == item["title"] == item["container-title"] == text
    assert item["author"] == [{"literal": text}]
    (place,) = json.loads(cite([Reference(quote)], "web-annotation"))
    assert place["selector"][0]["exact"] == unquote(place["source"]["id"]) == text


@settings(deadline=None)
@given(TEXTS)
def test_ris_carries_the_words_on_a_line_and_says_what_it_cannot(text: str) -> None:
    (record,) = read_ris(cite([Reference(titled(text, quoting(text)), author=text)], "ris"))
    assert [tag for tag, _ in record].count("TY") == 1
    fields = dict(record[:-4] if loss(text) else record)
    notes = [value for tag, value in record if tag == "N1"]
    assert notes[0] == f"“{one_line(text)}”"
    assert (loss(text) in notes) == (one_line(text) != text)
    assert fields["TI"] == fields["T2"] == fields["AU"] == one_line(text)


@settings(deadline=None)
@given(TEXTS)
def test_bibtex_carries_the_words_and_stays_one_entry(text: str) -> None:
    written = cite([Reference(titled(text, quoting(text)), author=text)], "bibtex")
    ((_, _, fields),) = read_bibtex(written)
    assert unescape(fields["annote"]).startswith(f"“{one_line(text)}” (")
    assert unescape(fields["title"][1:-1]) == unescape(fields["journal"]) == one_line(text)
    assert unescape(fields["author"][1:-1]) == one_line(text)
    assert fields["annote"].endswith(" U+FFFD.") == (one_line(text) != text)


@settings(deadline=None)
@given(TEXTS)
def test_commonmark_shows_the_words_and_nothing_else(text: str) -> None:
    reference = Reference(titled(text, quoting(text)), author=text)
    tokens = rendered(cite([reference], "markdown"))
    expected = ["blockquote_open", "paragraph_open", "inline", "paragraph_close", "blockquote_close"]
    assert [token.type for token in tokens] == [*expected, "paragraph_open", "inline", "paragraph_close"]
    quote, line = (shown(token) for token in tokens if token.type == "inline")
    assert quote == plain(text)
    assert line.startswith("— " + ", ".join([plain(text)] * 4))
    assert line.endswith("U+FFFD here.") == (plain(text) != text)


@pytest.mark.parametrize("text", ["a---b", "'" * 4, ",,,,,", "--", "--- --", "{{}\\}%"])
def test_tex_joins_no_signs_of_the_text(text: str) -> None:
    assert unescape(escape_tex(text)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("www.evil.example, WWW.x", "www\\.evil.example, WWW\\.x"),
        ("see https://x.example or mailto:x", "see https\\://x.example or mailto\\:x"),
        ("at 09:30, he said: :smile:", "at 09:30, he said: \\:smile:"),
        ("3. May", "3\\. May"),
        ("- no", "\\- no"),
        ("well-known - 3.5 (sic)", "well-known - 3.5 (sic)"),
        ("a\u202eb\u2028c", "a&#8238;b&#8232;c"),
        ("می‌خواهم 👩‍👩‍👧", "می‌خواهم 👩‍👩‍👧"),
    ],
)
def test_dialects_find_nothing_to_make_of_it_and_prose_stays_readable(text: str, written: str) -> None:
    assert escape(text) == written


def test_an_article_s_id_is_an_iri() -> None:
    (place,) = json.loads(cite([Reference(titled("2020/a b%20c#1?é{.txt"))], "web-annotation"))
    assert place["source"]["id"] == "2020/a%20b%2520c%231%3F%C3%A9%7B.txt"


@each("payload", PAYLOADS)
def test_a_hostile_article_is_cited_and_sets_no_field(payload: str) -> None:
    article = hostile_article(payload.replace("\r\n", "\n").replace("\r", "\n"))
    quote = titled(payload, quote_of(article, 0, len(article.text)))
    reference = Reference(quote, author=article.author)
    assert len(read_ris(cite([reference], "ris"))) == 1
    assert len(read_bibtex(cite([reference], "bibtex"))) == 1
    (item,) = json.loads(cite([reference], "csl-json"))
    assert set(item) <= CSL
    assert "URL" not in item


@pytest.mark.parametrize(
    "text",
    ["It rained.\nDOI: 10.1/evil\nauthor: Someone Else", "He said {:author: Someone} so.", "a\u2028DOI: 1"],
)
def test_a_note_holds_nothing_a_reference_manager_takes_for_a_field(text: str) -> None:
    (item,) = json.loads(cite([Reference(quoting(text))], "csl-json"))
    assert len(item["note"].splitlines()) == 1
    assert "{:" not in item["note"]
    assert item["custom"]["quote"] == text


def test_a_record_cannot_be_opened_from_within_another() -> None:
    text = "End.\r\nER  - \r\nTY  - BOOK\r\nAU  - Forger\x85TY  - BOOK"
    (record,) = read_ris(cite([Reference(quoting(text))], "ris"))
    assert "AU" not in dict(record)
    ((_, key, _),) = read_bibtex(cite([Reference(quoting("}}\n@misc{x, title={y}}"))], "bibtex"))
    assert key.startswith("onrecord-")


def test_keys_are_stable_and_differ_for_every_quote() -> None:
    places = [quote_of(ARTICLES[0], start, start + 20) for start in range(62, 162, 5)]
    others = [quote_of(article, 0, 20) for article in ARTICLES]
    keys = [Reference(quote).key for quote in (*places, *others)]
    assert len(set(keys)) == len(keys)
    assert keys[0] == Reference(places[0], author="Ina Brandt").key
    edited = places[0].model_copy(update={"article_sha256": "0" * 64})
    assert Reference(edited).key not in keys
    assert all(key.isascii() and key.replace("-", "").isalnum() for key in keys)


def test_the_same_words_are_cited_once() -> None:
    entries = read_bibtex(cite([Reference(STATED), Reference(BARE), Reference(STATED)], "bibtex"))
    assert len({key for _, key, _ in entries}) == len(entries) == 2


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://user@evil.example/", "https://[", "https://a b", "https://é.example"],
)
def test_an_address_no_program_should_follow_is_left_out(url: str) -> None:
    assert not is_web_address(url)
    reference = replace(AUTHORED, quote=STATED.model_copy(update={"url": url}))
    assert not any(url in cite([reference], wanted) for wanted in FORMATS)


def test_an_address_cannot_end_its_field() -> None:
    url = "https://a.example/}\n@x{<b>\\".replace("\n", "")
    reference = Reference(STATED.model_copy(update={"url": url}))
    ((_, _, fields),) = read_bibtex(cite([reference], "bibtex"))
    assert fields["url"] == "https://a.example/%7D@x%7B<b>%5C"
    assert "<https://a.example/}@x{%3Cb%3E\\>" in cite([reference], "markdown")
