"""What a request reads of the archive it reads once, and keeps no more than it may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.retrieval import snapshot as snapshot_module
from assistant.retrieval.snapshot import Snapshot
from index.sqlite.archive import Archive
from tests.newsroom import Newsroom

Row = tuple[Any, ...]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that the archive runs, with their values."""
    found: list[str] = []
    run = Archive._rows

    def noted(archive: Archive, query: str, values: Sequence[object] = ()) -> list[Row]:
        found.append(f"{query} {values}")
        return run(archive, query, values)

    monkeypatch.setattr(Archive, "_rows", noted)
    return found


def test_no_statement_runs_twice_for_a_question(standing: Newsroom, asked: list[str]) -> None:
    assistant = standing.assistant()
    assistant.ask("Who closed the bridge?")  # some things are counted once for each generation
    asked.clear()
    assert assistant.ask("How many dockers joined the strike at Port Caldry?").quotes
    assert asked
    assert len(asked) == len(set(asked))


def test_an_article_is_one_document_by_number_and_by_id(standing: Newsroom) -> None:
    snapshot = Snapshot(standing.generation())
    document = snapshot.document(0)
    assert snapshot.document(0) is snapshot.document_of(document.article.id) is document
    assert document.days(0, len(document.text)) is document.days(0, len(document.text))
    assert list(document.sentences) == snapshot.generation.archive.sentences(0)


def test_what_there_is_no_room_for_is_read_again(standing: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "_MOST_KEPT", 10)
    snapshot = Snapshot(standing.generation())
    assert snapshot.document(0) is not snapshot.document(0)
    assert snapshot.document(0).article == snapshot.article(snapshot.document(0).article.id)


def test_what_the_archive_lacks_is_an_error(standing: Newsroom) -> None:
    with pytest.raises(LookupError, match=r"no article 'gone\.txt'"):
        Snapshot(standing.generation()).document_of("gone.txt")
