"""The answering words are marked where the kind of question makes them clear, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.choosing.marks import marks
from assistant.question import Kind, Question, read_question
from tests.odd_texts import ODD_TEXTS
from tests.timing import within


def marked(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in marks(read_question(question), text)]


STRIKE = (
    "About 1,400 dockers have stopped work since the strike began on Tuesday 3 March, Lund said on Friday."
)
SHOT = "The attack on 12 May killed at least 30 people, among them a 43-year-old nurse, and wounded 76."


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("When did the strike begin?", STRIKE, "on Tuesday 3 March"),
        ("When was the battle fought?", "The battle was fought in 1066 near the coast.", "in 1066"),
        ("In what year did the mill burn?", "On 4 May 1931 the mill burned.", "On 4 May 1931"),
        (
            "What time did the ferry leave?",
            "The ferry left at 7.30 a.m. on Monday with 43 aboard.",
            "at 7.30 a.m. on Monday",
        ),
        ("When did the mill close?", "The mill closed two years ago after a fire.", "two years ago"),
        ("When did the mill stand?", "The mill stood from 1931 to 1968.", "from 1931 to 1968"),
        ("When did the 1931 strike end?", "The 1931 strike ended in March 1932.", "in March 1932"),
        ("When did the bridge open?", "It opened in March 2019 and closed in April 2021.", "in March 2019"),
        ("How many dockers are on strike?", STRIKE, "About 1,400 dockers"),
        ("How many people were killed in the attack?", SHOT, "at least 30 people"),
        ("How old was the nurse?", SHOT, "43-year-old"),
        ("How many were wounded?", "Some 30 were killed and two dozen wounded.", "two dozen"),
        ("How many houses burned?", "Between 30 and 40 houses burned.", "Between 30 and 40 houses"),
        ("What percentage voted?", "Some 30 per cent voted, 12 of them twice.", "Some 30 per cent"),
        ("How many votes did she get?", "She got 12.5 million votes.", "12.5 million votes"),
        ("How much did the dam cost?", "The dam cost $2.1 billion and took six years.", "$2.1 billion"),
        ("How long did it take to build the dam?", "To build the dam took six years.", "six years"),
        ("How tall is the tower?", "The tower is 120 metres tall, with 9 floors.", "120 metres"),
        ("How often does the ferry run?", "The ferry runs four times a day.", "four times a day"),
        ("Who led the talks?", "The talks were led by UN envoy Ana Lund in Korrun.", "Ana Lund"),
        ("Who led the talks?", "In Korrun, Ana Lund led the talks.", "Ana Lund"),
        ("Who is the mayor of Korrun?", "Ana Lund, the mayor of Korrun, resigned.", "Ana Lund"),
        ("Who is the mayor of Korrun?", "Korrun’s mayor, Ana Lund, resigned.", "Ana Lund"),
        ("Who was arrested?", "Police arrested Ivan Petrov on Monday.", "Ivan Petrov"),
        ("Who was arrested?", "Ivan Petrov was arrested on Monday.", "Ivan Petrov"),
        ("Who shelled the town?", "The town was shelled by Meridian troops.", "Meridian troops"),
        ("Who said the dam was safe?", "The dam is safe, said Ana Lund, the mayor.", "Ana Lund"),
        ("Where did the tram derail?", "The tram derailed in Korrun on Monday.", "in Korrun"),
        ("Where was he born?", "He was born in Korrun, Meridale, in 1961.", "in Korrun, Meridale"),
        ("Where did it happen?", "It happened 13 km north of Korrun city.", "13 km north of Korrun city"),
        ("Where did people flee to?", "People fled from Korrun to Meridale.", "to Meridale"),
        ("Where did people come from?", "People came from Korrun to Meridale.", "from Korrun"),
        (
            "Why was it shut?",
            "It was shut because the piers were rotten, Lund said.",
            "because the piers were rotten",
        ),
        ("Why was it shut?", "Due to flooding, it was shut.", "Due to flooding"),
        ("Why was it shut?", "It was shut on Monday after divers found cracks.", "after divers found cracks"),
        ("What caused the fire?", "The fire was caused by a cable, Lund said.", "caused by a cable"),
        ("What did Lund say?", "Lund said that the dam was safe, but did not explain.", "the dam was safe"),
        ("What did Lund say?", "“It is the end of an age,” Lund said.", "“It is the end of an age,”"),
        ("What did Lund say?", '"It is a shame and an insult," Lund said.', '"It is a shame and an insult,"'),
        ("What did Lund say?", "At least 30 died, according to Ana Lund.", "At least 30 died"),
        ("What did Lund say?", "The dam is dry, Ana Lund said on Monday.", "The dam is dry"),
        ("What did Lund say?", "Lund denied the dam was dry, but did not explain.", "the dam was dry"),
        (
            "What did Lund say?",
            "“It is quite dry now,” Lund said. “It is not,” Ford said.",
            "“It is quite dry now,”",
        ),
    ],
)
def test_what_answers_is_marked(question: str, text: str, answer: str) -> None:
    assert marked(question, text) == [answer]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did the 1931 flood happen?", "The 1931 flood killed nine."),
        ("What happens when the dam breaks?", "The dam broke in 1931."),
        ("When did it open?", "Nobody was hurt on 12 May."),
        ("How many people died?", "A 43-year-old man died on 12 May."),
        ("How many people died?", "In 1931 the dam broke."),
        ("How many dockers were hurt at Gate Six?", "Police cleared dockers from Gate Six."),
        (
            "How many dockers joined the strike?",
            "Some 20 people were hurt when police cleared dockers from Gate Six.",
        ),
        ("How many soldiers died?", "The 3rd soldier, of Unit 12, died on Route 66."),
        ("How many people saw the 30 ships?", "The people saw the 30 ships."),
        ("How many cities fell?", "It fell at 7.30 on 5 May 1931 after three days."),
        ("How much did it cost?", "It took six years and 900 men."),
        ("Who led the talks with Lund?", "Lund led the talks."),
        ("Who led the talks?", "The talks were held in Korrun with Lund and Ford."),
        ("Who led the talks?", "He led the talks."),
        ("Where did Korrun stand?", "It stood in Korrun."),
        ("Where did the tram derail?", "The tram derailed in May."),
        ("Why was it shut?", "It was shut on Monday, and Lund agreed to help."),
        ("Why was it shut?", "It was shut two days after the flood."),
        ("What did Lund say?", "The “dam” is what engineers call it."),
        ("What did Ford say?", "“It is the end of an age,” Lund said."),
        ("What did Lund say?", "“Dam” is the word, as printed in “Birds and Men.”"),
        ("What did Ford say about the dam?", "“The dam is quite safe now,” Lund said of the dam."),
        ("What did Ford say?", "Lund said the dam was safe, and Ford left."),
        ("What did Ford say?", "Ford declined to comment on the dam."),
        ("Did the dam break?", "The dam broke on 12 May and killed 30 people."),
        ("What broke?", "The dam broke on 12 May and killed 30 people."),
        ("How many people were killed?", ""),
    ],
)
def test_where_it_is_not_clear_nothing_is_marked(question: str, text: str) -> None:
    assert marked(question, text) == []


def test_all_that_is_spoken_is_marked() -> None:
    text = "“The dam is safe,” the minister said. “We checked it twice.”"
    assert marked("What did the minister say about the dam?", text) == [
        "“The dam is safe,”",
        "“We checked it twice.”",
    ]


def test_the_answer_may_stand_in_any_sentence_of_the_quote() -> None:
    text = "Ana Lund is the mayor. She took office in 2019. The dam broke in 2021."
    assert marked("When did Lund take office?", text) == ["in 2019"]
    assert marked("When did the dam break?", text) == ["in 2021"]


def test_a_mark_does_not_cut_a_letter() -> None:
    text = "It was led by Ana Lune\u0301 in May."
    assert marked("Who led it?", text.replace("It", "The raid")) == ["Ana Lune\u0301"]


QUESTIONS = (
    "When did the bridge fall?",
    "How many were hurt?",
    "How much did it cost?",
    "Who left?",
    "Where is Ford?",
    "Why did Assad come?",
    "What did she say?",
    "Is it so?",
    "What fell?",
)


ASKED = (st.sampled_from(QUESTIONS) | ODD_TEXTS.filter(str.strip)).map(read_question)


@settings(deadline=None)
@given(question=ASKED, text=ODD_TEXTS)
def test_marks_are_spans_that_ascend_and_stay_apart(question: Question, text: str) -> None:
    at = 0
    for start, end in marks(question, text):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000,
        "1" * 50_000,
        "1,2" * 20_000,
        "one " * 12_000,
        "in Ford " * 6_000,
        "A" + "-" * 50_000,
        "Ford " * 10_000,
        "The " * 12_000,
        "“" * 50_000,
        '" ' * 25_000,
        "because " * 6_000,
        "said that " * 5_000,
        "in May " * 7_000,
        "by " * 16_000 + "Ford",
    ],
)
def test_no_text_takes_longer_than_it_is_long(question: str, text: str) -> None:
    with within(2):
        marks(read_question(question), text)


def test_every_kind_is_asked_here() -> None:
    assert {read_question(question).kind for question in QUESTIONS} == set(Kind)


def test_litres_are_liters() -> None:
    text = "They were preparing a provocation involving 200 people and 400 liters of agents."
    found = marks(read_question("How many litres of agents were involved?"), text)
    assert [text[start:end] for start, end in found] == ["400 liters of agents"]
