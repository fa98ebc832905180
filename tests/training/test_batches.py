"""A batch knows which pair is right, and its loss is the softmax worked out by hand."""

from __future__ import annotations

import random
from math import exp, log
from typing import TYPE_CHECKING

import pytest

from assistant.choosing.cross_encoder import MAX_PIECES
from index.embedder import bundled_model
from training.groups import Group

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

pytestmark = pytest.mark.slow

# The right text is the longest, the shortest, and none; the parts are sorted by length.
GROUPS = (
    Group("who struck", ("the dockers of port caldry struck for a week in march", "a boat sank"), True),
    Group("where was the flood", ("in sella", "the mill at korrun burned for a day", "talks failed"), True),
    Group("when did the bridge fall", ("gulls circled", "no tram ran on mill street that day"), False),
)


def dice(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - not for secrets


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    from transformers import AutoTokenizer

    found: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(str(bundled_model()))
    return found


def loss(logits: list[float], group: list[int], right: list[int]) -> float:
    import torch

    from training.batches import Batch, loss_of

    return float(loss_of(torch.tensor(logits), Batch((), torch.tensor(group), torch.tensor(right))))


def test_the_loss_of_a_group_with_a_right_text() -> None:
    # The silent text counts exp(0).
    assert loss([2.0, -1.0], [0, 0], [0]) == pytest.approx(log(exp(2) + exp(-1) + 1) - 2)
    assert loss([2.0, -1.0], [0, 0], [1]) == pytest.approx(log(exp(2) + exp(-1) + 1) + 1)


def test_the_loss_of_a_group_without_a_right_text() -> None:
    assert loss([0.5, -3.0], [0, 0], [-1]) == pytest.approx(log(exp(0.5) + exp(-3) + 1))


def test_the_loss_is_the_mean_of_the_groups_wherever_their_pairs_stand() -> None:
    first, second = log(exp(1) + exp(-2) + 1) - 1, log(exp(0.5) + exp(3) + 1)
    assert loss([0.5, 1.0, 3.0, -2.0], [1, 0, 1, 0], [1, -1]) == pytest.approx((first + second) / 2)


def test_what_is_right_is_still_pointed_at_once_pairs_are_sorted(tokenizer: PreTrainedTokenizerBase) -> None:
    from training.batches import batches

    (batch,) = batches(GROUPS, tokenizer, dice(5))
    pairs = [text for part in batch.parts for text in tokenizer.batch_decode(part["input_ids"])]
    answers = {g.question: f"[CLS] {g.question} [SEP] {g.texts[0]} [SEP]" for g in GROUPS if g.answered}
    assert len(pairs) == len(batch.group) == 7
    asked = [pair.removeprefix("[CLS] ").split(" [SEP]")[0] for pair in pairs]
    assert {len({asked[i] for i in range(7) if batch.group[i] == g}) for g in range(3)} == {1}
    for number, right in enumerate(batch.right.tolist()):
        question = next(q for q, g in zip(asked, batch.group, strict=True) if g == number)
        assert (right == -1) is (question not in answers)
        assert (
            right == -1
            or pairs[right].removesuffix(" [PAD]" * pairs[right].count("[PAD]")) == answers[question]
        )


def test_every_group_comes_once_in_each_pass(tokenizer: PreTrainedTokenizerBase) -> None:
    from training.batches import batches

    many = [Group(f"ship {n}", ("it sailed " * (n % 7 + 1),), True) for n in range(40)]
    found = list(batches(many, tokenizer, dice()))
    assert [len(batch.right) for batch in found].count(16) == 2
    read = [x for b in found for part in b.parts for x in tokenizer.batch_decode(part["input_ids"])]
    assert sorted(x.split()[2] for x in read) == sorted(str(n) for n in range(40))


def test_a_long_pair_is_cut_where_the_reader_cuts_it(tokenizer: PreTrainedTokenizerBase) -> None:
    from training.batches import batches

    (batch,) = batches([Group("who", ("word " * 300,), True)], tokenizer, dice())
    assert batch.parts[0]["input_ids"].shape == (1, MAX_PIECES)
