"""How fast the compiled model encodes beside sentence-transformers, and what its vectors are worth.

    python -m benchmarks.encode ../shared/data [--texts 256] [--rounds 5] [--out FILE.json]

Speed: paragraphs of SQuAD 2.0's part cut to about 82 words, the passages' length, encoded by each form in
turn, again and again: compare figures of one run. Worth: nDCG@10 of the right paragraph by the cosine
alone, over every answerable question, each paragraph under its article's title.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.public import squad
from benchmarks.timing import Took, machine, summary, table, timed
from index.models.by_name import model_named
from index.models.embedder import Embedder, SentenceTransformerEmbedder, Vectors, bundled_model

_WORDS = 82
_DEFAULT = "sentence-transformers, its default"
Encode = Callable[[Sequence[str]], object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure speed, then worth, and print both."""
    parser = argparse.ArgumentParser(prog="benchmarks.encode", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("--texts", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-worth", action="store_true", help="measure speed alone")
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    asked = parser.parse_args(arguments)
    compiled, reference = model_named(), SentenceTransformerEmbedder()
    forms: dict[str, Encode] = {
        _DEFAULT: _default(),
        "sentence-transformers, with word pieces": reference.embed_passages,
        "compiled, with word pieces": compiled.embed_passages,
    }
    figures = speeds(forms, passages(asked.data, asked.texts), asked.rounds)
    if not asked.no_worth:
        for name, embedder in (("sentence-transformers", reference), ("compiled", compiled)):
            figures[f"{name}: worth"] = {"nDCG@10": worth(asked.data, embedder)}
    print("\n".join(table(figures)))
    print(json.dumps(machine()))
    if asked.out:
        asked.out.write_text(json.dumps({"machine": machine(), "figures": figures}, indent=1) + "\n", "utf-8")
    return 0


def _default() -> Encode:
    from sentence_transformers import SentenceTransformer

    model: Any = SentenceTransformer(str(bundled_model()), device="cpu")
    return lambda texts: model.encode(list(texts), show_progress_bar=False)


def passages(data: Path, count: int) -> list[str]:
    """Texts of the passages' length: every paragraph's words, 82 at a time."""
    words = (record["text"].split() for record in squad(data).records)
    cut = [" ".join(some[i : i + _WORDS]) for some in words for i in range(0, len(some), _WORDS)]
    return cut[:: max(1, len(cut) // count)][:count]


def speeds(forms: Mapping[str, Encode], texts: Sequence[str], rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds a text by each form, and how many times as fast as the first it is, by both kinds of time."""
    took: dict[str, list[Took]] = {name: [] for name in forms}
    for encode in forms.values():
        encode(texts[:8])
    for number in range(rounds):
        for name, encode in forms.items():
            took[name].append(timed(lambda encode=encode: encode(texts)))  # type: ignore[misc]
        sys.stderr.write(f"{number + 1}/{rounds}\n")
    each = {name: {k: 1000 * v / len(texts) for k, v in summary(t).items()} for name, t in took.items()}
    first = next(iter(each.values()))
    return {
        name: {
            **{f"{k}, ms": round(v, 3) for k, v in row.items()},
            **{f"faster, {k}": round(first[k] / v, 2) for k, v in row.items()},
        }
        for name, row in each.items()
    }


def worth(data: Path, embedder: Embedder) -> float:
    """nDCG@10 of the paragraph that answers, by cosine, over the answerable questions."""
    found = squad(data)
    numbers = {f"squad.jsonl#{n}": n - 1 for n in range(1, len(found.records) + 1)}
    asked = [q for q in found.asked if q.answers]
    held = _vectors(embedder, [f"{r['title']}\n{r['text']}" for r in found.records])
    questions = _vectors(embedder, [q.question for q in asked])
    right = np.array([numbers[q.place] for q in asked])
    return round(float(ndcg(questions @ held.T, right).mean()), 4)


def _vectors(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = np.zeros((len(texts), 384), np.float32)
    for first in range(0, len(order), 64):
        some = order[first : first + 64]
        vectors[some] = [e.vector for e in embedder.embed_passages([texts[i] for i in some])]
    return vectors


def ndcg(scores: NDArray[np.float32], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """nDCG@10 of each row of scores, (questions, texts), where one text is right; ties count against it."""
    own = scores[np.arange(len(right)), right][:, None]
    rank = (scores >= own).sum(axis=1)
    return np.where(rank <= 10, 1 / np.log2(rank + 1.0), 0.0)


if __name__ == "__main__":
    sys.exit(main())
