"""Who says what a sentence says: found as spans where a form makes it clear, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.annotation.speakers import Stance, hedges, speakers
from corpus.segmentation.boundaries import split_sentences_of
from tests.odd_texts import ODD_TEXTS
from tests.timing import within

Span = tuple[int, int]


def read(text: str) -> list[tuple[str, str, str]]:
    """Speaker, cue and words said of a sentence."""
    found = speakers(text, 0, len(text), [])
    return [(text[slice(*a.speaker)], text[slice(*a.cue)], text[slice(*a.said)]) for a in found]


# [who speaks] {cue} <what is said>
SAID = [
    # A subject before its verb.
    "[Lund] {told} reporters <the dam was safe>.",
    "[Lund] {said} on Monday that <the dam was safe>.",
    "<The dam was safe>, [Lund] {said}.",
    "<The dam was safe>, [the minister] {told} reporters.",
    "[The Meridian Defence Ministry] {reported} that <30 ships had left>.",
    "[Meridian Wire] {reported} <12 strikes on the port>.",
    "[Officials] {say} <there are 900 of them in the valley>.",
    "[Two officials] have {said} <the talks would go on>.",
    "[A spokesman for Mayor Ford] {said} <the bridge was shut>.",
    "[The head of the Korrun hospital] {said} <nine had died>.",
    "[The Harbour Observatory for Labour Rights] {said} <40 men were held>.",
    "[Dr. Ana B. Lund] {said} <the fever had passed>.",
    "[Lt. Gen. Omar al-Tarsi] {said} <the hill was taken>.",
    "On Tuesday, [Lund] {said} <the piers were rotten>.",
    "In a statement, [the union] {said} <it would not sign>.",
    "[The army] in a statement {said} <it held the pass>.",
    "[The harbour master] on Friday {said} <the port was open>.",
    "While the mayor was silent, [her deputy] {said} <the water was safe>.",
    "[Lund and Ford] {said} <they would meet again>.",
    "[Dockers and their lawyers] {said} <the vote was void>.",
    "[Mainstream media] already {denounced} <this as propaganda>.",
    "Unlike his father, [he] {insisted} that <the mill would stay>.",
    "[They] {said} <nothing would change>.",
    "The report found rust, and [the ministry] {said} <it would act>.",
    "[The mayor of Korrun] {warned} that <the dam might break>.",
    "[The president] also {warned} <Meridia to stay away>.",
    "[Ford] {accused} <the union of lying about pay>.",
    "[The union] {blamed} <the owners for the fire>.",
    "[Ford] {condemned} <the raid on the mill>.",
    "[Critics] {described} <the law as a muzzle>.",
    "[Lund] {announced} <a plan to drain the marsh>.",
    "[Lund] {tweeted}: <“The dam is safe and dry.”>",
    "[Lund] {wrote} that <the dam was safe>.",
    "Lund asked whether it was over; [the army] {confirmed} that <it was>.",
    # An aside or a relative clause between the two.
    "[Ana Lund], the mayor of Korrun, {said} <the dam was safe>.",
    "[Ana Lund], 43, {said} <the dam was safe>.",
    "[Ana Lund], who chairs the board, {said} <the dam was safe>.",
    "[A witness] who asked not to be named {said} <the guards had run>.",
    "[The group], which tracks strikes, {said} <40 were held>.",
    "[The report] which could not be verified {said} <40 were held>.",
    "Police arrested [a man] who {said} <he was lost>.",
    # A verb before its subject.
    "<“It is the end of an age,”> {said} [Lund].",
    "<“It is the end of an age,”> {said} [Lund] on Monday.",
    "<“It is the end of an age,”> {said} [Ana Lund], the mayor.",
    "<“It is the end of an age,”> {said} [the minister for ports].",
    "<The dam was safe>, {said} [the minister].",
    "<The toll could rise>, {says} [the monitor], which counts the dead.",
    "<The men had fled>, {added} [a guard at the gate].",
    # Quotation marks of several kinds.
    "<“It is the end of an age,”> [Lund] {said}.",
    '<"It is the end of an age,"> [Lund] {told} the Wire on Monday.',
    "<«It is the end of an age»>, [Lund] {said}.",
    "<‘It is the end of an age,’> [Lund] {said}.",
    "<'It is the end of an age,'> [Lund] {said}.",
    "[Lund] {said}: <“It is the end of an age.”>",
    "[Lund] {said}, <“It is the end of an age.”>",
    "[Lund] {said} <the “so-called union” had no members>.",
    "<The dam is “quite dry”>, [Lund] {said}.",
    '<"Three died when it fell"> [a nurse in the camp] {said}.',
    # According to.
    "{According to} [some pro-harbour sources], <the army even left>.",
    "<The strike cost 9 million>, {according to} [the union].",
    "<At least 30 died>, {according to} [Meridia’s President Omar Tarsi].",
    "{According to} [a report by Harbour Watch], <nine men were held>.",
    "The shells, {according to} [him], <fell short>.",
    # Where commas and apostrophes were lost.
    "<The blast killed nine in the port> [the Harbour Observatory] {said}.",
    "<The blast killed five people and wounded dozens more> [observers] {said}.",
    "[Meridias army] {said} in a statement on Monday that <it held Korrun>.",
    "{According to} [MERA] <the coalition struck the mill on Thursday>.",
    "Later in the day [Meridian Wire] {reported} that <the mill had burned>.",
    "<The toll could rise because of the many wounds> {says} [the war monitor].",
    "[Omar a resident of the old town] {said} <his house was gone>.",
    "<Many fled from the town of Old Korrun> [rebels] {say}.",
    # Participles.
    "Witnesses disagreed, with [some] {saying} <more than 40 were dead>.",
    "The army left after [a source] {telling} the Wire that <it was over>.",
    "[Ford] left the talks on Friday, {saying} <they were a farce>.",
]


def marked(text: str) -> tuple[str, dict[str, Span]]:
    """The text without its marks, and the span of what each opening mark shows."""
    plain, spans, opened = "", {}, {}
    for char in text:
        if char in "[{<":
            opened[char] = len(plain)
        elif char in "]}>":
            mark = "[{<"["]}>".index(char)]
            spans[mark] = (opened[mark], len(plain))
        else:
            plain += char
    return plain, spans


@pytest.mark.parametrize("row", SAID)
def test_who_says_it_is_found(row: str) -> None:
    text, spans = marked(row)
    (found,) = speakers(text, 0, len(text), [])
    assert {"[": found.speaker, "{": found.cue, "<": found.said} == spans


BOTH = "The army denied it while Ford said it was true."
BROKEN = "“It is over,” said Lund, the mayor, “and we knew it.”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lund said it was safe and added that it was dry.", ["Lund: it was safe", "Lund: it was dry"]),
        ("Lund said Ford said so.", ["Lund: Ford said so", "Ford: so"]),
        (BROKEN, ["Lund: “It is over,”", "Lund: “and we knew it.”"]),
        (BOTH, ["The army: it while Ford said it was true", "Ford: it was true"]),
        (
            "Lund said it leaked, adding that it stank.",
            ["Lund: it leaked, adding that it stank", "Lund: it stank"],
        ),
    ],
)
def test_a_sentence_may_have_several(text: str, expected: list[str]) -> None:
    assert [f"{speaker}: {said}" for speaker, _, said in read(text)] == expected


NOBODY = [
    "It was reported that nine had died.",
    "Nine men were reported missing.",
    "Lund was told that the dam was safe.",
    "Lund was asked about the dam.",
    "Asked about the dam, the crowd laughed.",
    "He is said to be ill.",
    "The reported raid cost nine lives.",
    "Following reported rebel fire, the school was shut.",
    "The accused men were held in the port.",
    "The blast claimed the lives of nine men.",
    "No claim of responsibility was made.",
    "Nobody could say how many had died.",
    "The mill added to the smoke over the town.",
    "Salt was added that the soup might keep.",
    "The states of the north were flooded.",
    "Reports of a raid spread through the town.",
    "The “dam” is what engineers call it.",
    "What it called rebels were shot.",
    "The shelling went on for a week.",
    "“Birds and Men” is the name of the play.",
    "",
]


@pytest.mark.parametrize("text", NOBODY)
def test_where_nobody_speaks_none_is_found(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "stance"),
    [
        ("Lund denied that the dam had cracks.", "Lund", "denied", Stance.DENIES),
        ("The army rejected the charge.", "The army", "rejected", Stance.DENIES),
        ("Ford declined to comment on the fire.", "Ford", "declined to comment", Stance.SILENT),
        ("The ministry refused to say how many had died.", "The ministry", "refused to say", Stance.SILENT),
        ("The ministry did not comment.", "The ministry", "did not comment", Stance.SILENT),
        ("The ministry has not commented.", "The ministry", "has not commented", Stance.SILENT),
        ("The agency didn’t say when it was.", "The agency", "didn’t say", Stance.SILENT),
        ("The agency didnt say when it was.", "The agency", "didnt say", Stance.SILENT),
        ("The group was unable to confirm the toll.", "The group", "was unable to confirm", Stance.SILENT),
        ("Lund said the dam was safe.", "Lund", "said", Stance.SAYS),
    ],
)
def test_denial_and_silence_are_told_apart(text: str, speaker: str, cue: str, stance: Stance) -> None:
    (found,) = speakers(text, 0, len(text), [])
    assert (text[slice(*found.speaker)], text[slice(*found.cue)], found.stance) == (speaker, cue, stance)


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("Lund was quoted by MERA as saying the dam was safe.", "Lund", "MERA"),
        ("Lund was quoted as saying the dam was safe.", "Lund", None),
        ("State television quoted a source as saying the dam was safe.", "a source", "State television"),
    ],
)
def test_who_passes_words_on_is_told(text: str, speaker: str, via: str | None) -> None:
    (found,) = speakers(text, 0, len(text), [])
    assert text[slice(*found.speaker)] == speaker
    assert (text[slice(*found.via)] if found.via else None) == via
    assert text[slice(*found.said)] == "the dam was safe"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army reportedly struck over 50 targets.", ["reportedly"]),
        ("The alleged spy was allegedly shot.", ["alleged", "allegedly"]),
        ("He is believed to have fled.", ["is believed to"]),
        ("As a result, it is believed that he fled.", ["it is believed that"]),
        ("It was reported that he fled.", ["It was reported that"]),
        ("Ford claims the dam was safe.", ["claims"]),
        ("The blast claimed the lives of nine.", []),
        ("The toll could not be independently verified.", ["could not be independently verified"]),
        ("The dam was safe.", []),
    ],
)
def test_hedges_are_found_without_a_speaker(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in hedges(text, 0, len(text))] == expected


def test_an_attribution_carries_its_hedge() -> None:
    text = "Ford claimed that the dam was safe."
    (found,) = speakers(text, 0, len(text), [])
    assert text[slice(*(found.hedge or (0, 0)))] == "claimed"


SCRAPS = [marked(row)[0] + " " for row in SAID[::4]] + [
    "“",
    '" ',
    "Lund said ",
    ", ",
    "according to ",
    "he said. ",
]
TEXTS = ODD_TEXTS | st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=6).map("".join)


@settings(deadline=None, max_examples=60)
@given(text=TEXTS, data=st.data())
def test_every_span_lies_in_the_text_and_what_is_said_in_the_sentence(text: str, data: st.DataObject) -> None:
    sentences = [*split_sentences_of(text, 0, len(text)), (0, len(text))]
    start, end = data.draw(st.sampled_from(sentences))
    for found in speakers(text, start, end, sentences[:-1]):
        spans = (found.speaker, found.cue, found.hedge, found.named_by, found.via)
        assert all(0 <= a < b <= len(text) for a, b in filter(None, spans))
        assert start <= found.said[0] <= found.said[1] <= end
        assert text[slice(*found.said)].strip() or found.stance is Stance.SILENT
    assert all(start <= a < b <= end for a, b in hedges(text, start, end))


@pytest.mark.parametrize(
    "scrap",
    [
        "“",
        '" ',
        "said ",
        "Lund said ",
        "a said the ",
        "and ",
        "“a ” ",
        "(",
        "the A a B ",
        "to x ",
        "not also ",
        "according to ",
        "it is ",
        "A. ",
        "a-",
        "who said, ",
        "\n",
        "' a",
    ],
)
def test_no_text_takes_longer_than_it_is_long(scrap: str) -> None:
    text = scrap * (40_000 // len(scrap))
    with within(1):
        speakers(text, 0, len(text), [])
        speakers(text, 20_000, 21_000, split_sentences_of(text, 0, len(text)))
        hedges(text, 0, len(text))
