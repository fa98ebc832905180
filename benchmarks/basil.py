"""BASIL: 100 events of American politics, 2010 to 2019, each in the words of Fox News, HuffPost and the New York Times.

Fan et al., "In Plain Sight: Media Bias Through the Lens of Factual Reporting", EMNLP 2019.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Report:
    """One outlet's report: its event's key and name (one event has an empty one), and what was printed."""

    event: str
    event_name: str
    source: str
    title: str
    date: str
    text: str


def reports(data: Path) -> Iterator[Report]:
    """All reports, in the order of their files."""
    for path in sorted((data / "basil" / "articles").rglob("*.json")):
        read = json.loads(path.read_text("utf-8"))
        text = "\n\n".join(" ".join(paragraph) for paragraph in read["body-paragraphs"])
        yield Report(
            read["triplet-uuid"],
            read["main-event"].strip(),
            read["source"],
            read["title"].strip(),
            read["date"],
            text,
        )
