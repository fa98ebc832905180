"""Teach the reader, in the stages of STAGES: the public sets first, then the stories with a part of these again.

    python -m training.reader.fit DATA OUT

Every few minutes the state is kept in OUT, and the same command goes on from there, exactly.
"""

from __future__ import annotations

import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from training.news.archive import HELD_OUT
from training.news.stories import archives
from training.reader.examples import Example, bare
from training.reader.from_news import news
from training.reader.from_public import public
from training.reader.model import ReaderModel, Target, loss_of

_SEED = 20261201
_WARM = 0.05  # the share of the steps in which the learning rate goes up
_EXAMPLES = 24  # in one batch
_KEPT_EVERY = 180.0  # seconds


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of training.

    The learning rate goes up to `rate` and then in a straight line to `last`; `until` is the share of the steps that
    is made. `public` is the share of the public examples, `news` how often the stories are gone through, and
    `others` how many near windows stand beside the own ones. Of all examples `share` is gone through, of these
    `bare` as single sentences. The first `frozen` layers stay as they are.
    """

    name: str
    rate: float
    last: float
    public: float
    news: int = 0
    others: float = 0.5
    share: float = 1.0
    until: float = 1.0
    bare: float = 0.0
    frozen: int = 0


STAGES = (
    Stage("public", 1e-4, 5e-5, public=1.0, until=0.849),
    Stage("news", 8e-5, 0.0, public=0.3, news=3, until=0.3158),
    Stage("archive", 6e-5, 0.0, public=0.1, news=2, others=3, share=0.75),
    Stage("events", 5e-5, 0.0, public=0.12, news=1, others=2, share=0.39, bare=0.08, frozen=2),
)
# How often a question comes without its question mark, as people type.
_UNMARKED = 0.25


def targets(stage: Stage, data: Path, seed: int) -> list[Target]:
    """What a stage goes through, in its order; news are cut and paired anew in each pass."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    some: list[Example] = []
    if stage.public:
        every = public(data, rng)
        some += rng.sample(every, int(stage.public * len(every)))
    stories = {name: found for name, found in archives().items() if name not in HELD_OUT}
    for _ in range(stage.news):
        some += news(stories, stage.others, rng)
    rng.shuffle(some)
    some = [_typed(bare(e, rng) if rng.random() < stage.bare else e, rng) for e in some]
    found = [target for target in map(Target.of, some) if target]
    return found[: int(stage.share * len(found))]


def _typed(example: Example, rng: random.Random) -> Example:
    if rng.random() < _UNMARKED:
        return replace(example, question=example.question.rstrip("? "))
    return example


def batches(items: Sequence[Target]) -> Iterator[list[Target]]:
    """Batches in the order of the items, those of like length within some dozen of them together."""
    size = _EXAMPLES * 24
    rng = random.Random(_SEED)  # noqa: S311 - not for secrets
    for at in range(0, len(items), size):
        like = sorted(items[at : at + size], key=lambda t: max(len(e.ids) for e in t.encodings))
        steps = [like[n : n + _EXAMPLES] for n in range(0, len(like), _EXAMPLES)]
        rng.shuffle(steps)
        yield from steps


def rate(stage: Stage, done: int, steps: int) -> float:
    """The learning rate at a step: up to the whole, then in a straight line to the last one."""
    warm = _WARM * steps
    if done < warm:
        return stage.rate * (done + 1) / (warm + 1)
    return stage.rate + (stage.last - stage.rate) * (done - warm) / max(1.0, steps - warm)


def run(stage: Stage, model: ReaderModel, items: Sequence[Target], out: Path) -> None:
    """Go through a stage from where it was left."""
    kept = out / f"{stage.name}.state"
    for number, layer in enumerate(model.bert.encoder.layer):
        layer.requires_grad_(number >= stage.frozen)
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=stage.rate, weight_decay=0.01)
    done = 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["done"]
    every = list(batches(items))
    end = int(stage.until * len(every))
    began, mean, saved = time.time(), 1.5, time.time()
    for number, batch in enumerate(every[done:end], done):
        for group in optimizer.param_groups:
            group["lr"] = rate(stage, number, len(every))
        loss = loss_of(model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        mean = 0.98 * mean + 0.02 * loss.item()
        if number % 50 == 0:
            sys.stderr.write(f"{stage.name} {number}/{end} loss {mean:.3f} {time.time() - began:.0f} s\n")
        if time.time() - saved > _KEPT_EVERY or number + 1 == end:
            _keep(
                {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "done": number + 1}, kept
            )
            saved = time.time()
    model.save(out / f"{stage.name}.pt")


def _keep(state: dict[str, object], path: Path) -> None:
    draft = path.with_suffix(".draft")
    torch.save(state, draft)
    draft.replace(path)


def main(data: Path, out: Path) -> None:
    """Go through the stages that are not done."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(_SEED)
    model = ReaderModel().train()
    for number, stage in enumerate(STAGES):
        done = out / f"{stage.name}.pt"
        if done.exists():
            model.load_state_dict(torch.load(done, weights_only=True))
            continue
        prepared = out / f"{stage.name}.examples"
        if not prepared.exists():
            prepared.write_bytes(pickle.dumps(targets(stage, data, _SEED + number)))
        items = pickle.loads(prepared.read_bytes())  # noqa: S301 - our own file
        sys.stderr.write(
            f"{stage.name}: {len(items)} questions, {sum(len(t.encodings) for t in items)} windows\n"
        )
        run(stage, model, items, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
