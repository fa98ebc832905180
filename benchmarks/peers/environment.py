"""Runs a peer on a job in the environment that `make peers` made; what it found before is kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.peers.contract import Job, Result
from index.models.embedder import bundled_model

# Those that join words and vectors, as On Record does; `run_langchain` has vectors alone.
PEERS = ("txtai", "haystack")
HOME = Path(".onrecord/peers")
_HERE = Path(__file__).parent
# Nothing is fetched and nothing is told to anyone while a peer runs.
_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
}


class PeersMissing(RuntimeError):
    """The peers' environment isn't there or isn't the one that is written down."""


def ask_peer(peer: str, job: Job, *, fresh: bool = False) -> Result:
    """Let a peer do a job with On Record's own model; the same job is done once, unless `fresh`.

    Raises PeersMissing, and CalledProcessError when the peer fails.
    """
    kept = HOME / "results" / f"{peer}-{_digest(peer, job)}.json"
    if fresh or not kept.exists():
        result = _run(peer, job)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(result, "utf-8")
    return Result.from_json(kept.read_text("utf-8"))


def python() -> Path:
    """The peers' interpreter; raises PeersMissing when it isn't installed as requirements.txt says."""
    installed = HOME / ".venv" / "installed"
    wanted = (_HERE / "requirements.txt").stat().st_mtime
    if not installed.exists() or installed.stat().st_mtime < wanted:
        raise PeersMissing(
            "the peers are not installed as benchmarks/peers/requirements.txt says; run: make peers"
        )
    return (HOME / ".venv" / "bin" / "python").absolute()


def _run(peer: str, job: Job) -> str:
    with tempfile.TemporaryDirectory() as folder:
        asked, found = Path(folder) / "job.json", Path(folder) / "result.json"
        asked.write_text(job.to_json(), "utf-8")
        module = f"benchmarks.peers.run_{peer}"
        command = [str(python()), "-m", module, str(asked), str(bundled_model()), str(found)]
        subprocess.run(  # noqa: S603 - our own runner, without a shell
            command, check=True, cwd=_HERE.parents[1], env={**os.environ, **_QUIET}, stdout=subprocess.DEVNULL
        )
        return found.read_text("utf-8")


def _digest(peer: str, job: Job) -> str:
    """Names all that a result depends on: the job, the runner and the versions installed."""
    sources = ("contract.py", f"run_{peer}.py", "requirements.txt")
    parts = [job.to_json().encode(), *((_HERE / name).read_bytes() for name in sources)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
