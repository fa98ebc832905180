"""The closed lists of English words by which figures are read, each under what it is for."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


# What befell people or things, by the forms that say so.
_FORMS = {
    "killed": """killed kill kills killing dead died die dies dying death deaths slain martyred martyrs martyrdom
        murdered murdering massacred massacring fatalities""",
    "wounded": """wounded wounding wound wounds injured injuring injure injures injuries hurt hurting maimed maiming""",
    "displaced": "displaced displacing displace displaces displacement flee fled fleeing flees uprooted uprooting",
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
MIXED = "casualties"  # several things at once, never compared with one of them
EVENTS = {form: event for event, forms in _FORMS.items() for form in forms.split()}
OF_THINGS = words("destroyed captured")  # events of things as well
STATES = words("dead died die dies dying missing hurt fled flee")  # forms without an object
NAMING = words(
    "death deaths fatalities injuries martyrs martyrdom casualties wounds arrests arrest displacement"
)
GOVERNING = (EVENTS.keys() - STATES - NAMING) | {"hurt"}
LOSING = words("claimed claiming claim claims cost costing taken took taking lost")  # "claimed 300 lives"

BEING = words("was were are is been be being")
# Between a phrase and its participle.
AUXILIARIES = BEING | words(
    """have has had also already all both reportedly left lay lie confirmed reported later others other more who then
    either still allegedly now got believed to feared found of them shot mostly mainly today immediately instantly
    critically severely seriously"""
)
# Between a verb and the figure that is its object.
FILLING = words(
    """another a an further additional the total about also reportedly all estimated combined as well other allegedly
    ' " ’ ” ‘ “"""
)
OF_AFTER = words(
    "lives killing wounding arrest death deaths martyrdom total displacement execution murder most"
)
# What follows a participle that has no object: "killed in", "killed when".
AFTER_PARTICIPLE = words(
    """in by on at when after as and or during since from near over while within inside across this last there here so
    if these but for with following amid according throughout because yesterday today outside between under before
    until along around later too to through due their elsewhere every each per is was were are have has had of"""
)
BEFORE_TOLL = words("to at of is was reached hit from passed exceeded surpassed reaching stands stood now")
MODALS = words("could may might would will should can cannot must not never nearly")
INFINITIVES = words("kill wound injure displace arrest detain evacuate rescue destroy capture release free")
INCLUDING = words("included include includes")
LEFT = words("left leaving leaves leave")
# Between two figures of one list: "12 civilians, among them a woman and five children".
LISTING = words(
    """and or including among them , as well plus with ( — – - of whom which mostly also another along together
    alongside some a an child woman man girl boy soldier civilian"""
)

# What ends a noun phrase.
STOPS = words(
    """a about above according across after again against ago all along alongside also although am amid among an and
    are around as at away back be because been before behind being below beside between beyond both but by came can
    could despite did do does down during each either en even every except followed following for from gave go got had
    has have he her here him his how however if in including inside into is it its just last later left less like made
    mainly mostly may might must near nearby nor not now of off on once only onto or our out outside over part per plus
    put reached said saw say says she should since so some still such than that the their them then there these they
    this those though through throughout to today together told tomorrow tonight too took toward towards under until up
    upon us versus via was we went were what when where which while who whom whose will with within without would
    yesterday yet you your aboard worth remain remained began fell rose apart ahead reportedly allegedly"""
) | (EVENTS.keys() - NAMING)
PLURALS = words(
    """people persons men women children police personnel staff troops aircraft cattle livestock sheep crew
    servicemen passers-by passersby"""
)
NO_PLURALS = words(
    """always perhaps across various previous serious religious dangerous numerous besides afterwards famous news
    damascus paris less thus gas bus us is was has as plus yes chess business illness access congress process success
    press mass class cross loss specimen regimen yemen"""
)
ONES = words(
    """civilian soldier child person man woman fighter militant rebel officer policeman girl boy journalist terrorist
    resident member victim protester demonstrator worker student prisoner hostage passenger body death casualty martyr
    bomber pilot doctor serviceman gunman attacker baby infant teenager nurse driver medic paramedic"""
)
PEOPLE = words(
    """people persons children police personnel staff troops crew lives casualties recruits pupils babies infants locals
    deaths fatalities bodies others captives passers-by passersby experts guards souls individuals nationals agents
    chiefs"""
)
PEOPLE_ENDINGS = ("ers", "ors", "ans", "ists", "ees", "ants", "ents", "ites", "ives")
NO_PEOPLE_ENDINGS = ("ments", "idents", "vents", "quarters", "choppers", "helicopters", "tents")
NO_PEOPLE = words(
    """centers centres shelters numbers orders papers letters factors sectors borders rivers chapters clusters bunkers
    tankers bulldozers plans loans cans vans towers tractors barriers mortars launchers containers meters matters offers
    powers trackers corridors motors doors floors errors reactors restaurants plants grants cents documents hives drives
    archives dives explosives computers trailers boulders carriers"""
)
PRONOUNS = words("others other more them us which whom another ones")
DETERMINERS = words("the these those its his her their our all")
LOYAL = words("loyal allied belonging affiliated close linked opposed")

# Numbers that are no figures.
MONTHS = words(
    """January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug
    Sep Sept Oct Nov Dec"""
)
CLOCK = words("am pm a.m. p.m. gmt utc o'clock oclock noon")
AGES = words("aged age ages")
NOT_A_TIME_SPAN = words("ago later earlier old olds")
BEFORE_YEAR = words(
    """the in since of until till by from during late early mid year before after between end for ( on summer spring
    autumn winter to"""
)
NUMBERED = words(
    """article articles resolution resolutions route highway road chapter section act channel room gate flight line unit
    division brigade battalion regiment phase page pages no nos number numbers day level grade class stage round
    paragraph protocol decree law order item point figure table part group boeing airbus version formula type model pier
    berth terminal platform district zone area sector category checkpoint url geneva astana vienna chap vol episode
    season base"""
)
FRACTIONS = words(
    """third thirds quarter quarters fourth fourths fifth fifths sixth sixths eighth eighths tenth tenths half halves"""
)
BEFORE_PRONOUN_ONE = words("no any every each this that which the number day another some as")
BEHIND_PRONOUN_ONE = words("of another day side hand thing can could would might such . ,")
PERCENT = words("% percent")
SIGNS = frozenset("#№+/=<>@&*^~|_")
