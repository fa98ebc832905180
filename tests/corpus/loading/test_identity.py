"""Records are known by what they call themselves, so that their ids stay when others come and go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.formats.read import read_archive, read_articles
from corpus.loading.identity import LONGEST_ID, file_of, known_by, record_id
from corpus.loading.labels import Label


def ids(*records: dict[str, Any] | str, label: Label | None = None) -> list[str]:
    return [
        known.article_id.removeprefix("f.jsonl") for known in known_by("f.jsonl", records, label or Label())
    ]


@pytest.mark.parametrize(
    ("record", "known"),
    [
        ({"id": "story-7"}, "#story-7"),
        ({"id": " two  words\n"}, "#two words"),
        ({"id": "a", "url": "https://a.example/1"}, "#a"),
        ({"url": "https://a.example/x?y=1#z"}, "#https://a.example/x?y=1%23z"),
        ({"id": None, "url": "https://a.example/1"}, "#https://a.example/1"),
        ({"id": "", "url": ""}, "#1"),
        ({"id": " \t"}, "#1"),
        ({"id": 42}, "#id=42"),
        ({"id": "42"}, "#id=42"),
        ({"id": "id=42"}, "#id=id=42"),
        ({"id": 0}, "#id=0"),
        ({"id": "../a.TXT"}, "#../a%2ETXT"),
        ({"id": "a#b"}, "#a%23b"),
        ({"id": "آتش‌بس"}, "#1"),  # a joiner that can't be seen
        ({"id": "Zürich"}, "#Zürich"),
        ({"id": "a\x00"}, "#1"),
        ({"id": "\ud800"}, "#1"),
        ({"id": "x" * LONGEST_ID}, "#1"),
        ({"id": ["a"]}, "#1"),
        ({"id": True}, "#1"),
        ({"id": {"$oid": "a"}, "url": "https://a.example/1"}, "#https://a.example/1"),
        ({"url": "javascript:x"}, "#1"),
        ("line 1 is not a JSON object", "#1"),
    ],
)
def test_a_record_is_known_by_its_id_or_address_or_position(record: dict[str, Any] | str, known: str) -> None:
    assert ids(record) == [known]


def test_what_two_records_state_is_neither_s() -> None:
    same = {"id": "a"}
    assert ids(same, {"id": "b"}, same) == ["#1", "#b", "#3"]
    assert ids({"id": "a", "url": "https://a.example/1"}, same) == ["#https://a.example/1", "#2"]
    assert ids({"id": "https://a.example/1"}, {"url": "https://a.example/1"}) == ["#1", "#2"]
    assert ids({"id": "2"}, {}, {"id": 2}, {"id": "id=2"}) == ["#1", "#2", "#3", "#id=id=2"]
    (first, _) = known_by("f.jsonl", [same, same], Label())
    assert first.doubt == (
        "id 'a' is another record's too, so the article's id is its position; give each record an id of its own"
    )


def test_a_number_is_never_another_s_position() -> None:
    assert ids({"id": 2}, {}) == ["#id=2", "#2"]


def test_a_label_names_the_column() -> None:
    assert ids({"guid": "a", "id": "1"}, label=Label(columns={"id": "GUID"})) == ["#a"]


@pytest.mark.parametrize("name", ["f.jsonl", "f.csv"])
def test_a_record_on_top_moves_no_id_and_doubts_are_told(tmp_path: Path, name: str) -> None:
    rows = [("a", "The dockers left."), ("b", "It rained."), ("", "Nobody came."), ("b", "It snowed.")]
    for above in ([], [("c", "News.")]):
        lines = [f"{id_},{text}" for id_, text in above + rows]
        if name.endswith("jsonl"):
            lines = [json.dumps({"id": id_, "text": text}) for id_, text in above + rows]
        (tmp_path / name).write_text(
            "\n".join(["id,text", *lines] if name.endswith("csv") else lines), "utf-8"
        )
        found = {item.id: item for item in read_archive(tmp_path) if isinstance(item, Article)}
        assert found[f"{name}#a"].text == "The dockers left."
        assert len(found) == len(above) + 4
        assert [a.text for a in found.values() if a.warnings] == ["It rained.", "It snowed."]
        assert read_articles(tmp_path, [f"{name}#a"]) == {f"{name}#a": found[f"{name}#a"]}


@given(st.text(max_size=40), st.sampled_from(["f.jsonl", "a#1/F.CSV", "x.jsonl#y/z.jsonl"]))
def test_the_file_of_a_record_is_found_whatever_it_calls_itself(stated: str, path: str) -> None:
    try:
        made = record_id(path, stated)
    except ValueError:
        return
    assert file_of(made) == path
    assert not made.removeprefix(f"{path}#").isdecimal() or not stated.strip().isascii()
