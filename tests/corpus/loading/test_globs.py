"""Patterns of labels.toml."""

import pytest

from corpus.loading.globs import Pattern
from tests.timing import within


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("a.txt", "a.txt", True),
        ("a.txt", "*.txt", True),
        ("wire/a.txt", "*.txt", False),
        ("wire/a.txt", "wire/*.txt", True),
        ("wire/x/a.txt", "wire/*.txt", False),
        ("wire/x/a.txt", "wire/**/*.txt", True),
        ("wire/a.txt", "wire/**/*.txt", True),
        ("wire/x/y/a.txt", "wire/**", True),
        ("a.txt", "**", True),
        ("x/a.txt", "**/a.txt", True),
        ("a.txt", "**/a.txt", True),
        ("x/a.txt", "**/b.txt", False),
        ("x/a.txt", "**/*/a.txt", True),
        ("a.txt", "**/*/a.txt", False),
        ("A.txt", "a.txt", False),
        ("2020-01.csv", "20[12]0-??.csv", True),
        ("a.b.txt", "a?b.txt", True),
        ("a", "a/**", True),
        ("a/b", "a/**/**/b", True),
        ("ab/b", "a/**/b", False),
        ("x]", "x]*", True),
        ("a[1].txt", "a[[]1].txt", True),
    ],
)
def test_matches(path: str, pattern: str, fits: bool) -> None:
    assert Pattern(pattern).fits(path) is fits


@pytest.mark.parametrize("pattern", ["", "/etc/passwd", "../x.txt", "a//b", "./a", "wire/", "a\\b"])
def test_refuses_patterns_that_reach_out(pattern: str) -> None:
    with pytest.raises(ValueError, match="match"):
        Pattern(pattern)


def test_many_stars_take_no_time() -> None:
    with within(0.5):
        assert not Pattern("/".join(["**", "a"] * 40 + ["b"])).fits("/".join("a" * 60))
