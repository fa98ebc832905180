"""What a timeline is asked for, and whether a sentence speaks of it: by its words, without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.query.question import MAX_CHARACTERS, is_asking
from index.words.bm25 import analyze, fold

Phrase = tuple[str, ...]  # folded words that stand in a row

_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”|«([^«»]*)»')
_BREAK = re.compile(r"[,;:](?=\s|$)")  # names on its two sides are two
_LINKS = frozenset(("of", "the", "de", "la", "du", "al", "el", "bin", "ibn", "abu", "van", "von"))


@dataclass(frozen=True, slots=True)
class Subject:
    """What must all stand in a sentence: phrases, names, and words.

    Phrases stood between quotation marks; names are the words with a capital letter, those in a row as
    one. Both are met as they are, whole and in order, without regard to case or diacritics. `words`
    are met in their other forms too.
    """

    phrases: tuple[Phrase, ...]
    names: tuple[Phrase, ...]
    words: tuple[str, ...]

    @property
    def terms(self) -> list[str]:
        """The stems that the index knows the words by, each once."""
        said = " ".join([*map(" ".join, (*self.phrases, *self.names)), *self.words])
        return list(dict.fromkeys(analyze(said)))

    @property
    def sought(self) -> tuple[str, ...]:
        """What was looked for, each part in words."""
        return (*map(" ".join, self.phrases), *map(" ".join, self.names), *self.words)

    def parted(self) -> Subject | None:
        """The same with each word of a name by itself; None where no name has several."""
        if all(len(name) == 1 for name in self.names):
            return None
        alone = tuple((word,) for name in self.names for word in name if analyze(word))
        return replace(self, names=alone)

    def is_met(self, sentence: str) -> bool:
        """Whether a sentence speaks of all of it."""
        printed = fold(sentence)
        return (
            all(_stands(phrase, printed) for phrase in self.phrases)
            and all(_stands(name, printed) for name in self.names)
            and self._has_words(sentence, printed)
        )

    def _has_words(self, sentence: str, printed: Sequence[str]) -> bool:
        """Whether the words stand there, or other forms of them.

        A word printed with a capital is a name, which has no other forms: "hama" doesn't ask for
        Hamas. The sentence's first word may be either.
        """
        missing = set(self.words) - set(printed)
        if not missing:
            return True
        common = " ".join(word for at, word in enumerate(sentence.split()) if not at or not _is_name(word))
        stems = set(analyze(common))
        return all(stems.issuperset(analyze(word)) for word in missing)


def read_subject(query: str) -> Subject:
    """Read what to look for, of which MAX_CHARACTERS are read; ValueError where no word names anything."""
    cut = query.strip()[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
    quoted = tuple(filter(None, (tuple(fold(" ".join(found))) for found in _QUOTED.findall(cut))))
    rest = _BREAK.sub(" , ", _QUOTED.sub(" , ", cut)).split()
    names, words = [], []
    for is_name, run in _runs(rest):
        if is_name:
            names.append(tuple(fold(" ".join(run))))
        else:
            words += [folded for word in run if not is_asking(word) for folded in fold(word)]
    found = Subject(quoted, tuple(filter(None, names)), tuple(dict.fromkeys(words)))
    if not found.terms:
        raise ValueError("there is no word to look for; name somebody, a place or a topic")
    return found


def _runs(words: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Words in runs of names and of others; "of" and the like belong to the names on both sides."""
    kinds = [_is_name(word) for word in words]
    for at in range(1, len(words) - 1):
        if words[at] in _LINKS and kinds[at - 1] and kinds[at + 1]:
            kinds[at] = True
    for is_name, run in groupby(zip(kinds, words, strict=True), key=lambda pair: pair[0]):
        yield is_name, [word for _, word in run]


def _is_name(word: str) -> bool:
    """Whether a word is printed as names are; "What" and "The" are not names, "WHO" is."""
    if not any(letter.isupper() for letter in word):
        return False
    return not is_asking(word) or (word.isupper() and len(word) > 1)


def _stands(phrase: Phrase, printed: Sequence[str]) -> bool:
    if len(phrase) == 1:
        return phrase[0] in printed
    return any(
        tuple(printed[at : at + len(phrase)]) == phrase
        for at, word in enumerate(printed)
        if word == phrase[0]
    )
