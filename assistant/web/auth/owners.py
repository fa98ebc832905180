"""Who an answer or a tab belongs to: a login session, a user, a browser or an address."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

OWNER = "onrecord.owner"  # where a request's scope has its Owner, when it is a user's
MOST_IDS = 20_000  # whose owner is known; those longest without a request go first
# Tabs and unfetched answers of one user, and as many events of them; the oldest are let go. Behind an address without
# users may be many readers.
MOST_OF_USER, MOST_OF_ADDRESS = 100, 500


@dataclass(frozen=True, slots=True)
class Owner:
    """Who asks: `session` is what ids are given to, `user` is empty where there are no users.

    `also` is what else the same client may have been known by, before it had a cookie.
    """

    session: str
    user: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose each id is; `let_go` is called with each id for which Gradio keeps a state that nobody owns any more."""

    let_go: Callable[[str], None]
    # An id's session, and as whose it is counted.
    _owners: OrderedDict[str, tuple[str, str]] = field(default_factory=OrderedDict)
    # By who is counted: the ids for which Gradio keeps a state, and those of events in a tab.
    _states: dict[str, OrderedDict[str, None]] = field(default_factory=dict)
    _events: dict[str, OrderedDict[str, None]] = field(default_factory=dict)

    def owns(self, owner: Owner, name: str) -> bool:
        """Whether an id is this owner's; never where it is nobody's."""
        found = self._owners.get(name)
        if found is None or found[0] not in {owner.session, owner.also}:
            return False
        self._owners.move_to_end(name)
        return True

    def take(self, owner: Owner, name: str) -> bool:
        """Let a tab be this owner's unless it is another's; says whether it is."""
        if name in self._owners and not self.owns(owner, name):
            return False
        self.give(owner, name)
        return True

    def give(self, owner: Owner, name: str, *, keeps_state: bool = True) -> None:
        """Let a new id be this owner's, or go on being; `keeps_state` is False for an event in a tab."""
        _, counted_as = self._owners.setdefault(name, (owner.session, _counted_as(owner)))
        self._owners.move_to_end(name)
        counted = self._states if keeps_state else self._events
        held = counted.setdefault(counted_as, OrderedDict())
        held[name] = None
        held.move_to_end(name)
        if len(held) > (MOST_OF_USER if owner.user else MOST_OF_ADDRESS):
            self._drop(next(iter(held)))
        if len(self._owners) > MOST_IDS:
            self._drop(next(iter(self._owners)))

    def fetched(self, name: str) -> None:
        """Forget an answer that was fetched."""
        _, counted_as = self._owners.pop(name, ("", ""))
        for counted in (self._states, self._events):
            if (held := counted.get(counted_as)) is not None:
                held.pop(name, None)
                if not held:
                    del counted[counted_as]

    def _drop(self, name: str) -> None:
        """Let an id be nobody's; what Gradio keeps for it goes with it, so that no one else can take it up."""
        self.fetched(name)
        self.let_go(name)


def _counted_as(owner: Owner) -> str:
    """Whose ids are counted together: a user's, or those of an address, whatever cookies come from it."""
    return f"user {owner.user}" if owner.user else owner.also or owner.session
