"""Addresses as they are compared: one page has many spellings."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# What is added to an address to know where a reader came from: of the lists of query parameters that Firefox
# (https://firefox.settings.services.mozilla.com, query-stripping) and Brave strip, and of Google's campaign links.
_TRACKING = re.compile(
    "(?:utm_|pk_|mtm_|hsa_).*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|msclkid|yclid|ysclid|twclid|ttclid"
    "|igshid|igsh|li_fat_id|mc_cid|mc_eid|mkt_tok|oly_anon_id|oly_enc_id|vero_id|vero_conv|wickedid|_hsenc|_hsmi"
    "|__hssc|__hstc|__hsfp|hsctatracking|__s|_openstat|rb_clickid|s_cid|ml_subscriber(?:_hash)?|_ga|_gl",
    re.IGNORECASE | re.DOTALL,
)
_PORTS = {"http": "80", "https": "443"}
_SAFE = "!$&'()*+,;=:@/%"  # what stands as it is in a path (RFC 3986, 3.3), and what begins an escape
_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")


def canonical(url: str) -> str | None:
    """Give an address as others of the same page are compared with it; None where it names none.

    http and https, upper case and a last dot in the host, the scheme's own port, a name before the host, slashes at
    the end, the fragment, escapes that needn't be (RFC 3986, 6.2.2), tracking parameters and the order of the others
    don't count. An address that names no article, such as that of a whole outlet, names no page.
    """
    try:
        parts = urlsplit(url.encode("utf-8", "replace").decode().strip())
        port, host = str(parts.port or ""), _host(parts.hostname or "")
    except ValueError:  # such as an unclosed bracket in the host, or a port that is no number
        return None
    path = _ESCAPED.sub(_plain, quote(parts.path, _SAFE)).rstrip("/")
    # What is no UTF-8 is kept apart as surrogates.
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0]))
    query = urlencode(kept, errors="surrogateescape")
    if not host or not (path or query):
        return None
    own = f":{port}" if port and port != _PORTS.get(parts.scheme) else ""
    return f"{host}{own}{path}{f'?{query}' if query else ''}"


def _host(name: str) -> str:
    """Give a host in lower case and ASCII; raises ValueError for one that can't be."""
    plain = name.rstrip(".").casefold()
    return plain if plain.isascii() else plain.encode("idna").decode()


def _plain(escape: re.Match[str]) -> str:
    """Write an escape of a letter, a digit or one of -._~ as the character, of others in upper case."""
    character = unquote(escape[0], "latin-1")
    return character if quote(character, "") == character else escape[0].upper()
