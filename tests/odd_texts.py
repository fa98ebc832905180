"""Texts that are hard to count in: emoji, combining marks, right-to-left words, odd line ends, repeats."""

from __future__ import annotations

from hypothesis import strategies as st

SCRAPS = (
    *("The bridge fell. ", "Forty were hurt. ", "Forty were hurt. ", "“Never again”, she said. ", "No!? "),
    *(
        "Mr. Ford left",
        "left.Assad came. ",
        "3.5 km",
        "e\u0301te\u0301 ",
        "Z\u0338\u0322a\u0334l ",
        "\ufb01re ",
    ),
    *(
        "👩‍👩‍👧 ",
        "🇸🇾 ",
        "😀. ",
        "قال الاتحاد إن الإضراب مستمر. ",
        "می‌خواهم ",
        "שלום עולם. ",
        "中文句子。",
        "ไทย ",
    ),
    *(
        "\u202egnp\u202c ",
        "\u2066x\u2069",
        "\u200b",
        "\u2028",
        "\u00a0",
        "\u00ad",
        "\U000e0041",
        "\x1b[31m",
        "\x7f",
    ),
    *("\n", "\n\n", "\t", "  ", ". ", "… ", "\x85", "\x0b", "# ", "---\n", "date 2031-03-01 "),
)
# A lone surrogate or a NUL is refused when a file is read, so that no article holds one.
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")
ODD_TEXTS = st.lists(st.sampled_from(SCRAPS) | st.text(_LETTERS, max_size=8), min_size=1, max_size=25).map(
    "".join
)
