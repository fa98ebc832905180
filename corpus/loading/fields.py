"""What an article states about itself, checked and joined with its labels: the one place that builds Articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from corpus.article import Article, DateOrigin
from corpus.loading.decoding import checked, normalised
from corpus.loading.labels import Label, correction, one_line, web_address
from corpus.loading.stated_dates import parse_date

LONGEST_TEXT = 5_000_000  # characters of one article
# Names under which records and front matter state a thing; the first one present counts.
NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "source": ("source",),
    "published": ("published", "date"),
    "url": ("url",),
    "author": ("author",),
    "kind": ("kind",),
    "corrected": ("correction", "corrected"),
    "text": ("text", "body", "content"),
    "id": ("id",),
}
_FACTS: Mapping[str, Callable[[str], str]] = {
    "title": one_line,
    "source": one_line,
    "url": web_address,
    "author": one_line,
    "kind": one_line,
    "corrected": correction,
}


@dataclass(slots=True)
class Facts:
    """An article's facts while they are collected, and the warnings that come up."""

    values: dict[str, str] = field(default_factory=dict)
    published: date | None = None
    origin: DateOrigin = DateOrigin.NONE
    warnings: list[str] = field(default_factory=list)

    def state(self, name: str, value: object) -> None:
        """Take over a fact the article states; one that can't be right is dropped with a warning."""
        if isinstance(value, int) and (name == "corrected" or not isinstance(value, bool)):
            value = str(value)
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if not isinstance(value, str):
            self.warnings.append(f"{name} is not a text and was dropped")
            return
        try:
            self.values[name] = _FACTS[name](value)
        except ValueError as error:
            self.warnings.append(f"{name} {error} and was dropped")

    def date(self, value: object, origin: DateOrigin, date_format: str | None = None) -> None:
        """Take over the date the article states; a bad one is a warning, and the article is undated."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        try:
            self.published = parse_date(_text(value), date_format)
            self.origin = origin
        except ValueError as error:
            self.warnings.append(f"date not used: {error}")

    def fill(self, label: Label) -> None:
        """Fill gaps from the label; where article and label differ, the article wins with a warning."""
        said = {"source": label.source, "title": label.title, "url": label.url}
        said |= {"author": label.author, "kind": label.kind, "corrected": label.corrected}
        for name, value in said.items():
            if value is not None and self.values.setdefault(name, value) != value:
                self._differ(name, value, self.values[name])
        if label.published is not None and self.published is None:
            self.published, self.origin = label.published, DateOrigin.LABEL_FILE
        elif label.published is not None and self.published != label.published:
            self._differ("date", str(label.published), str(self.published))

    def _differ(self, name: str, label: str, article: str) -> None:
        self.warnings.append(f"labels.toml says {name} {label!r}; the article says {article!r}, which counts")


def _text(value: object) -> str:
    match value:
        case str():
            return value
        case _:
            raise ValueError("it is not a text")


def take_facts(record: Mapping[str, object], origin: DateOrigin, label: Label) -> Facts:
    """Collect the facts a record or front matter states, under the names of `NAMES` or the label's columns."""
    facts = Facts()
    for name in _FACTS:
        for stated in (record.get(key) for key in names_for(name, label)):
            if not facts.values.get(name):
                facts.state(name, stated)
    dates = [record[name] for name in names_for("published", label) if record.get(name) not in (None, "")]
    if dates:
        facts.date(dates[0], origin, label.date_format)
    if any(other != dates[0] for other in dates[1:]):
        facts.warnings.append("two dates are stated, `published` and `date`; `published` counts")
    return facts


def names_for(name: str, label: Label) -> tuple[str, ...]:
    """Return the keys that may hold a thing: the column a label declares for it, or the usual names."""
    return (fold_key(label.columns[name]),) if name in label.columns else NAMES[name]


def first_stated(record: Mapping[str, object], names: tuple[str, ...]) -> object:
    """Return the value under the first of the names that the record has and that is not null."""
    return next((record[name] for name in names if record.get(name) is not None), None)


def fold_key(key: str) -> str:
    """Write a key or column name so that blanks around it and upper case don't matter."""
    return key.strip().casefold()


def unique_keys(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Make a record of its pairs, keys folded; raise ValueError when one key comes twice."""
    record: dict[str, object] = {}
    for key, value in pairs:
        name = fold_key(key)
        if name in record:
            raise ValueError(f"states {name[:40]!r} twice")
        record[name] = value
    return record


def make_article(article_id: str, text: str, body_start: int, facts: Facts, label: Label) -> Article:
    """Build the article from its text and facts, gaps filled from the label.

    Raises ValueError with a one-line reason when the text is empty, too long or not clean.
    """
    text = checked(normalised(text))
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"has a text of {len(text):,} characters, at most {LONGEST_TEXT:,} are read; split it"
        )
    if not text[body_start:].strip():
        raise ValueError("has no text after its header" if text.strip() else "is empty")
    facts.fill(label)
    return Article(
        id=article_id,
        text=text,
        body_start=body_start,
        title=facts.values.get("title"),
        source=facts.values.get("source"),
        published=facts.published,
        date_origin=facts.origin,
        url=facts.values.get("url"),
        author=facts.values.get("author"),
        kind=facts.values.get("kind"),
        corrected=facts.values.get("corrected") or None,
        warnings=tuple(facts.warnings),
    )
