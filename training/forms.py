"""A graph for ONNX Runtime as it is put together, and how its large matrices are kept: exact, or in 8 bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]

# Operators of ONNX Runtime's own.
MICROSOFT = "com.microsoft"


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

    def model(self, inputs: Sequence[str], outputs: Mapping[str, Sequence[int | str]]) -> onnx.ModelProto:
        """The whole as a model: its inputs one number for each word piece, its outputs by name with their shapes.

        Every tap is a further output.
        """
        out = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()
        ]
        taps = [helper.make_tensor_value_info(tap, TensorProto.FLOAT, None) for tap in self.taps]
        given = [helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"]) for name in inputs]
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", given, [*out, *taps], self.constants)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
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
        return graph.node("DynamicQuantizeMatMul", inputs, f"{name}{of}.out", domain=MICROSOFT)


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
