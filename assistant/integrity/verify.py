"""Does a saved answer still stand? Its articles are read again and all that it states is compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from assistant.integrity.differences import Difference, differences, within, without_repeats
from assistant.integrity.expected import compared, says
from assistant.integrity.located import found as found_article
from assistant.integrity.located import held
from assistant.integrity.saved import Form, Saved, SavedQuote, read_saved, saved_from
from assistant.integrity.statements import beside, repeated
from assistant.provenance.corrections import NOTHING, afterwards
from assistant.provenance.relocate import Span, found_again
from assistant.types.answer import Answer
from corpus.article import Article
from corpus.formats.read import read_files
from index.errors import IndexFault
from index.generation.generation import Generation, open_current
from index.sqlite.archive import Archive


class Verdict(StrEnum):
    """What became of a quote. Only `STANDS`, `RENAMED` and `ARTICLE_CHANGED` leave it as it was.

    `RENAMED` is a record whose text stands unchanged in its file under another id.
    `SUPERSEDED` and `WITHDRAWN` are said of versions that the index held once; of others `CHANGED`
    and `GONE` are all that can be said.
    """

    STANDS = "stands"
    RENAMED = "stands: its article is now"
    ARTICLE_CHANGED = "stands, but its article has changed elsewhere"
    DIFFERS = "its words stand there, but not all that is saved of them is what the index has"
    SUPERSEDED = "is superseded by the version of"
    CHANGED = "is no longer what the article says there"
    WITHDRAWN = "its article is gone since"
    GONE = "its article is gone"


@dataclass(frozen=True, slots=True)
class Checked:
    """One quote's verdict; `place` names it in the file, hashes are of the article.

    `quotes[0]` is a quote, `quotes[0].variants.others[0]` what a copy of its article prints in its place.
    `replaced` is when the index took a later version, or none, for the one that was quoted: UTC,
    ISO 8601. `moved` is where the words stand now, if not where the quote says. `differences` are the
    fields that are saved otherwise than the index has them. `now` is the id that the article has now, if
    not the quote's.
    """

    place: str
    quote: SavedQuote
    verdict: Verdict
    new_sha256: str | None
    replaced: str | None = None
    moved: Span | None = None
    differences: tuple[Difference, ...] = ()
    now: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the words are still printed where the quote says, and are what it says of them."""
        return self.verdict in {Verdict.STANDS, Verdict.RENAMED, Verdict.ARTICLE_CHANGED}


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict on each quote of a saved file, and what else in it is not as the index has it."""

    quotes: tuple[Checked, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether all of it stands."""
        return not self.differences and all(checked.stands for checked in self.quotes)


def verify_file(path: Path, index: Path, articles: Sequence[Path] = ()) -> Verified:
    """Check a saved answer against the articles on disk: under `articles`, or where the index has them from.

    Raises ValueError for a file that is no answer, and without `articles` what opening the index raises.
    """
    generation = _opened(index, needed=not articles)
    saved = read_saved(path)
    if generation is None:
        return verify(saved, articles)
    return verify(saved, articles or [Path(root) for root in generation.manifest.roots], generation.archive)


def _opened(index: Path, *, needed: bool) -> Generation | None:
    try:
        return open_current(index)
    except IndexFault:
        if needed:
            raise
        return None


def verify(saved: Saved, roots: Iterable[Path], archive: Archive | None = None) -> Verified:
    """Compare each quote with its article as it is on disk now, under these roots, and with the index.

    `archive` is what the index holds: it knows the versions that articles had before, their copies and corrections.
    """
    ids = {quote.article_id for _, quote in saved.quotes}
    texts = {quote.article_sha256 for _, quote in saved.quotes}
    articles: dict[str, Article] = {}
    for root in roots:
        read = (a for a in read_files(root, ids) if a.id in ids or a.sha256 in texts)
        articles = {**{article.id: article for article in read}, **articles}
    return _verified(saved, articles, archive)


def verify_answers(answers: Sequence[Answer], archive: Archive) -> Verified:
    """Compare answers with the index alone; places are those of a conversation that has these turns."""
    saved = saved_from({"turns": [json.loads(answer.model_dump_json()) for answer in answers]})
    of_index = [held(quote, archive) for _, quote in saved.quotes]
    return _verified(saved, {article.id: article for article in of_index if article}, archive)


def _verified(saved: Saved, articles: Mapping[str, Article], archive: Archive | None) -> Verified:
    twice = list(repeated(saved))
    quotes = tuple(
        _check(place, quote, found_article(quote, articles), archive, _own(saved, place, quote, twice))
        for place, quote in saved.quotes
    )
    places = [place for place, _ in saved.quotes]
    rest = [fault for fault in saved.faults if not any(within(fault.field, place) for place in places)]
    return Verified(quotes, tuple(without_repeats(beside(saved, archive), rest)))


def _own(saved: Saved, place: str, quote: SavedQuote, twice: Sequence[Difference]) -> _Own:
    """What is wrong with a quote as it was saved; of a copy's words it is told with their quote."""
    faults = () if quote.form is Form.COPY else saved.faults
    return _Own(
        [fault for fault in faults if within(fault.field, place)], [d for d in twice if d.field == place]
    )


class _Own(NamedTuple):
    """Faults of a quote's form, and that it stands twice."""

    faults: Sequence[Difference]
    repeats: Sequence[Difference]


def _check(
    place: str, quote: SavedQuote, article: Article | None, archive: Archive | None, own: _Own
) -> Checked:
    since = afterwards(archive, quote.article_id, quote.article_sha256) if archive else NOTHING
    if article is None:
        verdict = Verdict.WITHDRAWN if since.replaced else Verdict.GONE
        return Checked(place, quote, verdict, None, since.replaced, None, (*own.faults, *own.repeats))
    found = without_repeats(_differences(place, quote, article, archive), own.faults)
    found += own.repeats
    now = article.id if article.id != quote.article_id else None
    checked = Checked(place, quote, Verdict.STANDS, article.sha256, differences=tuple(found), now=now)
    if not says(article, quote):
        verdict = Verdict.SUPERSEDED if since.replaced else Verdict.CHANGED
        moved = found_again(article.text, quote.text, quote.start)
        return replace(checked, verdict=verdict, replaced=since.replaced, moved=moved)
    if found:
        return replace(checked, verdict=Verdict.DIFFERS, replaced=since.replaced)
    if now:
        return replace(checked, verdict=Verdict.RENAMED)
    if article.sha256 != quote.article_sha256:
        return replace(checked, verdict=Verdict.ARTICLE_CHANGED, replaced=since.replaced)
    return checked


def _differences(
    place: str, quote: SavedQuote, article: Article, archive: Archive | None
) -> Iterator[Difference]:
    """How a quote differs from what the index has, or from its article where the index lacks it."""
    indexed = held(quote, archive) if archive else None
    if indexed and says(article, quote) and not says(indexed, quote):
        yield from differences(f"{place}.text", quote.text, indexed.text[quote.start : quote.end])
    for found in compared(place, quote, indexed or article, archive if indexed else None):
        yield found if indexed else replace(found, holder="its file")


def verify_lines(verified: Verified) -> Iterator[str]:
    """The verdicts in words, failures with the article's old and new hash and each difference."""
    for checked in verified.quotes:
        yield from _lines(checked)
    yield from (difference.line for difference in verified.differences)
    yield from _counts(verified)


def as_value(verified: Verified) -> dict[str, Any]:
    """The verdicts as JSON."""
    quotes = [
        {**asdict(c), "quote": c.quote.model_dump(mode="json"), "stands": c.stands} for c in verified.quotes
    ]
    beside = [asdict(difference) for difference in verified.differences]
    return {"stands": verified.stands, "quotes": quotes, "differences": beside}


def fault_lines(verified: Verified) -> tuple[str, ...]:
    """Only what does not stand, in words; empty where all of it stands."""
    fallen = [_lines(checked) for checked in verified.quotes if not checked.stands]
    return (*(line.strip() for lines in fallen for line in lines), *(d.line for d in verified.differences))


def _lines(c: Checked) -> Iterator[str]:
    since = f" {c.replaced}" if c.verdict in {Verdict.SUPERSEDED, Verdict.WITHDRAWN} else ""
    since = f" {c.now}" if c.verdict is Verdict.RENAMED else since
    place = f"{c.place}, {c.quote.article_id}, characters {c.quote.start}–{c.quote.end}"
    yield f"{place}: {c.verdict.value}{since}"
    if c.new_sha256 not in {None, c.quote.article_sha256}:
        yield f"  the article was {c.quote.article_sha256} and is {c.new_sha256}"
    if c.verdict in {Verdict.SUPERSEDED, Verdict.CHANGED}:
        yield f"  {_standing(c.moved)}"
    if c.now and c.verdict is not Verdict.RENAMED:
        yield f"  its article is now {c.now}"
    yield from (f"  {difference.line}" for difference in c.differences)


def _standing(moved: Span | None) -> str:
    if moved is None:
        return "its words stand nowhere in the article now"
    return f"its words still stand in the article, at characters {moved[0]}–{moved[1]}"


def _counts(verified: Verified) -> Iterator[str]:
    """How many stand, of quotes and passages, of near misses and of what copies print."""
    named = {Form.NEAR_MISS: "near misses", Form.COPY: "passages of copies"}
    for name in dict.fromkeys(("quotes", *named.values())):
        stand = [c.stands for c in verified.quotes if named.get(c.quote.form, "quotes") == name]
        if stand:
            yield f"{sum(stand)} of {len(stand)} {name} stand."
    if verified.differences:
        yield "What is said beside the quotes is not all as the index has it."
