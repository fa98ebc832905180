"""Writes what pip chose into lock files: the versions of constraints.txt with the SHA-256 of the one file each.

`make lock` gives it pip's installation reports (`pip install --report`, version 1) of the package and of the
package with its tools. A lock file is in pip's requirements format and is installed with `--require-hashes`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import Version

RUN, TOOLS = "locked.txt", "locked-dev.txt"
_HEAD = """\
# Made by `make lock`; do not edit. The one file of each package that {what} needs on
# Linux on x86-64 with CPython 3.11 and PyTorch's CPU build, for `make setup LOCKED=yes` and `make test LOCKED=yes`.
"""


def main(run: Path, tools: Path) -> None:
    """Write both lock files: RUN from the first report, TOOLS with what the second has besides."""
    needed, more = _pinned(run), _pinned(tools)
    Path(RUN).write_text(_HEAD.format(what="On Record") + "".join(needed.values()), "utf-8")
    besides = [line for name, line in more.items() if name not in needed]
    head = _HEAD.format(what="work on On Record") + f"--requirement {RUN}\n"
    Path(TOOLS).write_text(head + "".join(besides), "utf-8")


def _pinned(report: Path) -> dict[str, str]:
    """The line of each file of a report but the package's own, by name. Raises ValueError for one without a hash."""
    chosen = json.loads(report.read_text("utf-8"))["install"]
    lines = {canonicalize_name(item["metadata"]["name"]): _line(item) for item in chosen if not _is_own(item)}
    return dict(sorted(lines.items()))


def _is_own(item: dict[str, Any]) -> bool:
    return "dir_info" in item["download_info"]


def _line(item: dict[str, Any]) -> str:
    name, version = item["metadata"]["name"], Version(item["metadata"]["version"])
    hashes = item["download_info"].get("archive_info", {}).get("hashes", {})
    if "sha256" not in hashes:
        raise ValueError(f"{name} {version} has no SHA-256 in the report")
    # A build such as torch 2.13.0+cpu is told by its hash; its version alone is the same for all of them.
    return f"{name}=={version.public} --hash=sha256:{hashes['sha256']}\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
