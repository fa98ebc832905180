"""Markdown articles: YAML front matter between two lines of `---`, and the body below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from corpus.article import Article, DateOrigin
from corpus.loading.fields import NAMES, Facts, make_article, take_facts, unique_keys
from corpus.loading.labels import Label

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_][\w-]*:(?:\s|\Z)")
_HEADING = re.compile(r"\s*^# +(\S[^\n]*)\n?", re.MULTILINE)
_SENTENCE_END = re.compile(r"\s\S+[.!?…][\"'”’)]*\s*\Z")
_LONGEST_FRONT_MATTER = 50_000
_MOST_NODES, _DEEPEST = 10_000, 20  # of front matter: keys, values, lists and tables


class _TooMuch(ValueError):
    """Front matter has more than is read."""


class _Bounded(yaml.SafeLoader):
    """Composes the tree of nodes, and raises _TooMuch where there are too many or one lies too deep."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._nodes, self._depth = 0, 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self._nodes, self._depth = self._nodes + 1, self._depth + 1
        if self._depth > _DEEPEST:
            raise _TooMuch(f"is nested more than {_DEEPEST} deep")
        if self._nodes > _MOST_NODES:
            raise _TooMuch(f"has more than {_MOST_NODES:,} keys and values")
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


def read_markdown(text: str, path: str, label: Label) -> Iterator[Article]:
    """Read the one article a Markdown file is; its text is the whole file, front matter included.

    Raises ValueError with a one-line reason when the front matter is broken or there is no text.
    """
    front, body_start = split_front_matter(text)
    stated = parse_front_matter(front)
    if _is_prose(front, stated):
        stated, body_start = {}, 0
    facts = take_facts(stated, DateOrigin.FRONT_MATTER, label) if stated else Facts()
    heading = _HEADING.match(text, body_start)
    if heading and "title" not in facts.values:
        facts.state("title", heading[1].rstrip("# "))
        body_start = heading.end()
    yield make_article(path, text, body_start, facts, label)


def split_front_matter(text: str) -> tuple[str, int]:
    """Return the front matter without its lines of `---`, and where the body starts; "" and 0 without one."""
    opening = _OPENING.match(text)
    if opening is None:
        return "", 0
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST_FRONT_MATTER)
    if not _KEY.match(text, opening.end()) and (closing is None or closing.start() > opening.end()):
        return "", 0  # a ruled line opens the article
    if closing is None:
        raise ValueError("has front matter without a closing line of ---")
    return text[opening.end() : closing.start()], closing.end()


def _is_prose(front: str, stated: Mapping[str, object]) -> bool:
    """Whether what stands between the lines of `---` is the article's: a sentence with a colon, and no fact."""
    known = any(name in stated for names in NAMES.values() for name in names)
    return not known and front[:1].isupper() and _SENTENCE_END.search(front) is not None


def parse_front_matter(front: str) -> dict[str, object]:
    """Read front matter into its keys and values as printed: `2020-02-03` stays a text.

    Only the tree of nodes is built, never objects, so that neither tags nor nested aliases can do
    harm, and a date that doesn't exist stays readable. A value that is a list or table comes as
    a tuple, a null as None. Raises ValueError with a one-line reason.
    """
    try:
        node = yaml.compose(front, Loader=_Bounded)
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 2})" if error.problem_mark else ""
        raise ValueError(f"has front matter that is not valid YAML: {error.problem}{line}") from None
    except _TooMuch as error:
        raise ValueError(f"has front matter that {error}") from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: escapes of no character
        raise ValueError(f"has front matter that is not valid YAML: {type(error).__name__}") from None
    match node:
        case None:
            return {}
        case yaml.MappingNode():
            return _pairs(node)
        case _:
            raise ValueError("has front matter that is not a list of `key: value` lines")


def _pairs(node: yaml.MappingNode) -> dict[str, object]:
    pairs = [(key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
    return unique_keys((key, _printed(value)) for key, value in pairs)


def _printed(node: yaml.Node) -> object:
    if not isinstance(node, yaml.ScalarNode):
        return ()
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
