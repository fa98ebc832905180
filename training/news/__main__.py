"""`python -m training.news [FILE …]`: check the stories; counts on stdout, faults on stderr, exit code 1."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from training.news.checks import counts, faults, repeated
from training.news.stories import FOLDER, read_stories


def main(names: list[str]) -> int:
    """Check these files, by default all, and across them what comes twice."""
    paths = [Path(name) for name in names] or sorted(FOLDER.glob("*.txt"))
    found: list[str] = []
    every = []
    for path in paths:
        stories, unread = read_stories(path)
        every.append(stories)
        found += [*unread, *faults(path.name, stories)]
        sys.stdout.write(f"{path.name}: {counts(stories)}\n")
    if len(paths) > 1:
        together = list(chain(*every))
        found += repeated("all files", together)
        sys.stdout.write(f"all: {counts(together)}\n")
    sys.stderr.write("".join(f"{line}\n" for line in found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
