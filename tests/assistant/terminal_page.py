"""Answers made for the terminal, texts that would command one, and what is printed of them."""

from __future__ import annotations

import io
import re
from datetime import date

from rich.console import Console

from assistant.render.terminal import show_answer, show_found
from assistant.types.answer import Answer, Coverage, Found, Quote, Understood
from corpus.article import DateOrigin

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
HOSTILE = (
    *(
        "\x1b[31mred\x1b[0m",
        "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
        "\x1b]0;title\x07",
        "\rover",
    ),
    *(
        "\x9b2J",
        "a\x08b",
        "\x7f",
        "\x85",
        "\u202egnp.exe\u202c",
        "\u2066x\u2069",
        "\u200b",
        "\ufeff",
        "\U000e0041",
    ),
    *("\u2028", "\u2029", "[bold red]x[/]", "[link=https://evil.example]x[/link]", ":smile:", "\\[x]", "[/]"),
)


def quote(text: str, **changes: object) -> Quote:
    values: dict[str, object] = {
        "article_id": "a.txt",
        "start": 5,
        "end": 5 + len(text),
        "prefix": "",
        "suffix": "",
        "article_sha256": "00",
        "title": None,
        "source": None,
        "published": None,
        "date_origin": DateOrigin.NONE,
        "url": None,
        "kind": None,
        "score": 0.5,
    }
    return Quote.model_validate({"text": text, **values, **changes})


def answer(*quotes: Quote, near: tuple[Quote, ...] = (), understood: Understood | None = None) -> Answer:
    return Answer(
        question="How many?",
        understood=understood or Understood(),
        status="answered" if quotes else "no_answer",
        reason=None if quotes else "No sentence answers this.",
        quotes=quotes,
        near_misses=near,
        coverage=Coverage(articles=2, sources=1, undated=1, first=date(2031, 3, 1), last=date(2031, 3, 2)),
    )


def page(shown: Answer | Found, *, terminal: bool, width: int = 400) -> str:
    """What is published to a pipe, or to a terminal that knows no styles."""
    out = io.StringIO()
    console = Console(file=out, markup=False, width=width, force_terminal=terminal, color_system=None)
    if isinstance(shown, Answer):
        show_answer(console, shown)
    else:
        show_found(console, shown)
    return out.getvalue()


def lines(printed: str) -> list[str]:
    return [line.strip() for line in printed.splitlines() if line.strip()]
