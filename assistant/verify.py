"""Does a saved answer still stand? Its articles are read again and every quote is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant import wording
from assistant.corrections import NOTHING, Afterwards, afterwards
from assistant.saved import OF_COPY, SavedQuote, read_saved
from assistant.standing import Span, found_again
from corpus.article import Article
from corpus.identity import file_of
from corpus.read import read_files
from index.archive import Archive
from index.generation import open_current
from index.hits import IndexFault


class Verdict(StrEnum):
    """What became of a quote. `STANDS`, `RENAMED` and `ARTICLE_CHANGED` leave its words where they were.

    `RENAMED` is a record whose text stands unchanged in its file under another id.
    `SUPERSEDED` and `WITHDRAWN` are said of versions that the index held once; of others `CHANGED`
    and `GONE` are all that can be said.
    """

    STANDS = "stands"
    RENAMED = "stands: its article is now"
    ARTICLE_CHANGED = "stands, but its article has changed elsewhere"
    SUPERSEDED = "is superseded by the version of"
    CHANGED = "is no longer what the article says there"
    WITHDRAWN = "its article is gone since"
    GONE = "its article is gone"


@dataclass(frozen=True, slots=True)
class Checked:
    """One quote's verdict; `place` names it in the file, hashes are of the article.

    `quotes[0]` is a quote, `quotes[0].variants.others[0]` what a copy of its article prints in its place.
    `replaced` is when the index took a later version, or none, for the one that was quoted: UTC,
    ISO 8601. `moved` is where the words stand now, if not where the quote says. `notes` are what the
    article's metadata says now and didn't when it was quoted: its kind, a correction. `now` is the id
    that the article has now, if not the quote's.
    """

    place: str
    quote: SavedQuote
    verdict: Verdict
    new_sha256: str | None
    replaced: str | None = None
    moved: Span | None = None
    notes: tuple[str, ...] = ()
    now: str | None = None

    @property
    def of_copy(self) -> bool:
        """Whether these are a copy's words, told beside a quote."""
        return OF_COPY in self.place

    @property
    def stands(self) -> bool:
        """Whether the words are still printed where the quote says."""
        return self.verdict in {Verdict.STANDS, Verdict.RENAMED, Verdict.ARTICLE_CHANGED}


def verify_file(path: Path, index: Path, articles: Sequence[Path] = ()) -> list[Checked]:
    """Check a saved answer against the articles on disk: under `articles`, or where the index has them from.

    Raises ValueError for a file that is no answer, and without `articles` what opening the index raises.
    """
    quotes = read_saved(path)
    try:
        generation = open_current(index)
    except IndexFault:
        if not articles:
            raise
        return verify(quotes, articles)
    return verify(quotes, articles or [Path(root) for root in generation.manifest.roots], generation.archive)


def verify(
    quotes: Sequence[tuple[str, SavedQuote]], roots: Iterable[Path], archive: Archive | None = None
) -> list[Checked]:
    """Compare each quote with its article as it is on disk now, under these roots.

    `archive` is what the index holds of them: it knows the versions that articles had before.
    """
    ids = {quote.article_id for _, quote in quotes}
    texts = {quote.article_sha256 for _, quote in quotes}
    articles: dict[str, Article] = {}
    for root in roots:
        read = (a for a in read_files(root, ids) if a.id in ids or a.sha256 in texts)
        articles = {**{article.id: article for article in read}, **articles}
    return [_check(place, quote, _found(quote, articles), archive) for place, quote in quotes]


def _found(quote: SavedQuote, articles: Mapping[str, Article]) -> Article | None:
    """The article that was quoted: its text by its hash, here or as another record of the file, else what has its id.

    A record of another source only prints the same.
    """
    own = articles.get(quote.article_id)
    if own and own.sha256 == quote.article_sha256:
        return own
    file, sha256 = file_of(quote.article_id), quote.article_sha256
    beside = (a for a in articles.values() if a.sha256 == sha256 and file_of(a.id) == file)
    return next((a for a in beside if quote.source in {None, a.source}), own)


def _check(place: str, quote: SavedQuote, article: Article | None, archive: Archive | None) -> Checked:
    since = afterwards(archive, quote.article_id, quote.article_sha256) if archive else NOTHING
    if article is None:
        verdict = Verdict.WITHDRAWN if since.replaced else Verdict.GONE
        return Checked(place, quote, verdict, None, since.replaced)
    notes = tuple(_notes(quote, article, since))
    if article.id != quote.article_id and _says(article, quote):
        return Checked(place, quote, Verdict.RENAMED, article.sha256, notes=notes, now=article.id)
    if _says(article, quote):
        same = article.sha256 == quote.article_sha256
        verdict, replaced = (Verdict.STANDS, None) if same else (Verdict.ARTICLE_CHANGED, since.replaced)
        return Checked(place, quote, verdict, article.sha256, replaced, notes=notes)
    verdict = Verdict.SUPERSEDED if since.replaced else Verdict.CHANGED
    moved = found_again(article.text, quote.text, quote.start) if quote.text else None
    return Checked(place, quote, verdict, article.sha256, since.replaced, moved, notes)


def _notes(quote: SavedQuote, article: Article, since: Afterwards) -> Iterator[str]:
    """What is stated of an article now, and wasn't when it was quoted."""
    if wording.kind(article.kind) and article.kind != quote.kind:
        yield f"Its kind, as its metadata says now: {article.kind}"
    corrected = article.corrected if article.corrected != quote.corrected else None
    correction = since.correction if since.correction != quote.correction else None
    yield from wording.correction_notes(corrected, correction)
    yield from wording.claim_notes([claim for claim in since.claims if claim not in quote.claims])


def _says(article: Article, quote: SavedQuote) -> bool:
    # A slice may end past the text; a quote's span may not.
    whole = quote.end - quote.start == len(quote.text)
    return whole and article.text[quote.start : quote.end] == quote.text


def verify_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """The verdicts in words, failures with the article's old and new hash."""
    for c in checked:
        since = f" {c.replaced}" if c.verdict in {Verdict.SUPERSEDED, Verdict.WITHDRAWN} else ""
        since = f" {c.now}" if c.now else since
        place = f"{c.place}, {c.quote.article_id}, characters {c.quote.start}–{c.quote.end}"
        yield f"{place}: {c.verdict.value}{since}"
        if c.new_sha256 not in {None, c.quote.article_sha256}:
            yield f"  the article was {c.quote.article_sha256} and is {c.new_sha256}"
        if c.verdict in {Verdict.SUPERSEDED, Verdict.CHANGED}:
            yield f"  {_standing(c.moved)}"
        yield from (f"  {note}" for note in c.notes)
    copies = [c.stands for c in checked if c.of_copy]
    yield f"{sum(c.stands for c in checked) - sum(copies)} of {len(checked) - len(copies)} quotes stand."
    if copies:
        yield f"{sum(copies)} of {len(copies)} passages of copies stand."


def _standing(moved: Span | None) -> str:
    if moved is None:
        return "its words stand nowhere in the article now"
    return f"its words still stand in the article, at characters {moved[0]}–{moved[1]}"
