"""The bundled BERT as an ONNX graph, built from its published weights: exact, or in 8 bits.

One text at a time: `ids` of shape (pieces,) in, vectors of shape (pieces, 384) out. Nothing is padded, so
that a text's vectors hang on nothing but the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
Weights = Mapping[str, Array]

LAYERS, HEADS, DIMENSIONS = 6, 12, 384
# What the model reads of a text, its two special word pieces counted.
LONGEST = 256
# Operators of ONNX Runtime's own.
_MICROSOFT = "com.microsoft"
_EPSILON = 1e-12


class Graph:
    """Nodes and constants as they come."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.taps: list[str] = []
        self.used: set[str] = set()

    def constant(self, name: str, value: Array) -> str:
        """Keep a constant, once however often it is named; returns its name."""
        if any(held.name == name for held in self.constants):
            return name
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **settings: int | float
    ) -> str:
        """Add a node; returns its first output."""
        made: onnx.NodeProto = helper.make_node(kind, inputs, list(outputs), domain=domain)
        made.attribute.extend(helper.make_attribute(name, value) for name, value in sorted(settings.items()))
        self.nodes.append(made)
        return outputs[0]

    def model(self, output: str) -> onnx.ModelProto:
        """The whole as a model; every tap is a further output."""
        vectors = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["pieces", DIMENSIONS])
        taps = [helper.make_tensor_value_info(tap, TensorProto.FLOAT, None) for tap in self.taps]
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", [ids], [vectors, *taps], self.constants)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


class Form(Protocol):
    """How the large matrices are kept and multiplied.

    `apart` says whether the first word piece, [CLS], goes through the feed-forward layers by itself.
    """

    apart: bool

    def words(self, graph: Graph, table: Array) -> str:
        """Add the look-up of `ids` in the table of word pieces; returns its output."""

    def linear(self, graph: Graph, name: str, given: str, weight: Array, bias: Array, of: str = "") -> str:
        """Add `given` times the transposed weight, plus the bias; returns its output."""


class Exact:
    """As published, in 32 bits; with `tapped` each multiplication's input is an output too."""

    apart = False

    def __init__(self, *, tapped: bool = False) -> None:
        self._tapped = tapped

    def words(self, graph: Graph, table: Array) -> str:
        """Add the look-up of `ids`."""
        return graph.node("Gather", [graph.constant("words", table), "ids"], "words.found")

    def linear(self, graph: Graph, name: str, given: str, weight: Array, bias: Array, of: str = "") -> str:
        """Add a multiplication in 32 bits."""
        if self._tapped:
            graph.taps.append(graph.node("Identity", [given], f"{name}.given"))
        weights = graph.constant(f"{name}.weight", weight.T)
        product = graph.node("MatMul", [given, weights], f"{name}{of}.product")
        return graph.node("Add", [product, graph.constant(f"{name}.bias", bias)], f"{name}{of}.out")


class EightBit:
    """Weights in 8 bits, a scale to each output; what is multiplied is brought to 8 bits text by text.

    `smoothing` divides each multiplication's inputs, channel by channel, and multiplies its weights, so
    that a few large channels don't take the 8 bits of all others (SmoothQuant, Xiao et al. 2023). [CLS],
    whose numbers are up to six times those of all other word pieces, has 8 bits of its own.
    """

    apart = True

    def __init__(self, smoothing: Mapping[str, Array]) -> None:
        self._smoothing = smoothing

    def words(self, graph: Graph, table: Array) -> str:
        """Add the look-up of `ids` in a table of 8 bits, with a scale to each word piece."""
        quantised, scales = quantise(table)
        found = graph.node("Gather", [graph.constant("words", quantised), "ids"], "words.rows")
        scale = graph.node("Gather", [graph.constant("words.scale", scales[:, None]), "ids"], "words.scales")
        wide = graph.node("Cast", [found], "words.wide", to=TensorProto.FLOAT)
        return graph.node("Mul", [wide, scale], "words.found")

    def linear(self, graph: Graph, name: str, given: str, weight: Array, bias: Array, of: str = "") -> str:
        """Add a multiplication in 8 bits."""
        if name in self._smoothing:
            smooth = self._smoothing[name]
            divided = [given, graph.constant(f"{name}.smooth", 1 / smooth)]
            given = graph.node("Mul", divided, f"{name}{of}.even")
            weight = weight * smooth
        quantised, scales = quantise(weight)
        inputs = [
            given,
            _own(graph, graph.constant(f"{name}.weight", quantised.T), of),
            graph.constant(f"{name}.scale", scales),
            graph.constant(f"{name}{of}.zero", np.zeros(len(scales), np.int8)),
            graph.constant(f"{name}.bias", bias),
        ]
        return graph.node("DynamicQuantizeMatMul", inputs, f"{name}{of}.out", domain=_MICROSOFT)


def _own(graph: Graph, weight: str, of: str) -> str:
    """The weight for one of two uses; the second is a constant that ONNX Runtime makes as it loads the model.

    A weight that two multiplications share it can't bring to the form that processors without VNNI need.
    """
    if weight not in graph.used:
        graph.used.add(weight)
        return weight
    # Nothing lies outside these bounds; something has to be computed for a new constant to be made.
    bounds = [
        graph.constant("least", np.array(-127, np.int8)),
        graph.constant("most", np.array(127, np.int8)),
    ]
    return graph.node("Clip", [weight, *bounds], f"{weight}{of}")


def quantise(rows: Array) -> tuple[Array, Array]:
    """Rows of numbers as signed bytes, and the scale of each row."""
    scales = (np.abs(rows).max(axis=1) / np.float32(127)).astype(np.float32)
    return np.rint(rows / scales[:, None]).astype(np.int8), scales


def build(weights: Weights, form: Form) -> onnx.ModelProto:
    """The whole model in one form."""
    graph = Graph()
    flow = _embedded(graph, weights, form)
    for number in range(LAYERS):
        flow = _layer(graph, weights, form, number, flow)
    return graph.model(graph.node("Squeeze", [flow, graph.constant("first", np.array([0]))], "vectors"))


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


def _embedded(graph: Graph, weights: Weights, form: Form) -> str:
    words = form.words(graph, weights["embeddings.word_embeddings.weight"])
    # Every text is of the first of the two kinds that BERT tells apart.
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    table = graph.constant("places", weights["embeddings.position_embeddings.weight"][:LONGEST] + kind)
    zero = graph.constant("zero", np.array([0]))
    length = graph.node("Shape", ["ids"], "length")
    places = graph.node("Slice", [table, zero, length, zero], "places.found")
    summed = graph.node("Add", [words, places], "summed")
    text = graph.node("Unsqueeze", [summed, zero], "text")
    return _normalised(graph, weights, "embeddings.LayerNorm", text, "start")


def _layer(graph: Graph, weights: Weights, form: Form, number: int, flow: str) -> str:
    at, parts = f"encoder.layer.{number}.", linears(weights)

    def linear(name: str, given: str, of: str = "") -> str:
        return form.linear(graph, f"{number}.{name}", given, *parts[f"{number}.{name}"], of)

    def forward(given: str, of: str = "") -> str:
        wide = graph.node("Gelu", [linear("wide", given, of)], f"{number}.gelu{of}", domain=_MICROSOFT)
        return linear("narrow", wide, of)

    asked = [f"{number}.{part}" for part in ("query", "key", "value")]
    graph.node("Split", [linear("asked", flow)], *asked, axis=-1, num_outputs=3)
    seen = graph.node("MultiHeadAttention", asked, f"{number}.seen", domain=_MICROSOFT, num_heads=HEADS)
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
