"""Articles into a new generation: what is unchanged is taken over, the rest is embedded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from corpus.article import Article, Rejected
from corpus.duplicates.lookalikes import source_warnings
from corpus.duplicates.origins import group_copies
from corpus.duplicates.shingles import Text
from corpus.formats.read import read_aliases, read_archive
from corpus.loading.aliases import Alias, alias_faults
from corpus.loading.identity import file_of
from corpus.segmentation.passages import split_passages
from corpus.segmentation.sentences import split_sentences
from index.build import removals
from index.build.changes import changes
from index.build.checkpoint import Unfinished
from index.build.encode import EncodedPassages, Progress, encode
from index.build.needs import Needs, needs
from index.build.writing import Contents, now, write
from index.cuts import Cut, Layout, spoken_days
from index.errors import IndexFault
from index.generation.generation import (
    Generation,
    open_current,
    open_newest_whole,
    published,
    remove_all_but,
    writing,
)
from index.models.embedder import Embedder
from index.sqlite.archive_writing import Entry
from index.sqlite.records import Version

# About 82 words, half of what the model reads; other lengths have not been compared.
PASSAGE_PIECES = 128


def _silent(done: int, total: int) -> None:
    """Tell nobody."""
    del done, total


class NothingToIndex(IndexFault):
    """No article could be read; the index is left as it was."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an indexing run did.

    `new`, `changed` and `removed` count articles; `embedded` and `reused` count passages, `reused`
    with those that an interrupted run had embedded. `kept` are articles of the former index whose file
    or folder could not be looked at, each with the reason. `seconds` says how long each step took.
    """

    generation: str
    articles: int
    new: int
    changed: int
    unchanged: int
    removed: int
    passages: int
    embedded: int
    reused: int
    rejected: tuple[Rejected, ...]
    kept: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]
    seconds: dict[str, float]


def build(
    root: Path,
    articles: Sequence[Path],
    embedder: Embedder,
    progress: Progress | None = None,
    foretell: Callable[[Needs], None] | None = None,
    *,
    allow_removal: bool = False,
) -> Report:
    """Index the articles under these paths as a new generation at `root`.

    The paths are the whole archive: an article of the former generation that is no longer under
    them is gone from this one; one whose file or folder could not be looked at is kept. `foretell` is
    told what the run will need once it knows its passages, `progress` passages embedded and passages
    to embed. What was embedded before a run was interrupted is not embedded again.
    Raises NothingToIndex, IndexBusy, IndexUnwritten, NotAnIndex, ModelFault, FileNotFoundError, and without
    `allow_removal` RemovalRefused where more than a tenth of the former articles are gone; the former index then stays.
    """
    seconds: dict[str, float] = {}
    with writing(root):
        with _timed(seconds, "reading"):
            read = _read(articles)
        with _timed(seconds, "opening the former index"):
            former, old = published(root), _former(root)
            if old:
                read = _with_kept(read, old)
                if not allow_removal:
                    removals.check(old, read.articles, read.counts)
            # Vectors of another model, and passages cut to its measure, are of no use.
            alike = old if old and old.manifest.model == embedder.model_id else None
            rest = Unfinished(root, embedder.model_id)
        with _timed(seconds, "cutting"):
            entries = _entries(read.articles, embedder, alike)
        if foretell:
            foretell(_needs(root, entries, alike))
        with _timed(seconds, "embedding"), rest.room_given_back():
            encoded = _encoded(entries, embedder, alike, rest, progress or _silent)
        with _timed(seconds, "writing"), rest.room_given_back():
            number = _write(root, articles, read, entries, encoded, embedder.model_id, old)
            rest.discard()
            # The former one stays for readers that opened it by name a moment ago.
            remove_all_but(root, {number, old.number if old else former or number})
        return _report(number, entries, read, old, encoded.fresh, seconds)


def _needs(root: Path, entries: Sequence[Entry], old: Generation | None) -> Needs:
    passages = sum(len(entry.passages) for entry in entries)
    return needs(root, passages, max(0, passages - (old.manifest.passages if old else 0)))


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    began = monotonic()
    yield
    seconds[step] = round(monotonic() - began, 3)


class _Read(NamedTuple):
    """What is under the paths, articles oldest first (undated before all), then by id.

    `counts` says how many articles each path has; `kept` are ids of former articles that are kept, with the reason.
    """

    articles: list[Article]
    rejected: list[Rejected]
    aliases: list[Alias]
    counts: dict[Path, int]
    kept: tuple[tuple[str, str], ...] = ()


def _read(paths: Sequence[Path]) -> _Read:
    """All articles, other names of sources, and what is rejected: a second use of an id is."""
    found: dict[str, Article] = {}
    rejected: list[Rejected] = []
    counts: dict[Path, int] = {}
    for path in paths:
        before = len(found)
        for item in read_archive(path):
            if isinstance(item, Rejected):
                rejected.append(item)
            elif item.id in found:
                reason = "another article has this id; index the folder that holds both instead"
                rejected.append(Rejected(item.id, reason))
            else:
                found[item.id] = item
        counts[path] = len(found) - before
    if not found:
        raise NothingToIndex(_nothing_read(paths, rejected))
    ordered = sorted(found.values(), key=_oldest_first)
    aliases = [alias for path in paths for alias in read_aliases(path)]
    rejected += alias_faults((a.source for a in ordered if a.source), aliases)
    return _Read(ordered, rejected, aliases, counts)


def _nothing_read(paths: Sequence[Path], rejected: Sequence[Rejected]) -> str:
    """Why there is nothing to index: what was refused, or that no file of a known kind is there."""
    where = f"no article could be read under {', '.join(map(str, paths))}"
    if not rejected:
        return f"{where} (.txt, .md, .jsonl and .csv are read); the index is as it was"
    first = f"{rejected[0].path} {rejected[0].reason}"
    more = f", and {len(rejected) - 1:,} more" if len(rejected) > 1 else ""
    return f"{where}: {first}{more}; the index is as it was"


def _oldest_first(article: Article) -> tuple[str, str]:
    return article.published.isoformat() if article.published else "", article.id


def _with_kept(read: _Read, old: Generation) -> _Read:
    """With the former articles whose place could not be looked at."""
    found = list(removals.kept(old, {article.id for article in read.articles}, read.rejected))
    articles = sorted([*read.articles, *(article for article, _ in found)], key=_oldest_first)
    return read._replace(articles=articles, kept=tuple((article.id, reason) for article, reason in found))


def _former(root: Path) -> Generation | None:
    """The generation to take over from: the current one, or where that is damaged the newest whole one."""
    try:
        return open_current(root)
    except IndexFault:
        return open_newest_whole(root)


def _entries(articles: Sequence[Article], embedder: Embedder, old: Generation | None) -> list[Entry]:
    known = old.archive.known() if old else {}
    cuts = [
        old.archive.layout(a) if old and known.get(a.id) == Cut.of(a) else _cut(a, embedder) for a in articles
    ]
    # All texts, not only new ones: it is cheaper than what it would take to know what still holds.
    origins = group_copies(Text(article.body, article.source) for article in articles)
    return [
        Entry(article, cut.sentences, cut.passages, cut.days, origin)
        for article, cut, origin in zip(articles, cuts, origins, strict=True)
    ]


def _cut(article: Article, embedder: Embedder) -> Layout:
    sentences = split_sentences(article.text, article.body_start, article.title)
    limit = min(PASSAGE_PIECES, embedder.max_pieces)
    passages = split_passages(article, sentences, lambda text: len(embedder.piece_spans(text)), limit)
    return Layout(tuple(sentences), tuple(passages), spoken_days(article, passages))


def _encoded(
    entries: Sequence[Entry],
    embedder: Embedder,
    old: Generation | None,
    rest: Unfinished,
    progress: Progress,
) -> EncodedPassages:
    texts = [p.text for entry in entries for p in entry.passages]
    if not texts:
        raise NothingToIndex("the articles hold no sentence that could be quoted; the index is as it was")
    return encode(texts, embedder, old, rest, progress)


def _versions(entries: Sequence[Entry], old: Generation | None, replaced_at: str) -> list[Version]:
    """Every earlier text that was ever indexed and is not the present one."""
    if not old:
        return []
    present = {e.article.id: e.article.sha256 for e in entries}
    # A record that only has another id than before was not replaced.
    standing = {(file_of(id_), sha256) for id_, sha256 in present.items()}
    replaced = [
        Version(id_, cut.sha256, replaced_at)
        for id_, cut in old.archive.known().items()
        if (file_of(id_), cut.sha256) not in standing
    ]
    earlier = {(v.article_id, v.sha256): v for v in [*old.archive.versions(), *replaced]}
    return [v for v in earlier.values() if present.get(v.article_id) != v.sha256]


def _write(
    root: Path,
    articles: Sequence[Path],
    read: _Read,
    entries: Sequence[Entry],
    encoded: EncodedPassages,
    model: str,
    old: Generation | None,
) -> str:
    created = now()
    contents = Contents(
        entries,
        encoded,
        model,
        roots=tuple(str(path.absolute()) for path in articles),
        created=created,
        rejected=read.rejected,
        aliases=read.aliases,
        versions=_versions(entries, old, created),
    )
    return write(root, contents)


def _warnings(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    yield from ((article.id, warning) for article in articles for warning in article.warnings)
    yield from source_warnings((article.source, article.id) for article in articles if article.source)


def _report(
    number: str,
    entries: Sequence[Entry],
    read: _Read,
    old: Generation | None,
    embedded: int,
    seconds: dict[str, float],
) -> Report:
    former = {id_: cut.sha256 for id_, cut in old.archive.known().items()} if old else {}
    change = changes(former, {e.article.id: e.article.sha256 for e in entries})
    passages = sum(len(e.passages) for e in entries)
    return Report(
        generation=number,
        articles=len(entries),
        new=change.new,
        changed=change.changed,
        unchanged=len(entries) - change.new - change.changed,
        removed=change.removed,
        passages=passages,
        embedded=embedded,
        reused=passages - embedded,
        rejected=tuple(read.rejected),
        kept=read.kept,
        warnings=tuple(_warnings(read.articles)),
        seconds=seconds,
    )
