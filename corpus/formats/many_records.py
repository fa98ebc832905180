"""What the formats of many records share: from parsed records to articles, or the reasons why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.article import Article, DateOrigin, Rejected
from corpus.loading.fields import first_stated, fold_key, make_article, names_for, take_facts
from corpus.loading.identity import Known, known_by
from corpus.loading.labels import Label
from corpus.loading.listing import listed

MOST_RECORDS = 1_500_000  # lines or rows of a file
MOST_TOLD = 100  # refused records of a file that are told one by one


def read_records(
    records: Sequence[Mapping[str, object] | str], path: str, label: Label
) -> Iterator[Article | Rejected]:
    """Turn a file's records, in order, into articles; a record that is a text is the reason it can't be read.

    Keys are folded (`fields.fold_key`); `identity.known_by` says what the articles' ids are. Of more than MOST_TOLD
    refused records the number comes first, and only those first ones are told one by one. Raises ValueError when the
    file as a whole has no text field, or lacks a column that labels.toml names.
    """
    _check_keys(records, label)
    pairs = zip(known_by(path, records, label), records, strict=True)
    items = [_article_or_fault(known, record, label) for known, record in pairs]
    refused = sum(isinstance(item, Rejected) for item in items)
    left = MOST_TOLD
    if refused > MOST_TOLD:
        told = f"{refused:,} of {len(items):,} records could not be read; the first {MOST_TOLD} are told here"
        yield Rejected(path, told)
    for item in items:
        if isinstance(item, Article):
            yield item
        elif left:
            left -= 1
            yield item


def too_many() -> ValueError:
    """The fault of a file with more lines or rows than are read."""
    return ValueError(f"has more than {MOST_RECORDS:,} lines or rows; split it")


def _article_or_fault(known: Known, record: Mapping[str, object] | str, label: Label) -> Article | Rejected:
    if isinstance(record, str):
        return Rejected(known.article_id, record)
    try:
        return _article(known, record, label)
    except ValueError as error:
        return Rejected(known.article_id, str(error))


def _article(known: Known, record: Mapping[str, object], label: Label) -> Article:
    match first_stated(record, names_for("text", label)):
        case None:
            raise ValueError(f"has no text under {_either(names_for('text', label))}")
        case str(text):
            facts = take_facts(record, DateOrigin.METADATA, label)
            facts.warnings += [known.doubt] if known.doubt else []
            return make_article(known.article_id, text, 0, facts, label)
        case _:
            raise ValueError("has a text field that is not a text")


def _check_keys(records: Sequence[Mapping[str, object] | str], label: Label) -> None:
    seen = list(dict.fromkeys(key for record in records if not isinstance(record, str) for key in record))
    if not seen:
        return
    for name, column in label.columns.items():
        if fold_key(column) not in seen:
            raise ValueError(f"has no {column!r}, which labels.toml names for {name}; it has: {listed(seen)}")
    if not set(names_for("text", label)) & set(seen):
        raise ValueError(
            f"has no text under {_either(names_for('text', label))}; it has: {listed(seen)}. "
            "Name the one that holds the text in labels.toml, for example columns = { text = 'story' }"
        )


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(repr(name) for name in names)
