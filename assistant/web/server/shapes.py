"""What a call must look like before anything else reads it: Gradio prints whole calls that it can't read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.query.parameters import BadRequest
from assistant.web.gradio.contract import CALL, CALL_BY_NAME, JOIN
from assistant.web.gradio.plain_values import is_plain

MCP = "/mcp"
_SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_NO_OBJECT = "Send a JSON object."
_NOT_PLAIN = "Values are texts, numbers, true, false, null, and lists of these; no objects."


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is called and what it takes: endpoints by name, with the first value needed; the page's events by number.

    `events` says how many values each of the page's events takes.
    """

    endpoints: Mapping[str, Sequence[str]]
    events: Mapping[int, int] = field(default_factory=dict)

    def check(self, path: str, body: bytes) -> str | None:
        """Give the session that a call is of, where it names one; raises BadRequest where it is no call."""
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):
            raise BadRequest(_NO_OBJECT) from None
        if not isinstance(sent, dict):
            raise BadRequest(_NO_OBJECT)
        if path == MCP:
            _check_message(sent)
        elif path == JOIN:
            self._check_event(sent)
        elif path.startswith(CALL_BY_NAME):
            named(sent, path.removeprefix(CALL_BY_NAME), self.endpoints)
            _check_plain(list(sent.values()))
        elif path.startswith(CALL):
            self._check_ordered(sent, path.removeprefix(CALL))
        return sent.get("session_hash") if path != MCP else None

    def _check_ordered(self, sent: Mapping[str, Any], name: str) -> None:
        names, data = self.endpoints[name], sent.get("data")
        if not isinstance(data, list) or len(data) != len(names):
            raise BadRequest(
                f"“data” needs a list of {len(names)} values: {', '.join(names)}. "
                f"{CALL_BY_NAME}{name} takes those that are wanted, by name."
            )
        _check_plain(data)
        _check_session(sent)

    def _check_event(self, sent: Mapping[str, Any]) -> None:
        number, data = sent.get("fn_index"), sent.get("data")
        if not isinstance(number, int) or isinstance(number, bool) or number not in self.events:
            raise BadRequest("“fn_index” needs the number of an event of the page.")
        if not isinstance(data, list) or len(data) < self.events[number]:
            raise BadRequest(f"“data” needs a list of {self.events[number]} values for this event.")
        _check_plain(data)
        if not isinstance(sent.get("session_hash"), str):
            raise BadRequest("“session_hash” needs a text.")
        _check_session(sent)
        if not isinstance(sent.get("event_data", {}), dict | None):
            raise BadRequest("“event_data” needs an object, or is left out.")
        if not isinstance(sent.get("trigger_id", 0), int | None):
            raise BadRequest("“trigger_id” needs a number, or is left out.")


def named(sent: Mapping[str, Any], name: str, endpoints: Mapping[str, Sequence[str]]) -> None:
    """Raise BadRequest where values are given under other names than an endpoint's, or the first one is missing."""
    names = endpoints[name]
    if unknown := [key for key in sent if key not in names]:
        raise BadRequest(f"“{unknown[0][:40]}” is no value of {name}; it takes: {', '.join(names)}.")
    if names[0] not in sent:
        raise BadRequest(f"“{names[0]}” is missing.")


def _check_plain(values: list[object]) -> None:
    if not is_plain(values):
        raise BadRequest(_NOT_PLAIN)


def _check_session(sent: Mapping[str, Any]) -> None:
    # "batched" is for what Gradio sends to itself. An empty name would stop its queue, and its own ids use "<" and ">".
    name = sent.get("session_hash")
    if sent.get("batched") or not (name is None or (isinstance(name, str) and _SESSION.fullmatch(name))):
        raise BadRequest(
            "“session_hash” needs up to 64 letters, digits, - and _, or is left out, and “batched” too."
        )


def _check_message(sent: Mapping[str, Any]) -> None:
    """The protocol's library checks the rest, and tells what is wrong in a message of the protocol."""
    if "method" in sent and not isinstance(sent["method"], str):
        raise BadRequest("“method” needs a text.")
    parameters = sent.get("params", {})
    if not isinstance(parameters, dict):
        raise BadRequest("“params” needs an object, or is left out.")
    if sent.get("method") == "tools/call":
        if not isinstance(parameters.get("name"), str):
            raise BadRequest("“name” needs the name of a tool, as a text.")
        if not isinstance(parameters.get("arguments", {}), dict | None):
            raise BadRequest("“arguments” needs an object, or is left out.")
