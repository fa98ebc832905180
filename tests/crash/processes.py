"""The processes of a trial: one that builds and may be killed, and readers that ask all the while."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic, sleep
from unittest.mock import patch

import index.build.encode
from assistant.assistant import Assistant
from assistant.retrieval.retriever import Retriever
from index.build.build import build
from index.errors import IndexMissing
from tests.crash.scene import QUESTION, State, told
from tests.crash.steps import Step, listen
from tests.crash.systems import System
from tests.fakes import BagOfWords
from tests.newsroom import by_overlap

# Children are forked from a server that runs no threads and has everything imported.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["__main__", __name__])
PATIENCE = 120  # seconds
_BREATH = 0.01  # seconds; and twice what the last look took, so that the builder gets on
Known = Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader saw: a generation's number and the state it is in, or else a fault."""

    number: int
    state: State | None
    fault: str = ""


class Reader:
    """A process that opens the index and asks, again and again, until it is told to stop.

    `keeps` as the chat does: it keeps an assistant, which opens what is newer by itself. Otherwise
    it opens anew for each question, as the command line does.
    """

    def __init__(self, system: System, root: Path, known: Known, *, keeps: bool) -> None:
        self._connection, theirs = CONTEXT.Pipe()
        self._process = started(_read, system, root, known, keeps, theirs)
        self.looks = 0
        self.seen: list[Seen] = []
        self._take()

    def stop(self) -> None:
        """End it and take what it saw, without repeats; a reader that died says so."""
        try:
            self._connection.send(None)
            self._take()
        except (EOFError, OSError):
            self._process.join(PATIENCE)
            self.seen.append(Seen(0, None, f"the reader died: {self._process.exitcode}"))
        self._process.join(PATIENCE)

    def _take(self) -> None:
        if not self._connection.poll(PATIENCE):
            self._process.kill()
            raise TimeoutError("a reader hangs")
        self.looks, self.seen = self._connection.recv()


def look(system: System, root: Path, known: Known) -> Seen:
    """What one reader sees now."""
    reader = Reader(system, root, known, keeps=False)
    reader.stop()
    return next((seen for seen in reader.seen if seen.fault), reader.seen[-1])


def _read(system: System, root: Path, known: Known, keeps: bool, connection: Connection) -> None:
    seen: list[Seen] = []
    kept: list[Retriever] = []
    looks = 0
    with system():
        while True:
            began = monotonic()
            found = reading(root, known, kept)
            looks += 1
            if seen[-1:] != [found]:
                seen.append(found)
            if looks == 1:
                connection.send((looks, seen))  # so that it is known to be at work
            if connection.poll():
                break
            if not keeps:
                kept.clear()
            sleep(max(_BREATH, 2 * (monotonic() - began)))
    connection.send((looks, seen))


def reading(root: Path, known: Known, kept: list[Retriever]) -> Seen:
    """Ask the retriever that was kept, or else a new one, which is then kept."""
    try:
        if not kept:
            kept.append(Retriever.open(root, BagOfWords()))
        # The number is read before the answer, which then can only be newer.
        number = int(kept[0].generation().number)
        answer = told(Assistant(kept[0], by_overlap()).ask(QUESTION))
    except IndexMissing:
        return Seen(0, State.NONE)
    except BaseException as error:  # noqa: BLE001 - tantivy panics with a BaseException
        return Seen(0, None, f"{type(error).__name__}: {error}")
    return Seen(number, known.get(answer), "" if answer in known else f"a mixed answer: {answer}")


@dataclass(slots=True)
class Builder:
    """A process that builds once: `steps` are its file operations, `seconds` what it took, if it lived."""

    process: BaseProcess
    connection: Connection
    steps: tuple[Step, ...] = ()
    seconds: float = 0.0

    @classmethod
    def begin(
        cls, system: System, root: Path, articles: Path, *, die_before: int = 0, syncing: bool = False
    ) -> Builder:
        """Start a build, which kills itself before its step of that number when one is given.

        For a kill nothing need be synced: what a dead process wrote, the system still has. But
        where the time of a kill matters, syncing takes its share of it.
        """
        ours, theirs = CONTEXT.Pipe()
        builder = cls(started(_build, system, root, articles, die_before, syncing, theirs), ours)
        ours.recv()
        return builder

    def kill_after(self, seconds: float) -> None:
        """Kill it some time after it began."""
        sleep(seconds)
        self.process.kill()

    def died(self) -> bool:
        """Wait for its end and say whether it was killed; any other failure raises."""
        self.process.join(PATIENCE)
        if self.process.exitcode == 0:
            self.steps, self.seconds = self.connection.recv()
        elif self.process.exitcode != -signal.SIGKILL:
            self.process.kill()
            raise RuntimeError(f"the build failed with {self.process.exitcode}")
        return self.process.exitcode != 0


def _build(
    system: System, root: Path, articles: Path, die_before: int, syncing: bool, connection: Connection
) -> None:
    steps: list[Step] = []

    def count(step: Step) -> None:
        steps.append(step)
        if len(steps) == die_before:
            os.kill(os.getpid(), signal.SIGKILL)

    listen(root.parent, count, syncing=syncing)
    with system(), small_batches():
        connection.send(None)
        began = monotonic()
        build(root, [articles], BagOfWords(), allow_removal=True)
        connection.send((tuple(steps), monotonic() - began))


@contextmanager
def small_batches() -> Iterator[None]:
    """Embed so few passages at a time that even these builds keep what an interrupted one has."""
    with patch.object(index.build.encode, "BATCH", 1):
        yield


def started(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """Start a child; the last of its arguments is its end of a pipe, the only one then left."""
    process = CONTEXT.Process(target=target, args=arguments, daemon=True)
    process.start()
    theirs = arguments[-1]
    assert isinstance(theirs, Connection)
    theirs.close()
    return process
