"""Articles into a new generation: what is unchanged is taken over, the rest is embedded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.article import Article, Rejected
from corpus.origins import group_copies, signature
from corpus.passages import split_passages
from corpus.read import read_archive
from corpus.sentences import split_sentences
from index.archive import Cut, Entry, Layout, digest, write_archive
from index.embedder import Embedder, Encoded, Vectors
from index.generation import (
    FORMAT,
    Generation,
    Manifest,
    drafting,
    hash_files,
    open_current,
    publish,
    published,
    remove_all_but,
    writing,
)
from index.hits import IndexFault, IndexMissing
from index.tokens import Codes, TokenCodec, write_tokens
from index.vectors import FaissVectors
from index.words import heading, write_words

# About 82 words, half of what the model reads; other lengths have not been compared.
PASSAGE_PIECES = 128
_BATCH = 64

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Tell nobody."""
    del done, total


class NothingToIndex(IndexFault):
    """No article could be read; the index is left as it was."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an indexing run did.

    `new`, `changed` and `removed` count articles; `embedded` and `reused` count passages.
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
    warnings: tuple[tuple[str, str], ...]


def build(
    root: Path, articles: Sequence[Path], embedder: Embedder, progress: Progress | None = None
) -> Report:
    """Index the articles under these paths as a new generation at `root`.

    The paths are the whole archive: an article of the former generation that is no longer under
    them is gone from this one. `progress` is told passages embedded and passages to embed.
    Raises NothingToIndex, IndexBusy, ModelFault, FileNotFoundError; the former index then stays.
    """
    with writing(root):
        read, rejected = _read(articles)
        if not read:
            raise NothingToIndex(
                f"no article could be read under {', '.join(map(str, articles))} "
                "(.txt, .md, .jsonl and .csv are read); the index is as it was"
            )
        old, former = _former(root, embedder), published(root)
        entries = _entries(read, embedder, old)
        embedded = _embedded(entries, embedder, old, progress or _silent)
        number = _write(root, articles, entries, rejected, embedded, embedder)
        # The former one stays for readers that opened it by name a moment ago.
        remove_all_but(root, {number, former or number})
        return _report(number, entries, rejected, old, embedded.fresh)


def _read(paths: Sequence[Path]) -> tuple[list[Article], list[Rejected]]:
    """All articles, oldest first (undated before all), then by id; a second use of an id is rejected."""
    found: dict[str, Article] = {}
    rejected: list[Rejected] = []
    for path in paths:
        for item in read_archive(path):
            if isinstance(item, Rejected):
                rejected.append(item)
            elif item.id in found:
                reason = "another article has this id; index the folder that holds both instead"
                rejected.append(Rejected(item.id, reason))
            else:
                found[item.id] = item
    ordered = sorted(found.values(), key=lambda a: (a.published.isoformat() if a.published else "", a.id))
    return ordered, rejected


def _former(root: Path, embedder: Embedder) -> Generation | None:
    """The generation to take vectors over from, or None: it must be whole and of the same model."""
    try:
        old = open_current(root)
    except IndexMissing:
        return None
    except IndexFault:
        # A damaged or foreign index has nothing to give; the new generation repairs it.
        return None
    return old if old.manifest.model == embedder.model_id else None


def _entries(articles: Sequence[Article], embedder: Embedder, old: Generation | None) -> list[Entry]:
    known = old.archive.known() if old else {}
    cuts = [
        old.archive.layout(a) if old and known.get(a.id) == Cut.of(a) else _cut(a, embedder) for a in articles
    ]
    origins = group_copies([cut.signature for cut in cuts])
    return [
        Entry(article, cut.sentences, cut.passages, cut.signature, origin)
        for article, cut, origin in zip(articles, cuts, origins, strict=True)
    ]


def _cut(article: Article, embedder: Embedder) -> Layout:
    sentences = split_sentences(article.text, article.body_start, article.title)
    limit = min(PASSAGE_PIECES, embedder.max_pieces)
    passages = split_passages(article, sentences, lambda text: len(embedder.piece_spans(text)), limit)
    return Layout(tuple(sentences), tuple(passages), signature(article.body))


@dataclass(frozen=True, slots=True)
class _Embedded:
    """What the passages became: a vector each, and the codes of their word pieces.

    `fresh` counts the texts that were embedded for it; the others were taken over.
    """

    vectors: Vectors
    codec: TokenCodec
    codes: list[Codes]
    fresh: int


def _embedded(
    entries: Sequence[Entry], embedder: Embedder, old: Generation | None, progress: Progress
) -> _Embedded:
    """Embed every passage, in order; a text embedded before, here or in `old`, is taken over."""
    texts = {digest(p.text): p.text for entry in entries for p in entry.passages}
    if not texts:
        raise NothingToIndex("the articles hold no sentence that could be quoted; the index is as it was")
    made = _taken_over(texts, old)
    fresh = sorted((sha for sha in texts if sha not in made), key=lambda sha: (len(texts[sha]), sha))
    batches = _embed([texts[sha] for sha in fresh], embedder, progress)
    first = next(batches, [])
    codec = old.tokens.codec if old else TokenCodec.fit(np.concatenate([e.pieces for e in first]))
    for sha, encoded in zip(fresh, chain(first, chain.from_iterable(batches)), strict=True):
        made[sha] = encoded.vector, codec.encode(encoded.pieces)
    in_order = [made[digest(p.text)] for entry in entries for p in entry.passages]
    vectors = np.stack([vector for vector, _ in in_order]).astype(np.float32)
    return _Embedded(vectors, codec, [codes for _, codes in in_order], len(fresh))


def _taken_over(texts: Collection[bytes], old: Generation | None) -> dict[bytes, tuple[Vectors, Codes]]:
    """What the former generation has of these texts."""
    rows = {sha: row for sha, row in old.archive.passage_rows().items() if sha in texts} if old else {}
    if not old or not rows:
        return {}
    vectors = old.vectors.rows(np.array(list(rows.values())))
    return {
        sha: (vector, old.tokens.codes(row)) for (sha, row), vector in zip(rows.items(), vectors, strict=True)
    }


def _embed(texts: Sequence[str], embedder: Embedder, progress: Progress) -> Iterator[list[Encoded]]:
    """Embed in batches of like length, telling the progress after each."""
    progress(0, len(texts))
    for first in range(0, len(texts), _BATCH):
        batch = texts[first : first + _BATCH]
        yield embedder.embed_passages(batch)
        progress(first + len(batch), len(texts))


def _write(
    root: Path,
    articles: Sequence[Path],
    entries: Sequence[Entry],
    rejected: Sequence[Rejected],
    embedded: _Embedded,
    embedder: Embedder,
) -> str:
    with drafting(root) as draft:
        write_archive(draft / "archive.sqlite", entries, rejected)
        write_words(draft / "words", (f"{heading(e.article)}\n{p.text}" for e in entries for p in e.passages))
        (draft / "vectors.faiss").write_bytes(FaissVectors(embedded.vectors).serialize())
        write_tokens(draft, embedded.codec, embedded.codes)
        manifest = Manifest(
            format=FORMAT,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            model=embedder.model_id,
            dimensions=int(embedded.vectors.shape[1]),
            articles=len(entries),
            passages=len(embedded.vectors),
            roots=tuple(str(path.absolute()) for path in articles),
            files=hash_files(draft),
        )
        return publish(root, draft, manifest)


def _report(
    number: str, entries: Sequence[Entry], rejected: Sequence[Rejected], old: Generation | None, embedded: int
) -> Report:
    known = old.archive.known() if old else {}
    ids = {e.article.id for e in entries}
    changed = sum(
        1 for e in entries if e.article.id in known and known[e.article.id].sha256 != e.article.sha256
    )
    new = len(ids - known.keys())
    passages = sum(len(e.passages) for e in entries)
    return Report(
        generation=number,
        articles=len(entries),
        new=new,
        changed=changed,
        unchanged=len(entries) - new - changed,
        removed=len(known.keys() - ids),
        passages=passages,
        embedded=embedded,
        reused=passages - embedded,
        rejected=tuple(rejected),
        warnings=tuple((e.article.id, warning) for e in entries for warning in e.article.warnings),
    )
