"""Whose a folder is: an index is written only into a folder that is empty, or that an index was made in before.

A folder that a user names by mistake, such as their own work, stays as it is.
"""

from __future__ import annotations

import json
from pathlib import Path

from index.errors import IndexFault
from index.files.disk import make_folder, sync
from index.generation.manifest import file_hash

MARKER = "onrecord-index.json"
_TEXT = '{"about": "An index of On Record, made by `onrecord index`. Nothing else belongs in this folder."}\n'


class NotAnIndex(IndexFault):
    """A folder holds something else than an index; nothing in it was touched."""


def claim(root: Path) -> None:
    """Make the folder, where it isn't there, and mark it as an index's; raises NotAnIndex, OSError.

    An index of a version that set no marker is known by what its CURRENT names.
    """
    make_folder(root.absolute())
    marker = root / MARKER
    if marker.is_file():
        return
    others = sorted(path.name for path in root.iterdir())
    if others and not _is_unmarked_index(root):
        raise NotAnIndex(
            f"{root} is no index of On Record and not empty (it holds {others[0]!r}); "
            "nothing in it was touched: name a new or an empty folder with --index"
        )
    # That it is there is all that counts; before anything else is.
    marker.write_text(_TEXT, "utf-8")
    sync(root)


def _is_unmarked_index(root: Path) -> bool:
    try:
        current = json.loads((root / "CURRENT").read_text("utf-8"))
        manifest = root / "generations" / current["generation"] / "manifest.json"
        return bool(file_hash(manifest) == current["manifest_sha256"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
