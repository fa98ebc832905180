"""What the product uses of Gradio beyond its documentation, in one place; tests/…/test_contract.py checks each row.

Nothing here imports Gradio: the server's middleware reads the addresses before Gradio is loaded.
To move to another minor version of Gradio: install it, run that test and tests/browser, mend what moved,
then raise TESTED here and the pin in pyproject.toml.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

TESTED: Final = "6.31"  # the minor version that the tables below were checked against

# Addresses that Gradio's page, its client and the typed endpoints use. Gradio has no public names for them.
CONFIG: Final = "/config"
JOIN: Final = "/gradio_api/queue/join"
STREAM: Final = "/gradio_api/queue/data"  # an open tab holds it while it waits
HEARTBEAT: Final = "/gradio_api/heartbeat/"  # an open tab holds it; the tab's id follows
CANCEL: Final = "/gradio_api/cancel"
RESET: Final = "/gradio_api/reset"
INFO: Final = "/gradio_api/info"
APP_ID: Final = "/gradio_api/app_id"
STARTUP: Final = "/gradio_api/startup-events"
CALL: Final = "/gradio_api/call/"  # values in order; the endpoint's name follows, then an event's id
CALL_BY_NAME: Final = "/gradio_api/call/v2/"  # the same with values by name
THEME: Final = "/theme.css"
ASSETS: Final = "/assets/"
STATIC: Final = ("/static/js/", "/static/css/", "/static/fonts/", "/static/img/")
ROUTES: Final = (
    CONFIG, JOIN, STREAM, HEARTBEAT, CANCEL, RESET, INFO, APP_ID, STARTUP, CALL, CALL_BY_NAME, THEME, ASSETS,
    *STATIC,
)  # fmt: skip

# Fields of what the client sends and receives; web/auth/belonging.py and web/server/shapes.py read them.
SENT: Final = ("data", "fn_index", "session_hash", "event_id", "event_data", "trigger_id", "batched")

# Attributes of a page (`gr.Blocks`) that is being served, and where they are used.
ATTRIBUTES: Final = {
    "state_holder.session_data": "session_eviction.py: the state of each session",
    "state_holder.time_last_used": "session_eviction.py: when it was last used",
    "_queue.pending_messages_per_session": "session_eviction.py: messages that wait to be fetched",
    "_queue.pending_event_ids_session": "session_eviction.py: events whose end has not been fetched",
    "_queue.send_message": "fair_blocks.py: a message for a session that is gone",
    "_queue.stopped": "fair_blocks.py: whether calls are still worked on",
    "_queue.event_ids_to_events": "fair_blocks.py: whether anyone still waits for an event",
    "_queue.max_size": "tests: a full queue",
    "state_session_capacity": "mounting.py: how many sessions are kept",
    "max_threads": "fair_blocks.py: how many events are under way",
    "fns": "mounting.py: how many values each event of the page takes",
}

# Functions that are overridden or called, with the parameters that the product gives or reads.
PARAMETERS: Final = {
    "Blocks.process_api": ("block_fn", "request", "iterator", "event_id"),
    "Blocks.preprocess_data": ("block_fn", "inputs", "state", "explicit_call"),
    "Blocks.queue": ("max_size", "default_concurrency_limit"),
    "Blocks.load": ("fn", "inputs", "outputs", "js", "api_visibility", "show_progress"),
    "Blocks.__init__": ("title", "analytics_enabled", "fill_width"),
    "mount_gradio_app": (
        "app", "blocks", "path", "theme", "head", "favicon_path", "footer_links", "run_history", "show_error",
        "max_file_size", "ssr_mode", "enable_monitoring", "pwa", "mcp_server", "app_kwargs",
    ),
    "Error.__init__": ("message", "visible", "print_exception"),
    "HTML.__init__": ("value", "visible", "elem_id", "apply_default_css", "js_on_load"),
    "Chatbot.__init__": (
        "elem_id", "label", "show_label", "container", "height", "buttons", "feedback_options", "autoscroll",
        "layout", "group_consecutive_messages",
    ),
    "Textbox.__init__": ("submit_btn", "autofocus", "max_lines", "container", "elem_classes", "min_width"),
    "Dropdown.__init__": ("multiselect", "filterable", "scale", "min_width"),
    "Button.__init__": ("value", "visible", "size", "scale", "min_width"),
    "events.api": ("fn", "api_name", "concurrency_limit"),
}  # fmt: skip

# Attributes of what a page makes while it serves: an event of the page, and one call of it in the queue.
MADE: Final = {
    "block_function.BlockFunction": ("inputs", "types_generator"),
    "queueing.Event": ("alive",),
}

# Environment variables that Gradio and huggingface_hub read when they are imported; see offline.py.
VARIABLES: Final = (
    "GRADIO_ANALYTICS_ENABLED",
    "GRADIO_ANALYTICS_MAX_EVENTS",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY",
)

# What our styles name of the page that Gradio's script builds, each with the text of Gradio's own styles or scripts
# in which it is found: the head of a rule for that class, or else the markup.
# static/gradio.css holds all rules with these; tests/browser/test_fence.py finds each on a real page.
SELECTORS: Final = {
    ".gradio-container": "gradio-container",
    ".fillable": ".fillable.svelte-",
    ".main": ".main.svelte-",
    ".wrap": ".wrap.svelte-",
    ".column": "`column ",
    ".row": "`row ",
    ".form": "`form ",
    ".block": ".block.svelte-",
    ".html-container": ".html-container.svelte-",
    ".wrap-inner": ".wrap-inner.svelte-",
    ".token": ".token.svelte-",
    '[data-testid="block-info"]': "block-info",
    ".wrapper": ".wrapper.svelte-",
    ".message-wrap": ".message-wrap.svelte-",
    ".message-row": ".message-row.svelte-",
    ".flex-wrap": ".flex-wrap.svelte-",
    ".message": ".message.svelte-",
    ".panel-full-width": ".panel-full-width.svelte-",
    '[data-testid="user"]': "data-testid",
    '[data-testid="bot"]': "data-testid",
    ".icon-button-wrapper": ".icon-button-wrapper.svelte-",
}

# gr.Chatbot costs nine selectors above and two rules that flatten its bubbles, and no Python. It draws each turn as a
# component of its own, which stays as it is while another turn is answered: quotes that a reader grouped, an edit under
# way. One gr.HTML would replace all turns with each answer, unless a script of ours compared them. So it stays.

# What static/gate.js and the bridge rely on, as text of Gradio's scripts.
SCRIPTS: Final = {
    '"gradio-app"': "gate.js: the element that holds the whole page",
    "visibilityState": "gate.js: the client hands on the messages of a hidden tab at once, in order",
    "queue/join": "gate.js: where the client sends an event",
    "queue/data": "gate.js: where the client reads answers, by fetch",
    "js_on_load": "bridge.py: the script of an HTML component, in which `trigger` sends an event",
    "trigger": "bridge.py: what the page's script calls to send an event",
}


def wrong_version() -> str | None:
    """Say in one line what to install where Gradio is missing or is another minor version; None where it is right."""
    try:
        found = version("gradio")
    except PackageNotFoundError:
        found = ""
    if found.split(".")[:2] == TESTED.split("."):
        return None
    has = f"Gradio {found} is installed" if found else "Gradio is not installed"
    return f"{has}; the chat is tested with Gradio {TESTED}: python3 -m pip install 'gradio~={TESTED}.0'"
