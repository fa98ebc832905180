"""The words that tell of speech: verbs, who speaks, what stands around them; all in lower case."""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Verbs that tell of speech whatever follows them.
SAYING = _words(
    "said says say told tells tell stated announced announces warned warns warn insisted insists insist argued argues"
    " explained explains denied denies deny confirmed confirms reported stressed stresses emphasized emphasised"
    " declared declares noted added adds asserted asserts acknowledged admitted accused accuses accuse blamed blames"
    " blame condemned condemns condemn vowed vows pledged alleged alleges allege reiterated tweeted testified wrote"
    " writes criticized criticised slammed commented remarked urged urges urge rejected rejects refuted dismissed"
    " cautioned conceded contended predicted recalled recounted suggested suggests quipped replied responded lamented"
    " complained disclosed revealed reveals underlined underscored maintained claimed demanded described describes"
    " praised denounced estimated concluded"
)
# Verbs that do so only before “that” or words in quotation marks, or after such words.
NEEDS_WORDS = _words(
    "reports report claims claim states notes promised promises maintains asked asks continued continues"
    " suggest estimates demands posted wrote read reads responded described recalled revealed"
    " maintained dismissed concluded rejected added adds suggested suggests estimated praised"
)
# What may follow a verb of the second set all the same.
TAKES_OBJECT = _words("described rejected dismissed praised recalled revealed estimated")
PARTICIPLES = _words(
    "saying adding stating telling warning accusing blaming claiming denying insisting stressing noting confirming"
    " announcing reporting arguing alleging declaring explaining tweeting writing"
)
INVERTED = _words(
    "said says added reported reports wrote writes stated explained warned announced declared noted insisted argued"
    " recalled asked tweeted replied stressed claimed confirmed testified"
)
DENYING = _words("denied denies deny denying refuted rejected rejects dismissed")
# “declined to comment”, “would not say”: the base form, and what before it turns it into silence.
UNSAID = _words(
    "comment say confirm answer respond reply discuss elaborate disclose specify identify speculate"
)
REFUSING = _words("declined declines refused refuses unable failed")
SILENT_PAST = _words("commented responded replied said confirmed")
NOT = _words("not never didnt hasnt havent wouldnt couldnt")

AUXILIARIES = _words("has have had did does do")
ADVERBS = _words(
    "also later earlier then again repeatedly reportedly allegedly previously recently initially further publicly"
    " simply just once first often always still now today yesterday separately flatly strongly quickly officially"
    " immediately angrily finally already consistently long falsely wrongly openly privately bluntly"
)
BE = _words("is are was were be been being am")
MODALS = _words("will would can could may might must should to ll")
PRONOUNS = _words("he she they it we i you who")
DAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
)
DETERMINERS = _words("the a an his her its their this that another one some our my these those each")
COUNTS = _words(
    "two three four five six seven eight nine ten several many other others most few both dozens all more some any"
)
PREPOSITIONS = _words(
    "in on at from with to by near into over under during between against through across inside outside about amid"
    " among toward towards around along despite via within without like since until till after before despite following"
)
# Of these, what puts one thing before or after another; a name behind it is no place.
ORDER = _words("after before since until till")
LINKS = _words("of for")
CONJUNCTIONS = _words("and or")
# Before these a clause ends: the subject of the verb stands after them.
CLAUSE_OPENERS = _words(
    "that because while although though but when as if whether where yet so then whereas unless however meanwhile nor"
    " than which who whom whose what how why"
)
RELATIVES = _words("who which")
NO_STATEMENT = _words("what how whatever why")
FINITE = (
    BE
    | AUXILIARIES
    | _words(
        "will would can could may might must should"
        " left took went came fell hit put cast set held met ran led fled rose made"
        " gave saw got began broke struck shot won lost sent built brought cut found kept felt thought stood spoke"
        " told said says say grew knew became"
        " sought drew drove wore chose hid lay paid spent swept threw beat fought meant withdrew flew hurt overran"
        " carries remains remain not there"
    )
)
ADJECTIVES_IN_ED = _words(
    "armed unnamed retired besieged displaced wounded injured alleged elected appointed exiled jailed detained"
    " unidentified embattled combined united allied so-called red need speed seed accused disgraced disputed"
)
NOUNS_IN_ING = _words(
    "monitoring ruling leading meeting fighting king wing spring morning evening building hearing briefing visiting"
    " governing negotiating acting outgoing incoming training following being something nothing anything"
)
ROLES = _words(
    "spokesman spokeswoman spokesperson spokesmen official officials source sources minister ministers ministry"
    " ministries president group groups activist activists resident residents witness witnesses eyewitness"
    " eyewitnesses monitor monitors army military government police officer officers commander commanders general"
    " doctor doctors medic medics agency agencies media report reports statement organization organisation"
    " organizations organisations rebels rebel militants observers observer correspondent correspondents reporter"
    " reporters journalist journalists diplomat diplomats envoy leader leaders chief head director analyst analysts"
    " expert experts lawyer lawyers authorities authority coalition opposition union party council committee workers"
    " worker rescuers survivor survivors villagers locals man woman father mother son daughter brother"
    " channel network newspaper website television tv center centre force forces regime brigade faction battalion"
    " ambassador senator senators mayor governor judge prosecutor prosecutors critics supporters aide aides adviser"
    " advisers advisor lawmaker lawmakers fighter fighters soldier soldiers watchdog watchdogs ngo charity charities"
    " hospital nurse teacher driver owner founder coordinator representative representatives team office command"
    " department administration bureau service services company firm firms court commission parliament alliance"
    " movement militia volunteers volunteer engineer chairman chairwoman secretary deputy historian economist"
    " professor researchers researcher investigators investigator inspectors document documents letter article"
    " outlet outlets press broadcaster family relatives neighbours neighbors refugees protesters organizers"
    " organisers side sides states countries attorney scientists scientist campaigners defenders helmets"
    " defence defense number majority handful observatory guard guards"
)
SOME = _words("some others many several most few both")
# What opens a phrase of its own where no determiner stands before it.
OPENING = (COUNTS - {"all", "both", "more", "other"}) | {"local"}
TIMES = _words("day days week month morning evening night afternoon year hours time")
ROLES_AND_VERBS = _words("monitors reports heads")
MODIFIERS = COUNTS | _words(
    "local rebel opposition security medical military government state senior news police hospital human rights"
    " monitoring rescue aid defence defense civil foreign western unnamed diplomatic army intelligence social media"
    " independent eastern northern southern western former regional tribal health court union party city town prime"
    " deputy top same various field official conflicting initial unconfirmed recent early republican democratic war"
    " anonymous informed reliable militant terrorist political international"
)
LEADING = _words(
    "later earlier early late on in at meanwhile however separately today yesterday also initially recently then now"
    " after before during since according by for from with amid despite still instead nonetheless nevertheless"
    " previously last this next"
)
ORGANISATIONS = _words(
    "observatory ministry army group agency council union rights government military police command coalition"
    " office department center centre committee party nations network tv watch news forces house pentagon kremlin"
    " reuters sana afp tass sputnik report statement monitor media organization organisation brigade regime helmets"
)
# What is asked of a word at once.
NOMINAL = MODIFIERS | ROLES
OPENERS = DETERMINERS | ROLES | MODIFIERS
NO_OPENING = LEADING | PREPOSITIONS | LINKS
# What may stand before a name without being part of it.
TITLES = _words(
    "mr mrs ms dr prof sir president prime minister foreign defence defense general gen colonel col senator sen"
    " representative rep governor gov mayor king queen the spokesman spokeswoman secretary chancellor captain former"
    " director activist ambassador chief officer commander"
)
NO_START = DAYS | LEADING | {"(", "and", "of", "for"}
JOINTS = PREPOSITIONS | LINKS | CONJUNCTIONS
PLACING = (PREPOSITIONS - ORDER) | LINKS
STOPS = PREPOSITIONS | CONJUNCTIONS | CLAUSE_OPENERS | PRONOUNS | TIMES
ENDS = (CLAUSE_OPENERS | DAYS | PRONOUNS | ADVERBS | MODALS | {"due"}) - {"both"}
OCCASIONS = _words("statement report interview tweet briefing conference speech post message")
JOINED = DAYS | SAYING | {"and", "statement", "report"}  # before “saying” these are not who says it
NO_PARTICIPLE = BE | (PREPOSITIONS - {"on"}) | LINKS | {"as"}  # “without saying”
TELLS_OF_SPEECH = _words("saying telling stating warning")
CLOSING = DAYS | PREPOSITIONS | _words("today yesterday earlier later last who")
CLOSES_SENTENCES = _words("reports added adds")  # needs no words after it: “…, the agency reports.”
ANYONES = _words("said says say told tells")
TELLING = _words("told tells tell telling")
HEARERS = _words("reporters journalists him her them us me parliament")
# After what was said these go on about something else.
AFTER_WHAT_IS_SAID = _words(
    "with while as after adding saying when in at on who which following during amid and but of before since because"
    " about although though citing despite noting including from by to for via"
)
# What is no speech before these: “reported missing”, “claimed the lives of”.
NO_SPEECH = {
    "reported": _words("missing killed dead wounded injured by to cases case for"),
    "added": _words("to"),
    "claimed": _words("responsibility the lives victory"),
    "claiming": _words("responsibility the lives victory at"),
    "confirmed": _words("dead killed cases"),
    "described": _words("by as"),
    "noted": _words("for"),
    "revealed": _words("by"),
    "denied": _words("access entry permission"),
}
# What is only the frame of a report: when, where and to whom it was said.
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_BELIEVED = "(?:believed|thought|said|reported|alleged|claimed|understood|rumou?red)"
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
FRAME = re.compile(
    rf"(?: ?(?:(?:late |early |later )?(?:on |this |last )?{_DAY}(?: (?:morning|afternoon|evening|night))?"
    r"|today|yesterday|(?:earlier|later)(?: (?:today|on|that day))?|last (?:week|month|year|night)|again|in \d{4}"
    rf"|(?:on|in) {_MONTH}\b(?: [0-9]{{1,2}})?"
    r"|(?:a|one|two|three) (?:day|week|month)s?(?= after| before)"
    rf"|on [0-9]{{1,2}} {_MONTH}"
    r"|in (?:a|an|its|his|her|their|the)(?: \w{1,20}){0,2} (?:statement|report|interview|tweet|briefing|speech|post"
    r"|letter|video|article|address|message|note|memo)"
    r"|(?:at|during) (?:a|an|the)(?: \w{1,20}){0,2} (?:briefing|conference|rally|meeting|hearing|summit|session)"
    r"|to (?:reporters|journalists|\w{1,20}(?: tv| television)?)(?=\W|\Z)|by (?:phone|telephone|email|e-mail)"
    r"|(?:on|via) (?:twitter|facebook|telegram|television|tv|state tv|condition of anonymity))){1,4}(?=\W|\Z)",
    re.IGNORECASE,
)
HEDGES = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|apparently|presumably|alleged(?! that\b)|purported|suspected"
    r"|unconfirmed|unverified|rumou?red"
    rf"|(?:is|are|was|were|been) (?:(?:also|widely|now|still) )?{_BELIEVED} to\b"
    rf"|it (?:is|was|has been|had been) (?:(?:also|widely) )?{_BELIEVED}(?: that)?"
    r"|could not (?:immediately )?be (?:independently |immediately )?(?:verified|confirmed)"
    r"|claim(?:s|ed)?(?! (?:the |their |his |her |its )?(?:lives|life|responsibility|victory|credit|asylum)\b))\b",
    re.IGNORECASE,
)
