"""What the formats of many records share: from parsed records to articles, or the reasons why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.article import Article, DateOrigin, Rejected
from corpus.fields import first_stated, fold_key, make_article, names_for, take_facts
from corpus.identity import Known, known_by
from corpus.labels import Label

_KEYS_SHOWN = 12


def read_records(
    records: Sequence[Mapping[str, object] | str], path: str, label: Label
) -> Iterator[Article | Rejected]:
    """Turn a file's records, in order, into articles; a record that is a text is the reason it can't be read.

    Keys are folded (`fields.fold_key`); `identity.known_by` says what the articles' ids are. Raises
    ValueError when the file as a whole has no text field, or lacks a column that labels.toml names.
    """
    _check_keys(records, label)
    for known, record in zip(known_by(path, records, label), records, strict=True):
        if isinstance(record, str):
            yield Rejected(known.article_id, record)
            continue
        try:
            yield _article(known, record, label)
        except ValueError as error:
            yield Rejected(known.article_id, str(error))


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
            raise ValueError(
                f"has no {column!r}, which labels.toml names for {name}; it has: {_listed(seen)}"
            )
    if not set(names_for("text", label)) & set(seen):
        raise ValueError(
            f"has no text under {_either(names_for('text', label))}; it has: {_listed(seen)}. "
            "Name the one that holds the text in labels.toml, for example columns = { text = 'story' }"
        )


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(repr(name) for name in names)


def _listed(keys: Sequence[str]) -> str:
    shown = ", ".join(repr(key[:40]) for key in keys[:_KEYS_SHOWN])
    return shown + (f" and {len(keys) - _KEYS_SHOWN} more" if len(keys) > _KEYS_SHOWN else "")
