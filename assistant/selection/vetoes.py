"""What a question takes for granted and the archive doesn't bear out: a name nobody prints, another year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from assistant.query.question import Question, numbers, years
from corpus.annotation.speech_words import TITLES
from index.words.bm25 import analyze

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# A question with such a word written large is a headline: its capitals name nothing.
_HEADLINE = re.compile(
    r"\s(?:Is|Are|Was|Were|Did|Does|Do|Has|Have|Had|Many|Much|How|What|Who|When|Where|Why)\b"
)
# Words written large one after the other, with what may join them: “Ledger & Anchor”, “Bank of the North”.
_LARGE = r"(?<!\w)[^\W\d_a-z]\w++(?:[’'][^\W\d_a-z]\w++)?"
_NAME = re.compile(rf"{_LARGE}(?: (?:& |of |of the )?{_LARGE})+(?:[’']s)?(?![\w-])")
# Short capitals may stand for words in full, "UN" for "United Nations".
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,6}s?")
_ALIKE = 0.75
_STEM = 4
_SHORTEST = 3


def unnamed(question: Question, texts: Iterable[str]) -> tuple[str, ...]:
    """The names of a question that none of these texts has, as the question writes them.

    Of a name of several words a text must have two: that one text prints "Gate" and another "Six" is no
    sign of Gate Six. Titles before a name don't count. A slip of the pen is forgiven: a word counts as
    present when one of the texts is spelt much like it ("Celeron" for "Céloron") or one is the beginning
    of the other ("Sept", "Frenchman"). Measured on SQuAD's questions, see docs/quality.md.
    """
    if not question.names or _HEADLINE.search(question.text):
        return ()
    present = [set(analyze(text)) for text in texts]
    missing = dict.fromkeys(_missing(question, set().union(*present)))
    return tuple(missing or dict.fromkeys(_apart(question, present)))


def of_another_year(question: Question, sentence: str, passage: str, heading: str) -> bool:
    """Whether a question names a year that neither passage nor heading has, and sentence or heading another one."""
    asked = years(question.numbers)
    absent = asked - {*numbers(passage), *numbers(heading)}
    return bool(absent and years([*numbers(sentence), *numbers(heading)]))


def _missing(question: Question, present: Collection[str]) -> Iterator[str]:
    """Single words of names that no text has."""
    for match in list(_WORD.finditer(question.text))[1:]:
        if any(not _has(present, stem) for stem in _stems(question, match.group())):
            yield _bare(match.group())


def _apart(question: Question, present: Sequence[Collection[str]]) -> Iterator[str]:
    """Names of several words of which no text has two."""
    asking = _WORD.search(question.text)
    for match in _NAME.finditer(question.text, asking.end() if asking else 0):
        words = [word for word in _WORD.findall(match.group()) if word.lower() not in TITLES]
        stems = {stem for word in words for stem in _stems(question, word)}
        if len(stems) > 1 and not _together(stems, present):
            yield _bare(match.group())


def _together(stems: Collection[str], present: Sequence[Collection[str]]) -> bool:
    """Whether one text has two of the words."""
    if any(sum(stem in text for stem in stems) > 1 for text in present):
        return True
    known = set().union(*present)
    alike = [{term for term in known if term == stem or _alike(stem, term)} for stem in stems]
    return any(sum(not forms.isdisjoint(text) for forms in alike) > 1 for text in present)


def _stems(question: Question, word: str) -> list[str]:
    """The stems of a word by which a name is told; none of initials and of what isn't written large."""
    if not word[0].isupper() or _INITIALS.fullmatch(word):
        return []
    return [stem for stem in analyze(word) if stem in question.names and len(stem) >= _SHORTEST]


def _bare(name: str) -> str:
    return re.sub(r"(?:[’']s|[’'])$", "", name)


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
