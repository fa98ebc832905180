"""The trained cross-encoder as the package carries it: ONNX, 8 bits, a card with its hash."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from safetensors.numpy import load_file

from assistant.choosing.cross_encoder import Pair, joined
from benchmarks.public import wikiqa
from index.embedder import bundled_tokenizer, file_hash
from training.bert_graph import build_reader
from training.forms import Array, EightBit, Exact
from training.groups import judged

OUT = Path(__file__).parent.parent / "assistant" / "choosing"
# What the model learnt from, under the folder of the public data.
LEARNT_FROM = (
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
    "fa-kes/FA-KES-Dataset.csv",  # the names that are exchanged for others
)
# How far its log-odds may lie from those in 32 bits, on average over so many pairs it was taught with.
_FURTHEST = 0.15
_COMPARED = 400


class NotAlike(Exception):
    """In 8 bits it says something else than in 32."""


def weights_of(trained: Path) -> dict[str, Array]:
    """The weights that `fit_cross_encoder` saved, named as `build_reader` looks for them."""
    held: Mapping[str, Array] = load_file(trained / "model.safetensors")
    return {name.removeprefix("bert."): weight for name, weight in held.items()}


def package(trained: Path, data: Path, out: Path = OUT) -> float:
    """Write both files of the package; returns how far the 8 bits are off. Raises NotAlike, and leaves what was."""
    weights = weights_of(trained)
    model = build_reader(weights, EightBit({}))
    pairs = taught(data)
    off = float(np.abs(logits(model, pairs) - logits(build_reader(weights, Exact()), pairs)).mean())
    if not off <= _FURTHEST:
        raise NotAlike(f"in 8 bits the log-odds are {off:.3f} off on average, more than {_FURTHEST}")
    written = model.SerializeToString(deterministic=True)
    (out / "cross_encoder.onnx").write_bytes(written)
    card = {
        "about": "all-MiniLM-L6-v2, fine-tuned by training/fit_cross_encoder.py; see docs/cross_encoder.md",
        "sha256": hashlib.sha256(written).hexdigest(),
        "made_from": {"model.safetensors": file_hash(trained / "model.safetensors")},
        "mean difference to 32 bits": round(off, 4),
        "learnt_from": {name: file_hash(data / name) for name in LEARNT_FROM},
    }
    (out / "cross_encoder.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    return off


def taught(data: Path) -> list[Pair]:
    """Some of the pairs that it was taught with."""
    groups = judged(wikiqa(data), random.Random(0))  # noqa: S311 - not for secrets
    return [pair_of(group.question, text) for group in groups for text in group.texts][:_COMPARED]


def pair_of(question: str, text: str) -> Pair:
    """A pair of texts as the model reads it."""
    encode = bundled_tokenizer().encode
    asked, given = (encode(words, add_special_tokens=False).ids for words in (question, text))
    return joined(asked, given)


def logits(model: onnx.ModelProto, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """What a model says of each pair: shape (pairs,)."""
    session = InferenceSession(model.SerializeToString())
    given = ({"ids": np.array(pair.ids), "kinds": np.array(pair.kinds)} for pair in pairs)
    return np.array([session.run(["logit"], values)[0].item() for values in given], dtype=np.float32)


if __name__ == "__main__":
    try:
        print(f"{package(Path(sys.argv[1]), Path(sys.argv[2])):.4f}")
    except NotAlike as error:
        sys.exit(str(error))
