"""Hostile texts, and an archive that has printed each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from assistant.assistant import Assistant
from assistant.types.answer import Answer
from corpus.loading.fields import NAMES
from tests.assistant.payloads import PAYLOADS
from tests.newsroom import Newsroom

COMMANDS = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[1;1H",
    "\x9b2J",
    "back\x08\x08\x08\x08",
    "\x7f",
    "\x85",
    "\x0b\x0c",
    "[bold red]x[/] [link=https://evil.example]x[/link] :smile:",
)
UNSEEN = (
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2065),
    *range(0x2066, 0x206A),
    *(0xAD, 0x61C, 0xFEFF, 0xE0001, 0xE0041, 0xE007F),
)
UNSEEN_TEXTS = tuple(f"un{chr(code)}seen" for code in UNSEEN)
TEXTS = (*PAYLOADS, *COMMANDS, *UNSEEN_TEXTS)
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff\U000e0000-\U000e007f]"
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")  # which terminals get from us


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive of one article for each of the texts, indexed, and an assistant of it."""

    index: Path
    assistant: Assistant
    _answers: dict[str, Answer] = field(default_factory=dict)

    def ask(self, text: str) -> Answer:
        """The answer about the article of a text; each question is answered once, for all tests that only read it."""
        if text not in self._answers:
            self._answers[text] = self.assistant.ask(question(text))
        return self._answers[text]


def question(text: str) -> str:
    return f"How many dockers joined strike{TEXTS.index(text)}?"


def printed(number: int, text: str) -> str:
    return f"About 1,400 dockers {text} joined strike{number}."


def print_all(root: Path) -> Archive:
    """Index an article for each of the texts, which has it wherever an article has words."""
    newsroom = Newsroom(root)
    newsroom.embedder.model_id = "bag@1"
    records = [
        {"text": printed(number, text)} | {name: text for name in NAMES if name not in {"text", "published"}}
        for number, text in enumerate(TEXTS)
    ]
    newsroom.print_records("feed.jsonl", records)
    assert newsroom.build().articles == len(TEXTS)
    return Archive(newsroom.index, newsroom.assistant())


ORIGINAL = "Halyard"


def print_copies(root: Path) -> Archive:
    """Index two articles for each of the texts: a story, and a copy of it that has the text among its words."""
    newsroom = Newsroom(root)
    newsroom.embedder.model_id = "bag@1"
    records = [
        record
        for number, text in enumerate(TEXTS)
        for record in (
            {"text": _story(number, "sixty"), "source": ORIGINAL},
            {"text": _story(number, f"{text} seventy"), "source": text, "title": text},
        )
    ]
    newsroom.print_records("feed.jsonl", records)
    assert newsroom.build().articles == 2 * len(TEXTS)
    return Archive(newsroom.index, newsroom.assistant())


def _story(number: int, cranes: str) -> str:
    names = " ".join(f"{name}{number}" for name in ("quay", "pier", "dock", "basin", "mole", "wharf"))
    after = " ".join(f"{name}{number}" for name in ("gale", "tide", "fog", "swell", "frost", "squall"))
    return f"About 1,400 dockers joined strike{number} at {names} and left {cranes} cranes to {after}."
