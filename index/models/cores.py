"""What the processor is: how many cores this process may use, and whether 8-bit products are safe on it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_CPUS = Path("/sys/devices/system/cpu")
_INFO = Path("/proc/cpuinfo")
# x86 with either multiplies signed by unsigned bytes without an overflow on the way.
_VNNI = {"avx512_vnni", "avx_vnni"}


def physical_cores(cpus: Path = _CPUS) -> int:
    """Count the physical cores among the processors this process may run on; at least one."""
    allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    cores: set[str] = set()
    for number in allowed:
        siblings = str(number)
        with suppress(OSError):  # not told: then each counts
            siblings = (
                (cpus / f"cpu{number}" / "topology" / "thread_siblings_list").read_text("ascii").strip()
            )
        cores.add(siblings)
    return len(cores) or os.cpu_count() or 1


def has_vnni(info: Path = _INFO) -> bool:
    """Whether the processor says that it sums products of bytes exactly; False where it doesn't tell."""
    try:
        lines = info.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.startswith("flags")), "")
    return bool(_VNNI & set(flags.split()))
