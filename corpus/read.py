"""A folder of article files read into articles; what can't be read is told, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import accumulate
from pathlib import Path

from corpus.aliases import Alias
from corpus.article import Article, Rejected
from corpus.decoding import decode
from corpus.fields import LONGEST_TEXT
from corpus.files import LABELS, MAX_BYTES, FoundFile, Unseen, list_files, read_bytes
from corpus.globs import matches
from corpus.identity import file_of
from corpus.labels import Entry, Label, LabelFile, label_for, parse_labels
from corpus.readers.jsonl import read_jsonl
from corpus.readers.markdown import read_markdown
from corpus.readers.table import read_table
from corpus.readers.text import read_text

Reader = Callable[[str, str, Label], Iterator[Article | Rejected]]
READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".jsonl": read_jsonl,
    ".csv": read_table,
}
# The most that the one article of such a file can take in UTF-8 or UTF-16: four bytes a character.
_LARGEST: Mapping[str, int] = {".txt": 4 * LONGEST_TEXT, ".md": 4 * LONGEST_TEXT}


def read_archive(root: Path) -> Iterator[Article | Rejected]:
    """Read every article of a folder, or of one file, in order of path.

    A file or record that can't be read comes as `Rejected` in its place and stops nothing. Paths
    and ids are relative to the root. A label file that can't be read is `Rejected` too, and the
    articles are read without it. Raises FileNotFoundError or NotADirectoryError, with a
    one-line message, when `root` is not there or is no folder and no file.
    """
    files = list_files(root)
    labels, problems = read_labels(root, files)
    for found in files:
        if found.name != LABELS:
            yield from read_file(found, labels)
        elif found.path in problems:
            yield Rejected(found.path, problems[found.path])
    if LABELS in problems and all(found.path != LABELS for found in files):
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
    files = list_files(root)
    labels, _ = read_labels(root, files)
    read = (item for found in files if found.path in paths for item in read_file(found, labels))
    yield from (item for item in read if isinstance(item, Article))


Labels = Mapping[str, LabelFile]


def read_file(found: FoundFile, labels: Labels) -> Iterator[Article | Rejected]:
    """Read one file's articles."""
    try:
        yield from _read(found, labels)
    except ValueError as error:
        yield Rejected(found.path, str(error), unseen=found.unseen or isinstance(error, Unseen))


def _read(found: FoundFile, labels: Labels) -> Iterator[Article | Rejected]:
    if found.problem is not None:
        raise ValueError(found.problem)
    kind = Path(found.path).suffix.lower()
    reader = READERS.get(kind)
    if reader is None:
        raise ValueError(f"is not of a kind that is read: {', '.join(READERS)}")
    label = _label(found.path, labels)
    text = decode(read_bytes(found.place, _LARGEST.get(kind, MAX_BYTES)), label.encoding)
    if not text.strip():
        raise ValueError("is empty")
    yield from reader(text, found.path, label)


def read_aliases(root: Path) -> list[Alias]:
    """Read what the label files of an archive say that sources are called besides, in order of file.

    A label file, or an entry of one, that can't be read says nothing here; `read_archive` tells of it.
    Raises what `read_archive` raises.
    """
    files = list_files(root)
    labels, _ = read_labels(root, files)
    whole = root.is_dir()
    return [
        Alias(naming.name, alias, f"{folder}{LABELS}" if whole else "")
        for folder, said in labels.items()
        for naming in said.sources
        for alias in naming.aliases
    ]


def read_labels(root: Path, files: list[FoundFile]) -> tuple[Labels, dict[str, str]]:
    """Read the label files among an archive's files: entries by folder (`""` is the root), and faults by path."""
    paths = [found.path for found in files]
    beside = [] if root.is_dir() else _beside(root)
    labels: dict[str, LabelFile] = {}
    problems: dict[str, str] = {}
    for found in beside + [found for found in files if found.name == LABELS]:
        folder = found.path.removesuffix(LABELS)
        try:
            said = labels[folder] = _said(found)
        except ValueError as error:
            problems[found.path] = str(error)
            continue
        under = [path.removeprefix(folder) for path in paths if path.startswith(folder)]
        faults = [*said.faults, *([] if beside else _unused(said.files, under))]
        if faults:
            problems[found.path] = f"{'; '.join(faults)}; the other entries are in force"
    return labels, problems


def _beside(file: Path) -> list[FoundFile]:
    place = file.resolve().with_name(LABELS)
    return [FoundFile(LABELS, place)] if place.exists() else []


def _said(found: FoundFile) -> LabelFile:
    if found.problem is not None:
        raise ValueError(f"{found.problem}; the articles are read without it")
    try:
        return parse_labels(decode(read_bytes(found.place)))
    except ValueError as error:
        raise ValueError(f"{error}; the articles are read without these labels") from None


def _unused(entries: tuple[Entry, ...], paths: list[str]) -> list[str]:
    unused = [repr(entry.match) for entry in entries if not any(matches(path, entry.match) for path in paths)]
    return [f"no file fits match = {', '.join(unused)}"] if unused else []


def _label(path: str, labels: Labels) -> Label:
    """Merge what the label files on the way from the root down to the file say; the deepest wins."""
    label = Label()
    names = path.split("/")
    for folder in accumulate((f"{name}/" for name in names[:-1]), initial=""):
        if folder in labels:
            label = label.overridden_by(label_for(path.removeprefix(folder), labels[folder].files))
    return label
