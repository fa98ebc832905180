"""What is installed is known by its hash where it is locked, and listed."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from supply.lock import RUN, TOOLS
from supply.lock import main as lock
from supply.sbom import OWN, bill, closure, locked_hashes

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"([\w.-]+)==(\S+)(?: --hash=sha256:[0-9a-f]{64})?")
BUILDS = {"setuptools"}  # what On Record itself is built with
LOCKED_HERE = (platform.system(), platform.machine(), sys.version_info[:2]) == ("Linux", "x86_64", (3, 11))


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = [PIN.fullmatch(line) for line in lines if line[:1] not in {"#", "-"}]
    return {canonicalize_name(m[1]): m[2] for m in found if m}


def test_the_locks_have_the_versions_that_were_tested_each_with_its_hash() -> None:
    locked, constrained = pins(RUN) | pins(TOOLS), pins("constraints.txt")
    assert not pins(RUN).keys() & pins(TOOLS).keys()
    assert {name: constrained.get(name) for name in locked} == locked
    assert locked.keys() == (locked_hashes(ROOT / RUN) | locked_hashes(ROOT / TOOLS)).keys()


@pytest.mark.skipif(not LOCKED_HERE, reason="the locks are for Linux on x86-64 with Python 3.11")
def test_all_that_is_needed_is_locked() -> None:
    locked, needed = pins(RUN), closure(OWN)
    assert needed.keys() - {OWN} | BUILDS == locked.keys()
    assert all(needed[name].version.partition("+")[0] == locked[name] for name in locked.keys() - BUILDS)
    assert closure(OWN, "dev").keys() - {OWN} == locked.keys() | pins(TOOLS).keys()


def report(path: Path, *packages: tuple[str, str, str]) -> Path:
    """A report of pip: the package itself, then others by name, version and hash."""
    own = {"metadata": {"name": OWN, "version": "1"}, "download_info": {"dir_info": {}}}
    others = [
        {
            "metadata": {"name": name, "version": version},
            "download_info": {"archive_info": {"hashes": {"sha256": digest} if digest else {}}},
        }
        for name, version, digest in packages
    ]
    path.write_text(json.dumps({"install": [own, *others]}), "utf-8")
    return path


def test_a_lock_has_what_pip_chose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = (("Beta_b", "2.0+cpu", "b" * 64), ("alpha", "1", "a" * 64))
    lock(report(tmp_path / "run", *run), report(tmp_path / "dev", *run, ("gamma", "3", "c" * 64)))
    written = [(tmp_path / name).read_text("utf-8").splitlines()[2:] for name in (RUN, TOOLS)]
    assert written[0] == [f"alpha==1 --hash=sha256:{'a' * 64}", f"Beta_b==2.0 --hash=sha256:{'b' * 64}"]
    assert written[1] == [f"--requirement {RUN}", f"gamma==3 --hash=sha256:{'c' * 64}"]
    with pytest.raises(ValueError, match="delta 4 has no SHA-256"):
        lock(report(tmp_path / "run", ("delta", "4", "")), report(tmp_path / "dev"))


@pytest.mark.slow
def test_pip_refuses_a_file_of_another_hash(tmp_path: Path) -> None:
    wheel = tmp_path / "tampered-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tampered.py", "")
        archive.writestr(
            "tampered-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: tampered\nVersion: 1\n"
        )
        archive.writestr("tampered-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("tampered-1.dist-info/RECORD", "")
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()

    def install(digest: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "lock").write_text(f"tampered==1 --hash=sha256:{digest}\n", "utf-8")
        pip = [shutil.which("python3") or sys.executable, "-m", "pip", "install", "--isolated", "--no-index"]
        options = ["--require-hashes", "--no-deps", "--find-links", ".", "--target", digest]
        command = [*pip, *options, "--requirement", "lock"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    refused = install("0" * 64)
    if "No module named pip" in refused.stderr:
        pytest.skip("there is no pip")
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert install(right).returncode == 0


@pytest.mark.parametrize("locked", [True, False])
def test_what_make_installs(tmp_path: Path, locked: bool) -> None:
    if shutil.which("make") is None:
        pytest.skip("there is no make")
    for name in ("Makefile", "pyproject.toml", "constraints.txt", RUN, TOOLS):
        shutil.copy(ROOT / name, tmp_path)
    command = ["make", "-n", ".venv/installed-dev", f"LOCKED={'yes' * locked}"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    installs = [one for line in told.splitlines() for one in line.split("&&") if " install " in one]
    assert len(installs) == (4 if locked else 2)
    assert all(("--require-hashes" in one) != ("--no-index" in one) for one in installs if locked)
    assert all("--constraint constraints.txt" in one for one in installs if not locked)


def test_the_bill_of_materials_lists_what_is_needed() -> None:
    listed = bill(locked_hashes(ROOT / RUN))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["component"]["name"] == OWN
    parts = {part["name"]: part for part in listed["components"]}
    assert {canonicalize_name(name) for name in parts} == closure(OWN).keys() - {OWN}
    assert parts["tantivy"]["purl"] == f"pkg:pypi/tantivy@{parts['tantivy']['version']}"
    assert "pytest" not in parts
    refs = {part["bom-ref"] for part in (*listed["components"], listed["metadata"]["component"])}
    assert {one["ref"] for one in listed["dependencies"]} == refs
    assert all(set(one["dependsOn"]) <= refs for one in listed["dependencies"])
    json.dumps(listed)
