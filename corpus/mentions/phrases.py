"""The noun phrase before or after a verb of speech: who it is that says something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.mentions import speech_words as lists

Span = tuple[int, int]

_WORD = re.compile(
    r"\([^()]{0,80}\)|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Rev|St)\."
    # Control characters are what is left of letters in badly converted texts.
    r"|(?<![\w.])(?:[A-Za-z]\.){2,}|\b[A-Z]\.(?= [A-Z])"
    r"|[\w\x80-\x9f]+(?:[’'&/.-][\w\x80-\x9f]+)*[’']?|[^\w\s\x80-\x9f]"
)
_LONGEST = 22  # words of a speaker's name and part
_REACH = 40  # words looked back at for where a clause begins
SPEECH, BRACKET, MARK = "“", "(", ","


class Word(NamedTuple):
    """A word of a sentence and its place in the text; words in quotation marks are one, SPEECH."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it is written as a name is."""
        return self.text[:1].isupper() or self.low.startswith(("al-", "el-", "ad-", "as-", "ar-", "an-"))

    @property
    def mark(self) -> bool:
        """Whether it is no word: punctuation, or something said."""
        return self.low != BRACKET and not self.low[0].isalnum()


def words_of(text: str, start: int, end: int, spoken: Sequence[Span]) -> list[Word]:
    """The words of `text[start:end]`; each of the `spoken` spans, ascending, is one word."""
    words: list[Word] = []
    at = start
    for a, b in spoken:
        words += _plain(text, at, max(at, a))
        words.append(Word(max(a, start), min(b, end), SPEECH, SPEECH))
        at = min(b, end)
    return words + _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> list[Word]:
    found = (match.span() for match in _WORD.finditer(text, start, end))
    return [
        Word(a, b, text[a:b], BRACKET if text[a] == "(" and b > a + 1 else text[a:b].lower())
        for a, b in found
    ]


def subject(words: Sequence[Word], verb: int) -> Span | None:
    """The first and last word of who does what `words[verb]` says; None where that isn't clear.

    Tried in turn: a pronoun; all words from where the clause begins, if none of them is a verb; the
    phrase before an aside or a relative clause; the shortest phrase that can speak.
    """
    last = _before_frame(words, verb - 1)
    if last < 0:
        return None
    if words[last].low in lists.PRONOUNS - {"who"}:
        return last, last
    if words[last].low in lists.RELATIVES:
        return _antecedent(words, last)
    if words[last].mark:
        return _before_aside(words, last)
    first = _clause(words, last)
    opener = words[first - 1].low if first else ""
    if opener in lists.RELATIVES and (first > last or verbal(words, first, last) or not _opens(words[first])):
        return _antecedent(words, first - 1)
    if opener in lists.NO_STATEMENT:
        return None
    return _whole(words, first, last) or _shortest(words, first, last)


def _opens(word: Word) -> bool:
    """Whether a word can open a subject."""
    return word.capital or word.low in lists.DETERMINERS | lists.ROLES | lists.MODIFIERS


def _before_frame(words: Sequence[Word], last: int) -> int:
    """Step back over when and where it was said: “the army on Monday said”, “in a statement said”."""
    while (
        last > 0 and words[last].low in lists.DAYS and words[last - 1].low in {"on", "late", "early", "last"}
    ):
        last -= 2
    if last > 2 and words[last].low == "statement" and [w.low for w in words[last - 2 : last]] == ["in", "a"]:
        last -= 3
    return last


def _clause(words: Sequence[Word], last: int) -> int:
    """Where the clause begins that `last` is in."""
    first = last + 1
    while first > max(0, last - _REACH) and not _ends_clause(words, first - 1):
        first -= 1
    return first


def _ends_clause(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.low == "as" and "well" in {other.low for other in words[max(0, at - 1) : at + 2]}:
        return False
    opens = word.low in lists.CLAUSE_OPENERS
    return word.mark or (opens and (not word.capital or at == 0 or words[at - 1].mark))


def verbal(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether one of the words from `first` to `last` is likely a verb."""
    return any(_is_verb(words, at) for at in range(first, last + 1))


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word is likely a verb: by a list, or by how it ends and what stands before it."""
    word = words[at]
    if word.low in lists.FINITE:
        return True
    if word.capital or "-" in word.text or len(word.low) < 5:
        return False
    ends = word.low.endswith("ed") and word.low not in lists.ADJECTIVES_IN_ED
    ends = ends or (word.low.endswith("ing") and word.low not in lists.NOUNS_IN_ING)
    return ends and not (at and words[at - 1].low in lists.DETERMINERS)


def _whole(words: Sequence[Word], first: int, last: int) -> Span | None:
    """All of a clause before its verb of speech, if it reads as one noun phrase."""
    while first < last and words[first].low in {"and", "but", "or", "so", "then", "yet"}:
        first += 1
    if verbal(words, first, last):
        joint = max((at for at in range(first, last) if words[at].low in lists.CONJUNCTIONS), default=-1)
        listed = joint > 0 and words[joint - 1].low in lists.ROLES
        return _whole(words, joint + 1, last) if joint >= 0 and not listed else None
    if first > last or last - first >= _LONGEST or words[first].low in lists.LEADING | lists.PREPOSITIONS:
        return None
    if not (_opens(words[first]) or words[first].low == BRACKET) or _broken(words, first, last):
        return None
    numbered = any(words[at].low[0].isdigit() and words[at + 1].capital for at in range(first, last))
    later = any(word.low in lists.ORDER for word in words[first : last + 1])
    if numbered or later or not _is_speaker(words, first, last):
        return None
    return first, last


def _broken(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a noun runs into a name, as where a comma was lost: “and other properties SANA”."""
    if words[first].low in lists.DETERMINERS | lists.ROLES or words[first].capital:
        return False
    return any(not _nominal(words[at]) and words[at + 1].capital for at in range(first, last))


def _is_speaker(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a phrase has a word that can speak: a name, a part someone has, or “many”, “others”."""
    if any(word.capital and word.low not in lists.DAYS for word in words[first + 1 : last + 1]):
        return not _new_phrase(words, first, last)
    if any(word.low in lists.ROLES | lists.COUNTS for word in words[first : last + 1]):
        return not _new_phrase(words, first, last)
    return first == last and words[first].capital and words[first].low not in lists.DAYS | lists.LEADING


def _new_phrase(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a determiner opens a second phrase inside, as where a comma was lost: “in Aleppo the army”."""
    for at in range(first + 1, last + 1):
        before = words[at - 1]
        joined = before.low in lists.PREPOSITIONS | lists.LINKS | lists.CONJUNCTIONS | {"all", "both"}
        if words[at].low in {"the", "a", "an"} and not joined:
            return not all(word.capital or word.low == BRACKET for word in words[first:at])
    return False


def _shortest(words: Sequence[Word], first: int, last: int) -> Span | None:
    """The phrase that ends at `last`, as far back as its words surely belong to it."""
    at = firm = last
    while at > max(first, last - _LONGEST) and (step := _step_back(words, first, at)):
        at -= step
        opened = words[at].low in lists.DETERMINERS
        firm = at if opened or (at == firm - step and _nominal(words[at])) else firm
        if (opened and not _linked(words, first, at)) or _opens_alone(words, at):
            break
    firm = _parted(words, first, firm, last)
    firm = max((at + 1 for at in range(firm, last) if words[at].low == "more"), default=firm)
    while firm < last and words[firm].low in lists.DAYS | {BRACKET, "and", "of", "for"}:
        firm += 1
    if (
        firm > first
        and words[firm - 1].low in lists.LINKS | lists.PREPOSITIONS
        and words[last].low in lists.ROLES
    ):
        firm = _without_place(words, firm, last)
    return (firm, last) if _can_speak(words, first, firm, last) else None


def _parted(words: Sequence[Word], first: int, start: int, last: int) -> int:
    """Where a phrase begins if lost commas let it run on: “across the country Farhan”, “wounding dozens activists”."""
    before = words[start - 1] if start > first else None
    if before is None:
        return start
    if words[start].low in lists.COUNTS and _is_verb(words, start - 1):
        return min(last, start + 1)
    if words[start].low in lists.DETERMINERS and before.low in lists.PREPOSITIONS | lists.LINKS:
        runs_in = (
            at + 1 for at in range(start + 1, last) if not _nominal(words[at]) and words[at + 1].capital
        )
        return next(runs_in, start)
    if words[start].low in {"a", "an"} and before.capital:
        name = _shortest(words, first, start - 1)
        return name[0] if name and words[name[0]].low == "the" else start
    return start


def _opens_alone(words: Sequence[Word], at: int) -> bool:
    """Whether a phrase begins with a word as it is: “local activists”, “two sources”."""
    return at > 0 and words[at].low in lists.OPENING and words[at - 1].low not in lists.DETERMINERS


def _without_place(words: Sequence[Word], start: int, last: int) -> int:
    """Where a plural begins behind a place that lost its comma: “near Khan Touman rebels say”."""
    while start < last and words[start].capital and words[start].low not in lists.ROLES:
        start += 1
    return start


def _step_back(words: Sequence[Word], first: int, at: int) -> int:
    """How many words before `at` still belong to its phrase: 0, 1, or 2 where one links two."""
    before = words[at - 1]
    if words[at].low in lists.DETERMINERS:
        return 2 * _linked(words, first, at)
    if before.low in lists.LINKS | {"in", "at", "and"} or before.low in {
        "al",
        "bin",
        "ibn",
        "van",
        "von",
        "de",
    }:
        return 2 * (_linked(words, first, at) or (at - 2 >= first and before.capital < words[at - 2].capital))
    stops = lists.PREPOSITIONS | lists.CONJUNCTIONS | lists.CLAUSE_OPENERS | lists.PRONOUNS | lists.TIMES
    if before.low[0].isdigit() and words[at].capital:
        return 0
    return not (before.low in stops or before.mark or _is_verb(words, at - 1))


def _linked(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether “of”, “for”, “in”, “at” or “and” before `at` joins it to one who can speak."""
    if at - 2 < first:
        return False
    link, joined = words[at - 1].low, words[at - 2]
    if link == "and":
        return joined.low in lists.ROLES and not words[at].low in lists.DETERMINERS
    if link in lists.LINKS:
        return joined.low in lists.ROLES or (joined.capital and words[at].low not in lists.DETERMINERS)
    return link in {"in", "at"} and joined.low in lists.ROLES


def _nominal(word: Word) -> bool:
    return (
        word.capital or word.low == BRACKET or "-" in word.text or word.low in lists.MODIFIERS | lists.ROLES
    )


def _can_speak(words: Sequence[Word], first: int, start: int, last: int) -> bool:
    """Whether a phrase is surely whole and one who can speak: a name alone after “in” may be a place."""
    head = (
        next((at for at in range(start + 1, last) if words[at].low in lists.LINKS | {"in", "at"}), last + 1)
        - 1
    )
    if start == last and words[start].low in lists.SOME:
        return True
    if words[start].low in lists.DETERMINERS:
        return words[head].capital or words[head].low in lists.ROLES
    unsure = lists.PREPOSITIONS - lists.ORDER | lists.LINKS | lists.DETERMINERS
    if start > first and words[start - 1].low in unsure:
        return words[head].low in lists.ROLES and words[head].low.endswith("s")
    return words[start].capital or (words[head].low in lists.ROLES and words[head].low[-1:] in "sena")


def _before_aside(words: Sequence[Word], comma: int) -> Span | None:
    """Who is named before an aside between commas: “Lund, the mayor of Korrun, said”."""
    if words[comma].low != MARK:
        return None
    opening = _clause_mark(words, comma - 1)
    if opening is None or opening < 1 or opening + 1 >= comma:
        return None
    aside = words[opening + 1]
    numbered = aside.low.isdigit() and opening + 2 == comma
    names = aside.capital or aside.low in lists.DETERMINERS | lists.ROLES | lists.MODIFIERS | lists.RELATIVES
    if not (names or numbered or aside.low in {"speaking", "citing", "quoting", "in", "on", "at", "also"}):
        return None
    first = _clause(words, opening - 1)
    return _whole(words, first, opening - 1) or _shortest(words, first, opening - 1)


def _clause_mark(words: Sequence[Word], at: int) -> int | None:
    """The comma before `at`, within one clause and 25 words."""
    for place in range(at, max(-1, at - 25), -1):
        if words[place].mark:
            return place if words[place].low == MARK else None
    return None


def _antecedent(words: Sequence[Word], relative: int) -> Span | None:
    """Whom “who” or “which” stands for: the phrase before it."""
    last = relative - 1
    last -= last >= 0 and words[last].low == MARK
    if last < 0 or words[last].mark:
        return None
    first = _clause(words, last)
    return _whole(words, first, last) or _shortest(words, first, last)


def opening_subject(words: Sequence[Word]) -> Span | None:
    """The phrase that opens a sentence before its first verb, if it is one who can speak."""
    first = 1 + max((at for at in range(min(6, len(words))) if words[at].low == MARK), default=-1)
    who = follower(words, first)
    if who is None or who[1] + 1 >= len(words) or not _is_verb(words, who[1] + 1):
        return None
    passive = words[who[1] + 1].low in lists.BE
    return None if passive or words[who[0]].low in lists.LEADING | lists.PREPOSITIONS else who


def follower(words: Sequence[Word], at: int) -> Span | None:
    """The first and last word of the phrase that begins at `at`: who “said” or “according to” names."""
    if at >= len(words) or words[at].mark:
        return None
    if words[at].low in lists.PRONOUNS | {"him", "her", "them"} and not _continues(words, at + 1):
        return at, at
    last = at - 1
    while last + 1 < min(len(words), at + _LONGEST) and _continues(words, last + 1):
        last += 1
    while (
        last >= at
        and words[last].low in lists.PREPOSITIONS | lists.LINKS | lists.CONJUNCTIONS | lists.DETERMINERS
    ):
        last -= 1
    if last < at or not any(w.capital or w.low in lists.ROLES | lists.COUNTS for w in words[at : last + 1]):
        return None
    return at, last


def _continues(words: Sequence[Word], at: int) -> bool:
    """Whether a phrase goes on with a word."""
    if at >= len(words):
        return False
    word = words[at]
    if (
        word.mark
        or word.low
        in lists.CLAUSE_OPENERS | lists.DAYS | lists.PRONOUNS | lists.ADVERBS - {"both"} | lists.MODALS
    ):
        return word.low == "will" and word.capital
    if word.low in lists.PREPOSITIONS:
        joins = {"in", "at", "from", "by", "on"}
        return word.low in joins and at > 0 and words[at - 1].low in lists.ROLES and not _frames(words, at)
    if (
        word.low in lists.OPENING
        and at > 0
        and _nominal(words[at - 1])
        and words[at - 1].low not in lists.OPENING
    ):
        return False
    if word.low in {"the", "a", "an"} and at > 0:
        before = words[at - 1].low
        return before in lists.PREPOSITIONS | lists.LINKS | lists.CONJUNCTIONS or not _nominal(words[at - 1])
    if word.low in lists.CONJUNCTIONS:
        return at + 1 < len(words) and (
            words[at + 1].capital or words[at + 1].low in lists.MODIFIERS | lists.ROLES
        )
    return not _is_verb(words, at)


def _frames(words: Sequence[Word], at: int) -> bool:
    """Whether a preposition opens when or where something was said: “on Monday”, “in a statement”."""
    after = [word.low for word in words[at + 1 : at + 6]]
    told = {
        "statement",
        "report",
        "interview",
        "tweet",
        "briefing",
        "conference",
        "speech",
        "post",
        "message",
    }
    return not after or bool(told & set(after)) or after[0] in lists.DAYS or after[0].isdigit()
