"""Who may use the chat: a file of names and scrypt hashes, a line each.

    anna:$scrypt$ln=15,r=8,p=3$SALT$HASH

The form after the name is PHC's string format, SALT and HASH in base64 without padding. `ln` is
the logarithm of scrypt's N (RFC 7914); the default, with r and p, is one that OWASP's Password
Storage Cheat Sheet gives as sufficient. Checking a password takes 32 MB and some tenths of a second.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.files.disk import sync

SHORTEST, LONGEST = 10, 1_024  # characters of a password
BIGGEST = 1_000_000  # bytes of a file

_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}")
_HASH = re.compile(
    r"\$scrypt\$ln=([0-9]{1,2}),r=([0-9]{1,2}),p=([0-9]{1,2})\$([A-Za-z0-9+/]{16,86})\$([A-Za-z0-9+/]{43})"
)
_LENGTH = 32  # bytes of a hash
_FORBIDDEN = 0o037  # what the file's mode must not allow: to write to the group, anything to others


class BadPasswords(ValueError):
    """A name, a password or a file of them cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a hash costs: N is two to the `ln`; it takes 128·N·r bytes, p times over."""

    ln: int = 15
    r: int = 8
    p: int = 3

    def __post_init__(self) -> None:
        """Refuse what is too cheap to be safe or too dear to be checked at each login."""
        if not (14 <= self.ln <= 17 and 8 <= self.r <= 16 and 1 <= self.p <= 8):  # noqa: PLR2004
            raise BadPasswords(f"scrypt with ln={self.ln},r={self.r},p={self.p} is out of bounds")

    def digest(self, password: str, salt: bytes) -> bytes:
        """Hash a password, in the form in which every keyboard gives the same (NFC)."""
        data = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
        space = 128 * self.r * (2**self.ln + self.p + 2)
        return hashlib.scrypt(data, salt=salt, n=2**self.ln, r=self.r, p=self.p, maxmem=space, dklen=_LENGTH)


# Checked for a name that isn't known, so that it takes as long as one that is.
_NOBODY = f"$scrypt$ln=15,r=8,p=3${'A' * 22}${'A' * 43}"


def hashed(password: str, cost: Cost | None = None) -> str:
    """Give a password's hash with its salt; BadPasswords for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadPasswords(f"choose a password of {SHORTEST} to {LONGEST:,} characters")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in password):
        raise BadPasswords("a password cannot hold control characters; choose another one")
    used, salt = cost or Cost(), secrets.token_bytes(16)
    parts = (_encoded(salt), _encoded(used.digest(password, salt)))
    return f"$scrypt$ln={used.ln},r={used.r},p={used.p}${'$'.join(parts)}"


def matches(password: str, line: str | None) -> bool:
    """Whether a password has this hash; None, for nobody's, takes as long and is always false."""
    cost, salt, expected = _parsed(line or _NOBODY)
    same = hmac.compare_digest(cost.digest(password[: LONGEST + 1], salt), expected)
    return same and line is not None


def read_passwords(path: Path) -> dict[str, str]:
    """Give the hash of each name; BadPasswords says what is wrong with the file, OSError why it can't be read."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & _FORBIDDEN:
            raise BadPasswords(f"{path} is open to others on this machine: run chmod 600 {path}")
        data = file.read(BIGGEST + 1)
    if len(data) > BIGGEST:
        raise BadPasswords(f"{path} is larger than {BIGGEST:,} bytes: is it the right file?")
    return _read_lines(path, data.decode("utf-8", "replace"))


def set_password(path: Path, user: str, password: str) -> bool:
    """Make or replace a name's line; the file is whole at every moment and its owner's alone.

    Gives whether the name is a new one. Raises BadPasswords and OSError.
    """
    if not _USER.fullmatch(user):
        raise BadPasswords(
            "a user's name is up to 64 letters (A to Z), digits and . _ @ + -, and begins with a letter or digit"
        )
    known = read_passwords(path) if path.exists() else {}
    changed = {**known, user: hashed(password)}
    _write(path.resolve(), changed)
    return user not in known


def _read_lines(path: Path, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        user, _, rest = line.strip().partition(":")
        if user in found or not _USER.fullmatch(user) or not _is_hash(rest):
            raise BadPasswords(
                f"line {number} of {path} is not what `onrecord passwd` writes: delete it and set the password again"
            )
        found[user] = rest
    if not found:
        raise BadPasswords(f"{path} names nobody: add a user with onrecord passwd {path} NAME")
    return found


def _is_hash(text: str) -> bool:
    try:
        _parsed(text)
    except BadPasswords:
        return False
    return True


def _parsed(text: str) -> tuple[Cost, bytes, bytes]:
    match = _HASH.fullmatch(text)
    if match is None:
        raise BadPasswords("this is no hash of a password")
    try:
        salt, digest = (base64.b64decode(part + "=" * (-len(part) % 4)) for part in match.group(4, 5))
    except binascii.Error:
        raise BadPasswords("this is no hash of a password") from None
    return Cost(int(match[1]), int(match[2]), int(match[3])), salt, digest


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _write(path: Path, lines: Mapping[str, str]) -> None:
    """Put a new file in the place of the old one; such a temporary file is its owner's alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{user}:{line}\n" for user, line in lines.items())
        sync(draft)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync(path.parent)
