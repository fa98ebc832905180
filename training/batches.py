"""Groups as batches of pairs for the cross-encoder, and the loss of what it says of them.

The loss is a softmax over a question's texts and a silent one of logit 0, which is the right one
where no text answers: so one number both ranks the texts and says whether one of them answers,
as the null answer of SQuAD 2.0's readers does (Devlin et al., "BERT", section 4.3).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from assistant.choosing.cross_encoder import MAX_PIECES
from training.groups import Group

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

GROUPS = 16  # in one batch, some forty pairs
_SORTED = 40  # batches whose groups are sorted by length together
_PART = 12  # pairs that are padded to one length


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of several groups, in parts of like length so that little is padded.

    `group` says which group each pair belongs to, `right` each group's right pair or -1.
    """

    parts: tuple[dict[str, Tensor], ...]
    group: Tensor
    right: Tensor


def batches(
    items: Sequence[Group], tokenizer: PreTrainedTokenizerBase, rng: random.Random
) -> Iterator[Batch]:
    """One pass over the groups in random order, groups of like length together."""
    order = list(items)
    rng.shuffle(order)
    steps: list[list[Group]] = []
    size = GROUPS * _SORTED
    for first in range(0, len(order), size):
        like = sorted(order[first : first + size], key=lambda g: max(map(len, g.texts)))
        steps.extend(like[i : i + GROUPS] for i in range(0, len(like), GROUPS))
    rng.shuffle(steps)
    for step in steps:
        yield _batch(step, tokenizer)


def _batch(step: Sequence[Group], tokenizer: PreTrainedTokenizerBase) -> Batch:
    pairs = [(g.question, text) for g in step for text in g.texts]
    order = sorted(range(len(pairs)), key=lambda i: sum(map(len, pairs[i])))
    counts = torch.tensor([len(g.texts) for g in step])
    group = torch.repeat_interleave(torch.arange(len(step)), counts)
    first = torch.tensor([order.index(int(at)) for at in counts.cumsum(0) - counts])
    answered = torch.tensor([g.answered for g in step])
    parts = (order[n : n + _PART] for n in range(0, len(order), _PART))
    return Batch(
        tuple(_padded([pairs[i] for i in part], tokenizer) for part in parts),
        group[order],
        torch.where(answered, first, -1),
    )


def _padded(pairs: Sequence[tuple[str, str]], tokenizer: PreTrainedTokenizerBase) -> dict[str, Tensor]:
    questions, texts = zip(*pairs, strict=True)
    return dict(
        tokenizer(
            list(questions),
            list(texts),
            truncation=True,
            max_length=MAX_PIECES,
            padding=True,
            pad_to_multiple_of=8,
            return_tensors="pt",
        )
    )


def loss_of(logits: Tensor, batch: Batch) -> Tensor:
    """Mean cross-entropy of the right text, or of silence, in each group."""
    count = len(batch.right)
    total = torch.zeros(count).scatter_add(0, batch.group, logits.exp()) + 1.0
    right = torch.where(batch.right >= 0, logits[batch.right.clamp(min=0)], torch.zeros(count))
    return (total.log() - right).mean()
