"""Many cases in one test: each is checked, and all that fail are reported together, by name.

For cases that differ only in their data. A thousand of them as parameters cost more to collect and report than to run.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")
_SHOWN = 10  # failures that are reported in full; of the others only the names
_LONGEST = 60  # characters of a name


def check_each(cases: Iterable[T], check: Callable[[T], object], name: Callable[[T], str] = ascii) -> None:
    """Check every case, and fail once with the names and the reasons of those that fail.

    `name` names a case in the report. Raises AssertionError where a case fails, and where there is none.
    """
    failed: dict[str, BaseException] = {}
    number = -1
    for number, case in enumerate(cases):
        try:
            check(case)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - reported below
            failed[f"{number} {name(case)[:_LONGEST]}"] = error
    assert number >= 0, "there are no cases to check"
    if failed:
        raise AssertionError(_report(failed, number + 1)) from next(iter(failed.values()))


def each(parameter: str, cases: Iterable[object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test on every case, as `pytest.mark.parametrize` does, but as one test that reports all failures."""
    kept = tuple(cases)

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def looped(**fixtures: object) -> None:
            check_each(kept, lambda case: test(**fixtures, **{parameter: case}))

        # What pytest reads for the fixtures that the test asks for.
        signature = inspect.signature(test)
        others = [p for p in signature.parameters.values() if p.name != parameter]
        assert len(others) < len(signature.parameters), f"{test.__name__} has no parameter {parameter}"
        looped.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return looped

    return decorated


def _report(failed: dict[str, BaseException], cases: int) -> str:
    lines = [f"{len(failed)} of {cases} cases fail:"]
    for number, (name, error) in enumerate(failed.items()):
        reason = f": {type(error).__name__}: {error}" if number < _SHOWN else ""
        lines.append(f"case {name}{reason}")
    return "\n".join(lines)
