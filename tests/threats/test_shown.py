"""What an article holds reaches a page or a terminal as the text it is, from its file to the screen."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from contextlib import suppress

import pytest

from assistant.render import markup
from assistant.render.copy_phrases import LONGEST
from assistant.render.terminal import safe
from assistant.types.answer import Origin
from assistant.web.page import article_page, cards, surroundings
from assistant.web.page.form import Form
from tests.assistant.payloads import PAYLOADS, assert_own, seen
from tests.looped import each
from tests.newsroom import assert_exact, shown
from tests.threats.conftest import Run
from tests.threats.process import ROOT, command
from tests.threats.rows import rows
from tests.threats.texts import (
    COMMANDS,
    OBEYED,
    ORIGINAL,
    STYLE,
    TEXTS,
    UNSEEN_TEXTS,
    Archive,
    print_copies,
    printed,
    question,
)


@rows("T01", "payloads")
@each("text", PAYLOADS)
def test_a_payload_is_text_on_the_page_of_its_answer_and_of_its_article(
    archive: Archive, case: str, text: str
) -> None:
    found = archive.ask(text)
    assert shown(found)
    page = seen(surroundings.question(Form(text)) + cards.answer(found))
    assert_own(page)
    assert page.texts["blockquote.or-quote"] == "".join(quote.text for quote in shown(found))
    for quote in shown(found):
        article = archive.assistant.article(quote.article_id)
        assert_exact(quote, article)
        place = article_page.Place(article.id, quote.start, quote.end, article.sha256)
        read = seen(article_page.page(text, article_page.article_view(article, place)))
        assert_own(read)
        assert read.texts["mark.or-hit"] == quote.text


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A story for each of the texts, of which a copy has the text in the middle of its words."""
    return print_copies(tmp_path_factory.mktemp("copied"))


@rows("T01", "payloads of a copy")
@each("text", PAYLOADS)
def test_what_a_copy_prints_is_text_beside_the_quote(copied: Archive, case: str, text: str) -> None:
    found = copied.assistant.ask(question(text), sources=[ORIGINAL], k=1)
    (quote,) = found.quotes
    assert quote.variants
    (copy,) = quote.variants.others
    article = copied.assistant.article(copy.article_id)
    assert copy.text == article.text[copy.start : copy.end]
    assert "seventy" in [change.text.split()[-1] for change in copy.changes]
    page = seen(cards.answer(found))
    assert_own(page)
    for change in copy.changes:
        assert change.text == article.text[change.copy_start : change.copy_end]
        assert change.text[:LONGEST] in page.texts["ul.or-variants"]


@rows("T02", "terminal commands of a copy")
@each("text", COMMANDS)
def test_no_command_of_a_copy_reaches_a_pipe(run: Run, copied: Archive, case: str, text: str) -> None:
    asked = ("ask", question(text), "--index", copied.index, "--source", ORIGINAL)
    words, exact = run(*asked), run(*asked, "--json")
    assert words.exit_code == exact.exit_code == 0
    assert "1 copy words this differently" in words.stdout
    assert not OBEYED.search(words.stdout + exact.stdout)
    (copy,) = json.loads(exact.stdout)["quotes"][0]["variants"]["others"]
    assert text.strip() in copy["text"]


@rows("T02", "terminal commands")
@each("text", COMMANDS)
def test_no_command_reaches_a_pipe_and_json_has_the_text_as_it_is(
    run: Run, archive: Archive, case: str, text: str
) -> None:
    for name in ("ask", "search"):
        words = run(name, question(text), "--index", archive.index)
        assert words.exit_code == 0
        assert not OBEYED.search(words.stdout + words.stderr)
        assert safe(text) in words.stdout
        exact = run(name, question(text), "--index", archive.index, "--json")
        assert not OBEYED.search(exact.stdout)
        told = json.loads(exact.stdout)
        assert any(text in quote["text"] for quote in told.get("quotes", []) + told.get("hits", []))


def on_terminal(*arguments: object) -> str:
    """What the command writes to a terminal that knows styles."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "300"}
    written = bytearray()
    with (
        os.fdopen(ours, "rb", buffering=0) as screen,
        subprocess.Popen(command(*arguments), cwd=ROOT, stdout=theirs, stderr=theirs, env=environment),
        suppress(OSError),  # Linux's word for the end of a terminal
    ):
        os.close(theirs)
        while data := screen.read(65_536):
            written += data
    return written.decode()


@rows("T02", "on a terminal")
def test_a_terminal_gets_styles_of_ours_and_nothing_to_obey(archive: Archive, case: str) -> None:
    every = " ".join(f"strike{TEXTS.index(text)}" for text in COMMANDS)
    written = on_terminal("search", every, "--index", archive.index, "-k", 100).replace("\r\n", "\n")
    assert STYLE.search(written)  # else it was no terminal
    plain = STYLE.sub("", written)
    assert not OBEYED.search(plain)
    flat = " ".join(plain.split())
    for number, text in enumerate(TEXTS):
        if text in COMMANDS:
            assert " ".join(safe(printed(number, text)).split()) in flat


@rows("T03", "unseen characters")
@each("text", UNSEEN_TEXTS)
def test_an_unseen_character_is_marked_on_page_and_terminal_and_kept_in_json(
    run: Run, archive: Archive, case: str, text: str
) -> None:
    character = text[2]
    exact = json.loads(run("ask", question(text), "--index", archive.index, "--json").stdout)
    assert text in exact["quotes"][0]["text"]
    quote = archive.ask(text).quotes[0].model_copy(update={"origin": Origin(), "looks_like": ()})
    card = cards.card(quote, 1)
    marked = seen(card)
    assert set(marked.texts["span.or-unseen"]) == {character}
    assert marked.texts["blockquote.or-quote"] == quote.text
    assert "Invisible characters in this text are marked" in marked.texts["p.or-note"]
    assert f'<bdi dir="auto">{markup.show(quote.source or "")}</bdi>' in card
    words = run("ask", question(text), "--index", archive.index).stdout
    kept = character in "\u200c\u200d"  # joiners, which letters need
    assert (character in words) == kept
    assert (f"un<U+{ord(character):04X}>seen" in words) == (not kept)
