"""Fine-tune the question encoder; the vectors of passages stay as they are, so that no index changes.

    python -m training.question_encoder.fit DATA OUT

The loss is that of sentence-transformers' MultipleNegativesRankingLoss, with every passage of the stories as a wrong
one. docs/encoding.md has what else was tried.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from index.models.embedder import bundled_model, bundled_tokenizer
from training.question_encoder.pairs import Pairs, compared_with, from_news, from_public

_SEED = 3
_EPOCHS, _BATCH = 3, 64
_RATE, _WARM = 5e-5, 0.06
_SCALE = 20.0  # what cosines are multiplied with, the default of sentence-transformers
_FROZEN = 2  # layers, and the tables of word pieces
_LONGEST = 48  # word pieces of a question


class QuestionModel(nn.Module):
    """The bundled model; a question's vector is the mean of its word pieces', brought to unit length."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(
            str(bundled_model()), hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.bert.embeddings.requires_grad_(False)
        for layer in self.bert.encoder.layer[:_FROZEN]:
            layer.requires_grad_(False)

    def forward(self, questions: Sequence[str]) -> Tensor:
        """Vectors of unit length: shape (questions, dimensions)."""
        found = [e.ids[:_LONGEST] for e in bundled_tokenizer().encode_batch(list(questions))]
        longest = -(-max(map(len, found)) // 8) * 8
        ids, mask = (torch.zeros(len(found), longest, dtype=torch.long) for _ in range(2))
        for row, one in enumerate(found):
            ids[row, : len(one)] = torch.tensor(one)
            mask[row, : len(one)] = 1
        flow = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        kept = mask[..., None].float()
        return nn.functional.normalize((flow * kept).sum(1) / kept.sum(1), dim=1)


def loss_of(questions: Tensor, passages: Tensor, right: Sequence[Sequence[int]]) -> Tensor:
    """Cross-entropy of the passages that answer each question, together, among all; `right` are their rows."""
    scores = _SCALE * questions @ passages.T
    answering = torch.full_like(scores, -torch.inf)
    for row, found in enumerate(right):
        answering[row, list(found)] = scores[row, list(found)]
    return (torch.logsumexp(scores, 1) - torch.logsumexp(answering, 1)).mean()


def run(model: QuestionModel, every: Sequence[Pairs]) -> None:
    """Go through all questions, some times over."""
    rng = random.Random(1)  # noqa: S311 - not for secrets
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=_RATE, weight_decay=0.01)
    vectors = [torch.tensor(pairs.vectors) for pairs in every]
    steps = [step for _ in range(_EPOCHS) for step in _steps(every, rng)]
    began = time.time()
    for number, (of, batch) in enumerate(steps):
        pairs, rows = every[of], compared_with(every[of], batch, rng)
        place = {row: n for n, row in enumerate(rows)}
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1.0, (number + 1) / (_WARM * len(steps))) * (1 - number / len(steps))
        found = model([pairs.questions[n] for n in batch])
        loss = loss_of(found, vectors[of][rows], [[place[row] for row in pairs.right[n]] for n in batch])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if number % 50 == 0:
            sys.stderr.write(f"{number}/{len(steps)} loss {loss.item():.3f} {time.time() - began:.0f} s\n")


def _steps(every: Sequence[Pairs], rng: random.Random) -> list[tuple[int, list[int]]]:
    """Batches of questions, each of one set, in no order."""
    made: list[tuple[int, list[int]]] = []
    for of, pairs in enumerate(every):
        order = rng.sample(range(len(pairs.questions)), len(pairs.questions))
        made += [(of, order[at : at + _BATCH]) for at in range(0, len(order) - _BATCH + 1, _BATCH)]
    return rng.sample(made, len(made))


def main(data: Path, out: Path) -> None:
    """Learn, and write `question_encoder.pt`."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(_SEED)
    model = QuestionModel().train()
    run(model, [from_news(), from_public(data)])
    torch.save(model.bert.state_dict(), out / "question_encoder.pt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
