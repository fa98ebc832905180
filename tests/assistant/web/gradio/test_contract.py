"""Each row of contract.py holds for the Gradio that is installed; the first that does not is named."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError
from inspect import signature
from operator import attrgetter
from pathlib import Path
from typing import Any

import gradio
import pytest
from starlette.routing import Match, Mount

from assistant.web.gradio import contract
from assistant.web.limits import pages
from assistant.web.page import layout
from assistant.web.server.application import create_app
from assistant.web.server.serving import CannotServe, Serving
from tests.assistant.desk import SmallDesk

ROOT = Path(__file__).resolve().parents[4]
OWN = Path(contract.__file__).parent
FRONTEND = Path(gradio.__file__).parent / "templates" / "frontend"
METHODS = ("GET", "POST")
OF_GRADIO = re.compile(r"\.(?!or-|dark\b|svelte-)[a-z][\w-]*|\[data-testid=\"[\w-]+\"\]")


@cache
def frontend() -> str:
    """All styles and scripts of Gradio's page."""
    files = (file for file in FRONTEND.rglob("*") if file.suffix in {".css", ".js", ".html"})
    return "\n".join(file.read_text("utf-8", errors="replace") for file in files)


@cache
def mounted() -> Any:
    app = create_app(SmallDesk())
    return next(route.app for route in app.routes if isinstance(route, Mount) and route.path == "")


def selectors(css: str) -> set[str]:
    """What of Gradio's the selectors of a style sheet name."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    heads = re.findall(r"([^{};]+)\{", bare)
    return {found for head in heads if not head.strip().startswith("@") for found in OF_GRADIO.findall(head)}


@pytest.mark.parametrize("name", contract.ATTRIBUTES)
def test_a_page_has_the_attribute(name: str) -> None:
    attrgetter(name)(mounted().get_blocks())


@pytest.mark.parametrize("name", contract.PARAMETERS)
def test_the_function_takes_these_parameters(name: str) -> None:
    found = signature(attrgetter(name)(gradio)).parameters
    assert set(contract.PARAMETERS[name]) <= set(found)


@pytest.mark.parametrize("name", contract.MADE)
def test_what_it_makes_has_the_attributes(name: str) -> None:
    kind = attrgetter(name)(gradio)
    assert set(contract.MADE[name]) <= {*kind.__init__.__code__.co_names, *dir(kind)}


@pytest.mark.parametrize("route", contract.ROUTES)
def test_gradio_serves_the_address(route: str) -> None:
    path = f"{route}x" if route.endswith("/") else route
    scopes = [
        {"type": "http", "method": method, "path": path, "root_path": "", "headers": []} for method in METHODS
    ]
    assert any(one.matches(scope)[0] is Match.FULL for one in mounted().routes for scope in scopes)


@pytest.mark.parametrize("field", contract.SENT)
def test_the_client_sends_the_field(field: str) -> None:
    assert field in gradio.data_classes.PredictBody.model_fields or field in frontend()


@pytest.mark.parametrize("variable", contract.VARIABLES)
def test_gradio_reads_the_variable(variable: str) -> None:
    source = Path(gradio.__file__).parent
    assert any(variable in (source / file).read_text("utf-8") for file in ("analytics.py", "queueing.py"))


@pytest.mark.parametrize("selector", contract.SELECTORS)
def test_gradio_s_page_has_what_the_styles_name(selector: str) -> None:
    assert contract.SELECTORS[selector] in frontend()


@pytest.mark.parametrize("text", contract.SCRIPTS)
def test_gradio_s_client_has_what_the_scripts_rely_on(text: str) -> None:
    assert text in frontend()


def test_the_table_lists_all_that_the_styles_name_and_only_one_file_names_it() -> None:
    assert selectors((OWN / "static" / "gradio.css").read_text("utf-8")) == set(contract.SELECTORS)
    for file in layout.STATIC.glob("*.css"):
        assert not selectors(file.read_text("utf-8")) & set(contract.SELECTORS), file.name


def test_addresses_of_gradio_are_written_in_one_file() -> None:
    for file in (ROOT / "assistant").rglob("*.py"):
        assert file.parent == OWN or "/gradio_api" not in file.read_text("utf-8"), file
    assert contract.CONFIG in pages.COSTLY


def test_few_declarations_are_important() -> None:
    styles = [*layout.STATIC.glob("*.css"), OWN / "static" / "gradio.css"]
    assert sum(file.read_text("utf-8").count("!important;") for file in styles) < 15


def test_the_pin_is_the_version_that_was_tested() -> None:
    assert f'"gradio~={contract.TESTED}.0"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert contract.wrong_version() is None


@pytest.mark.parametrize(
    ("found", "said"), [("6.32.0", "Gradio 6.32.0 is installed"), (None, "not installed")]
)
def test_another_version_is_refused_in_one_line(
    found: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if found is None:
            raise PackageNotFoundError(name)
        return found

    monkeypatch.setattr(contract, "version", version)
    with pytest.raises(
        CannotServe, match=rf"{said}.* tested with Gradio {contract.TESTED}: .*gradio~="
    ) as error:
        Serving()
    assert "\n" not in str(error.value)
