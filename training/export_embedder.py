"""The bundled embedding model as the package carries it: ONNX, 8 bits, a card with its hash.

    python -m training.export_embedder

Nothing is learnt and nothing is fetched: the weights are those of the packaged model, and what evens
out its channels is read off the sample archive. The result must agree with sentence-transformers, or
nothing is written; docs/encoding.md says what it was chosen over.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.article import Article
from corpus.formats.read import read_archive
from corpus.segmentation.passages import split_passages
from corpus.segmentation.sentences import split_sentences
from index.build.build import PASSAGE_PIECES
from index.models.compiled import PASSAGES, CompiledEmbedder
from index.models.embedder import Embedder, SentenceTransformerEmbedder, bundled_model, file_hash
from training.bert_graph import LONGEST, build
from training.forms import Array, EightBit, Exact
from training.smoothing import smoothing

MODEL, CARD = f"{PASSAGES}.onnx", f"{PASSAGES}.json"
OUT = Path(__file__).parents[1] / "index" / "models"
SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
# Compared with sentence-transformers: the least mean and the least of all cosines of whole texts and of
# word pieces, and how much of the first ten of each ranking must be the same.
FLOORS = {"texts": 0.9985, "least text": 0.995, "pieces": 0.998, "least piece": 0.97, "first ten": 0.95}


class NotAlike(Exception):
    """The compiled form does not give what sentence-transformers gives."""


def package(out: Path = OUT) -> dict[str, float]:
    """Write both files of the package; returns how well they agree. Raises NotAlike, and leaves what was."""
    passages, sentences = sample_texts()
    weights = load_file(bundled_model() / "model.safetensors")
    tapped = build(weights, Exact(tapped=True))
    model = build(weights, EightBit(smoothing(tapped, weights, _feeds([*passages, *sentences]))))
    data = model.SerializeToString(deterministic=True)
    card = {
        "about": "all-MiniLM-L6-v2 in 8 bits, made by training/export_embedder.py; see docs/encoding.md",
        "sha256": hashlib.sha256(data).hexdigest(),
        "made_from": {"model.safetensors": file_hash(bundled_model() / "model.safetensors")},
    }
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder)
        (draft / MODEL).write_bytes(data)
        (draft / CARD).write_text(json.dumps(card), "utf-8")
        found = agreement(CompiledEmbedder(draft), SentenceTransformerEmbedder(), passages, sentences)
    check(found)
    (out / MODEL).write_bytes(data)
    (out / CARD).write_text(json.dumps({**card, "agreement": found}, indent=1) + "\n", "utf-8")
    return found


def sample_texts() -> tuple[list[str], list[str]]:
    """Passages of the sample archive, and its sentences."""
    embedder = SentenceTransformerEmbedder()
    passages: list[str] = []
    sentences: list[str] = []
    for article in read_archive(SAMPLE / "articles"):
        if isinstance(article, Article):
            cut = split_sentences(article.text, article.body_start, article.title)
            made = split_passages(article, cut, lambda text: len(embedder.piece_spans(text)), PASSAGE_PIECES)
            passages += [passage.text for passage in made]
            sentences += [article.text[sentence.start : sentence.end] for sentence in cut]
    return passages, sentences


def _feeds(texts: Sequence[str]) -> Iterator[dict[str, Array]]:
    tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return ({"ids": np.array(encoding.ids)} for encoding in tokenizer.encode_batch(list(texts)))


def agreement(
    compiled: Embedder, reference: Embedder, passages: Sequence[str], queries: Sequence[str]
) -> dict[str, float]:
    """How well one embedder stands for another: cosines, and the share of each first ten in common."""
    texts = [*passages, *queries]
    ours, theirs = compiled.embed_passages(texts), reference.embed_passages(texts)
    whole = np.array([float(a.vector @ b.vector) for a, b in zip(ours, theirs, strict=True)])
    pieces = np.concatenate([(a.pieces * b.pieces).sum(axis=1) for a, b in zip(ours, theirs, strict=True)])
    ranked = [_first_ten(np.stack([e.vector for e in made]), len(passages)) for made in (ours, theirs)]
    common = [len({*a} & {*b}) / len(a) for a, b in zip(*ranked, strict=True)]
    found = {
        "texts": whole.mean(), "least text": whole.min(), "pieces": pieces.mean(), "least piece": pieces.min(),
        "first ten": np.mean(common),
    }  # fmt: skip
    return {name: round(float(value), 5) for name, value in found.items()}


def _first_ten(vectors: Array, passages: int) -> NDArray[np.int64]:
    near = vectors[passages:] @ vectors[:passages].T
    found: NDArray[np.int64] = np.argsort(-near, axis=1)[:, :10]
    return found


def check(found: Mapping[str, float]) -> None:
    """Raise NotAlike where a figure is under its floor, or is none."""
    low = [f"{name} {found[name]} < {floor}" for name, floor in FLOORS.items() if not found[name] >= floor]
    if low:
        raise NotAlike(f"the compiled form differs too much from sentence-transformers: {', '.join(low)}")


if __name__ == "__main__":
    try:
        print(json.dumps(package(), indent=1))
    except NotAlike as error:
        sys.exit(str(error))
