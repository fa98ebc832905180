"""Is an index sound, and is it still what is on disk? One line for each fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.read import read_archive
from index.archive import digest
from index.generation import Generation, open_current


def faults(root: Path) -> Iterator[str]:
    """Every fault of the index at `root`; nothing when it is sound and up to date.

    File hashes are checked by opening it, which raises IndexMissing, IndexDamaged or IndexForeign.
    """
    generation = open_current(root)
    yield from _inside(generation)
    yield from _against_disk(generation)


def _inside(generation: Generation) -> Iterator[str]:
    manifest, archive = generation.manifest, generation.archive
    counted = archive.coverage().articles
    if counted != manifest.articles:
        yield f"the manifest counts {manifest.articles} articles, the archive holds {counted}"
    for article in archive.articles():
        sentences = archive.layout(article).sentences
        if any(not 0 <= s.start < s.end <= len(article.text) for s in sentences):
            yield f"{article.id}: a sentence lies outside the text"
    for row in range(manifest.passages):
        (passage,) = archive.passages([row])
        article = archive.article_at(passage.article)
        if digest(article.text[passage.start : passage.end]) != passage.sha256:
            yield f"{article.id}: passage {row} is not what was stored"


def _against_disk(generation: Generation) -> Iterator[str]:
    known = {article.id: article for article in generation.archive.articles()}
    found: dict[str, Article] = {}
    for root in generation.manifest.roots:
        try:
            # Of two articles with one id the first was indexed.
            found = {**{a.id: a for a in _articles(Path(root))}, **found}
        except OSError as error:
            yield f"{root} can't be read ({error}); the index can't be compared with its articles"
            return
    both = sorted(found.keys() & known.keys())
    # Texts and what is stated about them alike: a label counts as much as a word.
    yield from (f"{i}: changed on disk since it was indexed" for i in both if found[i] != known[i])
    yield from (f"{i}: on disk, not in the index" for i in sorted(found.keys() - known.keys()))
    yield from (f"{i}: in the index, no longer on disk" for i in sorted(known.keys() - found.keys()))


def _articles(root: Path) -> Iterator[Article]:
    return (item for item in read_archive(root) if not isinstance(item, Rejected))
