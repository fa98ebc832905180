"""A watched archive is indexed again after every change, whatever happens in between."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from assistant.cli.watching import keep_current
from index.build.build import Report, build
from index.generation.generation import writing
from tests.fakes import BagOfWords
from tests.newsroom import Newsroom, shown

pytestmark = pytest.mark.slow

QUESTION = "How many dockers joined the strike?"


class Watched:
    """A newsroom that is watched, and what the watch said."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.said: Queue[Report | str] = Queue()

    def report(self) -> Report:
        found = self.said.get(timeout=20)
        assert isinstance(found, Report), found
        return found

    def fault(self) -> str:
        found = self.said.get(timeout=20)
        assert isinstance(found, str), found
        return found

    def silent(self, seconds: float = 2.5) -> bool:
        try:
            self.said.get(timeout=seconds)
        except Empty:
            return True
        return False


@contextmanager
def watching(newsroom: Newsroom, index: Path | None = None) -> Iterator[Watched]:
    watched, stop = Watched(newsroom), threading.Event()
    root = index or newsroom.index

    def once() -> Report:
        return build(root, [newsroom.articles], BagOfWords(), allow_removal=True)

    thread = threading.Thread(
        target=keep_current, args=(root, [newsroom.articles], once, watched.said.put, stop)
    )
    thread.start()
    try:
        yield watched
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def test_every_change_becomes_a_generation_that_readers_move_to(printed: Newsroom) -> None:
    reader = printed.assistant()
    with watching(printed) as watched:
        assert watched.report().unchanged == 3
        printed.print("strike.txt", "Some 900 dockers joined the strike.", "2031-03-02")
        assert watched.report().changed == 1
        assert "900 dockers" in shown(reader.ask(QUESTION))[0].text
        printed.withdraw("strike.txt")
        assert watched.report().removed == 1
        assert "dockers" not in "".join(q.text for q in shown(reader.ask(QUESTION)))
        printed.print("new/tram.txt", "A tram derailed at noon.")
        assert watched.report().new == 1


def test_changes_that_come_together_are_gathered(printed: Newsroom) -> None:
    with watching(printed) as watched:
        watched.report()
        for n in range(30):
            printed.print(f"{n}.txt", f"Tram number {n} derailed.")
        new = watched.report().new
        while new < 30:  # a slow disk may have paused in between
            new += watched.report().new
        assert int(printed.generation().number) <= 5


def test_nothing_happens_while_nothing_changes(printed: Newsroom) -> None:
    with watching(printed) as watched:
        watched.report()
        (printed.articles / ".strike.txt.swp").write_text("an editor's", "utf-8")
        assert watched.silent()


def test_an_index_among_the_articles_does_not_set_itself_off(printed: Newsroom) -> None:
    with watching(printed, printed.articles / "index") as watched:
        assert watched.report().articles == 3
        assert watched.silent()


def test_a_fault_is_told_and_ends_nothing(printed: Newsroom) -> None:
    with watching(printed) as watched:
        watched.report()
        for path in printed.articles.iterdir():
            path.unlink()
        assert "no article could be read" in watched.fault()
        printed.print("tram.txt", "A tram derailed at noon.")
        assert watched.report().articles == 1


def test_it_waits_for_another_run(printed: Newsroom) -> None:
    with watching(printed) as watched:
        watched.report()
        with writing(printed.index):
            printed.print("tram.txt", "A tram derailed at noon.")
            assert "another indexing run" in watched.fault()
            assert watched.silent()
        assert watched.report().new == 1


@pytest.mark.parametrize("back", [shutil.move, shutil.copytree])
def test_a_folder_that_comes_back_is_watched_again(
    printed: Newsroom, back: Callable[[Path, Path], object]
) -> None:
    aside = printed.articles.parent / "aside"
    with watching(printed) as watched:
        watched.report()
        shutil.move(printed.articles, aside)
        while "articles" not in watched.fault():
            pass
        back(aside, printed.articles)
        while not (isinstance(said := watched.said.get(timeout=20), Report) and said.articles == 3):
            pass  # while it is copied back there may be fewer
        printed.print("tram.txt", "A tram derailed at noon.")
        assert watched.report().new == 1


def test_a_file_is_no_folder(printed: Newsroom) -> None:
    with pytest.raises(ValueError, match="--watch watches folders"):
        keep_current(printed.index, [printed.articles / "strike.txt"], printed.build, print)


def test_the_command_stays_until_ctrl_c(printed: Newsroom, tmp_path: Path) -> None:
    root = tmp_path / "another"
    # Where tests run in the background, Ctrl-C is ignored; here it must not be.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heard}; from assistant.cli.main import main; main()"
    words = ["index", str(printed.articles), "--index", str(root), "--watch"]
    command = [sys.executable, "-c", code, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        lines = iter(running.stdout.readline, "")
        try:
            assert any("3 new" in line for line in lines)
            printed.print("tram.txt", "A tram derailed at noon.")
            assert any("1 new" in line for line in lines)
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 0
        finally:
            running.kill()
