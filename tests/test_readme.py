"""What the README and the pages of docs/ show works as it is printed there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from corpus.loading.labels import parse_labels

ROOT = Path(__file__).parent.parent
USING = ROOT / "docs" / "using.md"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
SUBCOMMANDS = ["index", "ask", "timeline", "search", "status", "check", "verify", "export", "eval", "passwd"]
NOT_RUN = {"serve": "runs until it is stopped"}
LINK = re.compile(r"""\]\(([^)\s]+)\)|src="([^"]+)\"""")


def blocks(language: str, *pages: Path) -> list[str]:
    """The code of that language on these pages, or on all."""
    texts = (page.read_text("utf-8") for page in pages or PAGES)
    return [block for text in texts for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)]


def commands() -> list[str]:
    """Every distinct `onrecord` command that is run, answers saved before they are used."""
    lines = (line.partition("  #")[0].strip() for block in blocks("sh") for line in block.splitlines())
    shown = dict.fromkeys(line for line in lines if line.startswith("onrecord "))
    run = [line for line in shown if line.split()[1] not in NOT_RUN]
    first = ("onrecord index", "> answer.json")
    return sorted(run, key=lambda line: (not any(part in line for part in first), "answer.json" in line))


def archive(folder: Path) -> None:
    """An archive on which the questions shown have an answer."""
    (folder / "ARTICLES").mkdir()
    (folder / "ARTICLES" / "port.txt").write_text(
        "Port closed date 2031-03-04 The harbour master Ilse Dorn closed the port on Monday. Ships wait outside.",
        "utf-8",
    )
    (folder / "QUESTIONS.jsonl").write_text(blocks("json", USING)[0], "utf-8")


def anchors(page: Path) -> set[str]:
    """The fragments that GitHub gives to a page's headings."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(page: Path) -> list[str]:
    """Relative links of a page that lead to no file, or to no heading of a page."""
    broken = []
    for link in (one or other for one, other in LINK.findall(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (fragment and fragment not in anchors(target)):
            broken.append(link)
    return broken


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").split()) <= 700


def test_relative_links_lead_to_files_and_headings() -> None:
    assert {page.name: broken for page in PAGES if (broken := broken_links(page))} == {}


def test_every_page_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [
        page.name
        for page in PAGES
        if page.name != "README.md" and f"({page.relative_to(ROOT)})" not in readme
    ] == []


def test_the_labels_shown_are_read() -> None:
    (block,) = blocks("toml")
    assert parse_labels(block).files
    assert tomllib.loads(block)["files"][1]["encoding"] == "cp1252"


@pytest.mark.slow
def test_every_command_runs_and_so_does_the_python(tmp_path: Path) -> None:
    archive(tmp_path)
    shown = commands()
    assert {line.split()[1] for line in shown} == set(SUBCOMMANDS)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for line in shown:
        done = subprocess.run(  # noqa: S602 - the pages' own lines, one of them with a redirection
            line,
            shell=True,
            cwd=tmp_path,
            env=environment,
            input="correct horse battery staple\n" if "passwd" in line else "",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stderr)
    (block,) = blocks("python", USING)
    code = block.replace("my-index", "DIR").replace(', sources=["Meridian Wire"]', "")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "The harbour master Ilse Dorn closed the port on Monday." in done.stdout


@pytest.mark.slow
def test_the_answer_in_the_readme_is_the_product_s_own(tmp_path: Path) -> None:
    """But for the line breaks, which keep the README narrow."""
    (shown,) = blocks("console", ROOT / "README.md")
    command, _, answer = shown.partition("\n")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    index = f"onrecord index {ROOT / 'corpus/sample/articles'} --index DIR"
    printed = ""
    for line in (index, command.removeprefix("$ ")):
        printed = subprocess.run(  # noqa: S602 - the README's own line
            line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        ).stdout
    assert printed.split() == answer.split()
