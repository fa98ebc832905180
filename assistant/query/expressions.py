"""What places and counted things look like, and how a question asks for them."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.patterns import lazy
from index.words.bm25 import analyze

Span = tuple[int, int]

# Every pattern is linear: what repeats is bounded, or words of a list that read in one way only.
# fmt: off
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
SPANS = r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)"
MEASURE = (
    r"(?: ?%| per ?cent\b| percentage points?\b|[ -]years?[ -]olds?\b|[ -](?:km/h|mph|km|kilomet(?:er|re)s?|miles?"
    r"|met(?:er|re)s?|m|cm|mm|f(?:oo|ee)t|inch(?:es)?|yards?|acres?|hectares?|square \w+|kg|kilo(?:gram)?s?|tons?"
    r"|tonnes?|pounds?|lit(?:er|re)s?|gallons?|barrels?|[MGk]W|[MGk]bit/s|dollars?|euros?|pence|cents?|francs?"
    rf"|rou?bles?|yen|yuan|rupees?|{SPANS}|times)\b)"
)
CAPITAL = "[A-ZÀ-ÖØ-Þ" + "".join(c for c in map(chr, range(0x100, 0x180)) if c.isupper()) + "]"
NAME = rf"(?:St\.|{CAPITAL}\.(?:{CAPITAL}\.)*|(?:(?:al|el|as|ar|an)-)?{CAPITAL}(?:[\w’'-]*\w)?)"
RUN = rf"{NAME}(?: (?:(?:of|of the|de|de la|la|del|der|du|di|van|von|bin|ibn|al|el) )?{NAME})*"
COMPASS = r"(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|central|upper|lower|rural|nearby|neighbou?ring) "
AREA = r"(?:city|town|village|port|district|province|region|suburbs?|outskirts|coast|border|banks?|shores?|mouth)"
PLACES = lazy(
    r"(?:\b[0-9]+(?:\.[0-9]+)? (?:km|kilomet(?:er|re)s|miles?|met(?:er|re)s) (?:\w+ )?(?:of|from|outside) (?:the )?"
    r"|\b(?P<at>(?i:in|at|near|outside|to|from|into|across|around|off|on|along|through|throughout|inside|within|towards?))"
    rf" (?:(?:the|its|their) )?(?:{COMPASS}(?:and {COMPASS})?)?(?:{AREA} of (?:the )?)?(?:{COMPASS})?)"
    rf"(?P<name>{RUN})(?:, {RUN}(?=[,.;)]| (?:in|on|at|by|for|after)\b|\Z))?(?:(?<=an|sh) [a-z]+| {AREA}\b)?"
)
NO_PLACE = lazy(r"(?:Battle|Siege|Treaty|Edict|War)\b|.*[’']s\Z", re.DOTALL)
THING = lazy(
    r"\bhow (?:many|much|few) (?:of (?:the |these |those )?)?(.*)"
    r"|\b(?:what|is|are|was|were) the (?:\w+ )?number of (.*)", re.IGNORECASE | re.DOTALL
)
THING_END = lazy(
    r"\b(?:were|are|was|is|did|do|does|has|have|had|can|could|will|would|may|might|in|of|on|at|from|to|that|who|which|by"
    r"|for)\b|[?,]", re.IGNORECASE
)
PEOPLE = frozenset({"people", "men", "women", "children", "police"})
MONEY = r"[$€£¥]|dollar|euro|pound|pence|cent\b|franc|rou?ble|yen|yuan|rupee"
LENGTH = r"km\b|kilomet|mile|\bc?m+\b|met(?:er|re)|f(?:oo|ee)t|inch|yard"
NEEDED = tuple(  # how a question asks, what the number that answers it must hold
    (lazy(asks, re.IGNORECASE), re.compile(need, re.IGNORECASE))
    for asks, need in (
        (r"percent|per cent|\bshare\b|proportion", r"%|per ?cent|half|third|quarter"),
        (r"how often|how many times", r"times|once|twice"),
        (r"how old", r"[ -]olds?\b"),
        (r"how fast", r"/h\b|mph|per hour|an hour|bit/s"),
        (r"how (?:high|tall|far|deep|wide)", LENGTH),
        (r"how long", rf"{LENGTH}|{SPANS}"),
        (r"how much (?:money|(?:did|does|do) .{0,99} (?:cost|pay|spend)|(?:is|are|was|were) )", MONEY),
        (r"how (?:much|large|big)", rf"{MONEY}|{MEASURE}"),
    )
)
# fmt: on


@lru_cache(maxsize=8192)
def stems(word: str) -> frozenset[str]:
    """The terms of a word, remembered; "litres" are "liters"."""
    return frozenset(analyze(_BRITISH.sub("ter", word)))


_BRITISH = lazy(r"(?<=[ei])tre(?=s?\b)")


def things(question: str) -> frozenset[str]:
    """The stems of what a question asks how many of; of what happened to them where it doesn't say."""
    asked = THING.search(question)
    clauses = (
        [re.findall(r"\w+", clause) for clause in THING_END.split((asked[1] or asked[2] or "")[:200])]
        if asked
        else []
    )
    words = next((words[:5] for words in clauses if words), [])
    plural = [word for word in words if word.endswith("s") or word.lower() in PEOPLE]
    return stems(plural[-1] if plural else " ".join(words[:3]))


_MANY = PEOPLE | {"personnel"}  # nouns that are several without an “s”


def thing(question: str) -> Span | None:
    """Where a question names what it asks how many of, with the words before its noun; None where it doesn't."""
    asked = THING.search(question)
    if asked is None:
        return None
    start, clause = (asked.start(1), asked[1]) if asked[1] is not None else (asked.start(2), asked[2])
    words = list(re.finditer(r"[\w’'-]+", THING_END.split(clause[:200])[0]))[:5]
    nouns = [word for word in words if word[0].endswith("s") or word[0].lower() in _MANY]
    return (start + words[0].start(), start + nouns[-1].end()) if nouns else None
