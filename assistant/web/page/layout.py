"""The components of the chat's page: what stands where, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.render import markup
from assistant.render.markup import Safe
from assistant.web.gradio.bridge import bridge
from assistant.web.gradio.offline import gr
from assistant.web.page import surroundings, tools
from assistant.web.page.form import PRINTED, SPOKEN_OF

STATIC = Path(__file__).parent / "static"
_GRADIO = Path(__file__).parents[1] / "gradio" / "static"  # what leans on the page that Gradio builds
_STYLES = (
    "chat.css",
    "filters.css",
    "cards.css",
    "overview.css",
    "reader.css",
    "coverage_chart.css",
    "timeline.css",
    "taking.css",
    "adapting.css",
)
_SCRIPTS = ("reader.js", "taking.js", "cards.js", "conversation.js", "filters.js", "keys.js")


def _joined(*files: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


STYLE = _joined(*(STATIC / name for name in _STYLES), _GRADIO / "gradio.css")
SCRIPT = _joined(_GRADIO / "gate.js", *(STATIC / name for name in _SCRIPTS))

# What the page's script tells the server, each an event of the hidden component that listens for it.
_EVENTS = ("or_edit", "or_again", "or_unfilter", "or_literal", "or_drop", "or_cite", "or_save")

# The choices about undated articles: what is shown, and what it stands for, as `form.UNDATED` says.
_UNDATED = (("In without dates", ""), ("Always in", "in"), ("Left out", "out"))


# The filters that are seldom wanted, and what tells the days in them from those of publication.
_FURTHER = "or-further-filters"
_SPOKEN_NOTE = "“Events”: days that an article's words name, whenever it was published."


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows of the archive.

    `sources` are choices: what is shown and the name; `chips` are example questions, empty ones
    are hidden; `chart` shows what it covers; `users` says whether there is a session to log out of.
    """

    title: str
    hero: Safe
    sources: Sequence[tuple[str, str]]
    chips: Sequence[str]
    chart: Safe
    users: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """The fields of the filter bar, in the order handlers take them, and the button that empties them."""

    sources: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox
    undated: gr.Dropdown
    event_since: gr.Textbox
    event_until: gr.Textbox
    clear: gr.Button

    @property
    def choices(self) -> tuple[gr.Dropdown, gr.Dropdown]:
        """The fields that are chosen from."""
        return self.sources, self.undated

    @property
    def days(self) -> tuple[gr.Textbox, ...]:
        """The fields that days are typed into."""
        return self.since, self.until, self.event_since, self.event_until


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page that events read or write."""

    hero: gr.HTML
    chat: gr.Chatbot
    turns: gr.State
    notice: gr.HTML
    active: gr.HTML
    question: gr.Textbox
    bar: Filters
    fresh: gr.Button
    chips: tuple[gr.Button, ...]
    chart: gr.HTML
    kept: tuple[gr.Textbox, gr.Textbox]
    bridge: gr.HTML
    taken: gr.Textbox

    @property
    def filters(self) -> list[gr.Dropdown | gr.Textbox]:
        """The filter fields, in the order handlers take them."""
        bar = self.bar
        return [bar.sources, bar.since, bar.until, bar.undated, bar.event_since, bar.event_until]

    @property
    def shown(self) -> list[gr.Textbox | gr.Chatbot | gr.State | gr.HTML | gr.Dropdown]:
        """What an answer may change, in the order of `chat.Shown`."""
        return [self.question, self.chat, self.turns, self.notice, self.active, *self.filters]


def theme() -> gr.themes.Base:
    """Give a plain theme with the system's own fonts, so that no font is fetched."""
    sans = [
        gr.themes.Font(name) for name in ("system-ui", "-apple-system", "Segoe UI", "Noto Sans", "sans-serif")
    ]
    mono = [gr.themes.Font(name) for name in ("ui-monospace", "monospace")]
    plain = gr.themes.Base(
        primary_hue="slate", neutral_hue="stone", radius_size="sm", font=sans, font_mono=mono
    )
    paper = "var(--or-paper)"  # of chat.css; Gradio writes the ground into the style attribute of its element
    return plain.set(body_background_fill=paper, body_background_fill_dark=paper)


def html_block(markup: Safe, elem_id: str | None = None) -> gr.HTML:
    """Show markup as it is: no template, no default style, no script."""
    return gr.HTML(markup, apply_default_css=False, js_on_load=None, elem_id=elem_id)


def lay_out(content: Content) -> Parts:
    """Put the page's components in place; call inside a Blocks context."""
    if content.users:
        html_block(surroundings.logout_link(), "or-users")
    hero = html_block(content.hero, "or-welcome")
    with gr.Row(elem_id="or-bar"):
        html_block(markup.classed("h1", "or-name", content.title))
        html_block(tools.tools(), "or-tools")
        fresh = gr.Button("New conversation", elem_id="or-fresh", size="sm", scale=0, min_width=0)
    chat = gr.Chatbot(
        elem_id="or-chat", label="Conversation", show_label=False, container=False, height=None, buttons=[],
        feedback_options=None, autoscroll=False, layout="panel", group_consecutive_messages=False,
    )  # fmt: skip
    with gr.Column(elem_id="or-desk"):
        notice = html_block(Safe(), "or-notice")
        question = gr.Textbox(
            elem_id="or-question", label="Your question", show_label=False, container=False, lines=1, max_lines=5,
            placeholder="Ask what was reported…", submit_btn="Ask", autofocus=True,
        )  # fmt: skip
        bar = _lay_out_filters(content.sources)
        active = html_block(Safe(), "or-active-bar")
    with gr.Row(elem_id="or-chips"):
        chips = tuple(gr.Button(text, size="sm", visible=bool(text)) for text in content.chips)
    chart = html_block(content.chart, "or-coverage")
    kept = (gr.Textbox(visible=False), gr.Textbox(visible=False))  # the browser's store, the address
    sender = bridge(_EVENTS)
    taken = gr.Textbox(visible=False)  # never drawn: what the page's script copies or saves
    return Parts(
        hero, chat, gr.State([]), notice, active, question, bar, fresh, chips, chart, kept, sender, taken
    )  # fmt: skip


def _lay_out_filters(choices: Sequence[tuple[str, str]]) -> Filters:
    with gr.Column(elem_id="or-filters"):
        with gr.Row():
            sources = gr.Dropdown(
                list(choices), value=[], multiselect=True, label="Sources (none chosen: all)",
                elem_id="or-sources", scale=4, min_width=0,
            )  # fmt: skip
            since, until = (_day(*named) for named in zip(PRINTED, ("or-since", "or-until"), strict=True))
            html_block(_further_button(), "or-further-button")
            clear = gr.Button("Clear filters", elem_id="or-clear", size="sm", scale=0, min_width=0)
        with gr.Column(elem_id=_FURTHER):
            with gr.Row():
                ids = ("or-event-since", "or-event-until")
                event_since, event_until = (_day(*named) for named in zip(SPOKEN_OF, ids, strict=True))
                undated = gr.Dropdown(
                    list(_UNDATED), value="", label="Undated articles", filterable=False,
                    elem_id="or-undated", scale=1, min_width=0,
                )  # fmt: skip
            html_block(markup.classed("p", "or-further-note", _SPOKEN_NOTE), "or-further-told")
    return Filters(sources, since, until, undated, event_since, event_until, clear)


def _day(label: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(
        label=label, placeholder="YYYY-MM-DD", max_lines=1,
        elem_id=elem_id, elem_classes="or-day", scale=1, min_width=120,
    )  # fmt: skip


def _further_button() -> Safe:
    """Open and close the filters that are seldom wanted; see filters.js."""
    marks = {"class": "or-further", "type": "button", "aria-expanded": "false", "aria-controls": _FURTHER}
    return markup.element("button", marks, "More filters")
