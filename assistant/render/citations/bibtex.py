r"""Citations as BibTeX entries, in UTF-8.

BibTeX counts braces without regard to backslashes, so that `\{` in a value still opens one: a brace
of the text is written as a command (`\textbraceleft{}`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.render.citations.reference import Reference, loss, one_line

Field = tuple[str, str | None]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COMMANDS = str.maketrans({
    **{special: f"\\{special}" for special in "#$%&_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
})  # fmt: skip
# TeX joins these when they stand together: -- becomes an en dash, '' and ,, become double quotes.
_JOINING = ("-", "'", ",")
# An address is not escaped, as its field is read character by character; these would end its value.
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex(references: Sequence[Reference]) -> str:
    """Write `@article` entries, or `@misc` where no source is stated, a blank line between them.

    The words stand in `annote`, which no standard style prints. Titles and authors are in double
    braces: they keep their capitals, and an author's name is not taken apart.
    """
    return "\n".join(_entry(reference) for reference in references)


def escape(text: str) -> str:
    """Write a text so that TeX prints its characters; of white space BibTeX keeps one blank a run."""
    escaped = one_line(text).translate(_COMMANDS)
    for sign in _JOINING:
        # Twice, as pairs overlap in a run of three.
        escaped = escaped.replace(sign * 2, sign + "{}" + sign).replace(sign * 2, sign + "{}" + sign)
    return escaped


def _entry(reference: Reference) -> str:
    kind = "article" if reference.quote.source else "misc"
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(reference))
    return f"@{kind}{{{reference.key},\n{fields}\n}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    quote, day = reference.quote, reference.quote.published
    fields: Iterable[Field] = (
        ("title", _braced(quote.title, 2)),
        ("author", _braced(reference.author, 2)),
        ("journal", _braced(quote.source)),
        ("type", _braced(quote.kind)),
        ("year", f"{{{day.year:04}}}" if day else None),
        ("month", _MONTHS[day.month - 1] if day else None),
        ("date", f"{{{day.isoformat()}}}" if day else None),
        ("url", f"{{{reference.address.translate(_IN_ADDRESS)}}}" if reference.address else None),
        ("urldate", f"{{{reference.accessed.isoformat()}}}" if reference.accessed else None),
        ("annote", _braced(_annotation(reference))),
    )
    return ((name, value) for name, value in fields if value)


def _annotation(reference: Reference) -> str:
    said = f"“{reference.quote.text}” ({reference.place}; {reference.seal})"
    return " ".join(part for part in (said, *reference.corrections, loss(reference.quote.text)) if part)


def _braced(text: str | None, depth: int = 1) -> str | None:
    return "{" * depth + escape(text) + "}" * depth if text else None
