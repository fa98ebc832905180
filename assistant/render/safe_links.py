"""Which addresses stated in an archive may be followed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[!-~]{1,2000}", re.IGNORECASE)


def is_web_address(url: str) -> bool:
    """Whether this is an http(s) address in plain ASCII that hides no name before its host."""
    if not _ADDRESS.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket in the host
        return False
    return bool(parts.hostname) and "@" not in parts.netloc
