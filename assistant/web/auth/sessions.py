"""Who is logged in: random tokens, kept in memory as hashes, each for one user and for some hours."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from assistant.web.auth.passwords import BadPasswords, read_passwords

MOST = 1_000  # sessions at once; the oldest make room
MOST_OF_USER = 20  # of them one user's, whose own oldest make room


@dataclass(frozen=True, slots=True)
class _Session:
    user: str
    line: str  # the user's line of the password file: a session ends when it changes
    ends: float


class Accounts:
    """A password file, read anew whenever it was changed."""

    def __init__(self, path: Path) -> None:
        """Raises BadPasswords, which says what to do."""
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._lines: dict[str, str] = {}
        self.lines()

    def lines(self) -> Mapping[str, str]:
        """Give each user's hash; BadPasswords where the file cannot be used as it is now."""
        try:
            stat = os.stat(self._path)  # noqa: PTH116 - at each request, so the plainest call
            seen = stat.st_ino, stat.st_mtime_ns, stat.st_size
            if seen != self._seen:
                self._lines, self._seen = read_passwords(self._path), seen
        except OSError as error:
            raise BadPasswords(
                f"{self._path} can't be read ({error.strerror}): make it with onrecord passwd {self._path} NAME"
            ) from None
        return self._lines


class Sessions:
    """Tokens given out; `clock` gives seconds. Not safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._sessions: OrderedDict[bytes, _Session] = OrderedDict()

    def open(self, user: str, line: str, seconds: float, token: str | None = None) -> str:
        """Begin a session and give its token, a random one unless it is named."""
        token = token or secrets.token_urlsafe(32)
        self._sessions.pop(key_of(token), None)
        self._make_room(user)
        self._sessions[key_of(token)] = _Session(user, line, self._clock() + seconds)
        while len(self._sessions) > MOST:
            self._sessions.popitem(last=False)
        return token

    def user(self, token: str, lines: Mapping[str, str]) -> str | None:
        """Say whose a token is; None when it is nobody's, has ended, or the password was changed."""
        session = self._sessions.get(key_of(token))
        if session is None:
            return None
        if session.ends <= self._clock() or lines.get(session.user) != session.line:
            self.close(token)
            return None
        return session.user

    def close(self, token: str) -> None:
        """End a session, if there is one."""
        self._sessions.pop(key_of(token), None)

    def _make_room(self, user: str) -> None:
        """End a user's oldest sessions, so that whoever logs in over and over pushes out nobody else."""
        own = [key for key, session in self._sessions.items() if session.user == user]
        own.sort(key=lambda key: self._sessions[key].ends > self._clock())  # those that have ended go first
        for key in own[: max(0, len(own) - MOST_OF_USER + 1)]:
            del self._sessions[key]


def key_of(token: str) -> bytes:
    """What stands for a token where it is kept; from it the token cannot be had.

    Tokens are looked up by it, so that how long that takes says nothing about them.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
