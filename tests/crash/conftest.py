"""What every crash test starts from: two sets of articles, each system's first index, and how long to try."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.crash.processes import Builder, Known
from tests.crash.scene import QUESTION, State, first_articles, second_articles, told
from tests.crash.systems import System, generations
from tests.crash.trials import Stage
from tests.newsroom import Newsroom


@pytest.fixture(scope="package")
def long_form() -> bool:
    """Whether `make crash` asked for the long form of these tests."""
    return os.environ.get("CRASH") == "long"


@pytest.fixture(scope="package")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """What readers of a whole index are told, and the state that it is in then."""
    found: dict[str, State] = {}
    for write, state in ((first_articles, State.OLD), (second_articles, State.NEW)):
        room = tmp_path_factory.mktemp("known")
        newsroom = Newsroom(room)
        newsroom.articles = write(room)
        newsroom.build()
        found[told(newsroom.ask(QUESTION))] = state
    assert len(found) == 2
    return found


@pytest.fixture(scope="package")
def articles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders that the first and the second build index."""
    room = tmp_path_factory.mktemp("articles")
    return first_articles(room), second_articles(room)


class Stages:
    """First and second builds of either system."""

    def __init__(self, room: Path, articles: tuple[Path, Path], known: Known) -> None:
        self._room, self._articles, self._known = room, articles, known

    def first(self, system: System = generations) -> Stage:
        """Builds of an index that isn't there yet."""
        return Stage(system, self._room / "first", None, self._articles[1], self._known)

    def second(self, system: System = generations) -> Stage:
        """Builds over the index of the first articles."""
        former = self._room / system.__name__
        if not former.exists():
            for _ in range(2):  # so that there is a generation to be removed
                assert not Builder.begin(system, former, self._articles[0]).died()
        return Stage(system, self._room / "second", former, self._articles[1], self._known)


@pytest.fixture
def stages(tmp_path: Path, articles: tuple[Path, Path], known: Known) -> Stages:
    """The builds to be killed, in a folder of this test's own."""
    return Stages(tmp_path, articles, known)
