"""The picture of docs/performance.md: how each cost grows with the passages, and how steeply.

    python -m benchmarks.growth SCALE.json docs/growth.svg

SCALE.json is what `benchmarks.scale --out` wrote for several sizes. Both axes are logarithmic; the slope of a
line through them is the power of the number of passages that a cost grows with: 1 in proportion, 0 not at all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

# The stages drawn, by their names in the figures of `benchmarks.scale`, with what they are called in the picture.
STAGES = {
    "whole p50": "the whole answer",
    "passages p50": "passages found",
    "vectors p50": "vectors",
    "words p50": "words",
    "vectors, 1 % p50": "vectors, 1 % allowed",
    "encode p50": "question embedded",
}

Sizes = Mapping[str, Mapping[str, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the picture and print the slopes."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("figures", type=Path, help="what benchmarks.scale --out wrote")
    parser.add_argument("picture", type=Path, help="where the SVG goes")
    asked = parser.parse_args(arguments)
    sizes: Sizes = json.loads(asked.figures.read_text("utf-8"))["sizes"]
    draw(sizes, asked.picture)
    print("\n".join(f"{name}: {slope(sizes, stage):.2f}" for stage, name in STAGES.items()))
    return 0


def slope(sizes: Sizes, stage: str) -> float:
    """The slope of the straight line nearest to a stage's costs, both logarithmic, by least squares."""
    counts, costs = _series(sizes, stage)
    return float(np.polyfit(np.log(counts), np.log(costs), 1)[0])


def draw(sizes: Sizes, picture: Path) -> None:
    """Draw the stages as lines, each with its slope; the same figures give the same bytes."""
    style = mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "growth", "font.size": 9})
    with style:
        figure = Figure(figsize=(7, 4.4), layout="constrained")
        axes = figure.subplots()
        for stage, name in STAGES.items():
            counts, costs = _series(sizes, stage)
            axes.loglog(counts, costs, marker="o", markersize=3, label=f"{name} ({slope(sizes, stage):.2f})")
        axes.set(xlabel="passages", ylabel="milliseconds, median")
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(title="stage (slope)", fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
        figure.savefig(picture, format="svg", metadata={"Creator": None, "Date": None})


def _series(sizes: Sizes, stage: str) -> tuple[list[int], list[float]]:
    counts = [int(size.replace(",", "")) for size in sizes]
    return counts, [max(figures[stage], 1e-3) for figures in sizes.values()]


if __name__ == "__main__":
    sys.exit(main())
