"""The next quote adds something: another source, another figure, another day; copies are told from neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.selection.diversity import Aspect, diverse


def aspect(words: str, figures: str = "", source: str | None = "The Tide", day: int = 1) -> Aspect:
    return Aspect(frozenset(words.split()), frozenset(figures.split()), source, date(2031, 3, day))


STRIKE = aspect("docker join strike port caldry", "1400")


def test_the_same_words_with_another_figure_are_no_copy() -> None:
    assert STRIKE.copies(aspect("docker join strike port caldry", "1400", "Halyard"))
    assert not STRIKE.copies(aspect("docker join strike port caldry", "900"))


def test_other_words_are_no_copy() -> None:
    assert not STRIKE.copies(aspect("talk fail caldry", "1400"))


def test_a_copy_shares_four_fifths_of_its_words() -> None:
    five = aspect("docker join strike port caldry")
    assert five.copies(aspect("docker join strike port"))  # 4 of 5
    assert not five.copies(aspect("docker join strike port gate"))  # 4 of 6


def test_a_sentence_of_a_copied_text_shares_half_of_its_words() -> None:
    three = aspect("docker join strike")
    assert three.prints(replace(aspect("docker join talk"), article=1))  # 2 of 4
    assert not three.prints(replace(aspect("docker leave"), article=1))  # 1 of 4
    assert not three.prints(aspect("docker join talk"))  # the same article
    assert not three.prints(replace(aspect("docker join talk"), article=1, origin=1))


def test_figures_add_something_only_where_the_other_lacks_one() -> None:
    one, two = aspect("strike", "1400"), aspect("strike", "1400 900")
    assert one.likeness(two) == 1.0
    assert two.likeness(one) < 1.0


@pytest.mark.parametrize(
    "other",
    [
        aspect("docker join strike port caldry", "1400", "Halyard"),
        aspect("docker join strike port caldry", "900"),
        aspect("docker join strike port caldry", "1400", day=4),
        aspect("talk fail harbour", "1400"),
    ],
)
def test_another_source_figure_day_or_other_words_add_something(other: Aspect) -> None:
    assert other.likeness(STRIKE) < STRIKE.likeness(STRIKE) == 1.0


def test_an_unknown_source_adds_nothing() -> None:
    nobody = aspect("docker join strike port caldry", "1400", None)
    assert nobody.likeness(STRIKE) == 1.0


def test_what_adds_something_goes_before_what_is_slightly_better() -> None:
    again = aspect("docker join strike harbour caldry", "1400")
    elsewhere = aspect("docker join strike port caldry", "900", "Halyard", 2)
    assert diverse([STRIKE, again, elsewhere], [0.9, 0.6, 0.55], 3) == [0, 2, 1]
    assert diverse([STRIKE, again, elsewhere], [0.9, 0.9, 0.2], 3) == [0, 1, 2]


def test_a_text_that_is_quoted_already_comes_last_in_another_article() -> None:
    copy = replace(aspect("docker join strike port caldry", "900", "Halyard", 2), article=1)
    same_article = aspect("talk fail board", "")
    elsewhere = replace(aspect("docker join strike port caldry", "1400"), article=2, origin=2)
    assert diverse([STRIKE, copy, same_article, elsewhere], [0.9, 0.9, 0.3, 0.2], 4) == [0, 2, 3, 1]
    assert diverse([copy, STRIKE], [0.9, 0.8], 2) == [0, 1]


ASPECTS = st.builds(
    aspect,
    st.text("abc ", min_size=1, max_size=6),
    st.text("12 ", max_size=3),
    st.sampled_from(["The Tide", "Halyard", None]),
    st.integers(1, 3),
)


@given(pairs=st.lists(st.tuples(ASPECTS, st.floats(0, 1)), max_size=8), k=st.integers(1, 9))
def test_each_is_chosen_once_and_the_first_stays_first(pairs: list[tuple[Aspect, float]], k: int) -> None:
    chosen = diverse([a for a, _ in pairs], [w for _, w in pairs], k)
    assert len(chosen) == len(set(chosen)) == min(k, len(pairs))
    assert chosen[:1] == [0] * bool(pairs)


@given(pairs=st.lists(st.tuples(ASPECTS, st.floats(0, 1)), max_size=8))
def test_with_nothing_but_relevance_worth_alone_decides(pairs: list[tuple[Aspect, float]]) -> None:
    chosen = diverse([a for a, _ in pairs], [w for _, w in pairs], 8, relevance=1.0)
    rest = [pairs[i][1] for i in chosen[1:]]
    assert rest == sorted(rest, reverse=True)


def test_what_is_preferred_comes_first_unless_it_is_quoted_already() -> None:
    elsewhere = replace(aspect("docker join strike", "900", "Halyard", 2), article=1, origin=1)
    copy = replace(elsewhere, article=2, source="The Tide")
    assert diverse([STRIKE, elsewhere, copy], [0.9, 0.2, 0.2], 3, preferred={1, 2}) == [1, 0, 2]
