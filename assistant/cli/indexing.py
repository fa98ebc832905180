"""The `index` command's work: a build with a progress bar, and its report in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from assistant.cli.watching import keep_current
from index.build.build import Report, build
from index.build.needs import Needs
from index.generation.generation import open_current
from index.models.by_name import model_named
from index.models.embedder import Embedder

_SHOWN = 20
_MUCH = 1_000_000_000  # bytes that are worth a line


class _Rate(ProgressColumn):
    """Passages embedded a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f}/s" if task.speed else "", style="dim")


def run(root: Path, paths: Sequence[Path], model: str, *, allow_removal: bool) -> Report:
    """Build the index at `root` from these paths, or from those of the last time; see `build`."""
    return build_with_bar(root, paths or former_paths(root), model_named(model), allow_removal=allow_removal)


def run_on(root: Path, paths: Sequence[Path], model: str, show: Callable[[str], None]) -> None:
    """Build the index at `root`, and again after every change, until Ctrl-C; see `keep_current`."""
    articles = list(paths) or former_paths(root)
    embedder = model_named(model)

    def tell(said: Report | str) -> None:
        lines = [said] if isinstance(said, str) else report_lines(said, root)
        for line in (f"{datetime.now():%H:%M:%S}", *lines):
            show(line)

    with suppress(KeyboardInterrupt):
        keep_current(root, articles, lambda: build_with_bar(root, articles, embedder), tell)


def former_paths(root: Path) -> list[Path]:
    """What the index was made from; raises IndexMissing, IndexDamaged, IndexForeign."""
    return [Path(p) for p in open_current(root).manifest.roots]


def build_with_bar(
    root: Path, articles: Sequence[Path], embedder: Embedder, *, allow_removal: bool = False
) -> Report:
    """Build, with a progress bar where somebody looks on."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading articles", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, description="Embedding passages", completed=done, total=total)

        def foretell(found: Needs) -> None:
            if line := needs_line(found):
                bar.console.print(line, highlight=False, markup=False, soft_wrap=True)

        return build(root, articles, embedder, progress, foretell, allow_removal=allow_removal)


def needs_line(found: Needs) -> str:
    """Say what a build will need where that is much, or more than there is; empty where it is neither."""
    if found.is_met and max(found.memory, found.disk) < _MUCH:
        return ""
    memory_free = f" ({_bytes(found.memory_free)} free)" if found.memory_free is not None else ""
    said = (
        f"{found.passages:,} passages: needs about {_bytes(found.memory)} of memory{memory_free} and "
        f"{_bytes(found.disk)} of disk ({_bytes(found.disk_free)} free)"
    )
    return (
        said if found.is_met else f"{said}: there may not be enough. Ctrl-C stops it; the former index stays"
    )


def _bytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= _MUCH else f"{count / 1e6:.0f} MB"


def report_lines(report: Report, root: Path) -> Iterator[str]:
    """What the run did, what it could not read and what it was unsure of."""
    yield (
        f"{report.articles} articles in {root}: {report.new} new, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.removed} removed."
    )
    yield f"{report.passages} passages: {report.embedded} embedded, {report.reused} known already."
    yield from _some("kept from the former index", [f"{place}: {text}" for place, text in report.kept])
    yield from _some("could not be read", [f"{r.path}: {r.reason}" for r in report.rejected])
    yield from _some("with a warning", [f"{place}: {text}" for place, text in report.warnings])


def _some(what: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"{len(lines)} {what}:"
    yield from (f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  … and {len(lines) - _SHOWN} more; `onrecord status --json` lists them all"
