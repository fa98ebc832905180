"""labels.toml is read whole or refused with the place of its fault."""

from datetime import date

import pytest

from corpus.loading.labels import Label, LabelFile, Naming, parse_labels

WIRE = """
[[files]]
match = "wire/*.txt"
source = "Meridian Wire"
kind = "news"

[[files]]
match = "**/*.txt"
kind = "opinion"
published = 2020-02-03

[[files]]
match = "export.csv"
encoding = "cp1252"
date_format = "M/D/YYYY"
columns = { text = "article_content", title = "article_title" }
"""


def test_all_fitting_entries_apply_and_later_ones_win() -> None:
    label = parse_labels(WIRE).label_for("wire/a.txt")
    assert label == Label(source="Meridian Wire", kind="opinion", published=date(2020, 2, 3))


def test_how_to_read_a_file() -> None:
    label = parse_labels(WIRE).label_for("export.csv")
    assert (label.encoding, label.date_format) == ("cp1252", "M/D/YYYY")
    assert label.columns == {"text": "article_content", "title": "article_title"}


def test_columns_are_joined() -> None:
    entries = parse_labels(
        '[[files]]\nmatch="*"\ncolumns={text="a", title="b"}\n[[files]]\nmatch="x.csv"\ncolumns={text="c"}'
    )
    assert entries.label_for("x.csv").columns == {"text": "c", "title": "b"}


def test_a_file_no_entry_fits_has_no_label() -> None:
    assert parse_labels(WIRE).label_for("other.md") == Label()
    assert parse_labels("") == LabelFile()


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ('[[files]]\nmatch = "a"\nsource = \n', "not valid TOML.*line 3"),
        ('[files]\nmatch = "a"', r"\[\[files\]\]"),
        ('[[file]]\nmatch = "a"', "unknown 'file'"),
        ("files = [1]", "entry 1: must be a table"),
        ('[[files]]\nsource = "a"', "entry 1: `match` is missing"),
        ('[[files]]\nmatch = "a"\n[[files]]\nmatch = "b"\nsorce = "x"', "entry 2: unknown 'sorce'.*known are: match"),
        ('[[files]]\nmatch = "a"\nsource = 3', "entry 1: source must be a text"),
        ('[[files]]\nmatch = "a"\nsource = "a\\u0007"', "entry 1: source holds a control character"),
        ('[[files]]\nmatch = "a"\nurl = "javascript:alert(1)"', "entry 1: url is not a link"),
        ('[[files]]\nmatch = "a"\npublished = "3.2.2020"', "entry 1: published '3.2.2020' is not a date"),
        ('[[files]]\nmatch = "a"\nencoding = "klingon"', "entry 1: encoding 'klingon' is not a text encoding"),
        ('[[files]]\nmatch = "a"\nencoding = "hex"', "entry 1: encoding 'hex' is not a text encoding"),
        ('[[files]]\nmatch = "a"\ndate_format = "%d"', "entry 1: date_format"),
        ('[[files]]\nmatch = "a"\ncolumns = "text"', "entry 1: columns must be a table"),
        ('[[files]]\nmatch = "a"\ncolumns = { body = "x" }', "entry 1: columns unknown 'body'"),
        ('[[files]]\nmatch = "../a"', "entry 1: match"),
        ("a = " + "[" * 10_000, "not valid TOML"),
    ],
)  # fmt: skip
def test_refuses_with_the_place(toml: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as fault:
        parse_labels(toml)
    assert "\n" not in str(fault.value)


SOURCES = """
[[sources]]
name = "SANA"
aliases = ["Syrian Arab News Agency", "the  Agency", "SANA news"]

[[sources]]
name = "The Tide"
aliases = ["Tide Daily"]

[[files]]
match = "a.txt"
"""


def test_sources_have_other_names() -> None:
    read = parse_labels(SOURCES)
    assert read.sources == (
        Naming("SANA", ("Syrian Arab News Agency", "the Agency", "SANA news")),
        Naming("The Tide", ("Tide Daily",)),
    )
    assert ([entry.match.text for entry in read.files], read.faults) == (["a.txt"], ())


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('name = "A"', "`aliases` is missing"),
        ('aliases = ["A"]', "`name` is missing"),
        ('name = "A"\naliases = ["B"]\naka = "C"', "unknown 'aka'; known are: name, aliases"),
        ('name = 3\naliases = ["B"]', "name must be a text"),
        ('name = " "\naliases = ["B"]', "name must be a text"),
        ('name = "A"\naliases = "B"', "aliases must be a list"),
        ('name = "A"\naliases = []', "aliases must be a list"),
        ('name = "A"\naliases = ["B", 3]', "aliases must be a text"),
        ('name = "A"\naliases = [""]', "aliases must be a text"),
        ('name = "A"\naliases = ["B\\u0007"]', "aliases holds a control character"),
    ],
)
def test_a_bad_source_is_told_with_its_number_and_stops_nothing(entry: str, reason: str) -> None:
    read = parse_labels(f"{SOURCES}\n[[sources]]\n{entry}\n\n[[sources]]\nname = 'Z'\naliases = ['ZZ']")
    assert [naming.name for naming in read.sources] == ["SANA", "The Tide", "Z"]
    (fault,) = read.faults
    assert fault.startswith(f"[[sources]] 3: {reason}")
    assert "\n" not in fault
    assert len(read.files) == 1


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ('[sources]\nname = "A"', "write each source as [[sources]], with double brackets"),
        ("sources = [1]", "[[sources]] 1: must be a table"),
    ],
)
def test_sources_are_tables_in_a_list(toml: str, fault: str) -> None:
    read = parse_labels(toml)
    assert read.sources == ()
    assert [found[: len(fault)] for found in read.faults] == [fault]
