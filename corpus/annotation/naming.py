"""Whether a name someone asks for is the one an article's speaker goes by."""

from __future__ import annotations

import re

from corpus.annotation import speech_words as lists

_WORD = re.compile(r"[\w.-]+(?:[’'](?!s\b)\w+)*(?:[’']s?)?")
_BRACKET = re.compile(r"\(([^()]{1,40})\)")
_PREFIXES = ("al-", "el-", "as-", "ad-", "ar-", "an-")
# Who speaks for a country: its capital, or one of these named with its adjective or its name.
_ORGANS = re.compile(
    r"(?:(?:foreign|defen[cs]e|interior) )?(?:ministry|minister)|government|military|army|armed forces|president"
    r"|state department|authorities"
)
# fmt: off
_COUNTRIES = {
    "russia": ("russian", "moscow", "kremlin"), "turkey": ("turkish", "ankara"), "syria": ("syrian", "damascus"),
    "iran": ("iranian", "tehran"), "iraq": ("iraqi", "baghdad"), "israel": ("israeli", "jerusalem"),
    "ukraine": ("ukrainian", "kyiv", "kiev"), "china": ("chinese", "beijing"), "france": ("french", "paris"),
    "germany": ("german", "berlin"), "britain": ("british", "london"), "lebanon": ("lebanese", "beirut"),
    "jordan": ("jordanian", "amman"), "egypt": ("egyptian", "cairo"), "qatar": ("qatari", "doha"),
    "saudi arabia": ("saudi", "riyadh"), "india": ("indian", "new delhi"), "japan": ("japanese", "tokyo"),
}
# fmt: on


def spoken_by(name: str, speaker: str) -> bool:
    """Whether a speaker's words in an article are one who is asked for by `name`; when in doubt, no.

    A last name fits a longer name that ends with it, either way round, titles apart: “Lund” and
    “Mayor Ana Lund”. It doesn't fit who only belongs to it: “Lund’s lawyer”, “a spokesman for Lund”,
    “the Lund government”. A country fits its capital and its government, ministries, ministers,
    president or army, named with nothing else: “Moscow”, “the Russian Defense Ministry” for Russia.
    """
    if _is_of_country(name, speaker):
        return True
    asked = _plain(_words(name))
    if not asked:
        return False
    inner = (_plain(_words(bracket)) for bracket in _BRACKET.findall(speaker))
    parts = [_plain(part) for part in _heads(_words(_BRACKET.sub(" ", speaker)), len(_words(name)))]
    return any(_same(asked, part) for part in [*parts, *inner])


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _plain(words: list[str]) -> list[str]:
    """Words in lower case without “the” and without titles, unless they are all there is."""
    lower = [word.lower().strip(".") for word in words]
    short = [word[3:] if word.startswith(_PREFIXES) else word for word in lower if word != "the"]
    return [word for word in short if word not in lists.TITLES] or short


def _heads(words: list[str], asked: int) -> list[list[str]]:
    """The names a phrase is about: up to its first “of” or “for” or second “the”; both of two joined by “and”.

    Also all of it, where it is no longer than what is asked: “the Observatory for Human Rights”.
    """
    heads: list[list[str]] = [[]]
    for at, word in enumerate(words):
        low = word.lower()
        if low == "and":
            heads.append([])
        elif (at and low in lists.DETERMINERS) or low in lists.PREPOSITIONS or low in lists.LINKS:
            break
        else:
            heads[-1].append(word)
    whole = [words] if len(words) <= asked + 2 else []
    return [head for head in heads if head and head[-1][:1].isupper()] + whole


def _same(asked: list[str], part: list[str]) -> bool:
    """Whether one name ends with the other; single words must be alike in full."""
    if not part or part[-1].endswith(("’s", "'s", "’", "'")):
        return False
    short, long = sorted((asked, part), key=len)
    return long[-len(short) :] == short


def _is_of_country(name: str, speaker: str) -> bool:
    """Whether a speaker is a country that is asked for, its capital or what governs it."""
    country = country_of(name)
    if country is None:
        return False
    rest = speaker.lower().replace("’", "'").strip().removeprefix("the ")
    adjective, *capitals = _COUNTRIES[country]
    if rest in {country, *capitals}:
        return True
    owners = (f"{country}'s ", f"{country}s ", f"{adjective} ")
    owner = next((own for own in owners if rest.startswith(own)), None)
    return owner is not None and _ORGANS.fullmatch(rest[len(owner) :]) is not None


def country_of(name: str) -> str | None:
    """The country that a name or a capital stands for, if it is one of those known here."""
    plain = name.lower().removeprefix("the ").strip()
    return next((country for country, known in _COUNTRIES.items() if plain in {country, *known[1:]}), None)
