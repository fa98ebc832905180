"""Bytes to text, strictly: what does not decode is refused with its place, never patched over."""

from __future__ import annotations

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, encoding: str | None = None) -> str:
    r"""Decode a file's bytes: UTF-8, UTF-16 with a byte order mark, or the encoding declared for it.

    A byte order mark is dropped and line ends become `\n`; nothing else is changed. Raises
    ValueError with a one-line reason: undecodable bytes, a mark that contradicts `encoding`, a NUL.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked and encoding and not _agree(marked, encoding):
        raise ValueError(f"is declared as {encoding} but starts with the byte order mark of {marked.upper()}")
    text = _strictly(data, encoding or marked or "utf-8", declared=encoding is not None)
    return checked(normalised(text.removeprefix("\ufeff")))


def normalised(text: str) -> str:
    r"""Write every line end as `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def checked(text: str) -> str:
    """Return the text, or raise ValueError when it holds a NUL or half of a surrogate pair."""
    if (nul := text.find("\0")) >= 0:
        raise ValueError(f"holds a NUL character (character {nul})")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"holds half of a surrogate pair (character {error.start})") from None
    return text


def _agree(marked: str, declared: str) -> bool:
    return codecs.lookup(declared).name.replace("-sig", "").startswith(marked)


def _strictly(data: bytes, encoding: str, *, declared: bool) -> str:
    try:
        if codecs.lookup(encoding).name == "cp1252":
            return _windows_1252(data)
        return str(data, encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start} (0x{data[error.start]:02x})" if error.start < len(data) else "its end"
        advice = (
            "correct `encoding` in labels.toml"
            if declared
            else 'declare the file\'s encoding in labels.toml, for example encoding = "cp1252"'
        )
        raise ValueError(f"is not {encoding.upper()} at {place}; {advice}") from None
    except (UnicodeError, ValueError) as error:  # such as UTF-16 without its mark, from some codecs
        raise ValueError(f"does not decode as {encoding}: {error}") from None


def _windows_1252(data: bytes) -> str:
    """Decode Windows-1252 as the WHATWG Encoding Standard defines it (windows-1252, index).

    It is Python's cp1252 with the five bytes that Microsoft left unassigned (81, 8D, 8F, 90, 9D)
    as the control characters of the same number, so that every byte has its one character.
    """
    return data.decode("latin-1").translate(_WINDOWS_1252)


_WINDOWS_1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
