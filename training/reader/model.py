"""The reader as PyTorch trains it: the bundled model with a score at each sentence's mark and a span head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from assistant.selection.reader.encoding import MARK, Encoding, encode
from index.models.embedder import bundled_model
from training.reader.examples import Example

# Whether the processor multiplies in 16 bits; one that doesn't is ten times slower at it than in 32.
HALF: bool = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001
_START_ID = 101
_PART = 16  # windows that are padded to one length
_SPAN_WEIGHT = 0.4


class ReaderModel(nn.Module):
    """`forward` gives a score for each mark, and for each word piece how likely an answer begins or ends there."""

    def __init__(self) -> None:
        super().__init__()
        # No dropout, and in bf16 eager attention: on a CPU twice as fast as the defaults.
        self.bert = AutoModel.from_pretrained(
            str(bundled_model()),
            attn_implementation="eager" if HALF else "sdpa",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        size = self.bert.config.hidden_size
        self.dense = nn.Linear(size, size)
        self.score = nn.Linear(size, 1)
        self.span = nn.Linear(size, 2)
        words = self.bert.embeddings.word_embeddings.weight
        with torch.no_grad():
            words[MARK] = words[_START_ID]
        for parameter in self.bert.embeddings.parameters():
            parameter.requires_grad = False

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of shape (windows, pieces), only those at marks meant; spans of shape (windows, pieces, 2)."""
        flow = self.bert(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        scores = self.score(torch.tanh(self.dense(flow)))[..., 0]
        return scores.float(), self.span(flow).float()

    def save(self, path: Path) -> None:
        """Write the weights, at once or not at all."""
        draft = path.with_suffix(".draft")
        torch.save(self.state_dict(), draft)
        draft.replace(path)


@dataclass(frozen=True, slots=True)
class Target:
    """One example's encodings, and in them the marks that are right and the pieces of the words that answer.

    `right` has (window, mark's number); `words` (window, first piece of the sentence, behind its last, first piece of
    the answer, its last).
    """

    encodings: tuple[Encoding, ...]
    right: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, int, int, int, int], ...]

    @classmethod
    def of(cls, example: Example) -> Target | None:
        """Encode an example; None where it has no window, or what answers lies past the end of what is read."""
        encodings = tuple(encode(example.question, window) for window in example.windows)
        right = tuple(
            (r.window, r.sentence) for r in example.right if r.sentence < len(encodings[r.window].marks)
        )
        if not encodings or (example.right and not right):
            return None
        words = (
            (r.window, *_pieces(encodings[r.window], r.sentence, r.words))
            for r in example.right
            if r.words and r.sentence < len(encodings[r.window].marks)
        )
        return cls(encodings, right, tuple(w for w in words if w[3] >= 0))


def _pieces(encoding: Encoding, sentence: int, words: tuple[int, int]) -> tuple[int, int, int, int]:
    """Places of a sentence's pieces, and of those of its words; -1 where these are past what is read."""
    first = encoding.marks[sentence] + 1
    spans = encoding.spans[sentence]
    inside = [n for n, (start, end) in enumerate(spans) if start < words[1] and end > words[0]]
    if not inside:
        return first, first, -1, -1
    return first, first + len(spans), first + inside[0], first + inside[-1]


def loss_of(model: ReaderModel, targets: Sequence[Target]) -> Tensor:
    """Mean loss of some examples.

    Of the sentences: cross-entropy of the right ones together among all marks of the example and a silent one of
    score 0, as the null answer of SQuAD 2.0's readers is (Devlin et al., "BERT", section 4.3). Of the words: that of
    the first and the last piece among those of the sentence.
    """
    flat = [(n, w, e) for n, target in enumerate(targets) for w, e in enumerate(target.encodings)]
    scores: dict[tuple[int, int], Tensor] = {}
    spans: dict[tuple[int, int], Tensor] = {}
    for part in _parts(flat):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
            found, pieces = model(*padded([e for _, _, e in part]))
        for (n, w, e), row, span in zip(part, found, pieces, strict=True):
            scores[n, w] = row[e.marks]
            spans[n, w] = span
    losses = [
        _of_sentences(target, [scores[n, w] for w in range(len(target.encodings))])
        for n, target in enumerate(targets)
    ]
    words = [_of_words(spans[n, w], *rest) for n, target in enumerate(targets) for w, *rest in target.words]
    total = torch.stack(losses).sum()
    if words:
        total = total + _SPAN_WEIGHT * torch.stack(words).sum()
    return total / len(targets)


def _parts(flat: Sequence[tuple[int, int, Encoding]]) -> Iterator[list[tuple[int, int, Encoding]]]:
    ordered = sorted(flat, key=lambda one: len(one[2].ids))
    for at in range(0, len(ordered), _PART):
        yield ordered[at : at + _PART]


def padded(encodings: Sequence[Encoding]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, kinds and mask of several encodings: shape (windows, pieces), a multiple of 8 of these."""
    longest = -(-max(len(e.ids) for e in encodings) // 8) * 8
    ids, kinds, mask = (torch.zeros(len(encodings), longest, dtype=torch.long) for _ in range(3))
    for row, e in enumerate(encodings):
        ids[row, : len(e.ids)] = torch.tensor(e.ids)
        kinds[row, : len(e.ids)] = torch.tensor(e.kinds)
        mask[row, : len(e.ids)] = 1
    return ids, kinds, mask


def _of_sentences(target: Target, scores: Sequence[Tensor]) -> Tensor:
    every = torch.logsumexp(torch.cat([torch.zeros(1), *scores]), 0)
    if not target.right:
        return every
    return every - torch.logsumexp(torch.stack([scores[w][mark] for w, mark in target.right]), 0)


def _of_words(span: Tensor, first: int, end: int, start: int, last: int) -> Tensor:
    inside = span[first:end]
    return -(inside.log_softmax(0)[start - first, 0] + inside.log_softmax(0)[last - first, 1]) / 2
