"""Puts the packages under `onrecord` in a wheel, so that a user's own `index.py` or `corpus/` is not mistaken for them.

In the repository and in an editable installation they stay `assistant`, `corpus` and `index`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PACKAGE, INNER = "onrecord", ("assistant", "corpus", "index")
_NAMES = "|".join(INNER)
# An import at the start of a line, and a module that is named in quotes to be imported when it is needed.
_IMPORT = re.compile(rf"^( *(?:from|import) )({_NAMES})(?=[. ])", re.MULTILINE)
_QUOTED = re.compile(rf'"({_NAMES})\.(?=[\w.]+",?$)', re.MULTILINE)


class BuildUnderOnePackage(build_py):  # type: ignore[misc]  # setuptools has no types
    """Copies the packages as setuptools does, then moves them under `onrecord` and changes their imports."""

    def run(self) -> None:
        """Build; an editable installation is left as it is."""
        super().run()
        if self.editable_mode:
            return
        built = Path(self.build_lib)
        for name in INNER:
            shutil.rmtree(built / PACKAGE / name, ignore_errors=True)
            shutil.move(built / name, built / PACKAGE / name)
        for path in (built / PACKAGE).rglob("*.py"):
            path.write_text(renamed(path.read_text("utf-8")), "utf-8")


def renamed(code: str) -> str:
    """The code with each import of `assistant`, `corpus` and `index` as one of `onrecord.assistant` and so on."""
    return _QUOTED.sub(rf'"{PACKAGE}.\1.', _IMPORT.sub(rf"\1{PACKAGE}.\2", code))


if __name__ == "__main__":
    setup(cmdclass={"build_py": BuildUnderOnePackage})
