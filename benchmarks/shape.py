"""The shape of the house, counted: folders and the imports between them, names used twice, work done for one question.

    python -m benchmarks.shape

Prints a line for each figure. Rooms are the entries of `assistant/`, floors the longest chain of imports among them,
arrows the pairs of which one imports the other. The work is that of one question of the sample archive, traced after
a first one has loaded the models.
"""

from __future__ import annotations

import ast
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("corpus", "index", "assistant")
FILTER_FIELDS = ("since", "until", "sources", "undated", "event_since", "event_until")
QUESTION = "How many dockers joined the strike at Port Caldry?"

Arrows = Mapping[str, set[str]]


def modules(root: Path = ROOT) -> dict[str, Path]:
    """The modules of the product by their dotted names; packages without their `__init__`."""
    found = (path for layer in PRODUCT for path in (root / layer).rglob("*.py"))
    return {
        ".".join(path.relative_to(root).with_suffix("").parts): path
        for path in found
        if path.name != "__init__.py"
    }


def imports(known: Mapping[str, Path]) -> Arrows:
    """Which of these modules each one imports, also inside functions."""
    return {name: set(_imported(path, known)) - {name} for name, path in known.items()}


def _imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (
                name if name in known else node.module
                for name in names
                if name in known or node.module in known
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def folders(arrows: Arrows) -> dict[str, set[str]]:
    """The same between folders; a module directly in `corpus`, `index` or `assistant` is a folder of its own."""
    joined: dict[str, set[str]] = {}
    for name, others in arrows.items():
        joined.setdefault(folder(name), set()).update(folder(other) for other in others)
    return {name: others - {name} for name, others in joined.items()}


def folder(module: str) -> str:
    """Where a module is; see `folders`."""
    inside = module.rpartition(".")[0]
    return inside if "." in inside else module


def circles(arrows: Arrows) -> list[tuple[str, str]]:
    """Pairs of which each imports the other, directly or by way of others."""

    @cache
    def reached(start: str) -> frozenset[str]:
        seen, waiting = set[str](), [start]
        while waiting:
            for name in arrows.get(waiting.pop(), set()) - seen:
                seen.add(name)
                waiting.append(name)
        return frozenset(seen)

    return sorted((a, b) for a in arrows for b in reached(a) if a < b and a in reached(b))


def rooms(arrows: Arrows) -> dict[str, set[str]]:
    """The entries of `assistant/` and which of them each imports."""
    joined: dict[str, set[str]] = {}
    for name, others in arrows.items():
        if name.startswith("assistant."):
            inside = (other for other in others if other.startswith("assistant."))
            joined.setdefault(_room(name), set()).update(map(_room, inside))
    return {name: others - {name} for name, others in joined.items()}


def _room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def floors(arrows: Arrows) -> int:
    """How many rooms the longest chain of imports has."""

    @cache
    def height(name: str) -> int:
        return 1 + max((height(other) for other in arrows[name]), default=0)

    return max(height(name) for name in arrows)


def twice(known: Mapping[str, Path]) -> list[str]:
    """Names that several files of the product have."""
    counted = Counter(path.name for path in known.values())
    return sorted(name for name, count in counted.items() if count > 1)


def classes_twice(known: Mapping[str, Path]) -> list[str]:
    """Public names that several classes of the product have."""
    found = Counter(
        node.name
        for path in known.values()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    return sorted(name for name, count in found.items() if count > 1)


def with_filters(known: Mapping[str, Path]) -> list[str]:
    """Modules that name each field of a filter."""
    texts = {name: path.read_text("utf-8") for name, path in known.items()}
    return sorted(
        name for name, text in texts.items() if all(re.search(rf"\b{word}\b", text) for word in FILTER_FIELDS)
    )


def traced(index: Path) -> dict[str, int]:
    """What one question costs: modules entered, functions run, calls of the analyser and its texts, SQL statements."""
    from assistant.assistant import Assistant
    from assistant.retrieval.retriever import Retriever
    from corpus.sample import ARTICLES
    from index.build.build import build
    from index.models.by_name import model_named

    embedder = model_named()
    build(index, [ARTICLES], embedder)
    assistant = Assistant(Retriever.open(index, embedder))
    assistant.ask("Who closed the bridge?")
    seen = _Seen()
    sys.setprofile(seen)
    try:
        assistant.ask(QUESTION)
    finally:
        sys.setprofile(None)
    return seen.counts()


class _Seen:
    """Counts calls, as `sys.setprofile` tells them."""

    def __init__(self) -> None:
        self._functions: set[tuple[str, str]] = set()
        self._analysed: list[str] = []
        self._statements: list[str] = []

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(str(ROOT)):
            relative = name.removeprefix(f"{ROOT}/")
            if relative.startswith(PRODUCT):
                self._functions.add((relative, frame.f_code.co_qualname))
                if frame.f_code.co_name == "analyze":
                    self._analysed.append(str(frame.f_locals.get("text", "")))
                if frame.f_code.co_qualname.endswith("Archive._rows"):
                    self._statements.append(f"{frame.f_locals.get('query')}{frame.f_locals.get('values')}")

    def counts(self) -> dict[str, int]:
        """The figures."""
        return {
            "modules entered for one question": len({name for name, _ in self._functions}),
            "functions run for it": len(self._functions),
            "texts analysed": len(self._analysed),
            "different ones": len(set(self._analysed)),
            "SQL statements": len(self._statements),
            "different statements": len(set(self._statements)),
        }


def main() -> None:
    """Print the figures."""
    known = modules()
    arrows = imports(known)
    of_assistant = rooms(arrows)
    print(f"rooms of assistant/: {len(of_assistant)}")
    print(f"floors: {floors(of_assistant)}")
    print(f"arrows: {sum(map(len, of_assistant.values()))}")
    print(f"folders that import each other: {circles(folders(arrows))}")
    print(f"file names that occur twice: {twice(known)}")
    print(f"classes of one name: {classes_twice(known)}")
    print(f"modules that name all filters: {with_filters(known)}")
    with tempfile.TemporaryDirectory() as work:
        for name, count in traced(Path(work) / "index").items():
            print(f"{name}: {count}")


if __name__ == "__main__":
    main()
