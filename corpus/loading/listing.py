"""Names listed in a message: the first of them, shortened, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 12
_LONGEST = 40


def listed(names: Sequence[str]) -> str:
    """The first names in quotes, and the number of the others."""
    shown = ", ".join(repr(name[:_LONGEST]) for name in names[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")
