"""Articles that an index has and the archive no longer shows: kept where unseen, and never many dropped unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.loading.identity import file_of
from index.errors import IndexFault
from index.generation.generation import Generation

# The share of a former index's articles that leave it without being asked about.
MOST = 0.1


class RemovalRefused(IndexFault):
    """More articles would leave the index than may without a word; the index is as it was."""


def kept(
    old: Generation, found: Collection[str], rejected: Sequence[Rejected]
) -> Iterator[tuple[Article, str]]:
    """Former articles whose file or folder could not be looked at, each with the reason."""
    places = [one for one in rejected if one.unseen]
    for id_ in sorted(old.archive.known().keys() - set(found)) if places else ():
        file = file_of(id_)
        for place in places:
            if not place.path or file == place.path or file.startswith(place.path + "/"):
                yield old.archive.article(id_), f"{place.path or 'the archive'} {place.reason}"
                break


def check(old: Generation, articles: Sequence[Article], read: Mapping[Path, int]) -> None:
    """Raise RemovalRefused where more than a tenth of the former articles are gone, or all of a path's.

    `read` says how many articles each path has now. An article is not gone whose text is there under another id.
    """
    former = old.archive.known()
    texts = {article.sha256 for article in articles}
    ids = {article.id for article in articles}
    gone = [id_ for id_, cut in former.items() if id_ not in ids and cut.sha256 not in texts]
    empty = [path for path, count in read.items() if not count and str(path.absolute()) in old.manifest.roots]
    if not gone or not (empty or len(gone) > MOST * len(former)):
        return
    where = f"; {empty[0]} holds no article any more" if empty else ""
    raise RemovalRefused(
        f"{len(gone):,} of {len(former):,} articles would leave the index, such as {gone[0]!r}{where}; "
        "the index is as it was. If they are meant to go, run it again with --allow-removal"
    )
