"""A target knows the marks and pieces that are right; the loss is what is worked out by hand."""

from __future__ import annotations

from math import exp, log
from pathlib import Path
from typing import cast

import pytest
import torch
from torch import Tensor, nn

from assistant.selection.reader.encoding import LONGEST, MARK, Window, encode
from index.models.embedder import bundled_tokenizer
from training.reader import model as module
from training.reader.examples import Example, Right
from training.reader.model import ReaderModel, Target, loss_of, padded

STRIKE = "About 1,400 dockers joined the strike at Port Caldry."
TALKS = "Talks with the harbour board failed."
FLOOD = "The river Sella flooded nine villages."
PORT = Window("Port strike", "It rained.", (TALKS, STRIKE))
RIVER = Window("", "", (FLOOD,))
QUESTION = "How many dockers joined?"


def place(sentence: str, words: str) -> tuple[int, int]:
    return sentence.index(words), sentence.index(words) + len(words)


def target(*right: Right, windows: tuple[Window, ...] = (PORT, RIVER)) -> Target:
    found = Target.of(Example(QUESTION, windows, right))
    assert found is not None
    return found


def told(found: Target, number: int) -> tuple[str, str]:
    """The sentence whose words answer, and these, as their pieces are read."""
    window, first, end, start, last = found.words[number]
    ids = found.encodings[window].ids
    assert first <= start <= last < end
    tokenizer = bundled_tokenizer()
    return tokenizer.decode(ids[first:end]), tokenizer.decode(ids[start : last + 1])


def test_each_window_is_encoded_with_the_question() -> None:
    assert target().encodings == (encode(QUESTION, PORT), encode(QUESTION, RIVER))
    assert (target().right, target().words) == ((), ())


def test_the_pieces_of_the_words_that_answer_are_known() -> None:
    found = target(
        Right(0, 1, place(STRIKE, "About 1,400 dockers")), Right(1, 0, place(FLOOD, "nine villages."))
    )
    assert found.right == ((0, 1), (1, 0))
    assert told(found, 0) == (
        "about 1, 400 dockers joined the strike at port caldry.",
        "about 1, 400 dockers",
    )
    assert told(found, 1) == ("the river sella flooded nine villages.", "nine villages.")


@pytest.mark.parametrize("words", ["Port", "dockers joined", "About", "Caldry.", STRIKE])
def test_the_right_mark_stands_before_the_pieces(words: str) -> None:
    found = target(Right(0, 1, place(STRIKE, words)))
    _, first, end, *_ = found.words[0]
    encoding = found.encodings[0]
    assert (encoding.ids[first - 1], first - 1) == (MARK, encoding.marks[1])
    assert end == first + len(encoding.spans[1])
    assert told(found, 0)[1] == bundled_tokenizer().decode(
        bundled_tokenizer().encode(words, add_special_tokens=False).ids
    )


def test_a_piece_that_is_met_in_part_belongs_to_the_answer() -> None:
    assert told(target(Right(0, 1, place(STRIKE, "cker"))), 0)[1] == "dockers"
    assert told(target(Right(0, 1, place(STRIKE, "00 do"))), 0)[1].startswith("400 dock")


def test_a_right_sentence_need_not_say_which_words_answer() -> None:
    found = target(Right(0, 1, None), Right(0, 0, place(TALKS, "Talks")))
    assert found.right == ((0, 1), (0, 0))
    assert [told(found, n)[1] for n in range(len(found.words))] == ["talks"]


LONG = Window("", "", ("word " * 300, FLOOD))


def test_what_lies_past_the_end_of_what_is_read_teaches_nothing() -> None:
    behind = Right(0, 1, place(FLOOD, "nine"))
    assert Target.of(Example(QUESTION, (LONG,), (behind,))) is None
    found = target(behind, Right(1, 0, place(FLOOD, "nine")), windows=(LONG, RIVER))
    assert found.right == ((1, 0),)
    assert [told(found, n)[1] for n in range(len(found.words))] == ["nine"]


def test_words_past_the_end_of_what_is_read_leave_their_sentence_right() -> None:
    assert len(encode(QUESTION, LONG).ids) == LONGEST
    found = target(Right(0, 0, (1490, 1494)), windows=(LONG,))
    assert (found.right, found.words) == (((0, 0),), ())


def test_an_example_without_a_window_is_none() -> None:
    assert Target.of(Example(QUESTION, (), ())) is None


def test_windows_are_padded_to_a_multiple_of_eight() -> None:
    encodings = [encode(QUESTION, window) for window in (PORT, RIVER)]
    ids, kinds, mask = padded(encodings)
    longest = max(len(e.ids) for e in encodings)
    assert ids.shape == kinds.shape == mask.shape == (2, longest + -longest % 8)
    for row, encoding in enumerate(encodings):
        size = len(encoding.ids)
        assert ids[row].tolist() == encoding.ids + [0] * (ids.shape[1] - size)
        assert kinds[row].tolist() == encoding.kinds + [0] * (ids.shape[1] - size)
        assert mask[row].tolist() == [1] * size + [0] * (ids.shape[1] - size)


def of_sentences(right: tuple[tuple[int, int], ...], *scores: list[float]) -> float:
    return float(module._of_sentences(Target((), right, ()), [torch.tensor(some) for some in scores]))


def test_the_loss_of_a_right_sentence() -> None:
    # That nothing answers counts exp(0).
    every = log(exp(2) + exp(-1) + exp(0.5) + 1)
    assert of_sentences(((0, 0),), [2.0, -1.0], [0.5]) == pytest.approx(every - 2)
    assert of_sentences(((1, 0),), [2.0, -1.0], [0.5]) == pytest.approx(every - 0.5)


def test_right_sentences_are_right_together() -> None:
    every = log(exp(2) + exp(-1) + exp(0.5) + 1)
    both = log(exp(-1) + exp(0.5))
    assert of_sentences(((0, 1), (1, 0)), [2.0, -1.0], [0.5]) == pytest.approx(every - both)


def test_the_loss_where_nothing_answers() -> None:
    assert of_sentences((), [0.5, -3.0], []) == pytest.approx(log(exp(0.5) + exp(-3) + 1))
    assert of_sentences((), [-30.0]) == pytest.approx(0, abs=1e-6)


def test_the_loss_of_the_words_looks_at_their_sentence_alone() -> None:
    span = torch.tensor([[9.0, 9.0], [1.0, 0.0], [2.0, 0.5], [0.0, 3.0], [9.0, 9.0]])
    begins, closes = log(exp(1) + exp(2) + exp(0)), log(exp(0) + exp(0.5) + exp(3))
    assert float(module._of_words(span, 1, 4, 2, 3)) == pytest.approx((begins - 2 + closes - 3) / 2)
    assert float(module._of_words(span, 1, 4, 1, 1)) == pytest.approx((begins - 1 + closes - 0) / 2)


class Numbers(nn.Module):
    """In place of a model: what it says of a piece hangs on its number and its place."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        self.seen.append(len(ids))
        at = torch.arange(ids.shape[1]).expand(ids.shape)
        return at * mask / 10, torch.stack([ids / 3000, at / 20], dim=-1)


def worked_out(found: Target) -> float:
    """The loss of one example, without what is done to go through many at once."""
    scores = [torch.tensor(e.marks) / 10 for e in found.encodings]
    loss = float(module._of_sentences(found, scores))
    for window, first, end, start, last in found.words:
        ids = torch.tensor(found.encodings[window].ids)
        spans = torch.stack([ids / 3000, torch.arange(len(ids)) / 20], dim=-1)
        loss += 0.4 * float(module._of_words(spans, first, end, start, last))
    return loss


def test_the_loss_of_many_is_the_mean_of_each_wherever_its_windows_stand() -> None:
    right = target(Right(0, 1, place(STRIKE, "1,400")), Right(1, 0, None))
    both = target(Right(0, 0, place(TALKS, "Talks")), Right(0, 1, place(STRIKE, "strike")))
    some = [right, target(), both, target(windows=(LONG, PORT)), *[right] * 9]
    numbers = Numbers()
    loss = float(loss_of(cast("ReaderModel", numbers), some))
    assert loss == pytest.approx(sum(map(worked_out, some)) / len(some), rel=1e-5)
    assert numbers.seen == [16, 10]


@pytest.mark.slow
def test_the_mark_begins_as_what_bert_reads_a_whole_text_at(untaught: ReaderModel) -> None:
    words = untaught.bert.embeddings.word_embeddings.weight
    assert torch.equal(words[MARK], words[101])
    assert not any(p.requires_grad for p in untaught.bert.embeddings.parameters())
    assert all(
        p.requires_grad for head in ("dense", "score", "span") for p in getattr(untaught, head).parameters()
    )


@pytest.mark.slow
def test_what_is_padded_says_the_same(untaught: ReaderModel) -> None:
    encodings = [encode(QUESTION, window) for window in (PORT, RIVER, LONG)]
    with torch.no_grad():
        together = untaught(*padded(encodings))
        for row, encoding in enumerate(encodings):
            scores, spans = untaught(*padded([encoding]))
            size = len(encoding.ids)
            assert torch.allclose(together[0][row, :size], scores[0, :size], atol=1e-4)
            assert torch.allclose(together[1][row, :size], spans[0, :size], atol=1e-4)
    assert together[0].shape == (3, LONGEST)
    assert together[1].shape == (3, LONGEST, 2)


@pytest.mark.slow
def test_a_step_against_the_loss_makes_it_less(untaught: ReaderModel, tmp_path: Path) -> None:
    model = untaught
    before = {name: value.clone() for name, value in model.state_dict().items()}
    some = [target(Right(0, 1, place(STRIKE, "1,400"))), target(windows=(RIVER,))]
    loss = loss_of(model, some)
    loss.backward()  # type: ignore[no-untyped-call]
    try:
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.grad is not None:
                    parameter.sub_(0.01 * parameter.grad)
        assert float(loss_of(model, some).detach()) < float(loss.detach())
    finally:
        model.load_state_dict(before)
        model.zero_grad()
