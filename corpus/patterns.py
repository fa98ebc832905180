"""Regular expressions that are compiled at their first use: a question needs few of the many there are."""

from __future__ import annotations

import re
from typing import Any, cast


class Lazy:
    """What `re.compile` would give, made when anything of it is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._written = (text, flags)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever a pattern has
        """Compile, and keep what was asked for: from then on it is found without coming here."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._written), name)
        setattr(self, name, found)
        return found


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used; one that is wrong fails only then."""
    return cast("re.Pattern[str]", Lazy(text, flags))
