"""What a question takes for granted and the archive doesn't bear out: a name nobody prints, another year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher

from assistant.question import Question
from index.words import analyze

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# A question with such a word written large is a headline: its capitals name nothing.
_HEADLINE = re.compile(
    r"\s(?:Is|Are|Was|Were|Did|Does|Do|Has|Have|Had|Many|Much|How|What|Who|When|Where|Why)\b"
)
# Short capitals may stand for words in full, "UN" for "United Nations".
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,6}s?")
_ALIKE = 0.75
_STEM = 4
_SHORTEST = 3


def unnamed(question: Question, texts: Iterable[str]) -> tuple[str, ...]:
    """The names of a question that none of these texts has, as the question writes them.

    A slip of the pen is forgiven: a name counts as present when a word of the texts is spelt much
    like it ("Celeron" for "Céloron") or one is the beginning of the other ("Sept", "Frenchman").
    Measured on SQuAD's questions, see docs/quality.md.
    """
    if not question.names or _HEADLINE.search(question.text):
        return ()
    present = {term for text in texts for term in analyze(text)}
    return tuple(dict.fromkeys(_missing(question, present)))


def _missing(question: Question, present: Collection[str]) -> Iterator[str]:
    for match in list(_WORD.finditer(question.text))[1:]:
        word = match.group()
        stems = [s for s in analyze(word) if s in question.names and len(s) >= _SHORTEST]
        if word[0].isupper() and not _INITIALS.fullmatch(word) and any(not _has(present, s) for s in stems):
            yield re.sub(r"(?:[’']s|[’'])$", "", word)


def _has(present: Collection[str], name: str) -> bool:
    return name in present or any(_alike(name, term) for term in present)


def _alike(name: str, term: str) -> bool:
    shorter = min(len(name), len(term))
    if shorter >= _STEM and (name.startswith(term) or term.startswith(name)):
        return True
    # Cheap bounds first: the ratio itself is quadratic.
    matcher = SequenceMatcher(None, name, term)
    return (
        matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    )
