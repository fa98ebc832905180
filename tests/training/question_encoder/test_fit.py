"""Learning brings a question near what answers it, and every question comes once in a pass."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
import torch

from tests.training.reader.dice import dice
from training.question_encoder import fit
from training.question_encoder.fit import QuestionModel, loss_of, run
from training.question_encoder.pairs import Pairs


def test_the_loss_is_the_cross_entropy_of_all_that_answers_together() -> None:
    questions = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    passages = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])
    scores = [[20.0, 0.0, -20.0], [0.0, 20.0, 0.0]]
    expected = [
        math.log(sum(map(math.exp, row)) / sum(math.exp(row[n]) for n in right))
        for row, right in zip(scores, [(0, 1), (2,)], strict=True)
    ]
    assert loss_of(questions, passages, [(0, 1), (2,)]).item() == pytest.approx(np.mean(expected), abs=1e-5)


def test_every_question_comes_at_most_once_in_a_pass_and_a_batch_is_of_one_set() -> None:
    sets = [
        Pairs([str(n) for n in range(size)], [(0,)] * size, np.zeros((1, 2), np.float32), whole=True)
        for size in (200, 64)
    ]
    steps = fit._steps(sets, dice())
    assert Counter(of for of, _ in steps) == {0: 3, 1: 1}
    seen = Counter((of, n) for of, batch in steps for n in batch)
    assert set(seen.values()) == {1}
    assert all(len(batch) == 64 for _, batch in steps)


@pytest.mark.slow
def test_a_question_comes_nearer_to_what_answers_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "_BATCH", 2)
    monkeypatch.setattr(fit, "_EPOCHS", 8)
    torch.manual_seed(1)
    model = QuestionModel().train()
    questions = ["Who left the port?", "How many eggs are in it?"]
    with torch.no_grad():
        before = model(questions)
    # Each is to come to where the other one was.
    run(model, [Pairs(questions, [(1,), (0,)], before.numpy(), whole=True)])
    with torch.no_grad():
        after = model(questions)
    assert (after * before.flip(0)).sum(1).min() > (before * before.flip(0)).sum(1).max() + 0.2
    assert torch.allclose(after.norm(dim=1), torch.ones(2))
