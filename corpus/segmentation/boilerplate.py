"""What is printed around the news: credits, bylines, datelines, date lines, headings, ruled lines.

Every pattern is bounded in length and without nested repetition, so that none takes more than
linear time, and is anchored at a line or a piece: prose that only mentions a photo is prose.
"""

from __future__ import annotations

from corpus.patterns import lazy

_AGENCY = (
    r"(?:AFP|AP|EPA|UPI|DPA|dpa|ANSA|EFE|TASS|RIA|SANA|ANHA|Reuters|REUTERS|Sputnik|SPUTNIK|Xinhua|Anadolu(?: Agency)?"
    r"|AA|Getty(?: Images)?|GETTY(?: IMAGES)?|Associated Press|Agence France-Presse|PA|Shutterstock)"
)
_PICTURE = r"(?:[Pp]hoto(?:graph)?|PHOTO|[Ii]mage|IMAGE|[Pp]icture|PICTURE)s?"
_CREDIT_LINE = lazy(
    r"(?:©|(?:\([cC]\)|[Cc]opyright|COPYRIGHT) (?:©|\([cC]\)|[0-9]{4}))[^\n]{0,150}(?:[^.!?\n]|[Rr]eserved\.)\Z"
    rf"|(?:(?:[Ff]ile|FILE|[Hh]andout) )?{_PICTURE}(?: [Cc]redits?| CREDITS?| [Cc]ourtesy of)? ?[:/|][^\n]{{1,150}}\Z"
    rf"|(?:Credits?|CREDITS?) ?: ?[^\n]{{1,100}}\Z"
    rf"|{_PICTURE} (?:by|courtesy of) [^\n.]{{2,60}}\Z"
    rf"|(?:[A-Z][\w.'’-]{{0,30}} ){{1,4}}?/ ?(?:[\w.'’ -]{{1,30}}/ ?)?{_AGENCY}\Z"
)
_BRACKETED_CREDIT = lazy(
    rf"[(\[]\s?(?:(?:[Ff]ile|FILE|[Hh]andout|{_AGENCY}) ){{0,2}}{_PICTURE}\b[^()\[\]\n]{{0,80}}[)\]]"
    rf"|[(\[]\s?©[^()\[\]\n]{{0,80}}[)\]]"
    rf"|[(\[][\w.'’ -]{{1,40}}/ ?{_AGENCY}(?:/[\w ]{{1,20}})?[)\]]"
)
_CREDIT_PREFIX = lazy(
    rf"©[^\n./©]{{1,50}}/ ?(?:[^\n./©]{{1,30}}/ ?)?{_AGENCY}(?: ?/ ?{_AGENCY}){{0,3}}(?=\s)"
)
_BYLINE = lazy(
    r"(?:By|BY|by) (?:[A-Z][\w.'’-]{0,30}|al-[A-Z]\w{1,30}|and|de|van|von|bin|der|el|in|for|,|&)"
    r"(?:[ ,]{1,2}(?:[A-Z][\w.'’-]{0,30}|al-[A-Z]\w{1,30}|and|de|van|von|bin|der|el|in|for|&)){1,10}\Z"
)
_RULE = lazy(r"[\W_]{1,200}\Z")
_STATED_DATE = lazy(r"[Dd]ate:? [0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_HEADING = lazy(r"#{1,6}[ \t]+\S[^\n]{0,300}\Z")

_SIGN_OFF = lazy(rf"[-–—(\[ ]{{0,3}}{_AGENCY}[)\] .]{{0,3}}\Z")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?"
_DIGITS_DATE = r"[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4}"
_DATE_LINE = lazy(
    r"(?:(?:Published|Updated|Date of publication|Last [Uu]pdated?|Posted|Posted on)[: ]{1,2})?"
    rf"(?:{_WEEKDAY},? )?"
    rf"(?:[0-9]{{1,2}} {_MONTH},? [0-9]{{4}}|{_MONTH} [0-9]{{1,2}},? [0-9]{{4}}|{_DIGITS_DATE})"
    r"(?:,? (?:at )?[0-9]{1,2}[:.]?[0-9]{2}(?: ?(?:GMT|UTC|[AaPp]\.?[Mm]\.?))?)?"
    r"(?=\s+[^\W_a-z]|\s+[\"'“‘(]|\s*\Z)"
)
_AGENCY_PREFIX = lazy(rf"{_AGENCY}(?= +[A-Z0-9\"“])")

_CAPITALS = r"[A-Z][A-Z.'’/-]{1,30}(?: [A-Z][A-Z.'’/-]{1,30}){0,3}"
_NAME = r"[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,2}"
_WHEN = rf"(?:{_MONTH} [0-9]{{1,2}}|[0-9]{{1,2}} {_MONTH})(?:,? [0-9]{{4}})?"
_DASH = r"(?: ?(?:--|[–—]) ?| ?- )(?=\S)"
_DATELINE = lazy(
    rf"(?:{_CAPITALS}|{_NAME})(?:, (?:{_NAME}|{_WHEN})){{0,2}},? ?\((?:[A-Z][\w./ -]{{1,25}})\)(?:{_DASH}| ?: (?=\S))"
    rf"|{_CAPITALS}(?:/{_NAME})?(?:, (?:{_NAME}|{_WHEN})){{1,2}}{_DASH}"
    rf"|{_NAME}, [A-Z]{{2,6}}{_DASH}(?=[A-Z0-9\"“‘'])"
)
# A place in capitals and a dash alone: only where an article opens.
_BARE_DATELINE = lazy(rf"[A-Z]{{4,20}}(?: [A-Z]{{3,20}}){{0,2}}{_DASH}(?=[A-Z0-9\"“‘'])")

_LONGEST_TITLE_LINE = 150
_ENDS_PROSE = lazy(r"[.!?…:;,。！？؟।][\"'”’)\]]*\Z")
_WORDS = lazy(r"[^\W_]+")
_AFTER_HEADLINE = lazy(r"[\"'”’)\]]{0,2}(?: ?[.!?…]{1,3})?[\"'”’)\]]{0,2}")


def is_own_line(line: str) -> bool:
    """Whether a trimmed line stands for itself by its look: a credit, a byline, a heading, a rule."""
    return bool(
        _RULE.match(line)
        or _HEADING.match(line)
        or _CREDIT_LINE.match(line)
        or _BYLINE.match(line)
        or _BRACKETED_CREDIT.fullmatch(line)
    )


def is_stated_date(piece: str) -> bool:
    """Whether a piece is only the date that an article states of itself: `date 2020-02-03`."""
    return bool(_STATED_DATE.match(piece))


def is_sign_off(piece: str) -> bool:
    """Whether a piece is only an agency's name, as at an article's end: `- REUTERS`, `(AFP)`."""
    return bool(_SIGN_OFF.match(piece))


def is_title_line(line: str) -> bool:
    """Whether an article's first line, with text below it, reads as its headline: short, and no full stop."""
    return len(line) <= _LONGEST_TITLE_LINE and not _ENDS_PROSE.search(line)


def dateline_end(text: str, start: int, end: int, *, opening: bool) -> int:
    """Return where the dateline at `start` ends, or `start` without one; `opening` where the article opens."""
    match = _DATELINE.match(text, start, end) or (_BARE_DATELINE.match(text, start, end) if opening else None)
    return match.end() if match else start


def front_end(text: str, start: int, end: int, *, framed: bool) -> int:
    """Return where a printed date, a credit or an agency's name at `start` ends, or `start` without one.

    `framed` where a headline or a date was printed directly before. An agency's name without one, before or
    after it, opens a sentence: "AP Photographer Jane Doe was killed".
    """
    for pattern in (_DATE_LINE, _CREDIT_PREFIX):
        if match := pattern.match(text, start, end):
            return match.end()
    agency = _AGENCY_PREFIX.match(text, start, end)
    if agency and (framed or _DATE_LINE.match(text, agency.end() + 1, end)):
        return agency.end()
    return start


def bracketed_credits(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the credits in brackets that stand between sentences and not inside one."""
    found = [match.span() for match in _BRACKETED_CREDIT.finditer(text, start, end)]
    return [
        span
        for span in found
        if not text[span[1] : end].lstrip()[:1].islower() and _next_is_start(text, span[1], end)
    ]


def _next_is_start(text: str, at: int, end: int) -> bool:
    following = text[at:end].lstrip()[:1]
    return not following or following.isalnum() or following in "\"'“‘(["


def headline_end(text: str, start: int, end: int, title: str) -> int:
    """Return where the title ends that is repeated at `start`, or `start` if it isn't.

    Compared word by word without regard to case, punctuation and blanks; a full stop or the like
    directly after it belongs to it.
    """
    words = [word.casefold() for word in _WORDS.findall(title)]
    at = start
    matches = _WORDS.finditer(text, start, end)
    for word in words:
        match = next(matches, None)
        if match is None or match[0].casefold() != word:
            return start
        at = match.end()
    tail = _AFTER_HEADLINE.match(text, at, end)
    return (tail.end() if tail else at) if words else start
