"""Other names of sources: kept in the archive, anew with each build, and told where they name none or two."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from index.build.build import build
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom

FILES = (
    '[[files]]\nmatch = "*.txt"\nsource = "{}"\n'
    '[[sources]]\nname = "SANA"\naliases = ["Syrian Arab News Agency"]\n'
)


@pytest.fixture
def named(newsroom: Newsroom) -> Newsroom:
    """Articles of SANA and of The Tide, each with a label file of its own folder, not yet indexed."""
    newsroom.print("one/bridge.txt", BRIDGE)
    newsroom.print("two/flood.txt", FLOOD)
    (newsroom.articles / "one" / "labels.toml").write_text(FILES.format("SANA"), "utf-8")
    (newsroom.articles / "two" / "labels.toml").write_text(
        '[[files]]\nmatch = "*.txt"\nsource = "The Tide"\n', "utf-8"
    )
    return newsroom


def names(newsroom: Newsroom) -> Mapping[str, str]:
    return newsroom.generation().archive.source_names


BOTH = {"sana": "SANA", "the tide": "The Tide", "tide": "The Tide"}


def test_names_hold_for_the_whole_archive_and_change_with_the_labels(named: Newsroom) -> None:
    assert named.build().rejected == ()
    assert names(named) == {**BOTH, "syrian arab news agency": "SANA"}
    labels = named.articles / "two" / "labels.toml"
    alone = '[[files]]\nmatch = "*.txt"\nsource = "The Tide"\n'
    labels.write_text(alone + '[[sources]]\nname = "sana"\naliases = ["The Agency"]\n', "utf-8")
    report = named.build()
    assert (report.rejected, report.embedded) == ((), 0)
    assert names(named) == {
        **BOTH,
        "syrian arab news agency": "SANA",
        "the agency": "SANA",
        "agency": "SANA",
    }
    for path in named.articles.rglob("labels.toml"):
        path.unlink()
    named.build()
    assert (names(named), named.generation().archive.aliases()) == ({}, [])


def test_a_name_of_no_source_and_one_of_two_are_told_and_the_rest_holds(named: Newsroom) -> None:
    (named.articles / "labels.toml").write_text(
        '[[sources]]\nname = "Nobody"\naliases = ["No One"]\n'
        '[[sources]]\nname = "The Tide"\naliases = ["the Syrian Arab News Agency", "High Water"]\n',
        "utf-8",
    )
    rejected = [(r.path, r.reason) for r in named.build().rejected]
    both = "would name 'SANA' and 'The Tide' and stands for neither; the other entries are in force"
    assert rejected == [
        (
            "labels.toml",
            "no article states the source 'Nobody', which has aliases; the other entries are in force",
        ),
        ("labels.toml", f"'the Syrian Arab News Agency' {both}"),
        ("one/labels.toml", f"'Syrian Arab News Agency' {both}"),
    ]
    archive = named.generation().archive
    assert [(r.path, r.reason) for r in archive.rejected()] == rejected
    left = {**BOTH, "high water": "The Tide", "the syrian arab news agency": "The Tide"}
    assert archive.source_names == left


def test_folders_that_are_one_archive_share_their_names(named: Newsroom) -> None:
    named.print("three/strike.txt", STRIKE)
    (named.articles / "three" / "labels.toml").write_text(
        '[[files]]\nmatch = "strike.txt"\nsource = "SANA"\n', "utf-8"
    )
    build(named.index, [named.articles / "three", named.articles / "one" / "bridge.txt"], named.embedder)
    assert names(named) == {"sana": "SANA", "syrian arab news agency": "SANA"}
