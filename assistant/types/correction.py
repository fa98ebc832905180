"""What other articles under its address state of an article: that its source corrected it, or that somebody says so."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.types.values import Value


class Correction(Value):
    """A correction that the archive has under the address of another article, by what its metadata states."""

    article_id: str
    published: date | None
    title: str | None


class Claim(Correction):
    """Such an article of another source, or of one that isn't stated: it says that the article was set right.

    `source` is None where none is stated; `looks_like` are sources that its name is easily taken for.
    """

    source: str | None
    says: Literal["corrected", "retracted"]
    looks_like: tuple[str, ...] = ()
