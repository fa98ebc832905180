"""Teach the bundled model to read a question and a sentence together; part of `make train`."""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR, LRScheduler
from transformers import AutoTokenizer, BertForSequenceClassification

from index.embedder import SentenceTransformerEmbedder, bundled_model
from training.batches import GROUPS, Batch, batches, loss_of
from training.groups import Group, groups

_SEED = 20261122
_RATE = 6e-5
_WARM = 0.06  # the share of the steps in which the learning rate goes up


def warmth(step: int, steps: int) -> float:
    """The share of the learning rate at a step: up to the whole within the first steps, then down to 0."""
    return min(step / (_WARM * steps), max(0.0, (steps - step) / (steps * (1 - _WARM))))


@dataclass(frozen=True, slots=True)
class Learner:
    """A model and what moves its weights; those of the word embeddings stay as they are."""

    model: BertForSequenceClassification
    weights: tuple[nn.Parameter, ...]
    optimizer: torch.optim.Optimizer
    schedule: LRScheduler

    @classmethod
    def of(cls, model: BertForSequenceClassification, steps: int) -> Learner:
        """Prepare a model for a number of steps."""
        for parameter in model.bert.embeddings.parameters():
            parameter.requires_grad = False
        weights = tuple(p for p in model.parameters() if p.requires_grad)
        optimizer = torch.optim.AdamW(weights, lr=_RATE, weight_decay=0.01)
        model.train()
        return cls(model, weights, optimizer, LambdaLR(optimizer, lambda step: warmth(step, steps)))

    def step(self, batch: Batch) -> float:
        """Learn from a batch; its loss before that."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = torch.cat([self.model(**part).logits[:, 0] for part in batch.parts]).float()
        loss = loss_of(logits.clamp(-30, 30), batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        return loss.item()


def train(items: Sequence[Group], epochs: int, out: Path) -> BertForSequenceClassification:
    """Fine-tune the bundled weights and save them, every 500 steps and at the end."""
    torch.manual_seed(_SEED)
    rng = random.Random(_SEED)  # noqa: S311 - not for secrets
    place = str(bundled_model())
    tokenizer = AutoTokenizer.from_pretrained(place)
    model = BertForSequenceClassification.from_pretrained(place, num_labels=1)
    steps = epochs * math.ceil(len(items) / GROUPS)
    learner = Learner.of(model, steps)
    passes = chain.from_iterable(batches(items, tokenizer, rng) for _ in range(epochs))
    began, mean = time.time(), 1.0
    for done, batch in enumerate(passes, 1):
        mean = 0.99 * mean + 0.01 * learner.step(batch)
        if done % 100 == 0:
            sys.stderr.write(f"{done}/{steps} loss {mean:.3f} {time.time() - began:.0f} s\n")
        if done % 500 == 0:
            model.save_pretrained(out)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)
    return model


def main(data: Path, out: Path) -> None:
    """Collect the groups, train, save in Hugging Face's format."""
    embedder = SentenceTransformerEmbedder()
    items = groups(data, lambda texts: np.stack([e.vector for e in embedder.embed_passages(texts)]), _SEED)
    sys.stderr.write(f"{len(items)} questions, {sum(len(g.texts) for g in items)} pairs\n")
    train(items, 2, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
