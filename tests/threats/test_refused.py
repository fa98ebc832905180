"""What can't be read is refused with its reason, told at the end of the run and in the status; all else is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.threats.cases import GOOD, REFUSED, Case
from tests.threats.conftest import Run
from tests.threats.rows import row, rows


@dataclass(frozen=True, slots=True)
class Told:
    """What a run over all cases of a row told: its lines, and those of the status in words and in JSON."""

    articles: int
    run: list[str]
    status: list[str]
    rejected: list[list[str]]


class Tellers:
    """Indexes each row's cases in one archive, once."""

    def __init__(self, run: Run, root: Path) -> None:
        self._run, self._root = run, root
        self._told: dict[str, Told] = {}

    def told(self, threat: str) -> Told:
        if threat not in self._told:
            self._told[threat] = self._index([case for case in REFUSED if case.threat == threat], threat)
        return self._told[threat]

    def _index(self, cases: list[Case], threat: str) -> Told:
        articles, index = self._root / threat / "articles", self._root / threat / "index"
        for case in cases:
            (articles / case.name).mkdir(parents=True)
            case.make(articles / case.name)
        (articles / "a good one.txt").write_text(GOOD, "utf-8")
        (articles / "zzz.txt").write_text(GOOD, "utf-8")
        lines = self._lines("index", articles, "--index", index)
        status = self._lines("status", "--index", index)
        value = json.loads("\n".join(self._lines("status", "--index", index, "--json")))
        return Told(value["articles"], lines, status, value["rejected"])

    def _lines(self, *arguments: object) -> list[str]:
        result = self._run(*arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout.splitlines()


@pytest.fixture(scope="module")
def tellers(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Tellers:
    return Tellers(run, tmp_path_factory.mktemp("refused"))


@pytest.mark.parametrize("case", [row(case.threat, case.name, case) for case in REFUSED])
def test_refused_with_the_reason(tellers: Tellers, case: Case) -> None:
    told = tellers.told(case.threat)
    path = f"{case.name}/{case.path}"
    assert [reason for place, reason in told.rejected if place == path] == [case.reason]
    assert f"  {path}: {case.reason}" in told.status
    assert f"  {path}: {case.reason}" in told.run


THREATS = sorted({case.threat for case in REFUSED})


@pytest.mark.parametrize("threat", [row(threat, "what was refused is counted", threat) for threat in THREATS])
def test_all_that_was_refused_is_counted_and_stops_nothing(tellers: Tellers, threat: str) -> None:
    told = tellers.told(threat)
    cases = [case for case in REFUSED if case.threat == threat]
    assert len(told.rejected) == len(cases)
    assert f"{len(cases)} could not be read:" in told.run
    assert f"Could not be read: {len(cases)}" in told.status
    beside = {case.name for case in cases if case.path.endswith(("#2", "labels.toml"))}
    assert told.articles >= 2 + len([name for name in beside if "labels" not in name])
    assert told.run[0].startswith(f"{told.articles} articles in ")


@rows("T09", "more than a page of them")
def test_a_run_shows_twenty_and_says_where_all_are_listed(run: Run, articles: Path, case: str) -> None:
    names = [f"empty {number:02}.txt" for number in range(25)]
    for name in names:
        (articles / name).touch()
    told = run("index", articles, "--index", articles.parent / "index").stdout.splitlines()
    assert [line for line in told if line.startswith("  empty")] == [
        f"  {name}: is empty" for name in names[:20]
    ]
    assert "  … and 5 more; `onrecord status --json` lists them all" in told
    status = run("status", "--index", articles.parent / "index").stdout.splitlines()
    assert [line for line in status if line.startswith("  empty")] == [
        f"  {name}: is empty" for name in names
    ]
