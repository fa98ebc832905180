"""What a numeral counts: the noun phrase behind it, found by the words that end one and by plurals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.mentions.events import EVENTS, NAMING
from corpus.mentions.numerals import SMALL
from corpus.mentions.tokens import Token, word_at

# fmt: off
_STOPS = frozenset(
    "a about above according across after again against ago all along alongside also although am amid among an and are"
    " around as at away away back be because been before behind being below beside between beyond both but by came can"
    " could despite did do does down during each either en even every except followed following for from gave go got had"
    " has have he her here him his how however if in including inside into is it its just last later left less like made"
    " mainly mostly may might mostly must near nearby nor not now of off on once only onto or our out outside over part"
    " per plus put reached said saw say says she should since so some still such than that the their them then there"
    " these they this those though through throughout to today together told tomorrow tonight too took toward towards"
    " under until up upon us versus via was we went were what when where which while who whom whose will with within"
    " without would yesterday yet you your aboard worth remain remained began took fell rose was apart ahead reportedly"
    " allegedly".split()
) | (EVENTS.keys() - NAMING)
_PLURALS = frozenset(
    "people persons men women children police personnel staff troops aircraft cattle livestock sheep crew media"
    " servicemen feet lives".split()
)
_NO_PLURALS = frozenset(
    "always perhaps across various previous serious religious dangerous numerous besides afterwards famous islamic"
    " news damascus paris ss less daesh thus gas bus us is was has as plus yes chess business illness access"
    " congress process success press mass class cross loss".split()
)
_ONES = frozenset(
    "civilian soldier child person man woman fighter militant rebel officer policeman girl boy journalist terrorist"
    " resident member victim protester demonstrator worker student prisoner hostage passenger body death casualty"
    " martyr bomber pilot doctor serviceman gunman attacker baby infant teenager nurse driver medic paramedic".split()
)
_PEOPLE = frozenset(
    "people persons children police personnel staff troops crew lives casualties recruits pupils girls boys babies"
    " infants locals jihadists terrorists victims deaths fatalities martyrs bodies refugees others hostages captives"
    " experts guards militants soldiers rebels insurgents patients souls individuals nationals agents chiefs".split()
)
_OF_PEOPLE = ("ers", "ors", "ians", "ans", "ists", "ees", "ants", "ents", "ites", "ives", "is", "kin", "folk", "eers")
_OF_THINGS = ("ments", "idents", "vents", "centers", "quarters", "choppers", "helicopters", "missiles", "oppers", "owers",
              "atters", "apers", "akers'", "ousers", "ariers", "arriers", "ontents", "atives")
_THINGS = frozenset("centers shelters numbers orders papers letters factors sectors borders rivers members' chapters"
                    " cluster clusters bunkers tankers bulldozers tents parents' plans loans cans vans towers tractors"
                    " barriers mortars launchers containers meters matters offers powers trackers quarters corridors"
                    " motors doors floors errors reactors restaurants plants grants cents events elements documents hives"
                    " drives archives dives explosives fires wires computers trailers boulders hours years".split())
_PRONOUNS = frozenset({"others", "other", "more", "them", "us", "which", "whom", "another", "ones"})
_DETERMINERS = frozenset({"the", "these", "those", "its", "his", "her", "their", "our", "all"})
_LOYAL = frozenset({"loyal", "allied", "belonging", "affiliated", "close", "linked", "opposed"})
_WORD = re.compile(r"[^\W\d_][\w'’‑-]*")
_NUMBERED = re.compile(r"[0-9][\w,.]*(?:-[^\W\d_]+)?")
_LONGEST = 8  # words of a noun phrase
# fmt: on


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, from token `first` up to token `stop`; `head` is its noun, None where only a pronoun is."""

    first: int
    stop: int
    head: int | None


def counted_at(tokens: Sequence[Token], at: int, *, one: bool) -> Counted | None:
    """The noun phrase that begins at a token, "of the" before it allowed; None where none is sure.

    A head is the last of the first plurals ("human rights activists"); behind "one" it is a known
    singular, or the last word of a phrase of up to three.
    """
    if not 0 < at < len(tokens):
        return None
    sentence, first = tokens[at - 1].sentence, at
    if word_at(tokens, at, sentence) == "of":
        at = _behind_of(tokens, at + 1, sentence)
    places = _phrase(tokens, at, sentence)
    words = [tokens[n].printed for n in places]
    head = _one(words) if one else _many(words)
    if head is None:
        return _pronoun(tokens, first, sentence, words)
    return Counted(first, _extended(tokens, places[head] + 1, sentence), places[head])


def _behind_of(tokens: Sequence[Token], at: int, sentence: int) -> int:
    """Pass a determiner and a numeral: "of the 76 fighters"."""
    at += word_at(tokens, at, sentence) in _DETERMINERS
    at += word_at(tokens, at, sentence) in {"more", "than", "nearly", "about", "some"}
    return at + (_NUMBERED.fullmatch(word_at(tokens, at, sentence)) is not None)


def _phrase(tokens: Sequence[Token], at: int, sentence: int) -> list[int]:
    """The places of the words up to one that no noun phrase holds; what is in brackets is passed.

    "and" may join what stands before the noun: "180 army and paramilitary troops".
    """
    found: list[int] = []
    while len(found) < _LONGEST and (word := word_at(tokens, at, sentence)):
        if word == "(" and found and (closed := _closing(tokens, at, sentence)):
            at = closed + 1
            continue
        joins = word == "and" and found and not any(is_plural(tokens[n].printed) for n in found)
        if not joins and (word in _STOPS or word in SMALL or not _WORD.fullmatch(word)):
            break
        found.append(at)
        at += 1
    return found


def _closing(tokens: Sequence[Token], at: int, sentence: int) -> int:
    """Where a bracket closes again after a few words; 0 if it doesn't."""
    places = range(at + 1, at + 7)
    return next((n for n in places if word_at(tokens, n, sentence) == ")"), 0)


def _many(words: Sequence[str]) -> int | None:
    head = next((n for n, word in enumerate(words) if is_plural(word)), None)
    while head is not None and head + 1 < len(words) and is_plural(words[head + 1]):
        head += 1
    return head


def _one(words: Sequence[str]) -> int | None:
    known = next((n for n, word in enumerate(words) if word.lower() in _ONES), None)
    if known is not None:
        return known
    return len(words) - 1 if 0 < len(words) <= 3 and words[-1].islower() else None  # noqa: PLR2004


def is_plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural; a name in capitals or a possessive doesn't."""
    lower = word.lower()
    if lower in _PRONOUNS or lower in _NO_PLURALS or (word.isupper() and not lower.endswith("s")):
        return False
    if lower in _PLURALS or re.fullmatch(r"[\w-]{2,20}(?:m|wom)en", lower):
        return lower not in {"specimen", "regimen", "women-only", "yemen"}
    regular = len(word) > 3 and word[-1] == "s" and lower[-2] not in "su'’"  # noqa: PLR2004
    return regular and not word.isupper() and not lower.endswith(("is", "ous"))


def is_person(noun: str) -> bool:
    """Whether a noun, in lower case, looks like one of people: "fighters", "Syrians", "children"."""
    known = noun in _PEOPLE or noun.removesuffix("s") in _ONES or noun.endswith(("men", "women"))
    return known or (noun.endswith(_OF_PEOPLE) and not noun.endswith(_OF_THINGS) and noun not in _THINGS)


def _pronoun(tokens: Sequence[Token], first: int, sentence: int, words: Sequence[str]) -> Counted | None:
    """Read "others", "more", "of them": something is counted that another phrase names."""
    if word_at(tokens, first, sentence) == "of" and word_at(tokens, first + 1, sentence) in _PRONOUNS:
        return Counted(first, first + 2, None)
    count = 0
    while count < len(words) and words[count].lower() in _PRONOUNS:
        count += 1
    return Counted(first, first + count, None) if count else None


def _extended(tokens: Sequence[Token], stop: int, sentence: int) -> int:
    """Take in what says whose they are: "loyal to Assad", "of Syrian government forces"."""
    word, following = word_at(tokens, stop, sentence), word_at(tokens, stop + 1, sentence)
    if word in _LOYAL and following in {"to", "with"}:
        return _names(tokens, stop + 2, sentence) or stop
    if word == "of":
        places = _phrase(tokens, stop + 1 + (following in _DETERMINERS), sentence)
        head = _many([tokens[n].printed for n in places])
        if head is not None:
            return places[head] + 1
    return stop


def _names(tokens: Sequence[Token], at: int, sentence: int) -> int:
    """Where a run of capitalised words ends, a determiner before it allowed; 0 if there is none."""
    at += word_at(tokens, at, sentence) in _DETERMINERS
    begin = at
    while at < begin + 5 and word_at(tokens, at, sentence) and tokens[at].printed[:1].isupper():
        at += 1
    return at if at > begin else 0
