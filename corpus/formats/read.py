"""A folder of article files read into articles; what can't be read is told, with the reason."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.formats.jsonl import read_jsonl
from corpus.formats.markdown import read_markdown
from corpus.formats.table import read_table
from corpus.formats.text import read_text
from corpus.loading.aliases import Alias
from corpus.loading.decoding import decode
from corpus.loading.fields import LONGEST_TEXT
from corpus.loading.files import LABELS, MAX_BYTES, FoundFile, Root, Unseen, list_files, open_root, read_bytes
from corpus.loading.identity import file_of
from corpus.loading.labels import Label, LabelFile, parse_labels
from corpus.loading.listing import listed

Reader = Callable[[str, str, Label], Iterator[Article | Rejected]]
READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".jsonl": read_jsonl,
    ".csv": read_table,
}
# The most that the one article of such a file can take in UTF-8 or UTF-16: four bytes a character.
_LARGEST: Mapping[str, int] = {".txt": 4 * LONGEST_TEXT, ".md": 4 * LONGEST_TEXT}
_LARGEST_LABELS = 4_000_000  # bytes


def read_archive(root: Path) -> Iterator[Article | Rejected]:
    """Read every article of a folder, or of one file, in order of path.

    A file or record that can't be read comes as `Rejected` in its place and stops nothing. Paths
    and ids are relative to the root. A label file that can't be read is `Rejected` too, and the
    articles are read without it. Raises FileNotFoundError or NotADirectoryError, with a
    one-line message, when `root` is not there or is no folder and no file.
    """
    with open_root(root) as held:
        files = list_files(held)
        labels, problems = _read_labels(held, files)
        if not held.file:
            _add_unused(problems, labels, files)
        for found in files:
            if found.name != LABELS:
                yield from _read_file(held, found, labels)
            elif found.path in problems:
                yield Rejected(found.path, problems[found.path])
        if held.file and LABELS in problems:
            yield Rejected(LABELS, problems[LABELS])  # it stands beside the one file that is read


def read_articles(root: Path, ids: Collection[str]) -> dict[str, Article]:
    """Read again the articles of some ids; one whose file or record is gone is missing in the answer.

    The folder is walked and its paths compared with the ids; no id is ever made into a path.
    """
    wanted = set(ids)
    return {article.id: article for article in read_files(root, wanted) if article.id in wanted}


def read_files(root: Path, ids: Collection[str]) -> Iterator[Article]:
    """Read again all articles of the files that some ids speak of, in order of path."""
    paths = {file_of(article_id) for article_id in ids}
    with open_root(root) as held:
        files = list_files(held)
        labels, _ = _read_labels(held, files)
        for found in files:
            if found.path in paths:
                yield from (item for item in _read_file(held, found, labels) if isinstance(item, Article))


Labels = Mapping[str, LabelFile]
_OTHERS = "; the other entries are in force"


def _read_file(root: Root, found: FoundFile, labels: Labels) -> Iterator[Article | Rejected]:
    """Read one file's articles."""
    try:
        yield from _read(root, found, labels)
    except ValueError as error:
        yield Rejected(found.path, str(error), unseen=found.unseen or isinstance(error, Unseen))


def _read(root: Root, found: FoundFile, labels: Labels) -> Iterator[Article | Rejected]:
    if found.problem is not None:
        raise ValueError(found.problem)
    kind = Path(found.path).suffix.lower()
    reader = READERS.get(kind)
    if reader is None:
        raise ValueError(f"is of an unsupported file type; supported: {', '.join(READERS)}")
    label = _label(found.path, labels)
    text = decode(read_bytes(root, found.path, _LARGEST.get(kind, MAX_BYTES)), label.encoding)
    if not text.strip():
        raise ValueError("is empty")
    yield from reader(text, found.path, label)


def read_aliases(root: Path) -> list[Alias]:
    """Read what the label files of an archive say that sources are called besides, in order of file.

    A label file, or an entry of one, that can't be read says nothing here; `read_archive` tells of it.
    Raises what `read_archive` raises.
    """
    with open_root(root) as held:
        labels, _ = _read_labels(held, list_files(held))
    return [
        Alias(naming.name, alias, "" if held.file else f"{folder}{LABELS}")
        for folder, said in labels.items()
        for naming in said.sources
        for alias in naming.aliases
    ]


def _read_labels(root: Root, files: Sequence[FoundFile]) -> tuple[Labels, dict[str, str]]:
    """Read the label files among an archive's files: entries by folder (`""` is the root), and faults by path."""
    beside = [FoundFile(LABELS)] if root.file and _is_there(root, LABELS) else []
    labels: dict[str, LabelFile] = {}
    problems: dict[str, str] = {}
    for found in beside + [found for found in files if found.name == LABELS]:
        try:
            said = labels[found.path.removesuffix(LABELS)] = _said(root, found)
        except ValueError as error:
            problems[found.path] = str(error)
            continue
        if said.faults:
            problems[found.path] = f"{'; '.join(said.faults)}{_OTHERS}"
    return labels, problems


def _is_there(root: Root, name: str) -> bool:
    try:
        os.stat(name, dir_fd=root.handle, follow_symlinks=False)
    except OSError:
        return False
    return True


def _said(root: Root, found: FoundFile) -> LabelFile:
    if found.problem is not None:
        raise ValueError(f"{found.problem}; the articles are read without it")
    try:
        return parse_labels(decode(read_bytes(root, found.path, _LARGEST_LABELS)))
    except ValueError as error:
        raise ValueError(f"{error}; the articles are read without these labels") from None


def _add_unused(problems: dict[str, str], labels: Labels, files: Sequence[FoundFile]) -> None:
    """Tell of entries of the archive's own label files that no file fits; `files` are sorted by path."""
    paths = [found.path for found in files]
    for folder, said in labels.items():
        first, last = (
            bisect_left(paths, folder),
            bisect_left(paths, f"{folder}\U0010ffff") if folder else None,
        )
        unused = said.unused([below.removeprefix(folder) for below in paths[first:last]])
        if unused:
            path = f"{folder}{LABELS}"
            before = problems[path].removesuffix(_OTHERS) + "; " if path in problems else ""
            problems[path] = f"{before}no file fits match = {listed(unused)}{_OTHERS}"


def _label(path: str, labels: Labels) -> Label:
    """Merge what the label files on the way from the root down to the file say; the deepest wins."""
    label = Label()
    names = path.split("/")
    for folder in accumulate((f"{name}/" for name in names[:-1]), initial=""):
        if folder in labels:
            label = label.overridden_by(labels[folder].label_for(path.removeprefix(folder)))
    return label
