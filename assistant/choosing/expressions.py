"""What dates, numbers, names, places, reasons and speech look like, and how a question asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.patterns import lazy
from index.words import analyze

Span = tuple[int, int]

# Every pattern is linear: what repeats is bounded, or words of a list that read in one way only.
# fmt: off
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
YEAR = r"(?:1[0-9]|20)[0-9]{2}(?![0-9]|[,.][0-9])"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9])"
CLOCK = (
    r"(?:[0-2]?[0-9](?:[:.][0-5][0-9])? ?(?:[ap]\.m\.|[ap]m\b|o['’]clock)|[0-2]?[0-9]:[0-5][0-9](?: GMT| UTC)?"
    r"|(?<=[Aa]t )[0-2]?[0-9]\.[0-5][0-9](?![0-9%]| %| per| [mb]illion)|midnight|noon|midday)"
)
CENTURY = r"(?:[0-9]{1,2}(?:st|nd|rd|th)|(?:[a-z]{6,7}-)?[a-z]{2,9}(?:th|st|nd|rd)) centur(?:y|ies)"
DATE = (
    rf"(?:(?:{WEEKDAY},? (?:the )?)?(?:{DAY}(?: of)? {MONTH}|{MONTH} {DAY})(?:,? {YEAR})?"
    rf"|{MONTH},? (?:of )?{YEAR}|{WEEKDAY}(?: (?:morning|afternoon|evening|night))?"
    rf"|{YEAR}s?(?:[–—/-](?:{YEAR}|[0-9]{{2}}\b))?|{CENTURY}|{CLOCK})"
)
SEASON = r"morning|afternoon|evening|night|spring|summer|autumn|fall|winter"
SPELL = (
    rf"(?:early|late|mid|(?:beginning|middle|end|start|turn|{SEASON}|(?:first|second) half)(?: of| on)?)(?: the)?[ -]"
)
AT = r"(?i:on|in|at|by|since|until|before|after|from|between|during|around|about|last|next|this)"
SPANS = r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)"
TIMES = lazy(
    rf"(?:\b{AT} (?:the )?(?:very )?)?\b(?:{SPELL})?{DATE}(?: ?(?:to|until|and|through|[–—-]) ?{DATE})?"
    rf"|\b{AT} (?:the )?(?:{SPELL})?{MONTH}\b"
    rf"|\b(?i:same|following|next|previous|last|past|this) (?:day|week|month|year|decade|{SEASON})\b"
    r"|\b(?i:yesterday|today|tomorrow|tonight)\b"
    rf"|\b(?:[0-9]{{1,3}}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|(?:a )?few) (?:{SPANS})"
    r" (?:ago|later|earlier)\b"
)
COUNTED = lazy(r"[0-9]{4}(?= [a-z]{2,20}s\b)")  # "1200 soldiers"
COUNT_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|(?:m|b|tr)illion|dozen)"
)
FIGURE = (
    rf"(?:(?:(?:US|C|A)?[$€£¥] ?)?(?:(?<![\w.,])[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?(?![0-9])"
    rf"|\b(?:half )?(?:an? )?{COUNT_WORD}\b)(?:(?: and|-| ) ?{COUNT_WORD}\b)*"
    r"|\b(?:dozens|scores|hundreds|thousands|millions|half|an? third|an? quarter|two[- ]thirds|once|twice)\b)"
)
HEDGE = (
    r"(?:(?:an |the )?estimated(?: total of)?|about|around|some|roughly|approximately|nearly|almost|(?:well )?over"
    r"|under|(?:more|less|fewer) than|at (?:least|most)|up to|as (?:many|much) as|only|just|close to|between)"
)
MEASURE = (
    r"(?: ?%| per ?cent\b| percentage points?\b|[ -]years?[ -]olds?\b|[ -](?:km/h|mph|km|kilomet(?:er|re)s?|miles?"
    r"|met(?:er|re)s?|m|cm|mm|f(?:oo|ee)t|inch(?:es)?|yards?|acres?|hectares?|square \w+|kg|kilo(?:gram)?s?|tons?"
    r"|tonnes?|pounds?|lit(?:er|re)s?|gallons?|barrels?|[MGk]W|[MGk]bit/s|dollars?|euros?|pence|cents?|francs?"
    rf"|rou?bles?|yen|yuan|rupees?|{SPANS}|times)\b)"
)
NUMBERS = lazy(
    rf"(?:\b{HEDGE} )?(?P<figure>{FIGURE})(?:(?: to | and | or |[–-]){FIGURE})?"
    rf"(?P<unit>{MEASURE}(?: (?:per|an?) \w+)?)?", re.IGNORECASE
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
# After these words “to” and “after” give no reason.
NO_PURPOSE = (
    r"(?:sought|seeks?|trying|try|tried|able|agreed|decided|began|failed|ordered|used|started|refused|continued|helped|had"
    r"|have|has|going|forced|asked|wants?|wanted|managed|likely|needed|plans|days?|weeks?|months?|years?|hours?|soon) "
)
REASONS = lazy(
    rf"\b(?P<other>{NO_PURPOSE})?(?P<reason>(?i:because|due to|owing to|as a result of|in order to|so that|thanks to"
    r"|in response to|in protest (?:at|against|over)|for fear (?:of|that)|on (?:the )?grounds (?:of|that)"
    r"|in retaliation for)"
    rf"|caused by|blamed on|attributed to|(?<=, )since(?! [0-9]| {MONTH})|after(?! [0-9A-Z]| (?:the|an?|that|which)\b)"
    r"|to (?:avoid|prevent|protect|encourage|ensure|help|allow|stop|reduce|maintain|recover|make|create|provide|keep"
    r"|save|curb|promote|facilitate|coordinate|deter|protest|mark|celebrate|explore|combat|fight|improve|increase"
    r"|support|secure|escape|raise|cut|cover|pay|meet|free|gain|regain|restore|persuade|counter|limit|ease))\b"
)
NO_REASON = lazy(r"to\b|after\b")
CAUSES = lazy(r"because|due|owing|as a|thanks|caused|blamed|attributed", re.IGNORECASE)
COMMA = lazy(r",(?= )")
CLAUSE_END = lazy(
    r"[;:—](?= )|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGov)(?<!\bSen)(?<!\b[A-Z])"
    r"[.!?…](?=[”\"’)\]]{0,3}(?:\s|\Z))"
    r"|, (?=(?:but|while|and|which|who|whose|according|said|he|she|they|it|although|though|whereas|where)\b)"
    r"|,? (?:[\w’-]{1,20} ){0,4}(?:said|told|added)\b"
)
SAID = (
    r"(?:said|says|told (?:[\w’-]{1,20} ?){1,3}|announced|claimed|warned|added|insisted|argued|denied|confirmed"
    r"|promised|vowed|stated|wrote|declared)"
)
SPOKEN = lazy(r"“[^”“]{2,2000}”|\"[^\"]{2,2000}\"|«[^»«]{2,2000}»")
REPORTED = lazy(
    rf"\b{SAID} that (?=\w)|\b(?:said|says) (?=(?:the|an?|he|she|it|they|its|his|there|no|[0-9]+)\b)"
)
SPEAKER = lazy(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t) {SAID}\b")
WHO = lazy(
    r"(?P<to>\b(?:to|from|with|for|of|by|against|than) )?\b(?:whom?|(?:what|which) (?:person|group|company|minister"
    r"|party|union)) (?:(?:else|also|first|later|originally|allegedly) )?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
BE = r"(?:is|are|was|were|be|been|being)"
AUX = rf"(?:{BE}|has|have|had|would|will|also|later|first|then|finally|reportedly|allegedly|originally|initially|who)"
LINKS = r"(?:in|at|of|from|to|with|by|for|on|near|and|or|as|into|that|when|who|but|said|told)"
SMALL = rf"(?:(?!{LINKS} )[a-z]{{1,20}} )"
ASIDE = r"(?: \([^()]{0,40}\)|, [^,.;]{0,60},)?"
# What a name is asked as → what stands before it and after it; the group is the question's word.
PARTS = {
    "subject": (
        rf"(\w+(?: \w+ly)?) by (?:{SMALL}|{NAME} ){{0,4}}\Z|\b(said|says|added) {SMALL}{{0,3}}\Z",
        rf"{ASIDE} (?:{AUX} ){{0,4}}(\w+)",
    ),
    "patient": (rf"(\w+ {SMALL}{{0,2}})\Z", rf"{ASIDE} (?:{AUX} ){{0,3}}{BE} (?:\w+ly )?(\w+)"),
    "object": (rf"(\w+ {SMALL}{{0,2}})\Z", r"(?!)"),
    "role": (r"([\w’'-]+),? \Z", rf"(?:,| {BE}| became)(?: who {BE})?((?: [\w’'-]+){{1,6}})"),
}
HEAD_END = lazy(r" (?:of|in|for|to|who|at|that|on|during|when|from)\b|[’']s?(?= |\W{0,9}\Z)|\W{0,9}\Z")
NO_NAME = lazy(  # words that only open a sentence
    r"(?:the|an?|in|on|at|by|to|from|of|and|but|or|for|with|as|after|before|during|since|while|when|where|if|although|though"
    r"|despite|under|over|between|he|she|it|they|we|i|his|her|its|their|our|this|that|these|those|there|here|who|what|which"
    r"|some|many|most|all|both|each|another|one|two|however|also|then|thus|so|yet|not|no|once|until|among|following)\Z",
    re.IGNORECASE,
)
ASKS_WHEN = lazy(
    r"\bwhen (?:did|do|does|was|were|is|are|has|have|had|will|would|can|could|should|must)\b|\bwhen\W*\Z"
    r"|\b(?:what|which) (?:day|date|year|month|time)\b", re.IGNORECASE
)
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
WORDS = lazy(r"[\w.’'-]+")
NO_COUNT = lazy(r"(?:st|nd|rd|th)\b|[:./][0-9]|-[a-z]|[’']s")
NUMBERED = lazy(r"\w-\Z|[/.]\Z|(?:[A-Z]\w{0,20}|number) \Z")
OPENING_WORD = lazy(r"(?:\A|[.] )\w+ \Z")
ASKS_WHERE = lazy(
    r"\bwhere (?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|must|else|in|exactly)\b"
    r"|\bwhere\W*\Z"
    r"|\b(?:in|at|to|from|near) (?:what|which) (?:town|city|village|country|road|place|port|region|province)\b"
)
FEW_WORDS = lazy(r"(?:[^\s,;:()—]{1,30} ){1,2}\Z")
INSIDE = frozenset({"in", "at", "near", "on", "within"})  # what follows a place at once only says where that is
AT_REST = INSIDE | {"outside", "across", "around", "off", "along", "through", "throughout", "inside"}
WAYS = (
    (lazy(r"\bfrom\b|\bcame?\b|originat|\bstart"), frozenset({"from"})),
    (lazy(r"\bto\W*\Z|\b(?:go|move|flee|fled|travel|send|sent|taken)\b"), frozenset({"to", "into", "towards"})),
)
DO = frozenset({"did", "do", "does", "would", "will", "can", "could", "should"})
HAVE = frozenset({"has", "have", "had"})
ARTICLES = frozenset({"the", "a", "an", "one", "his", "her", "their", "its"})
RUNS = lazy(
    rf"{RUN}(?: (?:army|forces?|troops|police|government|ministry|rebels|militants|fighters|authorities|officials"
    r"|warplanes|jets|regime|militia|party|union|council|company|group)\b)?"
)
ADJECTIVE = lazy(rf" (?!{AUX}\b|{LINKS}\b)[a-z]")
NO_SUBJECT = lazy(r"\b(?:in|at|of|from|to|with|by|for|on|near|into) (?:the )?\Z")
PASSIVE = lazy(rf"{BE} (?:\w+ )?\Z")
ASKS_SAID = lazy(
    r"\b(?P<report>sa(?:y|id)\b|t(?:ell|old)\b|claim|announce|warn|report|promise|demand|argue)|respon[ds]|repl[yi]|react",
    re.IGNORECASE,
)
# fmt: on


@lru_cache(maxsize=8192)
def stems(word: str) -> frozenset[str]:
    """The terms of a word, remembered; "litres" are "liters"."""
    return frozenset(analyze(_BRITISH.sub("ter", word)))


_BRITISH = lazy(r"(?<=[ei])tre(?=s?\b)")


def times(text: str) -> Iterator[Span]:
    """Dates and times; those that stand side by side are one."""
    start = end = -1
    for match in TIMES.finditer(text):
        if COUNTED.match(text, match.start()):
            continue
        if start >= 0 and text[end : match.start()] not in {" ", ", "}:
            yield start, end
            start = -1
        start, end = start if start >= 0 else match.start(), match.end()
    if start >= 0:
        yield start, end


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


def part(question: str) -> tuple[str, frozenset[str]]:
    """What a question asks a name as, and the stems of the word that a sentence must share for it."""
    asked = WHO.search(question)
    words = re.findall(r"[\w’'-]+", asked["rest"]) if asked and not asked["to"] else []
    if not words[1:]:
        return "", frozenset()
    first, second = words[0].lower(), words[1]
    if first in DO or (first in HAVE and second[0].isupper()):
        return "object", next(
            (stems(word) for word in words[2:] if word.islower() and stems(word)), frozenset()
        )
    if not re.fullmatch(AUX, first):
        return "subject", stems(first)
    if second.lower() in ARTICLES or second.endswith(("’s", "'s")) or second[0].isupper():
        return "role", stems(HEAD_END.split(" ".join(words[1:]))[0].split(" ")[-1])
    return "patient", next((stems(word) for word in words[1:] if stems(word)), frozenset())
