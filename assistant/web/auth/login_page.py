"""The two pages at the door: a name and a password, and the way out.

They work without a script. Where one runs, it removes what an ended session left in the browser (login.js).
"""

from __future__ import annotations

from assistant.render.markup import Safe
from assistant.render.page_templates import render


def login_page(wanted: str, message: str = "") -> Safe:
    """Ask for a name and a password; `wanted` is the address to go to then."""
    return render("login.html", wanted=wanted, message=message)


def logout_page() -> Safe:
    """Ask whether to end the session."""
    return render("logout.html")
