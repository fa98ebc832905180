"""How days, months and years are printed in English: patterns of bounded length, each matched at a word.

No pattern repeats without a bound, so that matching one takes constant time at any place of any text.
"""

from __future__ import annotations

import re

from corpus.patterns import lazy

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "wed": 2, "thursday": 3,
    "thurs": 3, "thu": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "latter": 2, "last": 2,
}  # fmt: skip
DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
SEASONS = "spring|summer|fall|autumn|winter"

_S = r"[ \t\u00a0]{1,2}(?:\n[ \t]?)?|\n[ \t]?"
S = f"(?:{_S})"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?:\.(?=[ \t\u00a0\n]{1,2}[0-9]))?"
    r"|JANUARY|FEBRUARY|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_FULL_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WEEKDAY = rf"(?P<weekday>{_FULL_WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
# What a number counts when it is no day and no year.
COUNTED = (
    rf"(?!{S}(?:people|persons?|civilians?|soldiers?|troops|children|women|men|fighters?|militants?|"
    r"rebels?|families|homes|houses|miles|km|kms|kilomet\w{2,4}|met\w{2,4}|feet|tons?|tonnes|percent|per|pounds|dollars|"
    r"euros|million|billion|trillion|thousand|hundred|others|members?|workers|students|refugees|jobs|votes|"
    r"hours?|minutes|seconds|years?|months?|weeks?|days|times|points|shares|degrees|vehicles|tanks|villages|"
    rf"victims|dead|injured|wounded)\b)(?!\s?%|[:.,]?[0-9]|[.,][0-9]|{S}a\.m\.|{S}p\.m\.|[ap]m\b|{S}[ap]m\b)"
)
_DAY = r"(?P<day>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9\w])"
_DAY2 = r"(?P<day2>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9\w])"
_YEAR = r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})(?![0-9\w%])(?![.,][0-9])"
_LINK = rf"(?P<link>{S}?[-–—]{S}?|{S}(?:and|to|through|until|till|or){S}(?:the{S})?)"

MONTH_FIRST = lazy(
    rf"(?:{_WEEKDAY},?{S}(?:the{S})?)?{_MONTH}(?![\w])"
    rf"(?:{S}(?:the{S})?{_DAY}(?:{_LINK}{_DAY2})?{COUNTED}"
    rf"(?:(?:,{S}?|{S})(?:in{S})?{_YEAR}{COUNTED})?)?"
)
MONTH_YEAR = lazy(rf"{_MONTH},?{S}(?:of{S})?{_YEAR}{COUNTED}")
DAY_FIRST = lazy(
    rf"(?:{_WEEKDAY},?{S})?(?:the{S})?{_DAY}(?:{_LINK}{_DAY2})?{S}(?:of{S})?{_MONTH}(?![\w])"
    rf"(?:(?:,{S}?|{S})(?:of{S})?{_YEAR}{COUNTED})?"
)
WEEKDAY = lazy(rf"(?P<weekday>{_FULL_WEEKDAY})(?![\w-])")
ISO = lazy(r"(?P<year>[12][0-9]{3})(?P<sign>[-/])(?P<month>[01][0-9])(?P=sign)(?P<day>[0-3][0-9])(?![0-9/-])")
NUMERIC = lazy(
    r"(?P<a>[0-3]?[0-9])(?P<sign>[/.-])(?P<b>[0-3]?[0-9])(?P=sign)(?P<year>[12][0-9]{3})(?![0-9/-])"
)
YEARS = lazy(
    r"(?P<first>1[5-9][0-9]{2}|20[0-9]{2})(?P<sign>[-–—/])(?P<last>1[5-9][0-9]{2}|20[0-9]{2}|[0-9]{2})(?![\w%-])(?![.,][0-9])"
)
YEAR = lazy(rf"{_YEAR}(?![-–—/][0-9]){COUNTED}")
SHORT_YEAR = lazy(r"['’](?P<short>[0-9]{2})(?![0-9\w])")
DECADE = lazy(r"(?P<decade>1[5-9][0-9]0|20[0-9]0)['’]?s(?!\w)")
SHORT_DECADE = lazy(r"['’](?P<short>[0-9]0)['’]?s(?!\w)")
SPELLED_DECADE = lazy(rf"(?P<name>{'|'.join(DECADES)})\b", re.IGNORECASE)
CENTURY = lazy(r"(?P<century>1[5-9]|2[01])(?:th|st)[ -]century\b", re.IGNORECASE)
AGO = lazy(
    rf"(?P<count>[0-9]{{1,2}}|[a-z]{{1,7}})(?:{S}|-)(?P<unit>day|week|month|year|decade)s?(?:{S}|-)(?P<way>ago|earlier|before)\b"
    rf"(?!{S}(?:the|it|he|she|they|we|I|his|her|its|their|being|when)\b)",
    re.IGNORECASE,
)
RELATIVE = lazy(
    rf"(?P<which>last|this|next|coming|current)(?:{S}(?P<still>past|coming))?{S}"
    rf"(?P<unit>day|week|weekend|month|quarter|year|decade|century|{SEASONS}|{_FULL_WEEKDAY}|{_MONTH})(?![\w-])(?:{S}{_DAY}{COUNTED})?",
    re.IGNORECASE,
)
OWNED = lazy(
    rf"(?:(?P<which>last|this|next){S}year['’]?s?{S})?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|latter|last)(?:{S}|-)"
    rf"(?P<unit>quarter|half)(?![\w])(?:,?{S}(?:of{S})?(?:(?:fiscal{S})(?P<fiscal>[0-9])|{_YEAR}|(?P<of>last|this|next){S}year))?",
    re.IGNORECASE,
)
YEAR_QUARTER = lazy(
    rf"{_YEAR}(?:['’]s)?{S}(?P<which>\b)(?P<ordinal>first|second|third|fourth)(?:{S}|-)(?P<unit>quarter|half)(?P<fiscal>(?!))?(?P<of>(?!))?(?!\w)",
    re.IGNORECASE,
)
SHORT_QUARTER = lazy(rf"Q(?P<ordinal>[1-4])(?:{S}(?:of{S})?|[/-]){_YEAR}")
SEASON = lazy(
    rf"(?P<season>{SEASONS}){S}(?:of{S})?(?:{_YEAR}(?:[-–/](?P<last>[0-9]{{2,4}})(?![0-9]))?|(?P<of>last|this|next){S}year)",
    re.IGNORECASE,
)
SEASON_ALONE = lazy(rf"(?P<season>{SEASONS})(?![\w])", re.IGNORECASE)
NEAR = lazy(
    rf"(?P<word>today|tonight|yesterday|tomorrow|this{S}(?:morning|afternoon|evening)|last{S}(?:night|evening))\b"
    rf"(?!['’]s{S}(?:youth|world|society|children))",
    re.IGNORECASE,
)
NEXT_BUT_ONE = lazy(rf"the{S}day{S}(?P<way>before{S}yesterday|after{S}tomorrow)\b", re.IGNORECASE)
SAME = lazy(
    rf"(?:the{S})?(?P<which>same|that|following|next){S}(?P<unit>day|week|month|quarter|year)\b",
    re.IGNORECASE,
)
WEEKEND = lazy(rf"the{S}(?P<unit>weekend)\b(?!{S}of\b)", re.IGNORECASE)
HERE = lazy(rf"the{S}(?:(?P<which>current|latest){S})?(?P<unit>week|month|quarter|year)\b", re.IGNORECASE)
YEAR_AGO = lazy(
    rf"(?:the{S}|a{S})?(?:comparable{S})?year-(?:ago|earlier){S}(?:(?P<ordinal>first|second|third|fourth){S})?(?P<unit>quarter|period|month)\b",
    re.IGNORECASE,
)
