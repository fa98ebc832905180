"""Who an answer or a tab belongs to: a login session, a user, a browser or an address."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

OWNER = "onrecord.owner"  # where a request's scope has its Owner, when it is a user's
MOST_IDS = 20_000  # whose owner is known; those longest without a request go first
MOST_OF_USER = 100  # tabs and unfetched answers of one user; the oldest are let go


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
    """Whose each id is; `let_go` is called with the oldest id of a user who has too many."""

    let_go: Callable[[str], None]
    _owners: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _of_user: dict[str, OrderedDict[str, None]] = field(default_factory=dict)

    def owns(self, owner: Owner, name: str) -> bool:
        """Whether an id is this owner's; never where it is nobody's."""
        found = self._owners.get(name)
        if found is None or found not in {owner.session, owner.also}:
            return False
        self._owners.move_to_end(name)
        return True

    def take(self, owner: Owner, name: str) -> bool:
        """Let a tab be this owner's unless it is another's; says whether it is."""
        if name not in self._owners:
            self.give(owner, name)
        if not self.owns(owner, name):
            return False
        self.count(owner, name)
        return True

    def give(self, owner: Owner, name: str) -> None:
        """Let a new id be this owner's."""
        self._owners[name] = owner.session
        while len(self._owners) > MOST_IDS:
            self._owners.popitem(last=False)

    def count(self, owner: Owner, name: str) -> None:
        """Count an id, for which Gradio keeps a state, among those of its user."""
        if not owner.user:
            return
        held = self._of_user.setdefault(owner.user, OrderedDict())
        held[name] = None
        held.move_to_end(name)
        while len(held) > MOST_OF_USER:
            oldest, _ = held.popitem(last=False)
            self._owners.pop(oldest, None)
            self.let_go(oldest)

    def fetched(self, owner: Owner, name: str) -> None:
        """Forget an answer that was fetched."""
        self._owners.pop(name, None)
        self._of_user.get(owner.user, OrderedDict()).pop(name, None)
