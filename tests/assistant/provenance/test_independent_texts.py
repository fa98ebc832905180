"""An answer's quotes are counted by the texts they are from, whichever copy they cite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.provenance.independent_texts import spread
from assistant.types.answer import Spread
from corpus.article import Article
from index.sqlite.records import Copy
from tests.assistant.desk import quote_of
from tests.newsroom import BRIDGE, FLOOD, STRIKE, Newsroom


def test_copies_that_an_answer_cites_are_one_origin(newsroom: Newsroom) -> None:
    for name in ("one", "two", "three"):
        newsroom.print(f"{name}.txt", STRIKE, "2031-03-02")
    newsroom.print("bridge.txt", BRIDGE)
    newsroom.print("flood.txt", FLOOD)
    newsroom.build()
    retriever = newsroom.retriever()
    hits = retriever.search("strike at Port Caldry, bridge at Korrun")
    assert spread(hits, retriever.copies) == Spread(articles=5, origins=3)
    assert spread([h for h in hits if "strike" in h.text], retriever.copies) == Spread(articles=3, origins=1)
    assert [copy.article_id for copy in retriever.copies("two.txt")] == ["one.txt", "three.txt"]
    with pytest.raises(LookupError):
        retriever.copies("gone.txt")


@given(cited=st.lists(st.integers(0, 11)), step=st.integers(1, 4))
def test_each_article_counts_once_however_often_it_is_quoted(cited: list[int], step: int) -> None:
    def copies(article_id: str) -> list[Copy]:
        number = int(article_id)
        same = range(number // step * step, (number // step + 1) * step)
        return [Copy(str(n), None, None, None) for n in same if n != number]

    quotes = [quote_of(Article(id=str(n), text="A sentence."), 0, 11) for n in cited]
    origins = len({n // step for n in cited})
    assert spread(quotes, copies) == Spread(articles=origins * step, origins=origins)
