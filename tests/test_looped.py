"""A loop over cases hides no failure."""

from __future__ import annotations

import pytest

from tests.looped import check_each, each


def test_every_failure_is_reported_by_name() -> None:
    seen: list[int] = []

    def is_even(number: int) -> None:
        seen.append(number)
        assert number % 2 == 0

    with pytest.raises(AssertionError) as told:
        check_each(range(4), is_even, lambda number: f"number {number}")
    assert seen == [0, 1, 2, 3]
    assert "2 of 4 cases fail" in str(told.value)
    assert "case 1 number 1: AssertionError" in str(told.value)
    assert "case 3 number 3: AssertionError" in str(told.value)


def test_an_error_and_a_missing_error_fail_too() -> None:
    def raises_nothing(number: int) -> None:
        with pytest.raises(ValueError, match="x"):
            str(number)

    for check in (raises_nothing, lambda number: 1 // number):
        with pytest.raises(AssertionError, match="1 of 1 cases fail"):
            check_each([0], check)


def test_no_cases_are_a_failure() -> None:
    with pytest.raises(AssertionError, match="no cases"):
        check_each([], str)


@each("letter", "abc")
def test_a_looped_test_gets_its_fixtures(letter: str, request: pytest.FixtureRequest) -> None:
    assert letter in "abc"
    assert request.node.name == "test_a_looped_test_gets_its_fixtures"


def test_a_looped_test_checks_every_case() -> None:
    seen: list[tuple[str, int]] = []
    each("letter", "abc")(lambda letter, other: seen.append((letter, other)))(other=1)
    assert seen == [("a", 1), ("b", 1), ("c", 1)]


def test_a_looped_test_must_have_the_parameter() -> None:
    with pytest.raises(AssertionError, match="has no parameter other"):
        each("other", [1])(lambda letter: None)
