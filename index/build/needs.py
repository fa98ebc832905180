"""What a build will need, said before it embeds: memory and disk by the passage, as docs/performance.md has them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

# Bytes for each passage, with the bundled model: of memory, of a generation, and of what is kept until it is written.
_MEMORY, _WRITTEN, _KEPT = 5_100, 7_800, 7_000
_MEMINFO = Path("/proc/meminfo")


@dataclass(frozen=True, slots=True)
class Needs:
    """Bytes that a build of so many passages needs beside the program itself, and bytes that are free.

    `memory_free` is None where the system doesn't say.
    """

    passages: int
    memory: int
    disk: int
    memory_free: int | None
    disk_free: int

    @property
    def is_met(self) -> bool:
        """Whether there is enough of both, as far as is known."""
        return self.disk <= self.disk_free and (self.memory_free is None or self.memory <= self.memory_free)


def needs(root: Path, passages: int, new: int) -> Needs:
    """What an index at `root` of so many passages will need, of which so many are surely new; `root` must exist."""
    return Needs(
        passages,
        memory=passages * _MEMORY,
        disk=passages * _WRITTEN + new * _KEPT,
        memory_free=_memory_free(),
        disk_free=shutil.disk_usage(root).free,
    )


def _memory_free() -> int | None:
    """Bytes of memory that a new process can have, by Linux's own reckoning."""
    try:
        lines = _MEMINFO.read_text("utf-8").splitlines()
        (kilobytes,) = (int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, IndexError):
        return None
    return kilobytes * 1024
