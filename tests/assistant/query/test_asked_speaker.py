"""Whether the one a question asks about speaks a sentence: yes, clearly another, or unknown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from assistant.query.asked_speaker import asked_speaker, speaks
from assistant.query.question import read_question
from corpus.annotation.speakers import speakers
from corpus.segmentation.boundaries import split_sentences_of
from tests.odd_texts import ODD_TEXTS


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Lund say about the dam?", "Lund"),
        ("What did Ana Lund tell reporters?", "Ana Lund"),
        ("What has the Harbour Ministry announced?", "the Harbour Ministry"),
        ("What did the army say?", "the army"),
        ("How did Meridia respond?", "Meridia"),
        ("What did Lund also say?", "Lund"),
        ("What was said by Lund about the dam?", "Lund"),
        ("What did he say?", None),
        ("What did people say about the dam?", None),
        ("What happened at the dam?", None),
        ("Who said the dam was safe?", None),
    ],
)
def test_whose_words_are_asked_for(question: str, name: str | None) -> None:
    assert asked_speaker(read_question(question)) == name


DAM = "Ana Lund said the dam was safe. She said it was dry. The minister said so. It rained. Ford said no."


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What did Lund say about the dam?", "Ana Lund said the dam was safe.", True),
        ("What did Lund say about the dam?", "She said it was dry.", True),
        ("What did Lund say about the dam?", "The minister said so.", None),
        ("What did Lund say about the dam?", "It rained.", None),
        ("What did Lund say about the dam?", "Ford said no.", False),
        ("What did Ford say about the dam?", "Ana Lund said the dam was safe.", False),
        ("What did Ford say about the dam?", "She said it was dry.", False),
        ("What did Russia say about the dam?", "Ford said no.", None),
        ("What did the minister say?", "The minister said so.", True),
        ("What did the minister say?", "Ford said no.", None),
        ("When did Ford say no?", "Ford said no.", None),
    ],
)
def test_who_speaks_a_sentence(question: str, sentence: str, expected: bool | None) -> None:
    start = DAM.index(sentence)
    sentences = split_sentences_of(DAM, 0, len(DAM))
    found = speakers(DAM, start, start + len(sentence), sentences)
    assert speaks(read_question(question), DAM, found) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lund declined to comment.", None),
        ("Lund’s lawyer said it was over.", None),
        ("A spokesman for Lund said it was over.", None),
        ("Lund denied that it was over.", True),
        ("It was over, according to Lund.", True),
        ("Lund accused Ford of lying.", True),
        ("Ford accused Lund of lying.", False),
        ("Ford said it while Lund said it was not so.", True),
        ("Lund was told by Ford that it was over.", None),
    ],
)
def test_speaking_of_someone_is_not_speaking(text: str, expected: bool | None) -> None:
    assert speaks(read_question("What did Lund say?"), text, speakers(text, 0, len(text), [])) is expected


@settings(deadline=None, max_examples=30)
@given(question=ODD_TEXTS.filter(str.strip), text=ODD_TEXTS)
def test_any_text_may_be_asked_of(question: str, text: str) -> None:
    found = speakers(text, 0, len(text), [])
    assert speaks(read_question(f"What did Lund say of {question}?"), text, found) in {True, False, None}
