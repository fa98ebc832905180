"""Measure the marked words of quotes against the answers that people gave, on SQuAD 2.0's sentences.

    python -m benchmarks.marks ../shared/data

Each answerable question is shown the sentence that holds its answer, and the quote that this
sentence becomes with its neighbours where it leans on them. A mark is right when it overlaps one of
the answers, and complete when it covers one. `assistant.choosing.marks` was tuned on the parts "read" and
"fit" alone; the part "test" is the measurement.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.choosing.marks import marks
from assistant.choosing.widen import widened
from assistant.question import Kind, read_question
from benchmarks.public import Asked, Part, QuestionSet, squad
from corpus.article import Sentence
from corpus.sentences import split_sentences

Span = tuple[int, int]
# Which characters are the quote: the sentences of an article, the number of the answering one, the text.
Quoting = Callable[[Sequence[Sentence], int, str], Span]


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


def sentence_alone(sentences: Sequence[Sentence], at: int, _text: str) -> Span:
    """Quote one sentence."""
    return sentences[at].start, sentences[at].end


def with_neighbours(sentences: Sequence[Sentence], at: int, text: str) -> Span:
    """Quote a sentence with those it leans on."""
    first, last = widened(sentences, at, text)
    return sentences[first].start, sentences[last].end


def measure(questions: QuestionSet, parts: Iterable[Part], quoting: Quoting) -> Iterator[Marked]:
    """Mark the quotes of all answerable questions of some parts."""
    wanted = set(parts)
    texts = {f"{questions.name}.jsonl#{n}": record["text"] for n, record in enumerate(questions.records, 1)}
    for asked in questions.asked:
        if asked.part in wanted and asked.answers:
            yield from _marked(asked, texts[asked.place], quoting)


def _marked(asked: Asked, text: str, quoting: Quoting) -> Iterator[Marked]:
    """The question's case, or none where its first answer lies in no single sentence."""
    spans = tuple((start, end) for _, start, end in asked.answers)
    sentences = split_sentences(text, 0, None)
    holding = (n for n, s in enumerate(sentences) if s.start <= spans[0][0] and spans[0][1] <= s.end)
    for at in holding:
        start, end = quoting(sentences, at, text)
        question = read_question(asked.question)
        found = tuple((start + a, start + b) for a, b in marks(question, text[start:end]))
        yield Marked(asked.question, question.kind, text, (start, end), found, spans)


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
    for name, quoting in (("the sentence alone", sentence_alone), ("with its neighbours", with_neighbours)):
        print(f"\n{name}")
        print("\n".join(report(list(measure(questions, ("test",), quoting)))))


if __name__ == "__main__":
    main()
