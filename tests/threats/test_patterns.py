"""Every pattern that comes with the program takes time that grows with the text and no faster."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType, ModuleType

import pytest

import assistant
import corpus
import index
from corpus.loading.globs import Pattern
from corpus.loading.stated_dates import compile_format
from corpus.patterns import Lazy
from tests.looped import check_each
from tests.threats.rows import rows
from tests.timing import within

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")
LENGTH = 100_000
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Shipped:
    """A pattern, and how the program applies it."""

    name: str
    pattern: re.Pattern[str]
    methods: tuple[str, ...]


def modules() -> list[ModuleType]:
    found = (
        m for p in (corpus, index, assistant) for m in pkgutil.walk_packages(p.__path__, f"{p.__name__}.")
    )
    return [importlib.import_module(module.name) for module in found]


def compiled(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a value: itself, in collections, in classes of ours."""
    if isinstance(value, Lazy):
        yield re.compile(value.pattern, value.flags)
    elif isinstance(value, re.Pattern):
        yield value
    elif depth < 5 and isinstance(value, dict):
        yield from (p for item in value.values() for p in compiled(item, depth + 1))
    elif depth < 5 and isinstance(value, (list, tuple, set, frozenset)):
        yield from (p for item in value for p in compiled(item, depth + 1))
    elif (
        depth < 5
        and isinstance(value, type)
        and value.__module__.startswith(("corpus", "index", "assistant"))
    ):
        yield from compiled(dict(vars(value)), depth + 1)


@cache
def sources() -> dict[str, str]:
    """The text of every module, by its name; read when a test runs, so that collecting the tests imports none."""
    return {module.__name__: Path(str(module.__file__)).read_text("utf-8") for module in modules()}


def applied(module: str, name: str) -> tuple[str, ...]:
    """The methods a pattern is applied by: those its name stands before, or else the most demanding one."""
    text = sources()[module] if name.startswith("_") else "\n".join(sources().values())
    used = {m[1] for m in re.finditer(rf"\b{name}\.(\w+)\(", text)} & set(METHODS)
    return tuple(sorted(used)) or ("search",)


def by_name() -> Iterator[Shipped]:
    seen: set[re.Pattern[str]] = set()
    for module in modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(compiled(value)):
                if pattern not in seen and isinstance(pattern.pattern, str):
                    seen.add(pattern)
                    label = f"{module.__name__}.{name}" + f".{number}" * (
                        not isinstance(value, re.Pattern | Lazy)
                    )
                    yield Shipped(label, pattern, applied(module.__name__, name))


def in_place() -> Iterator[Shipped]:
    """Patterns written where they are applied: `re.search(r"…", text)`."""
    for module, text in sources().items():
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                    args=[ast.Constant(value=str(pattern)), *_],
                ) if method in METHODS:
                    yield Shipped(f"{module}:{node.lineno}", re.compile(pattern), (method,))


@cache
def shipped() -> tuple[Shipped, ...]:
    """All patterns of the program."""
    return (*by_name(), *in_place())


UNITS = ("a", "0", " ", "\n", '"', "'", "a ", "1,")
# These in a quarter of the length and of the time: four times as long takes sixteen times as long or longer.
MORE_UNITS = (
    *(
        "A",
        "\t",
        "(",
        ".",
        "-",
        ",",
        "_",
        "“",
        "…",
        "’",
        "©",
        "。",
        "\u0301",
        "\x00",
        "A ",
        "Aa ",
        "aA",
        "1.",
        "a.",
    ),
    *("A.", "a-", ". ", "' ", "a\n", "# ", "---\n", "://", "@a", "one "),
)


def literals(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Words of the pattern itself, the longest first."""
    plain = re.sub(r"\\[A-Za-z]|\(\?[A-Za-z<]*[:=!]?", " ", pattern.pattern)
    words = sorted(set(re.findall(r"[A-Za-z][A-Za-z ]{1,20}", plain)))
    return tuple(sorted(words, key=len, reverse=True)[:6])


def bombs(shipped: Shipped) -> Iterator[str]:
    for units, length in (
        (UNITS, LENGTH),
        (MORE_UNITS + literals(shipped.pattern), LENGTH // 4),
    ):
        yield from (unit * (length // len(unit)) + "!" for unit in units)


class TooLongError(Exception):
    """A pattern did not come to its end in time."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLongError in what takes more of the processor's time; a pattern lets signals through."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    former = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def apply(pattern: re.Pattern[str], method: str, text: str) -> None:
    match method:
        case "sub":
            pattern.sub("", text)
        case "finditer":
            for _ in pattern.finditer(text):
                pass
        case _:
            getattr(pattern, method)(text)


@rows("Q05", "corpus", "index", "assistant")
def test_a_pattern_takes_no_longer_than_its_text_is_long(case: str) -> None:
    own = [pattern for pattern in shipped() if pattern.name.startswith(f"{case}.")]
    check_each(own, _takes_time_in_proportion, lambda pattern: pattern.name)


def _takes_time_in_proportion(shipped: Shipped) -> None:
    for text in bombs(shipped):
        for method in shipped.methods:
            try:
                with at_most(SECONDS * len(text) / LENGTH + 0.05):
                    apply(shipped.pattern, method, text)
            except TooLongError:
                pytest.fail(
                    f"{shipped.name}.{method} takes too long for {text[:9]!r}…, {len(text):,} characters"
                )


@rows("Q05", "a pattern that explodes is found out")
def test_a_pattern_that_explodes_is_found_out(case: str) -> None:
    with pytest.raises(TooLongError), at_most(0.1):
        apply(re.compile(r"(?:[A-Za-z]+\s?)+[.!?]$"), "match", "a" * 40)


@rows("Q05", "all are here")
def test_all_patterns_are_among_them(case: str) -> None:
    names = {pattern.name for pattern in shipped()}
    assert len(names) >= 100
    assert {name.split(".")[0] for name in names} == {"corpus", "index", "assistant"}
    assert {
        "corpus.segmentation.boundaries._RUN_TOGETHER",
        "assistant.query.named_sources._COMPARES",
        "assistant.query.question._PATTERNS.0",
    } <= names
    found = sum(text.count("re.compile(") for text in sources().values())
    assert found > 70


@rows("Q05", "patterns that labels make")
def test_patterns_of_labels_take_no_time(case: str) -> None:
    with within(SECONDS):
        assert not Pattern("*a" * 100 + "b").fits("a" * 255)
        assert not Pattern("/".join(["**", "a*a*a*b"] * 20)).fits("/".join("a" * 2_000))
        assert compile_format("D-M-YYYY").fullmatch("1-" * LENGTH) is None
