"""Whole pages are escaped as everything is, and markup stays markup only where it was made as such."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.render import markup, page_templates


def test_what_is_added_to_markup_is_escaped_as_everything_is() -> None:
    hidden = "<b>\u200b${x}"
    assert markup.Safe("<p>") + hidden == "<p>" + str(markup.show(hidden))
    assert hidden + markup.Safe("<p>") == str(markup.show(hidden)) + "<p>"
    assert markup.Safe("<i>{}</i>").format(hidden) == f"<i>{markup.show(hidden)!s}</i>"
    assert markup.Safe("%s") % hidden == markup.show(hidden)


def test_templates_escape_what_they_are_given() -> None:
    hostile = "\"'`><script>${x}{{ y }}\u200b"
    login = page_templates.render("login.html", wanted=hostile, message=hostile)
    assert f'value="{markup.attribute(hostile)}"' in login
    assert f'role="alert">{markup.show(hostile)}</p>' in login


def test_a_value_inside_an_attribute_of_a_template_is_escaped_for_it() -> None:
    templates = sorted(Path(page_templates.__file__).with_name("templates").glob("*.html"))
    assert templates
    for template in templates:
        for value in re.findall(r"=\"[^\"]*?\{\{(.*?)\}\}", template.read_text("utf-8")):
            assert value.endswith(" | attribute "), template.name
