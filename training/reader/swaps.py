"""Questions with one name or number exchanged for another, so that the sentence that answered them doesn't."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass

_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_LOWER = re.compile(r"\b[a-z]{3,}\b")


@dataclass(frozen=True, slots=True)
class Swap:
    """Exchanges a name for another name, a number for another number.

    A word is a name when texts with capitals print it with one inside a sentence, nine times in ten and more.
    """

    names: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Swap:
        """Learn the names from texts with capitals."""
        upper: dict[str, int] = {}
        lower: dict[str, int] = {}
        for text in texts:
            for m in _CAPITAL.finditer(text):
                upper[m.group().lower()] = upper.get(m.group().lower(), 0) + 1
            for m in _LOWER.finditer(text):
                lower[m.group()] = lower.get(m.group(), 0) + 1
        names = (w for w, n in upper.items() if n >= 2 and n >= 9 * lower.get(w, 0))
        return cls(tuple(sorted(names)))

    def exchange(self, question: str, sentence: str, around: str, rng: random.Random) -> str | None:
        """The question with one name or number exchanged that its sentence has too; None where they share none.

        What comes in its place is one of the text around, where that has another, or any.
        """
        text, asked = sentence.lower(), question.lower()
        known = set(self.names)
        numbers = [m for m in _NUMBER.finditer(asked) if m.group().rstrip(".,") in text]
        words = [m for m in _WORD.finditer(asked) if m.group() in known and m.group() in text]
        if not (numbers or words):
            return None
        chosen = rng.choice([*numbers, *words])
        if chosen in numbers:
            other = _other_number(chosen.group(), rng)
        else:
            near = {m.group() for m in _WORD.finditer(around.lower())} & known - {chosen.group()}
            near -= {m.group() for m in _WORD.finditer(asked + " " + text)}
            other = rng.choice(sorted(near)) if near and rng.random() < 0.5 else rng.choice(self.names)
        if other in text:
            return None
        return question[: chosen.start()] + other + question[chosen.end() :]


def _other_number(number: str, rng: random.Random) -> str:
    digits = number.rstrip(".,").replace(",", "").replace(".", "")
    if re.fullmatch(r"1\d{3}|20\d\d", number.rstrip(".,")):
        return str(int(digits) + rng.choice([-1, 1]) * rng.choice([1, 2, 3, 5, 10, 20, 50]))
    return str(rng.randint(2, 9) * 10 ** max(0, len(digits) - 1) + rng.randint(0, 9))
