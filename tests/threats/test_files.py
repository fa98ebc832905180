"""What is too big, packed or no file at all is told without being opened or waited for."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.article import Article, Rejected
from corpus.formats import read as read_module
from corpus.formats.read import read_archive
from corpus.loading.files import MAX_BYTES, open_root, read_bytes
from tests.threats.cases import GOOD, REFUSED, Case
from tests.threats.conftest import Run
from tests.threats.process import NOBODY, ROOT, run_apart
from tests.threats.rows import row, rows
from tests.timing import within


def reasons(root: Path) -> dict[str, str]:
    return {item.path: item.reason for item in read_archive(root) if isinstance(item, Rejected)}


def no_bytes(data: bytes, encoding: str | None = None) -> str:
    raise AssertionError("bytes were read of a file that is too big")


# A text that is too long has to be read first.
BIG = [case for case in REFUSED if case.threat == "T05" and "characters" not in case.reason]


@pytest.mark.parametrize("case", [row("T05", f"at once, {case.name}", case) for case in BIG])
def test_what_is_too_big_is_refused_before_a_byte_is_read(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.make(tmp_path)
    monkeypatch.setattr(read_module, "decode", no_bytes)
    with within(1):
        assert reasons(tmp_path) == {case.path: case.reason}


@rows("T05", "a file that grows while it is read")
def test_a_file_longer_than_it_says_is_cut_off(case: str) -> None:
    status = Path("/proc/self/status")  # a regular file that says it has no bytes
    assert status.stat().st_size == 0
    with open_root(status) as root:
        with pytest.raises(ValueError, match="is too big: more than 100 bytes; split it"):
            read_bytes(root, "status", 100)
        assert read_bytes(root, "status", MAX_BYTES).startswith(b"Name:")


COUNTED = """
import hashlib, re, sys
from pathlib import Path
from corpus.formats.read import read_archive

ids = hashlib.sha256()
for number, article in enumerate(read_archive(Path(sys.argv[1])), start=1):
    ids.update(article.id.encode() + b"\\n")
(peak,) = re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(number, ids.hexdigest(), peak)
"""


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder in memory, where there is one, that is gone after the test."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.mark.slow
@rows("T06", "100,000 files of one line")
def test_a_hundred_thousand_files_are_read_in_order_and_in_little_memory(room: Path, case: str) -> None:
    paths = [f"{folder}/{number}.txt" for folder in range(100) for number in range(1000)]
    for folder in range(100):
        (room / str(folder)).mkdir()
        (room / str(folder) / "0.txt").write_text(GOOD, "utf-8")
    for path in reversed(paths):  # links cost a tenth of what files do
        if not path.endswith("/0.txt"):
            os.link(room / path.partition("/")[0] / "0.txt", room / path)
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, str(room)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    number, ids, kilobytes = done.stdout.split()
    assert (int(number), ids) == (
        100_000,
        hashlib.sha256("".join(f"{path}\n" for path in sorted(paths)).encode()).hexdigest(),
    )
    assert int(kilobytes) < 150_000


def _spied(monkeypatch: pytest.MonkeyPatch, before: Callable[[str], object] = lambda name: None) -> list[str]:
    """The names of the files opened from now on; `before` is told each, just before."""
    opened: list[str] = []
    really_open = os.open

    def spy(place: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        name = Path(place).name
        if not flags & os.O_DIRECTORY:
            opened.append(name)
            before(name)
        return really_open(place, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", spy)
    return opened


@rows("T07", "what is packed is never opened")
def test_packed_files_are_not_opened(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    names = ("b.zip", "c.txt.gz", "d.pdf", "e.tar", "f.docx", "g.epub", "h.7z")
    for name in names:
        with (tmp_path / name).open("wb") as file:
            file.truncate(200_000_000)
    opened = _spied(monkeypatch)
    with within(0.5):
        assert sorted(reasons(tmp_path)) == sorted(names)
    assert opened == ["a.txt"]


class Between:
    """Does something when a certain file is about to be opened, and tells what was read and refused."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self._monkeypatch = root, monkeypatch
        for name in ("a.txt", "b.txt", "c/x.txt", "d.txt"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(GOOD, "utf-8")

    def read(self, event: Callable[[], object]) -> tuple[list[str], dict[str, str]]:
        _spied(self._monkeypatch, lambda name: event() if name == "b.txt" else None)
        found = list(read_archive(self.root))
        read = [item.id for item in found if isinstance(item, Article)]
        return read, {item.path: item.reason for item in found if isinstance(item, Rejected)}


@pytest.fixture
def between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Between:
    return Between(tmp_path, monkeypatch)


VANISHED = "vanished while the archive was read"


@rows("T12", "a file that vanishes")
def test_what_vanishes_meanwhile_is_told(between: Between, case: str) -> None:
    read, refused = between.read((between.root / "b.txt").unlink)
    assert (read, refused) == (["a.txt", "c/x.txt", "d.txt"], {"b.txt": VANISHED})


@rows("T12", "a folder that vanishes")
def test_a_folder_that_vanishes_meanwhile_is_told(between: Between, case: str) -> None:
    def remove() -> None:
        (between.root / "c" / "x.txt").unlink()
        (between.root / "c").rmdir()

    read, refused = between.read(remove)
    assert (read, refused) == (["a.txt", "b.txt", "d.txt"], {"c/x.txt": VANISHED})


@rows("T12", "a link that takes a file's place")
def test_a_link_put_in_place_of_a_file_is_not_followed(between: Between, case: str) -> None:
    def swap() -> None:
        (between.root / "b.txt").unlink()
        (between.root / "b.txt").symlink_to("/etc/passwd")

    read, refused = between.read(swap)
    assert read == ["a.txt", "c/x.txt", "d.txt"]
    assert refused["b.txt"].startswith("is a link, and links are not followed")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        row("T12", "denied", errno.EACCES, "may not be read by you; change its permissions"),
        row("T12", "a bad disk", errno.EIO, "can't be read (Input/output error)"),
        row("T12", "no file left to open", errno.EMFILE, "can't be read (Too many open files)"),
    ],
)
def test_a_file_that_does_not_open_is_told_and_the_rest_is_read(
    between: Between, code: int, reason: str
) -> None:
    def fail() -> None:
        raise OSError(code, os.strerror(code))

    assert between.read(fail) == (["a.txt", "c/x.txt", "d.txt"], {"b.txt": reason})


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that any user may reach."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@rows("T12", "what may not be read")
def test_what_may_not_be_read_is_told_by_the_run_and_the_status(public: Path, case: str) -> None:
    for name in ("a.txt", "b.txt", "c/x.txt"):
        (public / "articles" / name).parent.mkdir(exist_ok=True)
        (public / "articles" / name).write_text(GOOD, "utf-8")
    (public / "articles" / "a.txt").chmod(0)
    (public / "articles" / "c").chmod(0)
    # Root may read everything; so the run gives its rights up.
    user = {"user": NOBODY} if os.geteuid() == 0 else {}
    done = run_apart("index", public / "articles", "--index", public / "index", **user)
    status = run_apart("status", "--index", public / "index", **user)
    (public / "articles" / "c").chmod(0o700)
    assert (done.returncode, done.stderr) == (0, "")
    for lines in (done.stdout.splitlines(), status.stdout.splitlines()):
        assert "  a.txt: may not be read by you; change its permissions" in lines
        assert "  c: is a folder that may not be read by you; change its permissions" in lines


@rows("T12", "a device")
def test_a_device_is_not_opened_for_reading(tmp_path: Path, case: str) -> None:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    try:
        os.mknod(tmp_path / "zero.txt", 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("A DEVICE WAS NOT TRIED: making one needs the right to (root with CAP_MKNOD)")
    with within(1):
        assert reasons(tmp_path)["zero.txt"] in {
            "is not a regular file",
            "may not be read by you; change its permissions",  # a file system mounted without devices
        }


@pytest.mark.parametrize(
    ("make", "words"),
    [
        row("T12", "an archive that is a pipe", os.mkfifo, "is neither a folder nor a file"),
        row("T12", "an archive that is a device", lambda p: p.symlink_to("/dev/zero"), "is neither a folder"),
        row("T12", "an archive that is a link to itself", lambda p: p.symlink_to(p), "check the path"),
        row("T12", "an archive that is not there", lambda p: None, "check the path"),
    ],
)
def test_an_archive_that_is_none_is_one_line(
    run: Run, tmp_path: Path, make: Callable[[Path], object], words: str
) -> None:
    make(tmp_path / "archive")
    with within(1):
        result = run("index", tmp_path / "archive", "--index", tmp_path / "index")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
