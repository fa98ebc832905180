"""The values the corpus is made of: articles, sentences, passages, rejected files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DateOrigin(StrEnum):
    """Where an article's publication date was stated."""

    HEADER = "header"  # the line `date YYYY-MM-DD` that opens a text file
    FRONT_MATTER = "front matter"  # YAML above a Markdown article
    METADATA = "metadata"  # a column or key of a CSV or JSON Lines record
    LABEL_FILE = "label file"  # labels.toml beside the articles
    NONE = "none"  # nowhere: the article is undated


@dataclass(frozen=True, slots=True)
class Article:
    r"""One news article as it was printed, with what is stated about it and nothing guessed.

    `text` is the decoded text with line ends as `\n` and is otherwise untouched; all offsets
    count its code points. `text[body_start:]` is the article proper: what precedes it (a title
    and date header, front matter) is kept but never quoted. A text file's `text` is the whole
    file, so that an offset can be checked with any editor.

    `id` is the path under the archive's root (`2020/idlib.txt`); of a file of many with `#` and what
    the record is known by (`feed.jsonl#story-7`, `feed.jsonl#42` for its position; see `corpus.loading.identity`).

    `corrected` is what the metadata says of a correction: "yes", a day, or the note itself; None where
    it says nothing, or no.
    """

    id: str
    text: str
    body_start: int = 0
    title: str | None = None
    source: str | None = None
    published: date | None = None
    date_origin: DateOrigin = DateOrigin.NONE
    url: str | None = None
    author: str | None = None
    kind: str | None = None
    corrected: str | None = None
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Refuse a date without an origin, or an origin without a date."""
        if (self.published is None) != (self.date_origin is DateOrigin.NONE):
            raise ValueError(f"{self.id}: a date and its origin come together")
        if not 0 <= self.body_start <= len(self.text):
            raise ValueError(f"{self.id}: body_start lies outside the text")

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def body(self) -> str:
        """The article proper, without its header."""
        return self.text[self.body_start :]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place in its article: `article.text[start:end]`.

    `quotable` is False for what is printed around the news and is not a statement of the
    article: a photo credit, a dateline, the headline repeated.
    """

    start: int
    end: int
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """A single retrievable unit: a window of whole sentences of one article.

    `text == article.text[start:end]`; `first` and `last` number the window's sentences
    (inclusive) in the list that `split_sentences` gives for the article.
    """

    article_id: str
    start: int
    end: int
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file or record that could not be read, and why, in one line.

    `unseen` where a file or a folder could not be looked at, such as without permission: what it holds is unknown.
    """

    path: str
    reason: str
    unseen: bool = False
