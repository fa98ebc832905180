"""The server gives the chat and its articles to its own pages, and nothing else to anyone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.provenance.corrections import Afterwards
from assistant.query.parameters import BadRequest
from assistant.render.markup import ARTICLE_PATH, HIT_ID
from assistant.types.request import Inquiry
from assistant.web.page import article_page, cards, form
from assistant.web.server import application
from assistant.web.server.application import create_app
from assistant.web.server.health import Health
from corpus.article import Article
from index.errors import IndexDamaged
from index.filters import MOST_SOURCES
from tests.assistant.desk import ARTICLES, BROKEN, FAULTY, HOSTILE, SmallDesk, edited, quote_of
from tests.assistant.telling_desk import COMPLETED, LEANING, TellingDesk

QUESTION = "How many dockers are on strike?"


@pytest.fixture(scope="module")
def desk() -> SmallDesk:
    return SmallDesk()


@pytest.fixture(scope="module")
def app(desk: SmallDesk) -> FastAPI:
    return create_app(desk)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1:7860") as found:
        yield found


def ask(client: TestClient, arguments: Mapping[str, object], name: str = "ask") -> tuple[str, Any]:
    """Call the endpoint as a program would; give the last event's name and its data."""
    sent = client.post(f"/gradio_api/call/v2/{name}", json=dict(arguments))
    assert sent.status_code == 200, sent.text
    told = client.get(f"/gradio_api/call/v2/{name}/{sent.json()['event_id']}").text
    event, data = told.strip().rsplit("\n\n", 1)[-1].split("\n", 1)
    return event.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def place_of(article: Article, **changes: object) -> str:
    asked = {
        "id": article.id,
        "start": article.body_start,
        "end": article.body_start + 9,
        "sha256": article.sha256,
    }
    return f"/{ARTICLE_PATH}?{urlencode({**asked, **changes})}"


def test_endpoint_gives_the_answer_as_json(client: TestClient, desk: SmallDesk) -> None:
    event, data = ask(client, {"question": QUESTION, "since": "2024-03-13", "sources": ["The Inland Post"]})
    assert event == "complete"
    found = data[0]
    understood = found["understood"]
    assert (understood["since"], understood["until"]) == ("2024-03-13", None)
    assert understood["sources"] == ["The Inland Post"]
    assert [quote["article_id"] for quote in found["quotes"]] == ["wire.jsonl#7"]
    whole = ask(client, {"question": QUESTION})[1][0]
    assert whole == desk.ask(QUESTION).model_dump(mode="json")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"question": "  "}, "Type a question first."),
        ({"question": "x" * 2001}, "2,000 characters at most"),
        ({"question": QUESTION, "since": "yesterday"}, "YYYY-MM-DD"),
        ({"question": QUESTION, "until": "2024-02-31"}, "not a day of the calendar"),
        ({"question": QUESTION, "since": "2024-03-02", "until": "2024-03-01"}, "swap"),
        ({"question": QUESTION, "undated": "maybe"}, "“undated” takes"),
        ({"question": QUESTION, "event_since": "2011"}, "“event_since” needs a date"),
        (
            {"question": QUESTION, "event_since": "2024-03-02", "event_until": "2024-03-01"},
            "“event_until”",
        ),
        ({"question": QUESTION, "after": "x" * 2001}, "The question before is too long"),
        ({"question": QUESTION, "literal": "maybe"}, "needs true or false"),
        ({"question": BROKEN}, "onrecord index"),
    ],
)
def test_endpoint_says_in_one_line_what_is_wrong(
    client: TestClient, arguments: dict[str, object], message: str
) -> None:
    event, data = ask(client, arguments)
    assert event == "error"
    assert message in json.dumps(data, ensure_ascii=False)
    assert "Traceback" not in json.dumps(data)


@pytest.mark.parametrize(
    "typed", ["20240301", "2024-3-1", "2024-W09-1", "٢٠٢٤-٠٣-٠١", "2024-03-01T00:00", "0000-01-01"]
)
def test_date_is_read_strictly(typed: str) -> None:
    with pytest.raises(BadRequest):
        form.read_form(QUESTION, typed, "", [])


def test_form_bounds() -> None:
    assert form.read_form(" " + "x" * 2000, " 2024-02-29 ", "", []).question == "x" * 2000
    with pytest.raises(BadRequest):
        form.read_form(QUESTION, "", "", ["a"] * (MOST_SOURCES + 1))


def test_without_users_there_is_nothing_to_log_out_of(client: TestClient) -> None:
    assert "Log out</a>" not in client.get("/config").text


def test_search_gives_passages_as_json(client: TestClient, desk: SmallDesk) -> None:
    event, data = ask(client, {"query": QUESTION, "k": 2}, "search")
    assert event == "complete"
    assert data[0] == desk.find(Inquiry(QUESTION, k=2)).model_dump(mode="json")
    assert len(data[0]["hits"]) == 2
    filters = {"until": "2024-03-12", "sources": ["Harbour Courier"]}
    data = ask(client, {"query": QUESTION, **filters}, "search")[1]
    assert [hit["article_id"] for hit in data[0]["hits"]] == ["courier/strike.txt"]


@pytest.mark.parametrize(("undated", "count"), [("", 4), ("in", 6), ("out", 4)])
def test_programs_choose_whether_undated_articles_are_searched(
    client: TestClient, undated: str, count: int
) -> None:
    filters = {"since": "2024-03-01", "undated": undated}
    for name, key in (("ask", "question"), ("search", "query")):
        found = ask(client, {key: QUESTION, **filters}, name)[1][0]
        assert found["coverage"]["articles"] == count
        assert found["understood"]["undated"] is {"": None, "in": True, "out": False}[undated]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"query": ""}, "Type a question first."),
        ({"query": QUESTION, "since": "2024"}, "YYYY-MM-DD"),
        ({"query": QUESTION, "k": 0}, "whole number from 1 to 100"),
        ({"query": QUESTION, "k": 101}, "whole number from 1 to 100"),
        ({"query": QUESTION, "k": "all"}, "whole number from 1 to 100"),
        ({"query": QUESTION, "k": True}, "whole number from 1 to 100"),
        ({"query": BROKEN}, "onrecord index"),
    ],
)
def test_search_says_in_one_line_what_is_wrong(
    client: TestClient, arguments: dict[str, object], message: str
) -> None:
    event, data = ask(client, arguments, "search")
    assert event == "error"
    assert message in json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(("name", "key"), [("ask", "question"), ("search", "query")])
def test_a_fault_of_the_program_tells_nothing_of_it(client: TestClient, name: str, key: str) -> None:
    event, data = ask(client, {key: FAULTY}, name)
    assert event == "error"
    assert "secret" not in json.dumps(data)


def test_only_the_endpoints_are_public(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert set(info["named_endpoints"]) == {"/ask", "/search"}
    assert info["unnamed_endpoints"] == {}
    for name, first in (("ask", "question"), ("search", "query")):
        parameters = info["named_endpoints"][f"/{name}"]["parameters"]
        assert [p["parameter_name"] for p in parameters] == [
            *(first, "since", "until", "sources", "k", "undated", "event_since", "event_until"),
            *(("after", "literal") if name == "ask" else ()),
        ]


def test_a_program_asks_after_another_question_or_literally() -> None:
    with TestClient(create_app(TellingDesk()), base_url="http://localhost") as client:
        asked = {"question": LEANING, "after": QUESTION}
        told = ask(client, asked)[1][0]["understood"]
        assert (told["follow_up_of"], told["completed"]) == (QUESTION, COMPLETED)
        assert ask(client, {**asked, "literal": True})[1][0]["understood"]["completed"] is None
        assert ask(client, {"question": LEANING})[1][0]["understood"]["completed"] is None


def test_health_says_what_is_answered_from(client: TestClient, desk: SmallDesk) -> None:
    assert client.get("/healthz").json() == {"ok": True, "generation": "", "articles": len(ARTICLES)}


def test_an_index_that_cannot_be_opened_is_told_without_its_place() -> None:
    def look() -> Health:
        raise IndexDamaged("/home/anna/index/CURRENT can't be read")

    with TestClient(create_app(SmallDesk(), look=look), base_url="http://localhost") as client:
        reply = client.get("/healthz")
    told = {"ok": False, "reason": "The index is damaged: run onrecord index again."}
    assert (reply.status_code, reply.json()) == (503, told)


def test_article_page_marks_the_place_and_runs_no_script(client: TestClient) -> None:
    reply = client.get(place_of(ARTICLES[0]))
    assert reply.status_code == 200
    assert f'<mark id="{HIT_ID}" class="or-hit">Talks bet</mark>' in reply.text
    assert "script-src" not in reply.headers["content-security-policy"]
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    bare = client.get(place_of(ARTICLES[0], bare="true")).text
    assert bare.startswith("<article")
    assert bare in reply.text


def test_hostile_article_is_escaped_over_http(client: TestClient) -> None:
    text = client.get(place_of(ARTICLES[4], end=len(HOSTILE))).text
    assert "<script" not in text
    assert "<img" not in text
    assert "${" not in text


WRONG_PLACES: list[dict[str, object]] = [
    {"start": -1},
    {"end": 0},
    {"start": 50, "end": 50},
    {"end": 10**9},
    {"end": "x"},
    {"start": "9" * 5000},
    {"sha256": "x"},
    {"sha256": "A" * 64},
    {"id": ""},
    {"id": "x" * 1025},
    {"bare": "maybe"},
    {"words": "x"},
    {"words": "A" * 16},
]


@pytest.mark.parametrize("changes", WRONG_PLACES)
def test_citation_that_names_no_place_is_refused(client: TestClient, changes: dict[str, object]) -> None:
    reply = client.get(place_of(ARTICLES[0], **changes))
    assert (reply.status_code, reply.text) == (400, application.NO_SUCH_PLACE)


@pytest.mark.parametrize("article_id", ["../../etc/passwd", "gone.txt", "courier/strike.txt/", "\x00"])
def test_article_that_is_not_in_the_archive(client: TestClient, article_id: str) -> None:
    reply = client.get(place_of(ARTICLES[0], id=article_id, bare="true"))
    assert reply.status_code == 404
    assert article_page.GONE in reply.text


def test_article_that_has_changed_says_so(client: TestClient, desk: SmallDesk) -> None:
    desk.put(edited(ARTICLES[5]))
    text = client.get(place_of(ARTICLES[5])).text
    desk.put(ARTICLES[5])
    assert f"{article_page.CHANGED} {article_page.CANNOT_TELL}" in text
    assert HIT_ID not in text


def test_a_record_that_has_another_id_now_is_shown_as_it_was_quoted(
    client: TestClient, desk: SmallDesk
) -> None:
    article = desk.article("wire.jsonl#7")
    desk.became["wire.jsonl#6", article.sha256] = Afterwards(moved=article.id)
    found = client.get(place_of(article, id="wire.jsonl#6"))
    assert found.status_code == 200
    assert article.id in found.text
    assert article_page.CHANGED not in found.text


def test_a_card_s_link_into_an_article_that_has_changed_finds_the_words_again(
    client: TestClient, desk: SmallDesk
) -> None:
    quote = quote_of(ARTICLES[5], 0, 51)
    (link,) = re.findall(r'href="([^"]*)', cards.card(quote, 1))
    desk.put(replace(ARTICLES[5], text=f"Corrected. {ARTICLES[5].text}"))
    text = client.get(f"/{unescape(link)}".partition("#")[0]).text
    desk.put(ARTICLES[5])
    assert f"{article_page.CHANGED} {article_page.MOVED}" in text
    assert f'id="{HIT_ID}" class="or-hit">{quote.text}</mark>' in text
