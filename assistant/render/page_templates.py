"""Whole pages from the Jinja2 templates in templates/, escaped as assistant/render/markup.py does it.

A value that is not `Safe` becomes a text. Inside an attribute it needs `| attribute`, which a test checks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.render.markup import Safe, attribute

_FOLDER = Path(__file__).with_name("templates")


class _OneLine(FileSystemLoader):
    """Reads templates whose line breaks and indentation are for who edits them, and not part of the page."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, name, is_current = super().get_source(environment, template)
        return "".join(line.strip() for line in text.splitlines()), name, is_current


def render(template: str, **values: object) -> Safe:
    """Fill in a template; jinja2.UndefinedError for a value that it names and nobody gives."""
    return Safe(_environment().get_template(template).render(values))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=_OneLine(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_as_markup,
        auto_reload=False,
    )
    made.filters["attribute"] = attribute
    return made


def _as_markup(value: object) -> object:
    """Escape what a template puts into its page; undefined values pass, and raise when they are written."""
    return value if isinstance(value, StrictUndefined) else Safe.escape(value)
