"""The reliability diagram draws each bin where it belongs."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from assistant.evaluation.confidence import calibration
from training.reliability import OUT, diagram

SVG = "{http://www.w3.org/2000/svg}"
# In pixels: the plot is a square of 300 with its lower left corner at (45, 345).
LEFT, BOTTOM, SIDE = 45.0, 345.0, 300.0


def drawn(svg: str) -> tuple[list[ElementTree.Element], list[str]]:
    """The bars, the ground left out, and the words."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return root.findall(f"{SVG}rect")[1:], [text.text or "" for text in root.findall(f"{SVG}text")]


def test_each_bin_is_a_bar_as_high_as_its_share_of_right_ones() -> None:
    pairs = [(0.05, False)] * 3 + [(0.05, True)] + [(0.95, True)] * 5
    bars, words = drawn(diagram(calibration(pairs)))
    places = [tuple(float(bar.attrib[name]) for name in ("x", "y", "width", "height")) for bar in bars]
    assert places == [
        pytest.approx((LEFT + 2, BOTTOM - SIDE / 4, 26, SIDE / 4)),
        pytest.approx((LEFT + 0.9 * SIDE + 2, BOTTOM - SIDE, 26, SIDE)),
    ]
    assert words[:2] == ["4", "5"]


def test_a_bin_that_is_never_right_has_no_height_and_an_empty_one_no_bar() -> None:
    bars, words = drawn(diagram(calibration([(0.5, False)])))
    assert [(bar.attrib["y"], bar.attrib["height"]) for bar in bars] == [("345.0", "0.0")]
    assert words[0] == "1"
    assert drawn(diagram(calibration([])))[0] == []


def test_the_axes_are_named_and_go_from_nothing_to_one() -> None:
    words = drawn(diagram(calibration([])))[1]
    assert words[:-2] == [f"{n / 5:.1f}" for n in range(6) for _ in "xy"]
    assert words[-2:] == ["probability given", "share that was right"]


def test_the_diagram_of_the_docs_is_of_this_drawing() -> None:
    bars, words = drawn(OUT.read_text("utf-8"))
    assert len(bars) == len(words[:-14]) == 10
    assert all(float(bar.attrib["y"]) + float(bar.attrib["height"]) == pytest.approx(BOTTOM) for bar in bars)
