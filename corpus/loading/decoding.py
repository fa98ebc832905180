"""Bytes to text, strictly: what does not decode is refused with its place, never patched over."""

from __future__ import annotations

import codecs

# How files begin that hold no text, whatever they are named: their words would be those of the format.
_PACKED = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP archive"), (b"\x1f\x8b", "gzip archive"))
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


# The text encodings of Python, by the names it gives them; not among them are those whose result is no text as
# printed (punycode, idna, escapes, rot13) or depends on the machine (mbcs, oem).
_NAMES = """
    ascii utf-7 utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be big5 big5hkscs cp932
    cp949 cp950 euc_jp euc_jis_2004 euc_jisx0213 euc_kr gb2312 gbk gb18030 hz johab iso2022_jp
    iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr shift_jis
    shift_jis_2004 shift_jisx0213 cp037 cp273 cp424 cp437 cp500 cp720 cp737 cp775 cp850 cp852 cp855 cp856
    cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 cp875 cp1006 cp1026 cp1125 cp1140
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-1 iso8859-2 iso8859-3 iso8859-4
    iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-11 iso8859-13 iso8859-14
    iso8859-15 iso8859-16 hp-roman8 koi8-r koi8-t koi8-u kz1048 ptcp154 palmos tis-620 mac-arabic
    mac-croatian mac-cyrillic mac-farsi mac-greek mac-iceland mac-latin2 mac-roman mac-romanian
    mac-turkish
"""
_ENCODINGS = frozenset(_NAMES.split())
_LONGEST_NAME = 40


def text_encoding(name: str) -> str:
    """Return Python's own name of a text encoding; raise ValueError with a one-line reason for any other codec."""
    try:
        known = codecs.lookup(name).name if len(name) <= _LONGEST_NAME and name.isprintable() else ""
    except LookupError:
        known = ""
    if known not in _ENCODINGS:
        raise ValueError(f"{name[:_LONGEST_NAME]!r} is not a text encoding that is read, such as cp1252")
    return known


def decode(data: bytes, encoding: str | None = None) -> str:
    r"""Decode a file's bytes: UTF-8, UTF-16 with a byte order mark, or the encoding declared for it.

    One byte order mark is dropped and line ends become `\n`; nothing else is changed. Raises
    ValueError with a one-line reason: undecodable bytes, a mark that contradicts `encoding`, a NUL,
    a PDF or an archive by another name.
    """
    for opening, kind in _PACKED:
        if data.startswith(opening):
            raise ValueError(f"is a {kind}, whatever its name says; save the text in it as a .txt file")
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked and encoding and not _agree(marked, encoding):
        raise ValueError(f"is declared as {encoding} but starts with the byte order mark of {marked.upper()}")
    used = encoding or marked or "utf-8"
    text = _strictly(data, used, _advice(encoding, marked))
    # Only one mark is none of the text; these codecs take it off themselves.
    alone = codecs.lookup(used).name in {"utf-8-sig", "utf-16", "utf-32"}
    return checked(normalised(text if alone else text.removeprefix("\ufeff")))


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


def _advice(declared: str | None, marked: str | None) -> str:
    """What to do about bytes that don't decode."""
    if declared:
        return "correct `encoding` in labels.toml"
    if marked:
        return "the file is damaged"
    return 'declare the file\'s encoding in labels.toml, for example encoding = "cp1252"'


def _strictly(data: bytes, encoding: str, advice: str) -> str:
    try:
        if codecs.lookup(encoding).name == "cp1252":
            return _windows_1252(data)
        return str(data, encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start} (0x{data[error.start]:02x})" if error.start < len(data) else "its end"
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
