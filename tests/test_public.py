"""The public package is exactly what it says: its names, its arguments, and the examples of its docstrings."""

from __future__ import annotations

import doctest
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import onrecord
from tests.newsroom import FLOOD, STRIKE
from tests.test_layers import ROOT

NAMES = {
    *("build", "open", "Assistant", "Retriever", "Answer", "Quote", "Filter", "Timeline", "__version__"),
    *("IndexFault", "IndexMissing", "IndexDamaged", "IndexForeign", "IndexBusy", "IndexUnwritten"),
    *("NotAnIndex", "NothingToIndex", "RemovalRefused", "ModelFault", "BadRequest"),
}
KINDS = {
    name
    for name in NAMES
    if name not in {"IndexFault", "BadRequest"} and name[0] in "IMNR" and name != "Retriever"
}


def test_the_public_names_are_these() -> None:
    assert set(onrecord.__all__) == set(dir(onrecord)) == NAMES
    assert onrecord.__all__ == sorted(onrecord.__all__)
    assert all(getattr(onrecord, name).__module__ for name in NAMES - {"__version__"})
    with pytest.raises(AttributeError, match="module 'onrecord' has no attribute 'Archive'"):
        _ = onrecord.Archive  # type: ignore[attr-defined]


def test_every_fault_is_an_index_fault() -> None:
    assert all(issubclass(getattr(onrecord, name), onrecord.IndexFault) for name in KINDS)
    assert issubclass(onrecord.BadRequest, ValueError)


def test_importing_it_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import onrecord; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded <= {"onrecord", *sys.stdlib_module_names}


def test_it_is_typed() -> None:
    assert (Path(onrecord.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: onrecord.build(5, "x"), "“articles” needs a path, or a list of paths."),  # type: ignore[arg-type]
        (lambda: onrecord.build([], "x"), "“articles” needs a path, or a list of paths."),
        (lambda: onrecord.build(b"a", "x"), "“articles” needs a path, or a list of paths."),  # type: ignore[arg-type]
        (lambda: onrecord.build(["a", 5], "x"), "“articles” needs a path: a text or a pathlib.Path."),  # type: ignore[list-item]
        (lambda: onrecord.build("a", None), "“index” needs a path: a text or a pathlib.Path."),  # type: ignore[arg-type]
        (lambda: onrecord.build("a", ""), "“index” needs a path: a text or a pathlib.Path."),
        (lambda: onrecord.build("a", "x", model=5), "“model” needs a text."),  # type: ignore[arg-type]
        (lambda: onrecord.build("a", "x", allow_removal=1), "“allow_removal” needs true or false."),  # type: ignore[arg-type]
        (lambda: onrecord.open(5), "“index” needs a path: a text or a pathlib.Path."),  # type: ignore[arg-type]
    ],
)
def test_an_argument_of_the_wrong_type_is_told(call: Callable[[], Any], told: str) -> None:
    with pytest.raises(onrecord.BadRequest) as raised:
        call()
    assert str(raised.value) == told


def test_where_there_is_no_index_the_fault_says_so(tmp_path: Path) -> None:
    with pytest.raises(onrecord.IndexMissing, match="onrecord index"):
        onrecord.open(tmp_path / "none")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the docstrings: two articles, and an index of them by the bundled model."""
    folder = tmp_path_factory.mktemp("public")
    (folder / "articles").mkdir()
    (folder / "articles" / "strike.txt").write_text(
        f"date 2031-03-02 {STRIKE} It began on 1 March 2031.", "utf-8"
    )
    (folder / "articles" / "flood.txt").write_text(f"date 2030-11-05 {FLOOD}", "utf-8")
    (folder / "articles" / "labels.toml").write_text(
        '[[files]]\nmatch = "*.txt"\nsource = "Meridian Wire"\n', "utf-8"
    )
    onrecord.build([folder / "articles"], folder / "my-index")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"k": 0}, "“k” needs a whole number from 1 to 9."),
        ({"k": 10}, "“k” needs a whole number from 1 to 9."),
        ({"k": "3"}, "“k” needs a whole number from 1 to 9."),
        ({"k": True}, "“k” needs a whole number from 1 to 9."),
        ({"since": "2 March"}, "“since” needs a date written as YYYY-MM-DD, such as 2020-02-03."),
        ({"until": 2031}, "“until” needs a date written as YYYY-MM-DD, such as 2020-02-03."),
        ({"sources": 5}, "“sources” needs names of sources: a text, or a list of texts."),
        ({"question": 5}, "“question” needs a text."),
    ],
)
def test_what_can_not_be_asked_is_told(archive: Path, arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(onrecord.BadRequest) as raised:
        onrecord.open(archive / "my-index").ask(**{"question": "How many dockers?", **arguments})
    assert str(raised.value) == told


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", *sorted(NAMES - KINDS - {"__version__"})])
def test_its_docstring_has_an_example_that_holds(
    name: str, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    documented = getattr(onrecord, name) if name else onrecord
    parsed = doctest.DocTestParser().get_doctest(
        documented.__doc__ or "",
        {"onrecord": onrecord},
        name,
        documented.__module__ if name else "onrecord",
        0,
    )
    assert parsed.examples
    written: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    assert runner.run(parsed, out=written.append).failed == 0, "".join(written)
