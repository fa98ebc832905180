"""The trained reader as the package carries it: ONNX, 8 bits, a card with its hash.

python -m training.reader.export TRAINED.pt DATA
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch

from assistant.selection.reader.encoding import Encoding, encode
from index.models.embedder import file_hash
from index.models.runtime import open_session
from training.bert_graph import build_reader
from training.forms import Array, EightBit, Exact
from training.news.stories import FOLDER, archives
from training.reader.examples import Example
from training.reader.from_news import news
from training.smoothing import smoothing

OUT = Path(__file__).parents[2] / "assistant" / "selection" / "reader"
# How far its log-odds may lie from those in 32 bits, on average over the windows compared.
FURTHEST = 0.25
_EVENED, _COMPARED = 300, 300  # windows that the divisors are read off, and others that are compared
# What it learnt from, under the folder of the public data; the stories are the project's own.
LEARNT_FROM = (
    "reader/squadshifts_new_wiki.json.gz",
    "reader/squadshifts_reddit.json.gz",
    "reader/squadshifts_amazon_reviews.json.gz",
    "reader/selqa_ass_dev.json.gz",
    "reader/selqa_ass_test.json.gz",
    "qa_pairs/squad_questions.txt",
    "qa_pairs/squad_sentences.txt",
    "qa_pairs/wikiqa/train_id.txt",
    "qa_pairs/wikiqa/train_a.toks",
    "qa_pairs/wikiqa/train_b.toks",
    "qa_pairs/wikiqa/train_sim.txt",
    "qa_pairs/trecqa/TRAIN.xml",
    "squad2_dev_part.json",
    "clapnq/annotated_data/dev/clapnq_dev_answerable.jsonl",
    "clapnq/annotated_data/dev/clapnq_dev_unanswerable.jsonl",
)


class NotAlike(Exception):
    """In 8 bits it says something else than in 32."""


def weights_of(trained: Path) -> dict[str, Array]:
    """The weights that `fit` saved, named as `build_reader` looks for them."""
    held: Mapping[str, torch.Tensor] = torch.load(trained, weights_only=True)
    return {name.removeprefix("bert."): weight.float().numpy() for name, weight in held.items()}


def package(trained: Path, data: Path, out: Path = OUT) -> float:
    """Write both files of the package; returns how far the 8 bits are off. Raises NotAlike, and leaves what was."""
    weights = weights_of(trained)
    windows = some_encodings()
    exact = build_reader(weights, Exact())
    divisors = smoothing(build_reader(weights, Exact(tapped=True)), weights, map(feed, windows[:_EVENED]))
    model = build_reader(weights, EightBit(divisors))
    off = difference(model, exact, windows[_EVENED : _EVENED + _COMPARED])
    if not off <= FURTHEST:
        raise NotAlike(f"in 8 bits the log-odds are {off:.3f} off on average, more than {FURTHEST}")
    written = model.SerializeToString(deterministic=True)
    (out / "reader.onnx").write_bytes(written)
    card = {
        "about": "all-MiniLM-L6-v2, fine-tuned by training/reader/fit.py; see docs/reader.md",
        "sha256": hashlib.sha256(written).hexdigest(),
        "made_from": {"weights": file_hash(trained)},
        "mean difference to 32 bits": round(off, 4),
        "learnt_from": {name: file_hash(data / name) for name in LEARNT_FROM}
        | {f"training/news/{path.name}": file_hash(path) for path in sorted(FOLDER.glob("*.txt"))},
    }
    (out / "reader.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    return off


def some_encodings() -> list[Encoding]:
    """Questions with windows of the stories, in a fixed order."""
    rng = random.Random(0)  # noqa: S311 - not for secrets
    first = dict(list(archives().items())[::4])
    examples: list[Example] = rng.sample(news(first, 1.0, rng), (_EVENED + _COMPARED) // 2)
    return [encode(e.question, window) for e in examples for window in e.windows[:2]]


def feed(encoding: Encoding) -> dict[str, Array]:
    """The model's inputs."""
    return {"ids": np.array(encoding.ids, np.int64), "kinds": np.array(encoding.kinds, np.int64)}


def difference(model: onnx.ModelProto, other: onnx.ModelProto, encodings: Sequence[Encoding]) -> float:
    """How far two models' scores at the marks are apart, on average."""
    pairs = zip(scores(model, encodings), scores(other, encodings), strict=True)
    return float(np.mean(np.concatenate([np.abs(a - b) for a, b in pairs])))


def scores(
    model: onnx.ModelProto, encodings: Sequence[Encoding], *, safe: bool | None = None
) -> Iterator[Array]:
    """The scores at each window's marks."""
    session = open_session(model.SerializeToString(), safe=safe)
    for encoding in encodings:
        (found,) = session.run(["scores"], feed(encoding))
        yield found[encoding.marks]


if __name__ == "__main__":
    try:
        print(f"{package(Path(sys.argv[1]), Path(sys.argv[2])):.4f}")
    except NotAlike as error:
        sys.exit(str(error))
