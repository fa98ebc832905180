"""Measure the marked words of quotes against the answers that people gave, on SQuAD 2.0's sentences.

    python -m benchmarks.marks ../shared/data

Each answerable question of the part "test" is read with its paragraph, and the sentence that holds its answer is
marked as a quote of it is. A mark is right when it overlaps one of the answers, and complete when it covers one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.query.question import Kind, read_question
from assistant.selection.quoting import marked_words
from assistant.selection.reader.encoding import Window
from assistant.selection.reader.reader import BundledReader, Reader
from benchmarks.public import Asked, Part, QuestionSet, squad
from corpus.segmentation.sentences import split_sentences

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One question with its quote, the marks in it and the answers, as spans of the article's text."""

    question: str
    kind: Kind
    text: str
    quote: Span
    marks: tuple[Span, ...]
    answers: tuple[Span, ...]

    @property
    def right(self) -> bool:
        """Whether a mark overlaps an answer."""
        return any(m[0] < a[1] and a[0] < m[1] for m in self.marks for a in self.answers)

    @property
    def complete(self) -> bool:
        """Whether a mark covers an answer."""
        return any(m[0] <= a[0] and a[1] <= m[1] for m in self.marks for a in self.answers)


def measure(questions: QuestionSet, parts: Iterable[Part], reader: Reader) -> Iterator[Marked]:
    """Mark the sentences that answer the answerable questions of some parts."""
    wanted = set(parts)
    texts = {f"{questions.name}.jsonl#{n}": record["text"] for n, record in enumerate(questions.records, 1)}
    for asked in questions.asked:
        if asked.part in wanted and asked.answers:
            yield from _marked(asked, texts[asked.place], reader)


def _marked(asked: Asked, text: str, reader: Reader) -> Iterator[Marked]:
    """The question's case, or none where its first answer lies in no single sentence."""
    spans = tuple((start, end) for _, start, end in asked.answers)
    sentences = split_sentences(text, 0, None)
    for at, own in enumerate(sentences):
        if own.start <= spans[0][0] and spans[0][1] <= own.end:
            around = sentences[max(0, at - 1) : at + 2]
            window = Window("", "", tuple(text[s.start : s.end] for s in around))
            (reading,) = reader.read(asked.question, [window])
            words = marked_words(text[own.start : own.end], reading.words[around.index(own)])
            found = tuple((own.start + a, own.start + b) for a, b in words)
            kind = read_question(asked.question).kind
            yield Marked(asked.question, kind, text, (own.start, own.end), found, spans)


def report(cases: Sequence[Marked]) -> Iterator[str]:
    """One line for each kind that marks: questions, marked, right and complete, as shares."""
    yield f"{'kind':10}{'asked':>7}{'marked':>8}{'share':>8}{'right':>8}{'complete':>10}"
    for kind in [*Kind, None]:
        asked = [c for c in cases if kind in {None, c.kind}]
        marked = [c for c in asked if c.marks]
        if marked:
            right, complete = sum(c.right for c in marked), sum(c.complete for c in marked)
            shares = (len(marked) / len(asked), right / len(marked), complete / len(marked))
            yield (
                f"{kind or 'all':10}{len(asked):7}{len(marked):8}{shares[0]:8.2f}{shares[1]:8.2f}{shares[2]:10.2f}"
            )


def main() -> None:
    """Print the tables of the part that nothing was tuned on."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.marks FOLDER_OF_PUBLIC_DATA")
    questions = squad(Path(sys.argv[1]))
    print("\n".join(report(list(measure(questions, ("test",), BundledReader())))))


if __name__ == "__main__":
    main()
