"""Many readers at once over the real server: who is answered, how soon, and what it costs in memory.

`python -m benchmarks.load` indexes the sample archive, serves it in a process of its own with the
real model, and asks over HTTP as a program would. Seconds depend on the machine and on what else
it does, so the figure to look at is the ratio: fifty readers at once may wait fifty times as long
as one, and half as long again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import httpx
import numpy as np

SAMPLE = Path(__file__).resolve().parents[1] / "corpus" / "sample"
BOUND = 1.5  # of users times the single user's median: what the 99th percentile may take
_PATIENCE = 120.0


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


async def crowd(address: str, questions: Sequence[str], users: int) -> list[Asked]:
    """Let so many users ask at once, each the next question as soon as the last one is answered."""
    waiting = iter(questions)
    found: list[Asked] = []

    async def user(client: httpx.AsyncClient) -> None:
        for question in waiting:
            found.append(await ask(client, question))  # noqa: PERF401 - many add to one list

    limits = httpx.Limits(max_connections=2 * users, max_keepalive_connections=2 * users)
    async with httpx.AsyncClient(
        base_url=address, timeout=_PATIENCE, limits=limits, trust_env=False
    ) as client:
        await asyncio.gather(*(user(client) for _ in range(users)))
    return found


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
    command = [sys.executable, "-c", "from assistant.cli import main; main()"]
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


def _run(index: Path, users: int, asked: int, long: int) -> dict[str, object]:
    command = [sys.executable, "-c", "from assistant.cli import main; main()"]
    made = [*command, "index", str(SAMPLE / "articles"), "--index", str(index)]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    with served(index) as (address, process):
        load = measure(address, _questions(), users, asked)
        memory = [resident(process)]
        for _ in range(4):
            found = asyncio.run(crowd(address, list(islice(cycle(_questions()), long // 4)), 8))
            memory.append(resident(process))
            print(Counter(one.outcome for one in found), f"{memory[-1]:.0f} MB", file=sys.stderr, flush=True)
    return {**asdict(load), "holds": load.ratio <= BOUND and not load.errors, "megabytes": memory}


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--questions", type=int, default=500, help="asked by all users together")
    parser.add_argument("--long", type=int, default=2_000, help="asked between the looks at the memory")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _run(Path(folder) / "index", chosen.users, chosen.questions, chosen.long)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
