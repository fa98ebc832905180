"""A document promises its quotes word for word only where they were compared with the index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.integrity.saved import read_saved
from assistant.render.exports.conversation import DIFFERING, PROMISE, UNVERIFIED
from tests.forging import of_quotes, save
from tests.newsroom import Newsroom
from tests.threats.conftest import Run
from tests.threats.rows import rows


@rows("V04", "markdown", "html")
def test_a_document_promises_what_was_compared_and_nothing_else(
    run: Run, desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    genuine = save(tmp_path / "saved.json", forms["answer"])
    written = run("export", genuine, "--as", case, "--index", desk.index)
    assert (written.exit_code, PROMISE in written.stdout, written.stderr) == (0, True, "")
    loose = run("export", genuine, "--as", case)
    assert (loose.exit_code, UNVERIFIED in loose.stdout) == (0, True)
    assert "not verified" in loose.stderr
    assert "word for word" not in loose.stdout
    invented = of_quotes(forms["answer"], text="x" + forms["answer"]["quotes"][0]["text"][1:], marks=[])
    invented["quotes"][0]["speaker"] = invented["quotes"][0]["event_date"] = None
    told = run("export", save(tmp_path / "forged.json", invented), "--as", case, "--index", desk.index)
    assert (told.exit_code, DIFFERING in told.stdout) == (1, True)
    assert "word for word" not in told.stdout
    assert "is no longer what the article says there" in told.stdout
    assert "turns[0].quotes[0]" in told.stderr


@rows("V04", "source", "title", "url", "kind")
def test_a_document_names_a_field_that_was_altered(
    run: Run, desk: Newsroom, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    path = save(tmp_path / "saved.json", of_quotes(forms["answer"], **{case: "Evil Wire"}))
    told = run("export", path, "--index", desk.index)
    assert told.exit_code == 1
    assert f"turns[0].quotes[0].{case}: saved “Evil Wire”, the index has" in told.stderr


@rows("V04", "an index that is not there", "a damaged index")
def test_an_index_that_is_named_must_be_one(
    run: Run, forms: dict[str, Any], tmp_path: Path, case: str
) -> None:
    index = tmp_path / "index"
    if case == "a damaged index":
        (index / "generations").mkdir(parents=True)
        (index / "CURRENT").write_text("{", "utf-8")
    told = run("export", save(tmp_path / "saved.json", forms["answer"]), "--index", index)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)


@rows("V04", "a silence")
def test_an_answer_without_a_quote_is_exported_and_not_verified_alone(
    run: Run, desk: Newsroom, tmp_path: Path, case: str
) -> None:
    assert case
    saved = run("ask", "Zwölf", "--index", desk.index, "--source", "Nobody", "--json").stdout
    path = save(tmp_path / "saved.json", saved)
    assert run("export", path, "--index", desk.index).exit_code == 0
    with pytest.raises(ValueError, match="it holds no quote"):
        read_saved(path)
