"""Bytes become text exactly or not at all."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.loading.decoding import decode

REPLACEMENT = "\ufffd"
WORDS = "Überfall – 30 killed 😀"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), None),
        (codecs.BOM_UTF8 + WORDS.encode(), None),
        (WORDS.encode("utf-16"), None),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), None),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF8 + WORDS.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16"),
    ],
)
def test_decodes(data: bytes, encoding: str | None) -> None:
    assert decode(data, encoding) == WORDS


def test_a_declared_encoding_counts() -> None:
    assert decode("Überfall".encode("cp1252"), "cp1252") == "Überfall"


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [
        ("caf\xe9 x".encode("cp1252"), None, r"UTF-8 at byte 3 \(0xe9\); declare .*labels.toml.*cp1252"),
        (b"ab\x81", "cp1250", r"CP1250 at byte 2 \(0x81\); correct `encoding` in labels.toml"),
        (b"abc\xe2\x82", None, "UTF-8 at byte 3"),
        (b"a\x00b", None, r"NUL character \(character 1\)"),
        ("ab".encode("utf-16-le"), None, "NUL"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", None, "UTF-16"),
        (codecs.BOM_UTF16_LE + b"a\x00b", None, "UTF-16"),
        (codecs.BOM_UTF8 + b"abc", "cp1252", "declared as cp1252 but"),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), None, "NUL"),
        (b"+2AA-", "utf-7", "surrogate|UTF-7"),
    ],
)
def test_refuses_with_the_reason(data: bytes, encoding: str | None, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as fault:
        decode(data, encoding)
    assert "\n" not in str(fault.value)


def test_line_ends_become_one_kind_and_nothing_else_changes() -> None:
    assert (
        decode("a\r\nb\rc\n\n\r\n d\u2028e\x85f\x0b\u200b\u202e".encode())
        == "a\nb\nc\n\n\n d\u2028e\x85f\x0b\u200b\u202e"
    )


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])))
def test_what_utf8_holds_comes_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=60))
def test_nothing_is_ever_replaced(data: bytes) -> None:
    with suppress(ValueError):
        assert REPLACEMENT not in decode(data) or REPLACEMENT.encode() in data or data[:1] in b"\xff\xfe"


def test_windows_1252_has_a_character_for_every_byte() -> None:
    every = bytes(range(1, 256))
    text = decode(every, "windows-1252")
    assert len(text) == len(every) - text.count("\r")
    assert decode(b"\x92\x81\x97", "cp1252") == "\u2019\x81\u2014"
    assigned = bytes(b for b in every if b not in {0x81, 0x8D, 0x8F, 0x90, 0x9D, 0x0D})
    assert decode(assigned, "cp1252") == assigned.decode("cp1252")
