"""By how much the channels of a model's inputs are to be divided, so that 8 bits are enough for all of them.

SmoothQuant (Xiao et al. 2023, arXiv 2211.10438): what is taken off an input is put onto its weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import onnx

from index.models.runtime import open_session
from training.bert_graph import Weights, linears
from training.forms import Array

# How far a channel's reach counts against its weights'; .6 to .8 are as good, .5 and .9 worse.
_REACH = 0.7
_LEAST = 1e-4
# What [CLS] counts where it goes by itself: it shares its divisors with all other word pieces.
_APART = 0.5
# What attention gives is even as it is.
_UNEVEN = ("asked", "wide", "narrow")


def smoothing(
    tapped: onnx.ModelProto, weights: Weights, feeds: Iterable[Mapping[str, Array]]
) -> dict[str, Array]:
    """Divisors for each uneven multiplication, by its name.

    `tapped` is the model in 32 bits whose multiplications' inputs are outputs too (`forms.Exact`), `feeds` are its
    inputs, text by text, to read the channels' reach off.
    """
    session = open_session(tapped.SerializeToString())
    names = [tap.name for tap in session.get_outputs() if tap.name.endswith(".given")]
    reach: dict[str, Array] = {}
    for feed in feeds:
        for tapped_as, tap in zip(names, session.run(names, dict(feed)), strict=True):
            name = tapped_as.removesuffix(".given")
            rows = np.abs(np.asarray(tap)).reshape(-1, tap.shape[-1])
            if not name.endswith(".asked"):
                rows[0] *= _APART
            most = rows.max(axis=0)
            reach[name] = np.maximum(reach[name], most) if name in reach else most
    return {
        name: _even(reach[name], weight)
        for name, (weight, _) in linears(weights).items()
        if name.partition(".")[2] in _UNEVEN
    }


def _even(reach: Array, weight: Array) -> Array:
    high = np.maximum(reach, _LEAST) ** _REACH
    low = np.maximum(np.abs(weight).max(axis=0), _LEAST) ** (1 - _REACH)
    divisors: Array = (high / low).astype(np.float32)
    return divisors
