"""Teach the bundled model to read a question and a sentence together; part of `make train`.

The loss is a softmax over a question's texts and a silent one of logit 0, which is the right one
where no text answers: so one number both ranks the texts and says whether one of them answers,
as the null answer of SQuAD 2.0's readers does (Devlin et al., "BERT", section 4.3).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import AutoTokenizer, BertForSequenceClassification, PreTrainedTokenizerBase

from index.embedder import SentenceTransformerEmbedder, bundled_model
from training.groups import Group, groups

MAX_PIECES = 96
_SEED = 20261122
_RATE = 6e-5
_WARM = 0.06
_GROUPS = 16  # in one step, some forty pairs
_SORTED = 40  # steps whose groups are sorted by length together
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
    size = _GROUPS * _SORTED
    for first in range(0, len(order), size):
        like = sorted(order[first : first + size], key=lambda g: max(map(len, g.texts)))
        steps.extend(like[i : i + _GROUPS] for i in range(0, len(like), _GROUPS))
    rng.shuffle(steps)
    for step in steps:
        yield _batch(step, tokenizer)


def _batch(step: Sequence[Group], tokenizer: PreTrainedTokenizerBase) -> Batch:
    questions = [g.question for g in step for _ in g.texts]
    texts = [text for g in step for text in g.texts]
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]) + len(questions[i]))
    parts = tuple(
        dict(
            tokenizer(
                [questions[i] for i in some],
                [texts[i] for i in some],
                truncation=True,
                max_length=MAX_PIECES,
                padding=True,
                pad_to_multiple_of=8,
                return_tensors="pt",
            )
        )
        for some in (order[n : n + _PART] for n in range(0, len(order), _PART))
    )
    counts = torch.tensor([len(g.texts) for g in step])
    groups_ = torch.repeat_interleave(torch.arange(len(step)), counts)
    first = torch.tensor([order.index(int(at)) for at in counts.cumsum(0) - counts])
    answered = torch.tensor([g.answered for g in step])
    return Batch(parts, groups_[order], torch.where(answered, first, -1))


def loss_of(logits: Tensor, batch: Batch) -> Tensor:
    """Mean cross-entropy of the right text, or of silence, in each group."""
    count = len(batch.right)
    total = torch.zeros(count).scatter_add(0, batch.group, logits.exp()) + 1.0
    right = torch.where(batch.right >= 0, logits[batch.right.clamp(min=0)], torch.zeros(count))
    return (total.log() - right).mean()


def train(items: Sequence[Group], epochs: int, out: Path) -> BertForSequenceClassification:
    """Fine-tune the bundled weights; the word embeddings stay as they are."""
    torch.manual_seed(_SEED)
    rng = random.Random(_SEED)  # noqa: S311 - not for secrets
    place = str(bundled_model())
    tokenizer = AutoTokenizer.from_pretrained(place)
    model = BertForSequenceClassification.from_pretrained(place, num_labels=1)
    for parameter in model.bert.embeddings.parameters():
        parameter.requires_grad = False
    learnt = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=_RATE, weight_decay=0.01)
    total = epochs * -(-len(items) // _GROUPS)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(n / (_WARM * total), max(0.0, (total - n) / (total * (1 - _WARM))))
    )
    model.train()
    began, done, mean = time.time(), 0, 1.0
    for _ in range(epochs):
        for batch in batches(items, tokenizer, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = torch.cat([model(**part).logits[:, 0] for part in batch.parts]).float()
            loss = loss_of(logits.clamp(-30, 30), batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            done, mean = done + 1, 0.99 * mean + 0.01 * loss.item()
            if done % 100 == 0:
                sys.stderr.write(f"{done}/{total} loss {mean:.3f} {time.time() - began:.0f} s\n")
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
