"""What an indexing run says of articles: a record that only moved in its file is neither new nor changed nor gone."""

from __future__ import annotations

import pytest

from index.build.changes import Changes, changes


@pytest.mark.parametrize(
    ("former", "present", "expected"),
    [
        ({}, {"a.txt": "x"}, Changes(1, 0, 0)),
        ({"a.txt": "x"}, {"a.txt": "y"}, Changes(0, 1, 0)),
        ({"a.txt": "x"}, {"b.txt": "x"}, Changes(1, 0, 1)),
        (
            {"f.csv#1": "x", "f.csv#2": "y"},
            {"f.csv#1": "n", "f.csv#2": "x", "f.csv#3": "y"},
            Changes(1, 0, 0),
        ),
        ({"f.csv#1": "x", "f.csv#2": "y"}, {"f.csv#1": "y"}, Changes(0, 0, 1)),
        ({"f.csv#1": "x", "f.csv#2": "x"}, {"f.csv#a": "x", "f.csv#b": "x"}, Changes(0, 0, 0)),
        ({"f.csv#1": "x", "f.csv#2": "x"}, {"f.csv#a": "x"}, Changes(0, 0, 1)),
        ({"f.csv#1": "x"}, {"g.csv#1": "x"}, Changes(1, 0, 1)),
    ],
)
def test_changes(former: dict[str, str], present: dict[str, str], expected: Changes) -> None:
    assert changes(former, present) == expected
