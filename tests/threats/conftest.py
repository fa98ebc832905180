"""The command line with the bag of words for a model, in an empty folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.main import app
from tests.forging import print_strike, saved_forms
from tests.newsroom import Newsroom
from tests.threats.process import without_models
from tests.threats.texts import Archive, print_all

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run a command in this process."""
    with pytest.MonkeyPatch.context() as patch:
        without_models(patch)
        patch.delenv("ONRECORD_INDEX", raising=False)
        patch.delenv("ONRECORD_MODEL", raising=False)
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        yield lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of hostile texts."""
    return print_all(tmp_path_factory.mktemp("shown"))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """An archive of one good article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("date 2031-03-02 About 1,400 dockers joined the strike.", "utf-8")
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """An archive whose answers are saved and forged: to be read, never written."""
    newsroom = Newsroom(tmp_path_factory.mktemp("forged"))
    newsroom.embedder.model_id = "bag@1"
    print_strike(newsroom)
    return newsroom


@pytest.fixture(scope="module")
def forms(desk: Newsroom) -> dict[str, Any]:
    """What it answers, in every form in which an answer is saved."""
    return saved_forms(desk.assistant())
