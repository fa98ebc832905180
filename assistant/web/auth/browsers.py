"""Browsers in which a user has logged in before: each holds a signed cookie for that user.

Whoever guesses elsewhere doesn't slow down such a browser. The key of a signature is made of the user's line of
the password file, whose salt and hash nobody else knows: a cookie outlives the server's end, and not
its user's password.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from hashlib import sha256

REMEMBERED = 180 * 86_400.0  # seconds from a login for which a browser is known
_COOKIE = "onrecord-known-"
_VALUE = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})", re.ASCII)


def cookie_of(name: str) -> str:
    """Give the name of the cookie of a user: several may share a browser."""
    return _COOKIE + sha256(name.encode("utf-8", "replace")).hexdigest()[:12]


def marked(name: str, line: str) -> str:
    """Give a cookie's value for a browser in which this user, with this line, has just logged in."""
    browser = secrets.token_hex(16)
    return f"{browser}.{_signature(browser, name, line)}"


def browser_of(cookies: Mapping[str, str], name: str, line: str | None) -> str | None:
    """Say which of a user's browsers this is; None where it is none, or the password was changed since."""
    match = _VALUE.fullmatch(cookies.get(cookie_of(name), ""))
    if match is None or line is None:
        return None
    stands = hmac.compare_digest(match[2], _signature(match[1], name, line))
    return match[1] if stands else None


def _signature(browser: str, name: str, line: str) -> str:
    text = f"browser\0{name}\0{browser}".encode("utf-8", "replace")
    return hmac.new(line.encode(), text, sha256).hexdigest()
