"""The question encoder as the package carries it: ONNX, 8 bits, a card with its hash.

    python -m training.question_encoder.export WEIGHTS

In 8 bits it must give nearly what it gives in 32, or nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch

from index.models.compiled import QUESTIONS
from index.models.embedder import Vectors, bundled_tokenizer, file_hash
from index.models.runtime import open_session
from training.bert_graph import Weights, build
from training.export_embedder import NotAlike
from training.forms import Array, EightBit, Exact
from training.news.stories import FOLDER, archives
from training.smoothing import smoothing

OUT = Path(__file__).parents[2] / "index" / "models"
# The least mean cosine of a question's vectors in 8 and in 32 bits.
LEAST = 0.995
_EVENED, _COMPARED = 300, 200  # questions


def package(trained: Path, out: Path = OUT) -> float:
    """Write both files of the package; returns the mean cosine to 32 bits. Raises NotAlike, and leaves what was."""
    weights = weights_of(trained)
    questions = some_questions()
    feeds = [feed(question) for question in questions[:_EVENED]]
    evened = smoothing(build(weights, Exact(tapped=True)), weights, feeds)
    model = build(weights, EightBit(evened))
    compared = questions[_EVENED : _EVENED + _COMPARED]
    pairs = zip(vectors(model, compared), vectors(build(weights, Exact()), compared), strict=True)
    alike = float(np.mean([a @ b for a, b in pairs]))
    if not alike >= LEAST:
        raise NotAlike(f"in 8 bits the cosine to 32 bits is {alike:.4f} on average, less than {LEAST}")
    written = model.SerializeToString(deterministic=True)
    (out / f"{QUESTIONS}.onnx").write_bytes(written)
    card = {
        "about": "all-MiniLM-L6-v2, fine-tuned by training/question_encoder/fit.py; see docs/encoding.md",
        "sha256": hashlib.sha256(written).hexdigest(),
        "made_from": {"weights": file_hash(trained)},
        "mean cosine to 32 bits": round(alike, 5),
        "learnt_from": {
            f"training/news/{path.name}": file_hash(path) for path in sorted(FOLDER.glob("*.txt"))
        },
    }
    (out / f"{QUESTIONS}.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    return alike


def weights_of(trained: Path) -> Weights:
    """The weights that `fit` wrote."""
    state = torch.load(trained, weights_only=True)
    return {name: weight.float().numpy() for name, weight in state.items() if weight.is_floating_point()}


def some_questions() -> list[str]:
    """Questions of the stories, in a fixed order."""
    every = [q.text for stories in archives().values() for story in stories for q in story.questions]
    step = max(1, len(every) // (_EVENED + _COMPARED))
    return every[::step]


def feed(question: str) -> dict[str, Array]:
    """The model's input."""
    return {"ids": np.array(bundled_tokenizer().encode(question).ids, np.int64)}


def vectors(model: onnx.ModelProto, questions: Sequence[str]) -> Vectors:
    """Vectors of unit length: shape (questions, dimensions)."""
    session = open_session(model.SerializeToString())
    means = np.array([session.run(["vectors"], feed(question))[0].mean(axis=0) for question in questions])
    made: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return made


if __name__ == "__main__":
    try:
        print(f"{package(Path(sys.argv[1])):.5f}")
    except NotAlike as error:
        sys.exit(str(error))
