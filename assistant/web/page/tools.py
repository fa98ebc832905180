"""The tools of a conversation: in which format quotes are copied, and as what it is saved."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.render.citations import cite
from assistant.render.exports import export
from assistant.render.markup import NO_ATTRIBUTES, Safe, classed, element

# The first one is copied where nothing else was chosen, and is made without asking the server.
_CITATIONS: Mapping[str, str] = {
    "text": "Plain text",
    "markdown": "Markdown",
    "csl-json": "CSL-JSON",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "web-annotation": "Web Annotation",
}
# What stands on a button, and what it is called in full; the bar is narrow.
_FILES: Mapping[str, tuple[str, str]] = {
    "markdown": ("Markdown", "Markdown"),
    "json": ("JSON", "JSON"),
    "html": ("Page", "Page to print"),
}


def tools() -> Safe:
    """Offer every format a quote can be cited in, and every one a conversation can be saved as."""
    options = [element("option", {"value": name}, _CITATIONS[name]) for name in cite.FORMATS]
    choice = element("select", {"class": "or-format"}, *options)
    label = element("label", {"class": "or-tool"}, element("span", NO_ATTRIBUTES, "Copy as"), choice)
    name = {"class": "or-tool", "role": "group", "aria-label": "Save the conversation"}
    buttons = [_save_button(wanted) for wanted in export.FORMATS]
    saving = element("div", name, element("span", NO_ATTRIBUTES, "Save as"), *buttons)
    return classed("div", "or-tools", label, saving, classed("span", "or-told"))


def _save_button(wanted: str) -> Safe:
    shown, name = _FILES[wanted]
    marks = {
        "class": "or-save",
        "type": "button",
        "data-as": wanted,
        "aria-label": f"Save the conversation as {name}",
        "title": name,
    }
    return element("button", marks, shown)
