"""What an index holds, in numbers and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.generation.generation import open_current


@dataclass(frozen=True, slots=True)
class Status:
    """An index at a glance.

    `created` is in UTC, ISO 8601, `age` the seconds since then; `bytes` is the size of the current
    generation's files on disk; `search` and `recall` are as in `Manifest`; `rejected` and `warnings`
    hold a path or article id and a reason each.
    """

    generation: str
    created: str
    age: int
    model: str
    roots: tuple[str, ...]
    articles: int
    passages: int
    passages_with_days: int
    search: str
    recall: float | None
    sources: tuple[str, ...]
    aliases: int
    undated: int
    without_source: int
    first: str | None
    last: str | None
    bytes: int
    rejected: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]


def status(root: Path) -> Status:
    """Read the status of the index at `root`; raises IndexMissing, IndexDamaged, IndexForeign."""
    generation = open_current(root)
    manifest, archive = generation.manifest, generation.archive
    extent = archive.coverage()
    folder = root / "generations" / generation.number
    return Status(
        generation=generation.number,
        created=manifest.created,
        age=int((datetime.now(UTC) - datetime.fromisoformat(manifest.created)).total_seconds()),
        model=manifest.model,
        roots=manifest.roots,
        articles=extent.articles,
        passages=manifest.passages,
        passages_with_days=archive.passages_with_days(),
        search=manifest.search,
        recall=manifest.recall,
        sources=tuple(archive.sources()),
        aliases=len(archive.aliases()),
        undated=extent.undated,
        without_source=archive.without_source(),
        first=extent.first.isoformat() if extent.first else None,
        last=extent.last.isoformat() if extent.last else None,
        bytes=sum((folder / name).stat().st_size for name in manifest.files),
        rejected=tuple((r.path, r.reason) for r in archive.rejected()),
        warnings=tuple(archive.warnings()),
    )


def status_lines(found: Status) -> Iterator[str]:
    """The status in words, one fact a line."""
    yield (
        f"Generation {found.generation}, written {found.created} ({_ago(found.age)}), {found.bytes / 1e6:.1f} MB"
    )
    yield f"Model: {found.model}"
    yield f"Articles: {found.articles} ({found.passages} passages) from {', '.join(found.roots)}"
    yield f"Search by meaning: {_searched(found)}"
    yield f"Dates: {found.first or '–'} to {found.last or '–'}; {found.undated} undated"
    yield f"Days spoken of: in {found.passages_with_days} passages"
    yield f"Sources: {', '.join(found.sources) or 'none stated'}; {found.without_source} without a source"
    if found.aliases:
        yield f"Other names of sources: {found.aliases}"
    yield f"Could not be read: {len(found.rejected)}"
    yield from (f"  {path}: {reason}" for path, reason in found.rejected)
    yield f"Warnings: {len(found.warnings)}"
    yield from (f"  {place}: {text}" for place, text in found.warnings)


def _searched(found: Status) -> str:
    if found.recall is None:
        return "every passage is compared"
    return (
        f"a shortlist by {found.search} codes is compared; "
        f"it held {found.recall:.1%} of the ten nearest passages of a sample"
    )


def _ago(seconds: int) -> str:
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "just now"
