"""Prints a bill of materials of the installed packages that On Record needs: CycloneDX 1.6, as JSON.

Names, versions and licences are what the packages' own metadata says; nothing is looked up. Hashes are those of
the lock file, for packages that stand in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from supply.lock import RUN

OWN = "onrecord"
_LOCKED = re.compile(r"([\w.-]+)==(\S+) --hash=sha256:([0-9a-f]{64})")


def bill(locked: Mapping[str, str]) -> dict[str, Any]:
    """The bill of materials; `locked` are SHA-256s by canonical name. Raises PackageNotFoundError without On Record."""
    found = dict(sorted(closure(OWN).items()))
    own = found.pop(OWN)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component(own, {})},
        "components": [_component(one, locked) for one in found.values()],
        "dependencies": [_dependency(one, found) for one in (own, *found.values())],
    }


def closure(name: str, *extras: str) -> dict[str, Distribution]:
    """The installed packages that one needs, and all that these need, by canonical name; itself among them."""
    found: dict[str, Distribution] = {canonicalize_name(name): distribution(name)}
    waiting: list[tuple[str, frozenset[str]]] = [(canonicalize_name(name), frozenset({"", *extras}))]
    seen = set(waiting)
    while waiting:
        of, asked = waiting.pop()
        for needed in _requirements(found[of], asked):
            key = (canonicalize_name(needed.name), frozenset({"", *needed.extras}))
            try:
                found.setdefault(key[0], distribution(needed.name))
            except PackageNotFoundError:
                continue  # pip would have installed it, were it needed here
            if key not in seen:
                seen.add(key)
                waiting.append(key)
    return found


def locked_hashes(path: Path) -> dict[str, str]:
    """The SHA-256 of each package of a lock file, by canonical name."""
    return {canonicalize_name(m[1]): m[3] for m in _LOCKED.finditer(path.read_text("utf-8"))}


def _requirements(package: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for text in package.requires or ():
        needed = Requirement(text)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
            yield needed


def _dependency(package: Distribution, found: Mapping[str, Distribution]) -> dict[str, Any]:
    needed = {canonicalize_name(needed.name) for needed in _requirements(package, frozenset({""}))}
    return {
        "ref": _purl(package),
        "dependsOn": sorted(_purl(found[name]) for name in needed if name in found),
    }


def _component(package: Distribution, locked: Mapping[str, str]) -> dict[str, Any]:
    name = canonicalize_name(package.name)
    stated = package.metadata.json.get("license_expression")
    licences = {"licenses": [{"expression": stated}]} if stated else {}
    hashes = {"hashes": [{"alg": "SHA-256", "content": locked[name]}]} if name in locked else {}
    kind = "application" if name == OWN else "library"
    return {"type": kind, "bom-ref": _purl(package), "name": package.name, "version": package.version,
            "purl": _purl(package), **licences, **hashes}  # fmt: skip


def _purl(package: Distribution) -> str:
    return f"pkg:pypi/{canonicalize_name(package.name)}@{package.version.replace('+', '%2B')}"


if __name__ == "__main__":
    print(json.dumps(bill(locked_hashes(Path(RUN))), indent=2))
