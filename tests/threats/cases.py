"""Files that are refused, each with the reason that is told for it."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.loading.fields import LONGEST_TEXT
from corpus.loading.files import MAX_BYTES

GOOD = "date 2031-03-02 About 1,400 dockers joined the strike at Port Caldry."
RECORD = '{"text": "The bridge fell."}'


@dataclass(frozen=True, slots=True)
class Case:
    """Something put into a folder of its own, the path that is refused there, and the reason."""

    threat: str
    name: str
    make: Callable[[Path], object]
    path: str
    reason: str


def refused(threat: str, name: str, path: str, content: str | bytes, reason: str, labels: str = "") -> Case:
    """A file that is refused, or the record of it that `path` names after a `#`."""
    data = content if isinstance(content, bytes) else content.encode()
    file = path.partition("#")[0]

    def make(folder: Path) -> None:
        (folder / file).write_bytes(data)
        if labels:
            (folder / "labels.toml").write_text(f'[[files]]\nmatch = "{file}"\n{labels}\n', "utf-8")

    return Case(threat, name, make, path, reason)


def _sparse(path: str, size: int) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        with (folder / path).open("wb") as file:
            file.truncate(size)

    return make


def _filled(path: str, opening: bytes = b"", closing: bytes = b"") -> Callable[[Path], object]:
    """50 MB in one line, made only when they are asked for."""
    return lambda folder: (folder / path).write_bytes(opening + b"x" * 50_000_000 + closing)


def _bomb(folder: Path) -> None:
    (folder / "bomb.zip").write_bytes(_zip(bytes(200_000_000)))


def _socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(folder)  # a socket's path may have 107 bytes
        try:
            bound.bind("socket.txt")
        finally:
            os.chdir(here)


def _zip(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("article.txt", data)
    return packed.getvalue()


PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
KINDS = "is of an unsupported file type; supported: .txt, .md, .jsonl, .csv"
UNPACK = "is a {}, whatever its name says; save the text in it as a .txt file"
LINK = "is a link, and links are not followed; copy the file or folder into the archive"
NAME = "has a name with characters that can't be shown; rename it"
DECLARE = 'declare the file\'s encoding in labels.toml, for example encoding = "cp1252"'
NUL = "holds a NUL character (character 1)"
HALF = "holds half of a surrogate pair (character 1)"
NO_TEXT = "has no text under 'text' or 'body' or 'content'"
HINT = "Name the one that holds the text in labels.toml, for example columns = { text = 'story' }"
UTF_16 = codecs.BOM_UTF16_LE

NULS_AND_SURROGATES = (
    refused("T04", "NUL in text", "a.txt", "a\0b", NUL),
    refused("T04", "NUL in Markdown", "a.md", "a\0b", NUL),
    refused("T04", "NUL in CSV", "a.csv", "text\na\0b", "holds a NUL character (character 6)"),
    refused("T04", "NUL in JSON", "a.jsonl#1", '{"text": "a\\u0000b"}', NUL),
    refused("T04", "NUL as a byte of JSON", "a.jsonl", b'{\0"text": "a"}', NUL),
    refused("T04", "half a pair in JSON", "a.jsonl#1", '{"text": "a\\ud800b"}', HALF),
    refused("T04", "half a pair in UTF-8", "a.txt", b"a\xed\xa0\x80",
            f"is not UTF-8 at byte 1 (0xed); {DECLARE}"),
    refused("T04", "half a pair in UTF-16", "a.txt", UTF_16 + b"a\0\0\xd8",
            "is not UTF-16 at byte 4 (0x00); the file is damaged"),
    refused("T04", "half a pair in UTF-7", "a.txt", b"a+2AA-", HALF, labels='encoding = "utf-7"'),
)  # fmt: skip

TOO_BIG = (
    Case("T05", "50 MB in one line", _filled("a.txt"), "a.txt",
         f"is too big: 50,000,000 bytes, at most {4 * LONGEST_TEXT:,} are read; split it"),
    Case("T05", "50 MB of Markdown", _filled("a.md"), "a.md",
         f"is too big: 50,000,000 bytes, at most {4 * LONGEST_TEXT:,} are read; split it"),
    Case("T05", "a record of 50 MB", _filled("a.jsonl", b'{"text": "', b'"}'), "a.jsonl#1",
         "has a text of 50,000,000 characters, at most 5,000,000 are read; split it"),
    Case("T05", "a byte too many", _sparse("a.jsonl", MAX_BYTES + 1), "a.jsonl",
         f"is too big: {MAX_BYTES + 1:,} bytes, at most {MAX_BYTES:,} are read; split it"),
    Case("T05", "a terabyte of nothing", _sparse("a.csv", 10**12), "a.csv",
         f"is too big: 1,000,000,000,000 bytes, at most {MAX_BYTES:,} are read; split it"),
    Case("T05", "a character too many", lambda f: (f / "a.txt").write_bytes(b"x" * (LONGEST_TEXT + 1)), "a.txt",
         "has a text of 5,000,001 characters, at most 5,000,000 are read; split it"),
)  # fmt: skip

PACKED = (
    refused("T07", "zip", "a.zip", _zip(GOOD.encode()), KINDS),
    Case("T07", "zip bomb", _bomb, "bomb.zip", KINDS),
    Case("T07", "200 MB of zip", _sparse("a.zip", 200_000_000), "a.zip", KINDS),
    refused("T07", "gzip", "a.txt.gz", gzip.compress(GOOD.encode()), KINDS),
    refused("T07", "PDF", "a.pdf", PDF, KINDS),
    refused("T07", "zip that says it is text", "a.txt", _zip(GOOD.encode()), UNPACK.format("ZIP archive")),
    refused("T07", "gzip that says it is JSON", "a.jsonl", gzip.compress(RECORD.encode()),
            UNPACK.format("gzip archive")),
    refused("T07", "PDF that says it is Markdown", "a.md", PDF, UNPACK.format("PDF")),
    refused("T07", "PDF declared cp1252", "a.txt", PDF, UNPACK.format("PDF"),
            labels='encoding = "cp1252"'),
    refused("T07", "no suffix", "README", GOOD, KINDS),
    refused("T07", "editor's copy", "a.txt~", GOOD, KINDS),
    refused("T07", "web page", "a.html", "<p>News</p>", KINDS),
)  # fmt: skip

ENCODINGS = (
    refused("T08", "cut UTF-8", "a.txt", b"abc\xe2\x82", f"is not UTF-8 at byte 3 (0xe2); {DECLARE}"),
    refused("T08", "overlong UTF-8", "a.txt", b"a\xc0\xaf", f"is not UTF-8 at byte 1 (0xc0); {DECLARE}"),
    refused("T08", "above Unicode", "a.txt", b"\xf4\x90\x80\x80", f"is not UTF-8 at byte 0 (0xf4); {DECLARE}"),
    refused("T08", "cp1252 undeclared", "a.txt", "caf\xe9 x".encode("cp1252"),
            f"is not UTF-8 at byte 3 (0xe9); {DECLARE}"),
    refused("T08", "cp1252 undeclared in JSON", "a.jsonl", b'{"text": "caf\xe9"}',
            f"is not UTF-8 at byte 13 (0xe9); {DECLARE}"),
    refused("T08", "UTF-16 without its mark", "a.txt", "ab".encode("utf-16-le"), NUL),
    refused("T08", "UTF-32", "a.txt", "ab".encode("utf-32"), "holds a NUL character (character 0)"),
    refused("T08", "odd UTF-16", "a.txt", UTF_16 + b"a\0b", "is not UTF-16 at byte 4 (0x62); the file is damaged"),
    refused("T08", "wrong declaration", "a.txt", b"ab\x81",
            "is not CP1250 at byte 2 (0x81); correct `encoding` in labels.toml", labels='encoding = "cp1250"'),
    refused("T08", "mark against declaration", "a.txt", codecs.BOM_UTF8 + b"abc",
            "is declared as cp1252 but starts with the byte order mark of UTF-8", labels='encoding = "cp1252"'),
)  # fmt: skip

EMPTY = (
    refused("T09", "nothing", "a.txt", "", "is empty"),
    refused("T09", "blanks", "a.txt", " \n\t\r\n\u00a0\u2003", "is empty"),
    refused("T09", "a mark alone", "a.txt", codecs.BOM_UTF8, "is empty"),
    refused("T09", "a header alone", "a.txt", "date 2031-03-02 \n", "has no text after its header"),
    refused("T09", "front matter alone", "a.md", "---\ntitle: A\n---\n \n", "has no text after its header"),
    refused("T09", "a record of blanks", "a.jsonl#2", f'{RECORD}\n{{"text": " \\n"}}', "is empty"),
    refused("T09", "columns alone", "a.csv", "text,title\n", "has a header but no rows"),
)  # fmt: skip

REPEATED = (
    refused("T11", "key of JSON", "a.jsonl#1", '{"text": "a", "text": "b"}', "line 1: states 'text' twice"),
    refused("T11", "key in other letters", "a.jsonl#1", '{"text": "a", "TEXT ": "b"}',
            "line 1: states 'text' twice"),
    refused("T11", "key inside", "a.jsonl#1", '{"text": "a", "x": {"y": 1, "y": 2}}',
            "line 1: states 'y' twice"),
    refused("T11", "column", "a.csv", "text,Text\nA,B", "states 'text' twice"),
    refused("T11", "key of front matter", "a.md", "---\ntitle: A\ntitle: B\n---\nText.",
            "states 'title' twice"),
)  # fmt: skip

NO_FILES = (
    Case("T12", "link to itself", lambda f: (f / "a.txt").symlink_to("a.txt"), "a.txt", LINK),
    Case("T12", "link to its folder", lambda f: (f / "loop").symlink_to(f), "loop", LINK),
    Case("T12", "link out", lambda f: (f / "a.txt").symlink_to("/etc/passwd"), "a.txt", LINK),
    Case("T12", "link to a folder outside", lambda f: (f / "etc").symlink_to("/etc"), "etc", LINK),
    Case("T12", "link to nowhere", lambda f: (f / "a.txt").symlink_to("nowhere"), "a.txt", LINK),
    Case("T12", "link to a device", lambda f: (f / "a.txt").symlink_to("/dev/zero"), "a.txt", LINK),
    Case("T12", "labels by link", lambda f: (f / "labels.toml").symlink_to("/etc/passwd"), "labels.toml",
         f"{LINK}; the articles are read without it"),
    Case("T12", "pipe", lambda f: os.mkfifo(f / "a.txt"), "a.txt", "is not a regular file"),
    Case("T12", "socket", _socket, "socket.txt", "is not a regular file"),
)  # fmt: skip

NAMES = (
    Case("T13", "line end", lambda f: (f / "a\nb.txt").write_text(GOOD), "a\\nb.txt", NAME),
    Case("T13", "escape", lambda f: (f / "\x1b[2J.txt").write_text(GOOD), "\\x1b[2J.txt", NAME),
    Case("T13", "line separator", lambda f: (f / "a\u2028b.txt").write_text(GOOD), "a\\u2028b.txt", NAME),
    Case("T13", "no UTF-8", lambda f: (f / os.fsdecode(b"\xff.txt")).write_text(GOOD), "\\udcff.txt", NAME),
)

MALFORMED = (
    refused("T14", "no JSON", "a.jsonl#1", "news", "line 1 is not valid JSON: Expecting value at character 0"),
    refused("T14", "no object", "a.jsonl#1", "[1]", "line 1 is not a JSON object"),
    refused("T14", "an array over lines", "a.jsonl", '[\n{"text":\n"a"}\n]',
            "has no line that is a JSON object; one object a line is read "
            "(line 1 is not valid JSON: Expecting value at character 1)"),
    refused("T14", "NaN", "a.jsonl#1", '{"text": NaN}', "line 1: NaN is not valid JSON"),
    refused("T14", "infinity", "a.jsonl#1", '{"x": -Infinity}', "line 1: -Infinity is not valid JSON"),
    refused("T14", "5,000 digits", "a.jsonl#1", f'{{"text": "a", "x": {"9" * 5_000}}}',
            "line 1: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits"),
    refused("T14", "depth of 100,000", "a.jsonl#1", f'{{"x": {"[" * 100_000}{"]" * 100_000}}}',
            "line 1 is not valid JSON: nested too deeply"),
    refused("T14", "objects in objects", "a.jsonl#1", '{"x": ' * 100_000 + "1" + "}" * 100_000,
            "line 1 is not valid JSON: nested too deeply"),
    refused("T14", "no text", "a.jsonl#2", f'{RECORD}\n{{"title": "a"}}', NO_TEXT),
    refused("T14", "no text anywhere", "a.csv", "title,story\nA,One.",
            f"{NO_TEXT}; it has: 'title', 'story'. {HINT}"),
    refused("T14", "text that is none", "a.jsonl#1", '{"text": ["a"]}', "has a text field that is not a text"),
    refused("T14", "a value too many", "a.csv#2", "text\nOne.\nTwo.,x",
            "has 2 values, the header names 1 columns"),
    refused("T14", "an open quote", "a.csv#2", 'text\nOne.\n"Two.',
            "row 2 can't be read (unexpected end of data): check its quotes; "
            "it and all rows after it are left out"),
    refused("T14", "deep YAML", "a.md", f"---\na: {'[' * 1_000}\n---\nText.",
            "has front matter that is nested more than 20 deep"),
    refused("T14", "open front matter", "a.md", "---\ntitle: A\nText.",
            "has front matter without a closing line of ---"),
    refused("T14", "a column that is not there", "a.csv", "text\nOne.",
            "has no 'Story', which labels.toml names for text; it has: 'text'", labels="columns = { text = 'Story' }"),
    refused("T14", "labels that are no TOML", "labels.toml", "[[files]]\nmatch = ",
            "is not valid TOML: Invalid value (at end of document); the articles are read without these labels"),
    refused("T14", "labels that fit nothing", "labels.toml", '[[files]]\nmatch = "x"\nkind = "news"',
            "no file fits match = 'x'; the other entries are in force"),
)  # fmt: skip

REFUSED = (
    *NULS_AND_SURROGATES,
    *TOO_BIG,
    *PACKED,
    *ENCODINGS,
    *EMPTY,
    *REPEATED,
    *NO_FILES,
    *NAMES,
    *MALFORMED,
)
