"""Is an index sound, and is it still what is on disk? One line for each fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.integrity.check_copies import origin_faults
from assistant.integrity.check_days import day_faults
from assistant.integrity.check_texts import article_faults, count_faults, passage_faults
from assistant.integrity.check_vectors import length_faults, sample_faults
from assistant.integrity.check_words import word_faults
from assistant.integrity.piecewise import Read, article_at, sample
from corpus.article import Article, Rejected
from corpus.formats.read import read_aliases, read_archive
from corpus.loading.aliases import Alias
from index.errors import IndexDamaged, IndexFault
from index.generation.generation import Generation, file_faults, open_current
from index.models.by_name import model_named
from index.models.embedder import Embedder, Encoded, ModelFault
from index.sqlite.archive import digest

# How many passages are embedded again: about two seconds.
SAMPLE = 32


def faults(root: Path, embedder: Embedder | None = None) -> Iterator[str]:
    """Every fault of the index at `root`; nothing when it is sound and up to date.

    Files are checked first; where one is damaged nothing parses it, and the rest is not checked. Without
    an embedder the model that built the index is used. Raises IndexMissing and IndexForeign.
    """
    try:
        generation = open_current(root)
    except (IndexDamaged, ValueError) as error:  # ValueError: what tantivy can't open
        yield from _damaged_files(root) or [str(error)]
        yield "because of this, what is in the index was not checked, nor compared with the articles on disk"
        return
    yield from _foreign_files(root, generation)
    yield from _inside(root, generation, embedder)
    yield from _while_readable(_against_disk(generation))


def _damaged_files(root: Path) -> list[str]:
    try:
        return list(file_faults(root))
    except (IndexFault, OSError):
        return []  # it isn't even known which files there should be


def _foreign_files(root: Path, generation: Generation) -> Iterator[str]:
    """Files beside those of the manifest: nothing reads them, and nothing of ours writes them."""
    folder = root / "generations" / generation.number
    known = {"manifest.json", *generation.manifest.files}
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).as_posix() not in known and path.suffix != ".lock" and not path.is_dir():
            yield f"{path} is no part of the index and is not read; remove it"


def _inside(root: Path, generation: Generation, embedder: Embedder | None) -> Iterator[str]:
    sampled = _sampled(generation)
    made = _embedded(generation, sampled, embedder)
    last = ""
    for line in _contradictions(generation, sampled, [] if isinstance(made, str) else made):
        if line != last:  # a file that can't be read stops several checks
            yield line
        last = line
    if isinstance(made, str):
        yield f"vectors and word pieces were not compared with their passages: {made}"
    if last:
        # An indexing run takes over what it finds, faults of this kind too.
        yield f"to repair the index, remove the folder {root} and run `onrecord index` on the articles again"


def _sampled(generation: Generation) -> list[Read]:
    try:
        return sample(generation, SAMPLE)
    except sqlite3.DatabaseError:
        return []  # told by all that reads the archive


def _embedded(
    generation: Generation, sampled: Sequence[Read], embedder: Embedder | None
) -> list[Encoded] | str:
    """The sample as the model embeds it now, or why it can't."""
    wanted = generation.manifest.model
    try:
        model = embedder or model_named(wanted.rpartition("@")[0])
        if model.model_id != wanted:
            return f"the model is {model.model_id}, not {wanted}"
        return model.embed_passages([read.text for read in sampled])
    except (ModelFault, ImportError) as error:
        return str(error)


def _contradictions(
    generation: Generation, sampled: Sequence[Read], made: Sequence[Encoded]
) -> Iterator[str]:
    rows = {read.passage.id for read in sampled}
    yield from _while_readable(count_faults(generation))
    yield from _while_readable(article_faults(generation))
    yield from _while_readable(passage_faults(generation))
    yield from _while_readable(day_faults(generation, sampled))
    yield from _while_readable(origin_faults(generation, sampled))
    yield from _while_readable(length_faults(generation))
    yield from _while_readable(sample_faults(generation, sampled, made))
    yield from _while_readable(word_faults(generation, rows))


def _while_readable(lines: Iterator[str]) -> Iterator[str]:
    """Lines up to where the index holds what no index holds, and then that."""
    try:
        yield from lines
    except (sqlite3.DatabaseError, ValueError, TypeError, LookupError) as error:
        yield f"the index can't be read any further: {error}"


def _against_disk(generation: Generation) -> Iterator[str]:
    known = generation.archive.known().keys()
    prints = {article.id: _print(article) for article in _readable(generation)}
    seen: set[str] = set()
    named: set[Alias] = set()
    changed: list[str] = []
    for root in generation.manifest.roots:
        try:
            for article in _articles(Path(root)):
                # Of two articles with one id the first was indexed.
                if article.id not in seen and prints.get(article.id, b"") not in {b"", _print(article)}:
                    changed.append(article.id)
                seen.add(article.id)
            named.update(read_aliases(Path(root)))
        except OSError as error:
            yield f"{root} can't be read ({error}); the index can't be compared with its articles"
            return
    # Texts and what is stated about them alike: a label counts as much as a word.
    yield from (f"{i}: changed on disk since it was indexed" for i in sorted(changed))
    yield from (f"{i}: on disk, not in the index" for i in sorted(seen - known))
    yield from (f"{i}: in the index, no longer on disk" for i in sorted(known - seen))
    renamed = {alias.told_at for alias in named ^ set(generation.archive.aliases())}
    yield from (f"{file}: other names of sources than when it was indexed" for file in sorted(renamed))


def _readable(generation: Generation) -> Iterator[Article]:
    read = (article_at(generation.archive, number) for number in range(generation.manifest.articles))
    return (article for article in read if isinstance(article, Article))


def _print(article: Article) -> bytes:
    """A hash of all that is stated about an article: texts of a whole archive are not held at once."""
    return digest(repr(replace(article, warnings=())))


def _articles(root: Path) -> Iterator[Article]:
    return (item for item in read_archive(root) if not isinstance(item, Rejected))
