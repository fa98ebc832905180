"""What a call or a process takes: seconds of the clock and of the processor, and which machine it ran on."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from index.models.cores import physical_cores


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the clock and of the processor, all threads and both modes together."""

    clock: float
    processor: float


def timed(call: Callable[[], object]) -> Took:
    """Time a call in this process."""
    clock, processor = perf_counter(), process_time()
    call()
    return Took(perf_counter() - clock, process_time() - processor)


def usual_environment() -> dict[str, str]:
    """This process's variables as `onrecord` has them where it is used.

    Python keeps the modules that it compiled, and NumPy has the one thread that the command gives it.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "OPENBLAS_NUM_THREADS": "1"}


def timed_process(command: Sequence[str], environment: Mapping[str, str]) -> Took:
    """Time a process from its start to its end, output thrown away; raises OSError when it can't start."""
    clock = perf_counter()
    null = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    child = os.posix_spawn(command[0], list(command), dict(environment), file_actions=null)
    _, status, usage = os.wait4(child, 0)
    if (code := os.waitstatus_to_exitcode(status)) not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    return Took(perf_counter() - clock, usage.ru_utime + usage.ru_stime)


def summary(took: Sequence[Took]) -> dict[str, float]:
    """Medians and the best of both kinds of seconds."""
    clock, processor = [t.clock for t in took], [t.processor for t in took]
    values = {
        "clock": median(clock), "clock, best": min(clock),
        "processor": median(processor), "processor, best": min(processor),
    }  # fmt: skip
    return {name: round(value, 4) for name, value in values.items()}


def machine() -> dict[str, object]:
    """What to read figures beside: processor, cores, and how many processes wanted them."""
    names = [line.partition(":")[2].strip() for line in _lines() if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": physical_cores(),
        "load": [round(load, 1) for load in os.getloadavg()],
        "python": platform.python_version(),
    }


def _lines() -> list[str]:
    info = Path("/proc/cpuinfo")
    return info.read_text("utf-8", "replace").splitlines() if info.exists() else []


def table(rows: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Named figures as lines: a row for each name, a column for each figure."""
    heads = list(dict.fromkeys(head for row in rows.values() for head in row))
    width = max(map(len, rows))
    lines = [" ".join([" " * width, *(head.rjust(max(10, len(head))) for head in heads)])]
    for name, row in rows.items():
        cells = (f"{row[h]:.4g}" if h in row else "" for h in heads)
        lines.append(
            " ".join(
                [
                    name.ljust(width),
                    *(c.rjust(max(10, len(h))) for c, h in zip(cells, heads, strict=True)),
                ]
            )
        )
    return lines
