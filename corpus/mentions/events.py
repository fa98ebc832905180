"""What befell those whom a figure counts: killed, wounded, displaced …, by the nearest governing word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.mentions.tokens import Token, word_at

# fmt: off
_FORMS = {
    "killed": "killed kill kills killing dead died die dies dying death deaths slain martyred martyrs murdered murdering"
              " massacred massacring fatalities martyrs",
    "wounded": "wounded wounding wound wounds injured injuring injure injures injuries hurt hurting maimed maiming",
    "displaced": "displaced displacing displace displaces flee fled fleeing flees uprooted uprooting",
    "arrested": "arrested arresting arrest arrests detained detaining detain",
    "captured": "captured capturing",
    "kidnapped": "kidnapped kidnapping abducted abducting",
    "evacuated": "evacuated evacuating evacuate",
    "freed": "freed freeing released releasing",
    "rescued": "rescued rescuing rescue",
    "executed": "executed executing beheaded beheading",
    "missing": "missing",
    "trapped": "trapped trapping besieged besieging",
    "destroyed": "destroyed destroying destroy",
    "neutralised": "neutralised neutralized neutralising neutralizing",
    "casualties": "casualties",
}
# Several things at once, so that it is never compared with one of them.
MIXED = "casualties"
_OF_THINGS = frozenset({"destroyed", "captured"})
_LIVES = frozenset({"claimed", "claiming", "claim", "claims", "cost", "costing", "taken", "took", "taking", "lost"})
EVENTS = {form: event for event, forms in _FORMS.items() for form in forms.split()}
_STATES = frozenset({"dead", "died", "die", "dies", "dying", "missing", "hurt", "fled", "flee"})
NAMING = frozenset({"death", "deaths", "fatalities", "injuries", "martyrs", "casualties", "wounds", "arrests", "arrest"})
_GOVERNS = (EVENTS.keys() - _STATES - NAMING) | {"hurt", "missing"} - {"missing"}
_FILL = frozenset({"another", "a", "an", "further", "additional", "the", "total", "about", "also", "reportedly", "all",
                   "estimated", "combined", "as", "well", "other", "allegedly", "'", '"', "’", "”"})
_BE = frozenset({"was", "were", "are", "is", "been", "be", "being"})
_AUX = _BE | frozenset({"have", "has", "had", "also", "already", "all", "both", "reportedly", "left", "lay", "lie",
                        "confirmed", "reported", "later", "others", "other", "more", "who", "then", "either", "still",
                        "allegedly", "now", "believed", "to", "have", "feared", "found", "being", "of", "them", "shot",
                        "mostly", "mainly", "today", "immediately", "instantly", "critically", "severely", "seriously"})
_AFTER = frozenset({"in", "by", "on", "at", "when", "after", "as", "and", "or", "during", "since", "from", "near", "over",
                    "while", "within", "inside", "across", "this", "last", "there", "here", "so", "if", "these", "but", "for", "with",
                    "following", "amid", "according", "throughout", "because", "yesterday", "today", "outside", "between",
                    "under", "between", "before", "until", "along", "around", "later", "too", "to", "through", "due", "their",
                    "elsewhere", "every", "each", "per", "is", "was", "were", "are", "have", "has", "had", "of"})
_TOLL = frozenset({"to", "at", "of", "is", "was", "reached", "hit", "from", "passed", "exceeded", "surpassed", "reaching",
                   "stands", "stood", "now"})
_LISTED = frozenset({"and", "or", "including", "among", "them", ",", "as", "well", "plus", "with", "(", "—", "–", "-", "of",
                     "whom", "which", "mostly", "also", "another", "along", "together", "alongside", "some", "a", "an",
                     "child", "woman", "man", "girl", "boy", "soldier", "civilian"})
_FAR, _NEAR, _LINK = 25, 4, 9  # words looked at
# fmt: on


@dataclass(frozen=True, slots=True)
class Counting:
    """A figure's place among the tokens: [first, stop) with its hedge, its phrase's end, and whether people are meant."""

    first: int
    stop: int
    person: bool | None
    named: bool
    counts: bool = True


def events_of(tokens: Sequence[Token], counting: Sequence[Counting]) -> list[str | None]:
    """For each figure of a text, in order, what befell those counted; None where no rule is sure."""
    firsts = {figure.first for figure in counting}
    bare = {figure.stop for figure in counting if not figure.named}
    found = [_own(tokens, figure, firsts, bare) for figure in counting]
    for order in (list(pairwise(range(len(counting)))), [(b, a) for a, b in pairwise(range(len(counting)))][::-1]):
        for giver, taker in order:
            near = counting[min(giver, taker)], counting[max(giver, taker)]
            if found[taker] is None and found[giver] and _linked(tokens, *near, found[giver]) and _takes(counting[taker], found[giver]):
                found[taker] = found[giver]
    return found


def _takes(figure: Counting, event: str) -> bool:
    return figure.counts and (figure.person is not False or event in _OF_THINGS)


def _own(tokens: Sequence[Token], figure: Counting, firsts: set[int], stops: set[int]) -> str | None:
    if not figure.counts:
        return None
    return (
        _named(tokens, figure)
        or _before_participle(tokens, figure, passive=True)
        or _behind_verb(tokens, figure, stops)
        or _before_participle(tokens, figure, passive=False)
        or (_toll(tokens, figure) if not figure.named else None)
        or (_passive(tokens, figure, firsts) if figure.person is not False else None)
    )


def _named(tokens: Sequence[Token], figure: Counting) -> str | None:
    """Read "six martyrs", "20 deaths": the noun itself, or what stands where a noun would."""
    sentence = tokens[figure.first].sentence
    at = next((n for n in range(figure.stop, figure.stop + 3) if word_at(tokens, n, sentence) not in {"more", "other"}), 0)
    last = word_at(tokens, figure.stop - 1, sentence)
    if last == "lives" and word_at(tokens, figure.first - 1, sentence) in _LIVES:
        return "killed"
    return EVENTS[last] if last in NAMING else EVENTS[word] if (word := word_at(tokens, at, sentence)) in NAMING else None


def _behind_verb(tokens: Sequence[Token], figure: Counting, stops: set[int]) -> str | None:
    """Read "killing at least", "killing of seven", "wounded another"; not the participle of another figure."""
    sentence, at = tokens[figure.first].sentence, figure.first - 1
    for _ in range(_NEAR):
        word = word_at(tokens, at, sentence)
        if word in _GOVERNS or (word in NAMING and word_at(tokens, at + 1, sentence) == "of"):
            return None if at in stops and word.endswith("ed") else _with_other(tokens, at, sentence, -1)
        if word not in _FILL and not (word == "of" and word_at(tokens, at - 1, sentence) in _OF):
            return None
        at -= 1
    return None


_OF = frozenset({"killing", "wounding", "arrest", "death", "deaths", "total", "displacement", "execution", "murder", "most"})


def _before_participle(tokens: Sequence[Token], figure: Counting, *, passive: bool) -> str | None:
    """Read "12 civilians were killed" or "50 others injured", "76 dead": behind auxiliaries alone."""
    sentence, at = tokens[figure.first].sentence, figure.stop
    been = False
    for _ in range(_NEAR + 2):
        word = word_at(tokens, at, sentence)
        if word in EVENTS:
            fits = been if passive else been or not figure.named or _ends(tokens, at, sentence)
            return _with_other(tokens, at, sentence, 1) if fits else None
        if word not in _AUX:
            return None
        been = been or word in _BE
        at += 1
    return None


def _ends(tokens: Sequence[Token], at: int, sentence: int) -> bool:
    """Whether what follows a participle shows that it has no object: "killed in", not "killed 30"."""
    word, following = word_at(tokens, at, sentence), word_at(tokens, at + 1, sentence)
    return word in _STATES or not following or following in _AFTER or not following[0].isalnum()


def _passive(tokens: Sequence[Token], figure: Counting, firsts: set[int]) -> str | None:
    """Find "were killed" further on in the sentence, before any other figure that isn't part of this one."""
    sentence = tokens[figure.first].sentence
    for at in range(figure.stop, figure.stop + (_FAR if figure.person else _LINK)):
        word = word_at(tokens, at, sentence)
        if not word or word == ";" or (at in firsts and not _listed(tokens, figure.stop, at)):
            return None
        if word in EVENTS:
            before = [word_at(tokens, n, sentence) for n in range(at - 3, at)]
            near = [w for n, w in enumerate(before) if all(v in _AUX | {"among", "the", "those"} for v in before[n:])]
            return _with_other(tokens, at, sentence, 1) if _BE & set(near) else None
    return None


def _toll(tokens: Sequence[Token], figure: Counting) -> str | None:
    """Read "the death toll rose to 76", "the number killed in the city to 45"."""
    sentence = tokens[figure.first].sentence
    if word_at(tokens, figure.first - 1, sentence) not in _TOLL:
        return None
    for at in range(figure.first - 1, max(-1, figure.first - _FAR), -1):
        word = word_at(tokens, at, sentence)
        if word in {"toll", "tolls"}:
            return "killed"
        if word in {"number", "numbers"}:
            near = (word_at(tokens, n, sentence) for n in range(at + 1, at + 1 + _NEAR))
            return next((EVENTS[w] for w in near if w in EVENTS), None)
    return None


def _with_other(tokens: Sequence[Token], at: int, sentence: int, way: int) -> str:
    """The event of a word, or MIXED where "or wounded" is joined to it."""
    event = EVENTS[tokens[at].lower]
    joint, other = word_at(tokens, at + way, sentence), EVENTS.get(word_at(tokens, at + 2 * way, sentence))
    if joint not in {"or", "and", "/"} or other in {event, None}:
        return event
    # "killed and wounded 30" has one object; "wounded two and killed 30" has two.
    return MIXED


def _linked(tokens: Sequence[Token], left: Counting, right: Counting, event: str) -> bool:
    sentence, at = tokens[left.first].sentence, left.stop
    while word_at(tokens, at, sentence) in _BE | {"have", "had", "has", "also"} and at < left.stop + _NEAR:
        at += 1  # "were killed along with"
    at += EVENTS.get(word_at(tokens, at, sentence)) == event and at < right.first
    return tokens[right.first].sentence == sentence and _listed(tokens, at, right.first)


def _listed(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether only words of a list stand between: "12 civilians, among them five children"."""
    return start <= stop <= start + _LINK and all(tokens[n].lower in _LISTED for n in range(start, stop))
