"""Many readers at once over the real server: who is answered, how soon, how fairly, and what it costs in memory.

`python -m benchmarks.load` indexes the sample archive, serves it in a process of its own with the
real model, and asks over HTTP as a program would. Seconds depend on the machine and on what else
it does, so the figure to look at is the ratio: fifty readers at once may wait fifty times as long
as one, and half as long again. A reader whose questions come while another one asks fifty at once waits at most
three times as long as alone; `--fair` measures that by itself. Readers are told apart by their addresses,
127.0.0.2 and 127.0.0.3, which is how Linux lets them be.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import httpx
import numpy as np

SAMPLE = Path(__file__).resolve().parents[1] / "corpus" / "sample"
BOUND = 1.5  # of users times the single user's median: what the 99th percentile may take
FAIR = 3.0  # times its 95th percentile alone: what a reader's may be beside a crowd of another address
_PATIENCE = 120.0
_FIRST, _SECOND = "127.0.0.2", "127.0.0.3"


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question: answered, busy or error, after so many seconds."""

    outcome: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Load:
    """Users who ask at once, in seconds; `ratio` is p99 over users times the single user's median."""

    users: int
    questions: int
    answered: int
    busy: int
    errors: int
    single: float
    p50: float
    p99: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Share:
    """A reader who asks one question at a time, alone and beside another one's crowd; seconds, 95th percentiles."""

    crowd: int
    questions: int
    failed: int
    alone: float
    beside: float
    ratio: float


async def ask(client: httpx.AsyncClient, question: str) -> Asked:
    """Ask one question and wait for its answer."""
    started = perf_counter()
    try:
        sent = await client.post("/gradio_api/call/v2/ask", json={"question": question})
        if sent.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return Asked("busy", perf_counter() - started)
        told = await client.get(f"/gradio_api/call/v2/ask/{sent.json()['event_id']}")
    except (httpx.HTTPError, ValueError, KeyError):
        return Asked("error", perf_counter() - started)
    return Asked("answered" if "event: complete" in told.text else "error", perf_counter() - started)


async def crowd(
    address: str, questions: Iterable[str], users: int, coming_from: str | None = None
) -> list[Asked]:
    """Let so many users ask at once, each the next question as soon as the last one is answered.

    They come from one address of this machine, any or the one named.
    """
    waiting = iter(questions)
    found: list[Asked] = []

    async def user(client: httpx.AsyncClient) -> None:
        for question in waiting:
            found.append(await ask(client, question))  # noqa: PERF401 - many add to one list

    limits = httpx.Limits(max_connections=2 * users, max_keepalive_connections=2 * users)
    transport = httpx.AsyncHTTPTransport(limits=limits, local_address=coming_from)
    async with httpx.AsyncClient(
        base_url=address, timeout=_PATIENCE, transport=transport, trust_env=False
    ) as client:
        await asyncio.gather(*(user(client) for _ in range(users)))
    return found


def share(address: str, questions: Sequence[str], crowd_of: int, asked: int) -> Share:
    """Compare a reader alone with the same one beside a crowd of another address, after the model is loaded."""
    wanted = list(islice(cycle(questions), asked))
    asyncio.run(crowd(address, questions[:1], 1))
    alone = asyncio.run(crowd(address, wanted, 1, _SECOND))
    crowded = asyncio.run(beside(address, wanted, wanted, crowd_of))
    found = [[one.seconds for one in each if one.outcome == "answered"] for each in (alone, crowded)]
    first, second = (float(np.percentile(seconds or [float("nan")], 95)) for seconds in found)
    return Share(crowd_of, asked, 2 * asked - sum(map(len, found)), first, second, second / first)


async def beside(address: str, theirs: Sequence[str], wanted: Sequence[str], crowd_of: int) -> list[Asked]:
    """What a reader is given while a crowd of another address keeps asking."""
    others = asyncio.create_task(crowd(address, cycle(theirs), crowd_of, _FIRST))
    try:
        await asyncio.sleep(1)  # until all of it waits
        return await crowd(address, wanted, 1, _SECOND)
    finally:
        others.cancel()
        with suppress(asyncio.CancelledError):
            await others


def measure(address: str, questions: Sequence[str], users: int, asked: int) -> Load:
    """Compare one user with many; the first question alone is not counted, it loads the model."""
    asyncio.run(crowd(address, questions[:1], 1))
    alone = asyncio.run(crowd(address, list(islice(cycle(questions), 20)), 1))
    found = asyncio.run(crowd(address, list(islice(cycle(questions), asked)), users))
    counts = Counter(one.outcome for one in found)
    seconds = [one.seconds for one in found if one.outcome == "answered"] or [float("nan")]
    single = float(np.median([one.seconds for one in alone]))
    p50, p99 = (float(np.percentile(seconds, part)) for part in (50, 99))
    return Load(
        users,
        len(found),
        counts["answered"],
        counts["busy"],
        counts["error"],
        single,
        p50,
        p99,
        p99 / (users * single),
    )


def resident(process: int) -> float:
    """Megabytes of memory that a process holds (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


@contextmanager
def served(index: Path) -> Iterator[tuple[str, int]]:
    """Serve an index in a process of its own; gives its address and the process's id."""
    command = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
    arguments = ["serve", "--index", str(index), "--access-log", str(index.parent / "access.log")]
    port = _free_port()
    process = subprocess.Popen([*command, *arguments, "--port", str(port)], stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        if not process.stdout or " answers at " not in process.stdout.readline():
            raise SystemExit("the server did not start; its message is above")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as bound:
        return int(bound.getsockname()[1])


def _questions() -> list[str]:
    lines = (SAMPLE / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def _run(index: Path, chosen: argparse.Namespace) -> dict[str, object]:
    _index(index)
    with served(index) as (address, process):
        fair = share(address, _questions(), chosen.users, chosen.alone)
        found: dict[str, object] = {"fair": {**asdict(fair), "holds": fair.ratio <= FAIR and not fair.failed}}
        if not chosen.fair:
            found |= _loaded(address, process, chosen)
    return found


def _index(index: Path) -> None:
    command = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
    made = [*command, "index", str(SAMPLE / "articles"), "--index", str(index)]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _loaded(address: str, process: int, chosen: argparse.Namespace) -> dict[str, object]:
    load = measure(address, _questions(), chosen.users, chosen.questions)
    memory = [resident(process)]
    for _ in range(4):
        found = asyncio.run(crowd(address, list(islice(cycle(_questions()), chosen.long // 4)), 8))
        memory.append(resident(process))
        print(Counter(one.outcome for one in found), f"{memory[-1]:.0f} MB", file=sys.stderr, flush=True)
    return {**asdict(load), "holds": load.ratio <= BOUND and not load.errors, "megabytes": memory}


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--questions", type=int, default=500, help="asked by all users together")
    parser.add_argument("--long", type=int, default=2_000, help="asked between the looks at the memory")
    parser.add_argument("--alone", type=int, default=40, help="asked by the reader beside a crowd")
    parser.add_argument("--fair", action="store_true", help="measure only how fairly a reader is treated")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _run(Path(folder) / "index", chosen)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
