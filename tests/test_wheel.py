"""A wheel installs one package, which is not mixed up with modules that a user has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from setup import INNER, renamed
from tests.newsroom import STRIKE
from tests.test_layers import ROOT

BUILD = "import sys, setuptools.build_meta as backend; backend.build_wheel(sys.argv[1])"
ASK = """
import sys
import onrecord
onrecord.build("articles", "my-index")
print(onrecord.open("my-index").ask("How many dockers joined the strike?").quotes[0].text)
print(*sorted({"assistant", "corpus", "index"} & set(sys.modules)))
"""


def test_imports_are_changed_and_nothing_else() -> None:
    code = (
        "from index.errors import IndexFault\n"
        "import assistant.cli.one_thread  # noqa: F401\n"
        "def made():\n    from corpus import article\n"
        '    return "index.html", "an import of index.x", from_index\n'
        'MODULES = {"Filter": "index.filters",\n}\n'
        "import indexing\n"
    )
    assert renamed(code) == (
        "from onrecord.index.errors import IndexFault\n"
        "import onrecord.assistant.cli.one_thread  # noqa: F401\n"
        "def made():\n    from onrecord.corpus import article\n"
        '    return "index.html", "an import of index.x", from_index\n'
        'MODULES = {"Filter": "onrecord.index.filters",\n}\n'
        "import indexing\n"
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel of this working tree."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in ("onrecord", *INNER):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run([sys.executable, "-c", BUILD, str(built)], cwd=source, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(built / "site")
    return built / "site"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A user's folder with an article, and with modules and a package of the names that ours have."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "strike.txt").write_text(STRIKE, "utf-8")
    for name in ("index.py", "assistant.py", "app.py", "corpus/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("raise RuntimeError('the user’s own')\n", "utf-8")
    return tmp_path


@pytest.mark.slow
def test_one_package_is_installed(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if path.suffix != ".dist-info"} == {"onrecord"}
    assert (installed / "onrecord" / "py.typed").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "printed"),
    [
        (["-c", ASK], "About 1,400 dockers joined the strike at Port Caldry.\n\n"),
        (["-m", "onrecord", "index", "articles", "--index", "i"], "1 articles in i: 1 new"),
    ],
    ids=["python", "command"],
)
def test_it_works_beside_a_user_s_own_modules(
    installed: Path, desk: Path, command: list[str], printed: str
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, *command], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(printed)
