"""The two pages at the door: a name and a password, and the way out.

They work without a script. Where one runs, it removes what an ended session left in the browser (login.js).
"""

from __future__ import annotations

from assistant.render.markup import NO_ATTRIBUTES, Attributes, Node, Safe, element


def login_page(wanted: str, message: str = "") -> Safe:
    """Ask for a name and a password; `wanted` is the address to go to then."""
    alert = element("p", {"class": "or-alert", "role": "alert"}, message) if message else Safe()
    return _page(
        "Log in",
        alert,
        element(
            "form",
            {"method": "post", "action": "/login"},
            _field("Name", "name", "text", "username", {"autofocus": "", "autocapitalize": "none"}),
            _field("Password", "password", "password", "current-password"),
            element("input", {"type": "hidden", "name": "next", "value": wanted}),
            element("button", {"type": "submit"}, "Log in"),
        ),
    )


def logout_page() -> Safe:
    """Ask whether to end the session."""
    form = element(
        "form", {"method": "post", "action": "/logout"}, element("button", {"type": "submit"}, "Log out")
    )
    back = element("p", NO_ATTRIBUTES, element("a", {"href": "/"}, "Back to On Record"))
    return _page(
        "Log out", element("p", NO_ATTRIBUTES, "Your conversation leaves this page with you."), form, back
    )


def _field(label: str, name: str, kind: str, fill: str, more: Attributes = NO_ATTRIBUTES) -> Safe:
    box = {"name": name, "type": kind, "autocomplete": fill, "required": "", "maxlength": "1024", **more}
    return element("label", NO_ATTRIBUTES, label, element("input", box))


def _page(title: str, *parts: Node) -> Safe:
    head = element(
        "head",
        NO_ATTRIBUTES,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("title", NO_ATTRIBUTES, f"{title} – On Record"),
        element("link", {"rel": "stylesheet", "href": "/login.css"}),
        element("link", {"rel": "icon", "href": "/favicon.ico"}),
        element("script", {"src": "/login.js"}),
    )
    heading = element("h1", NO_ATTRIBUTES, "On Record")
    body = element("body", NO_ATTRIBUTES, element("main", NO_ATTRIBUTES, heading, *parts))
    return Safe("<!doctype html>" + element("html", {"lang": "en"}, head, body))
