"""Does a sentence lean on its neighbours, so that a quote of it must be wider?

“He said …” says nothing without the sentence that names him. Words alone decide: a pronoun, “this”
or “the attack” before anything it could mean, and quotation marks that don't close. Sentences are
added whole, so that none loses its negation or its attribution.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.article import Sentence
from corpus.patterns import lazy

LONGEST_QUOTE = 600  # characters; no sentence is added beyond that
_EARLIER = 2  # sentences at most before the one that answers

# Every pattern is linear: repetitions are bounded.
# fmt: off
_CONNECTIVES = lazy(
    r"[\s\"'“‘«(\[—–-]{0,4}(?:(?:but|and|so|yet|nor|however|also|then|now|still|moreover|furthermore|meanwhile|instead"
    r"|indeed|although|though|because|since|when|while|as|if|after|before|once|until|even|only|just|perhaps|again|later"
    r"|earlier|eventually|finally|initially|recently|first|soon)\b,? ){0,4}", re.IGNORECASE
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\b)"
)
# What may stand before the subject: “In 1920”, “Two days after that”; “In Aleppo,”, “Citing a source,”.
_WHEN = lazy(
    r"(?:(?:as|in|on|at|by|from|since|until|during|around|of|the|an?|to|last|next|over|within|early|late|mid|end|one|two"
    rf"|three|four|five|six|several|few|[0-9]{{1,4}}s?|{_MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|days?|weeks?"
    r"|months?|years?|hours?|morning|afternoon|evening|night|spring|summer|autumn|winter|later|earlier|after|before|that"
    r"|this|time)\b(?:\[[^\]]{1,20}\])?,?[ -]){1,10}", re.IGNORECASE
)
_PHRASE = lazy(
    r"(?:in|on|at|by|from|since|until|during|around|under|upon|with|despite|following|for|to|across|throughout|near"
    r"|according to|\w{2,20}ed|\w{2,20}ing) [^,.;:“”\"]{1,160}, ", re.IGNORECASE
)
_PRONOUN = lazy(
    r"(?:he|she|they|them|his|hers?|its?|theirs?|itself|themselves)\b|[\w’-]{1,20} of (?:his|her|its|their)\b",
    re.IGNORECASE,
)
_EXPLETIVE = lazy(  # “it is raining”, “it was the first time that …”, “it is not clear whether …”
    r"it(?:['’]s| (?:is|was|(?:has|had) been|(?:would|will|may|might|could|must|should) be|seem(?:s|ed)|appear(?:s|ed)"
    r"|turn(?:s|ed) out|remain(?:s|ed)|became|becomes|takes|took|follows))\b(?: (?:not|also|still|now|very)){0,3}"
    r" (?:that|to|raining|snowing|dark|cold|hot|late|early|time|midnight|noon|until|the (?:first|last) time"
    r"|(?:un)?clear|(?:im)?possible|(?:un)?likely|(?:un)?necessary|important|difficult|hard|easy|(?:un)?common|true"
    r"|essential|vital|(?:un)?known|said|reported|believed|thought|estimated|understood|expected|alleged|claimed|feared"
    r"|hoped|argued|agreed|announced|decided|(?-i:[A-Z])[^.,;]{1,60} (?:who|that)"
    r"|(?:in|on|at|from|because) [^.,;]{1,60} that)\b|it (?:rain|snow)(?:s|ed)\b", re.IGNORECASE
)
_NOW = rf"(?! (?:week|month|year|morning|afternoon|evening|spring|summer|autumn|winter|season|{_MONTH})\b)"
_POINTING = lazy(
    rf"(?:this|these|those)\b(?! (?:\w{{1,20}} )?who\b){_NOW}"
    r"|that\b(?! (?:the|an?|he|she|they|it|we|i|his|her|their|its|there|no)\b)|(?:others|such|since then)\b"
    r"|both\b(?! [^.,;]{0,40} and\b)|neither\b(?! [^.,;]{0,40} nor\b)|as a result\b|at th(?:e|at) time\b"
    r"|there\b(?! (?:is|are|was|were|has|have|had|will|would|may|might|can|could|must|should|seems?|remains?|comes?)\b)"
    r"|the (?:following|next|same|previous) (?:day|week|month|year|morning|night|evening)\b"
    r"|(?:most|many|some|several|all|few|none|each|one|two|three|half)"
    r" (?:of (?:them|this|these|those)|were|was|are|had|went|said)\b"
    r"|the (?:latter|former|two|three|pair|others?|rest)\b(?! (?:of|in|on)\b)", re.IGNORECASE
)
_MID_SENTENCE = lazy(r"(?!al-|el-|de |van |von |bin )[a-zß-öø-ÿ]")
_EARLY_THIS = lazy(rf"(?:[^\s“\"]{{1,20}} ){{1,5}}(?i:this|these)\b{_NOW}")
_EVENT = (
    r"(?:attack|incident|explosion|blast|bombing|raid|strike|shooting|killing|murder|accident|crash|fire|protest|clash|move"
    r"|decision|group|company|firm|report|statement|deal|agreement|accord|treaty|plan|proposal|ruling|verdict|meeting|talk"
    r"|figure|number|source|bomb|area|camp|expedition|effort|fort|town|village|city|road|highway|disease|network|business|toll|man|woman|men"
    r"|women|boy|girl|suspect|victim|couple|organi[sz]ation|operation|offensive|assault|siege|campaign|battle|vote|law|bill|measure"
    r"|letter|document|video|announcement|claim|allegation|charge|trial|case|investigation|ship|plane|aircraft|building|bus"
    r"|project|programme|program|event|visit|ceremony|dispute|crisis|change|result|arrest|practice|system|method|book|film"
    r"|theory|idea|word)s?"
)
_DEFINITE = lazy(  # “The attack killed”, but not “The attack on Korrun killed”
    rf"(?i:the (?:[a-z]{{2,15}} )?{_EVENT})\b"
    r"(?!,? (?:of|in|on|at|by|against|from|between|for|to|with|who|whose|which|that|over|near|known|called)\b"
    r"|,? [A-Z“‘\"(])"
)
_PERSON_PRONOUN = lazy(r"\b(?:he|she|his|her|him|hers)\b(?! (?:part|Majesty|Excellency)\b)", re.IGNORECASE)
_PERSON = lazy(  # an office, or a name; `at` is what shows that a name is none of a person
    r"\b(?i:an?|the|one|no|every|each|another|my|our) (?:[\w-]{1,20} ){0,3}?(?:[a-z]{1,20}(?:er|or|ist|ian|man|ent|ant)"
    r"|man|woman|child|boy|girl|king|queen|pilot|judge|chief|priest|nurse|wife|husband|son|friend|victim|suspect)\b"
    r"|\b(?P<at>(?i:in|at|on|to|from|near|since|of|into|through|across|towards?|around|under|over|against|by|until)"
    r" (?:the )?|[“\"](?=\w+ [a-z]))?\b(?P<name>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,9})"
)
_NO_PERSON = lazy(  # a capitalised word that only opens its sentence
    r"(?:[A-Z][a-z]{0,20}(?:s|ing|ly|ed)|Th(?:e|is|at|en|ere)|An?|In|On|At|By|From|For|Of|To|And|But|Or|If|As|It|I|We|You|When"
    r"|While|After|Before|Since|Until|With|What|Where|Why|How|Who|Once|Under|Police|People|Most|Many|Some|All|Both|One|Two|Not"
    r"|No|So|Yet|Although|Though|Because|Even|He|She|Her|His|Among|Earlier|Later|Born|However|Also|Then)\Z"
)
_SUBORDINATE = lazy(
    r"[\s\"'“‘]{0,3}(?:when|after|before|while|as|although|though|since|until|because|despite|in|by|on|once|if|with)\b",
    re.IGNORECASE,
)
_THEN_NAMED = lazy(r", (?:the )?(?:[a-z]{1,20} )?[A-ZÀ-Þ]\w")
_SAID = r"(?:said|says|added|told|replied|wrote|warned|insisted|explained|claimed|stated|reported|according to)"
_ATTRIBUTED = lazy(rf"\b{_SAID}\b")
_ATTRIBUTION = lazy(rf"[,\s]{{0,3}}{_SAID}\b")
_SPEAKER_OUTSIDE = lazy(
    r"\b(?:it|they|the (?:source|activist|official|witness|doctor|resident|spokes(?:man|woman)|group|statement|agency))"
    rf" {_SAID}(?: (?:on|in|late|early) [^.,;“”\"]{{0,30}})?[.”\"]{{1,2}}\Z"
)
_MARK = lazy(r"(?P<opens>[“«]|(?<![^\s(\[—–-])\"(?=\S))|[”»]|(?<=\S)\"(?!\w)")
# fmt: on


def leans(text: str) -> bool:
    """Whether a sentence speaks of someone or something that only a sentence before it can name."""
    return (
        _is_spoken(text)
        or _opens_unnamed(text)
        or _has_unnamed_person(text)
        or _SPEAKER_OUTSIDE.search(text) is not None
    )


def _is_spoken(text: str) -> bool:
    """Whether a sentence is only what someone says, or ends what someone began to say."""
    marks = [match["opens"] is not None for match in _MARK.finditer(text)]
    if marks[:1] == [False]:
        return True
    unclosed = marks[-1:] == [True]
    whole = marks == [True, False] and text[0] in '“«"' and text.rstrip(".,;!?")[-1] in '”»"'
    return (unclosed or whole) and not _ATTRIBUTED.search(text)


def _opens_unnamed(text: str) -> bool:
    """Whether a sentence opens with a pronoun, with “this” or with an event that was spoken of."""
    opening = _CONNECTIVES.match(text)
    start = opening.end() if opening else 0
    settings = (_WHEN.match(text, start), _PHRASE.match(text, start))
    places = {0, start, *(setting.end() for setting in settings if setting)}
    if _EARLY_THIS.match(text) or _MID_SENTENCE.match(text):
        return True
    if any(_POINTING.match(text, place) or _DEFINITE.match(text, place) for place in places):
        return True
    pronouns = (
        place for place in places if _PRONOUN.match(text, place) and not _EXPLETIVE.match(text, place)
    )
    return any(not _is_named_later(text, place) for place in pronouns)


def _has_unnamed_person(text: str) -> bool:
    """Whether “he” or “she” comes before anyone who may be meant."""
    pronoun = _PERSON_PRONOUN.search(text)
    if pronoun is None or _is_named_later(text, pronoun.start()):
        return False
    people = _PERSON.finditer(text, 0, pronoun.start())
    return all(person["name"] and (person["at"] or _NO_PERSON.match(person["name"])) for person in people)


def _is_named_later(text: str, at: int) -> bool:
    """Whether the pronoun stands in a clause that comes first, and the main clause has the name."""
    return bool(_SUBORDINATE.match(text) and "," not in text[:at] and _THEN_NAMED.search(text, at))


def widened(sentences: Sequence[Sentence], at: int, text: str) -> tuple[int, int]:
    """The first and the last sentence of the quote around one: at most two before it, one after it.

    `sentences` are those of an article, `text` its text. Only quotable sentences of the same
    paragraph are added, and only as long as the quote has at most LONGEST_QUOTE characters.
    """
    first, last = at, at
    if _needs_next(sentences, at, text) and _may_join(sentences, first, at + 1, text):
        last = at + 1
    end = sentences[last].end
    while at - first < _EARLIER and _needs_earlier(text, sentences[first].start, end):
        if not _may_join(sentences, first - 1, last, text):
            break
        first, end = first - 1, sentences[first - 1].end
    return first, last


def _may_join(sentences: Sequence[Sentence], first: int, last: int, text: str) -> bool:
    """Whether these sentences exist, may be quoted, stand in one paragraph and are not too long."""
    if first < 0 or last >= len(sentences) or sentences[last].end - sentences[first].start > LONGEST_QUOTE:
        return False
    chosen = sentences[first : last + 1]
    gaps = [text[left.end : right.start] for left, right in pairwise(chosen)]
    return all(sentence.quotable for sentence in chosen) and all(
        gap.isspace() and gap.count("\n") < _BLANK_LINE for gap in gaps if gap
    )


def _needs_earlier(text: str, start: int, end: int) -> bool:
    return leans(text[start:end]) or _in_quotation(text, start)


def _needs_next(sentences: Sequence[Sentence], at: int, text: str) -> bool:
    """Whether the next sentence says who speaks in this one, or closes the quotation it opens."""
    if at + 1 >= len(sentences):
        return False
    here, following = sentences[at], sentences[at + 1]
    if _ATTRIBUTION.match(text, following.start) and text[here.end - 1] in "”»\"’',":
        return True
    return _in_quotation(text, here.end) and not _in_quotation(text, following.end)


def _in_quotation(text: str, at: int) -> bool:
    """Whether the last quotation mark before a place opens and the next one closes, in its paragraph."""
    start = max(text.rfind("\n\n", 0, at), at - LONGEST_QUOTE, 0)
    before = [match["opens"] for match in _MARK.finditer(text, start, at)]
    after = _MARK.search(text, at, at + LONGEST_QUOTE)
    return bool(before and before[-1] and after and not after["opens"])


_BLANK_LINE = 2  # line ends that make one
