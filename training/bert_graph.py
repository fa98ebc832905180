"""The bundled BERT as an ONNX graph, built from its weights: to embed texts, or to read a question with a window.

One text at a time: nothing is padded, so that what comes out hangs on nothing but the text.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx

from training.forms import MICROSOFT, Array, Form, Graph

Weights = Mapping[str, Array]

LAYERS, HEADS, DIMENSIONS = 6, 12, 384
# What the model reads of a text, its two special word pieces counted.
LONGEST = 256
_EPSILON = 1e-12


def build(weights: Weights, form: Form) -> onnx.ModelProto:
    """The embedding model: `ids` of shape (pieces,) in, `vectors` of shape (pieces, 384) out."""
    graph = Graph()
    flow = _embedded(graph, weights, form)
    for number in range(LAYERS):
        flow = _layer(graph, weights, form, number, flow)
    vectors = graph.node("Squeeze", [flow, graph.constant("first", np.array([0]))], "vectors")
    return graph.model(["ids"], {vectors: ["pieces", DIMENSIONS]})


def build_reader(weights: Weights, form: Form) -> onnx.ModelProto:
    """The reader: `ids` and `kinds` (0: the question's, 1: the window's) of shape (pieces,) in.

    Out come `scores` of shape (pieces,), which count at the marks, and `ends` of shape (pieces, 2): where an answer
    begins and where it ends.
    """
    graph = Graph()
    flow = _embedded(graph, weights, form, kinds="kinds")
    for number in range(LAYERS):
        flow = _layer(graph, weights, form, number, flow)
    pieces = graph.node("Squeeze", [flow, graph.constant("first", np.array([0]))], "pieces")
    dense = graph.node("Tanh", [_head(graph, weights, "dense", pieces)], "dense.tanh")
    last = graph.constant("last", np.array([1]))
    scores = graph.node("Squeeze", [_head(graph, weights, "score", dense), last], "scores")
    ends = graph.node("Identity", [_head(graph, weights, "span", pieces)], "ends")
    return graph.model(["ids", "kinds"], {scores: ["pieces"], ends: ["pieces", 2]})


def _head(graph: Graph, weights: Weights, name: str, given: str) -> str:
    """A small multiplication, in 32 bits."""
    weight = graph.constant(f"{name}.weight", weights[f"{name}.weight"].T)
    product = graph.node("MatMul", [given, weight], f"{name}.product")
    return graph.node(
        "Add", [product, graph.constant(f"{name}.bias", weights[f"{name}.bias"])], f"{name}.out"
    )


def linears(weights: Weights) -> dict[str, tuple[Array, Array]]:
    """Every multiplication by its name: its weight of shape (outputs, inputs) and its bias."""
    found: dict[str, tuple[Array, Array]] = {}
    for number in range(LAYERS):
        at = f"encoder.layer.{number}."
        parts = [f"{at}attention.self.{part}." for part in ("query", "key", "value")]
        found[f"{number}.asked"] = (
            np.concatenate([weights[f"{part}weight"] for part in parts]),
            np.concatenate([weights[f"{part}bias"] for part in parts]),
        )
        for name, place in (
            ("joined", "attention.output.dense"),
            ("wide", "intermediate.dense"),
            ("narrow", "output.dense"),
        ):
            found[f"{number}.{name}"] = (weights[f"{at}{place}.weight"], weights[f"{at}{place}.bias"])
    return found


def _embedded(graph: Graph, weights: Weights, form: Form, kinds: str = "") -> str:
    """Word pieces at their places; without an input that tells their kinds all are of the first one."""
    words = form.words(graph, weights["embeddings.word_embeddings.weight"])
    first, second = weights["embeddings.token_type_embeddings.weight"]
    table = graph.constant("places", weights["embeddings.position_embeddings.weight"][:LONGEST] + first)
    zero = graph.constant("zero", np.array([0]))
    length = graph.node("Shape", ["ids"], "length")
    places = graph.node("Slice", [table, zero, length, zero], "places.found")
    summed = graph.node("Add", [words, places], "summed")
    if kinds:
        further = graph.constant("kind", np.stack([np.zeros_like(first), second - first]))
        kind = graph.node("Gather", [further, kinds], "kind.found")
        summed = graph.node("Add", [summed, kind], "summed.kind")
    text = graph.node("Unsqueeze", [summed, zero], "text")
    return _normalised(graph, weights, "embeddings.LayerNorm", text, "start")


def _layer(graph: Graph, weights: Weights, form: Form, number: int, flow: str) -> str:
    at, parts = f"encoder.layer.{number}.", linears(weights)

    def linear(name: str, given: str, of: str = "") -> str:
        return form.linear(graph, f"{number}.{name}", given, *parts[f"{number}.{name}"], of)

    def forward(given: str, of: str = "") -> str:
        wide = graph.node("Gelu", [linear("wide", given, of)], f"{number}.gelu{of}", domain=MICROSOFT)
        return linear("narrow", wide, of)

    asked = [f"{number}.{part}" for part in ("query", "key", "value")]
    graph.node("Split", [linear("asked", flow)], *asked, axis=-1, num_outputs=3)
    seen = graph.node("MultiHeadAttention", asked, f"{number}.seen", domain=MICROSOFT, num_heads=HEADS)
    summed = graph.node("Add", [linear("joined", seen), flow], f"{number}.attended.sum")
    attended = _normalised(graph, weights, f"{at}attention.output.LayerNorm", summed, f"{number}.attended")
    if form.apart:
        first, others = _parted(graph, attended)
        both = [forward(first, ".first"), forward(others, ".others")]
        forwarded = graph.node("Concat", both, f"{number}.forwarded", axis=1)
    else:
        forwarded = forward(attended)
    summed = graph.node("Add", [forwarded, attended], f"{number}.out.sum")
    return _normalised(graph, weights, f"{at}output.LayerNorm", summed, f"{number}.out")


def _parted(graph: Graph, flow: str) -> tuple[str, str]:
    """The first word piece, and all others."""
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    end = graph.constant("end", np.array([LONGEST]))
    first = graph.node("Slice", [flow, zero, one, one], f"{flow}.first")
    return first, graph.node("Slice", [flow, one, end, one], f"{flow}.others")


def _normalised(graph: Graph, weights: Weights, place: str, given: str, out: str) -> str:
    scale = graph.constant(f"{out}.scale", weights[f"{place}.weight"])
    shift = graph.constant(f"{out}.shift", weights[f"{place}.bias"])
    return graph.node("LayerNormalization", [given, scale, shift], out, epsilon=_EPSILON, axis=-1)
