"""The reliability diagram of docs/quality.md: how often a quote was right, for each tenth of its probability."""

from __future__ import annotations

from pathlib import Path

from assistant.evaluation.confidence import Bin, Calibration

OUT = Path(__file__).parent.parent / "docs" / "reliability.svg"
_SIDE, _EDGE = 300, 45  # of the square, and around it, in pixels


def diagram(found: Calibration) -> str:
    """Draw a calibration as SVG: a bar for each bin, its number of questions above, perfection as a line."""
    size = _SIDE + 2 * _EDGE
    bars = "".join(_bar(bin_) for bin_ in found.bins if bin_.count)
    ticks = "".join(_tick(n / 5) for n in range(6))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" '
        'font-family="sans-serif" font-size="11"><title>Share of right first quotes by probability</title>'
        f'<rect width="{size}" height="{size}" fill="#ffffff"/>{bars}'
        f'<path d="M{_x(0)} {_y(0)}H{_x(1)}M{_x(0)} {_y(0)}V{_y(1)}" stroke="#333333" fill="none"/>'
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#b00020" stroke-dasharray="4 3"/>{ticks}'
        f'<text x="{_x(0.5)}" y="{size - 8}" text-anchor="middle">probability given</text>'
        f'<text transform="translate(12 {_y(0.5)}) rotate(-90)" text-anchor="middle">share that was right</text>'
        "</svg>\n"
    )


def _bar(bin_: Bin) -> str:
    left, right, share = bin_.low, bin_.high, bin_.share_right or 0.0
    top = _y(share)
    return (
        f'<rect x="{_x(left) + 2}" y="{top}" width="{_x(right) - _x(left) - 4:.1f}" height="{_y(0) - top:.1f}" '
        f'fill="#3b6ea5"/><text x="{_x((left + right) / 2)}" y="{top - 4:.1f}" text-anchor="middle">{bin_.count}</text>'
    )


def _tick(value: float) -> str:
    return (
        f'<text x="{_x(value)}" y="{_y(0) + 15}" text-anchor="middle">{value:.1f}</text>'
        f'<text x="{_x(0) - 6}" y="{_y(value) + 4}" text-anchor="end">{value:.1f}</text>'
    )


def _x(value: float) -> float:
    return round(_EDGE + value * _SIDE, 1)


def _y(value: float) -> float:
    return round(_EDGE + (1 - value) * _SIDE, 1)
