"""A name stands for the one source that is called so, or for none."""

import pytest

from corpus.article import Rejected
from corpus.loading.aliases import Alias, alias_faults, names_of

SANA = Alias("SANA", "Syrian Arab News Agency", "labels.toml")


@pytest.mark.parametrize(
    ("stated", "aliases", "names"),
    [
        (["SANA"], [], {"sana": "SANA"}),
        (["SANA"], [SANA], {"sana": "SANA", "syrian arab news agency": "SANA"}),
        (["Sana"], [SANA], {"sana": "Sana", "syrian arab news agency": "Sana"}),
        (["The Tide"], [], {"the tide": "The Tide", "tide": "The Tide"}),
        (
            ["Straße"],
            [Alias("STRASSE", "The Street", "")],
            {"strasse": "Straße", "the street": "Straße", "street": "Straße"},
        ),
        (["Other"], [SANA], {"other": "Other"}),
        # What two are called so is left out, however they came by it.
        (["Times", "The Times"], [], {"the times": "The Times"}),
        (["A", "B"], [Alias("A", "X", ""), Alias("B", "x", "")], {"a": "A", "b": "B"}),
        (["A", "B"], [Alias("A", "b", "")], {"a": "A"}),
        (["A"], [Alias("A", "X", ""), Alias("Not here", "the X", "")], {"a": "A", "the x": None}),
        (["A"], [Alias("A", "X", ""), Alias("a", "X", "b")], {"a": "A", "x": "A"}),
        ([], [SANA], {}),
    ],
)
def test_names_that_one_source_claims(
    stated: list[str], aliases: list[Alias], names: dict[str, str | None]
) -> None:
    assert names_of(stated, aliases) == {name: source for name, source in names.items() if source}


def test_aliases_of_no_source_and_of_two_are_told() -> None:
    given = [
        SANA,
        Alias("SANA", "S", "labels.toml"),
        Alias("A", "X", "labels.toml"),
        Alias("B", "the x", "y/labels.toml"),
    ]
    rest = "; the other entries are in force"
    both = f"would name 'a' and 'B' and stands for neither{rest}"
    assert alias_faults(["a", "B"], given) == [
        Rejected("labels.toml", "no article states the source 'SANA', which has aliases" + rest),
        Rejected("labels.toml", f"'X' {both}"),
        Rejected("y/labels.toml", f"'the x' {both}"),
    ]  # fmt: skip
    assert alias_faults(["SANA"], [SANA]) == []


def test_a_label_file_beside_one_file_may_name_sources_of_others() -> None:
    beside = [Alias("A", "X", ""), Alias("B", "Y", ""), Alias("C", "Y", "")]
    (fault,) = alias_faults(["A"], beside)
    assert (fault.path, fault.reason[:25]) == ("labels.toml", "'Y' would name 'B' and 'C")
