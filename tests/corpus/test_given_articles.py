"""Two real articles as they come: run-together sentences, a photo credit, mixed quotation marks."""

import pytest

from corpus.article import Article
from corpus.formats.read import read_archive
from corpus.segmentation.sentences import split_sentences
from tests.shared import shared

pytestmark = pytest.mark.shared


def sentences(number: int) -> tuple[Article, list[tuple[str, bool]]]:
    article = list(read_archive(shared("articles")))[number]
    assert isinstance(article, Article)
    assert (article.title, article.source, article.warnings) == (None, None, ())
    found = split_sentences(article.text, article.body_start, article.title)
    return article, [(article.text[s.start : s.end], s.quotable) for s in found]


def test_dates_come_from_the_header() -> None:
    assert [str(sentences(number)[0].published) for number in (0, 1)] == ["2020-02-03", "2020-02-06"]


def test_an_article_in_paragraphs() -> None:
    article, found = sentences(0)
    assert len(found) == 17
    assert all(quotable for _, quotable in found)
    assert article.body.startswith("The Assad regime")
    assert any(text.endswith('BERLIN."') for text, _ in found)


def test_an_article_of_run_together_sentences() -> None:
    _, found = sentences(1)
    assert [quotable for _, quotable in found] == [False] + [True] * 22
    assert found[0][0].startswith("©")
    openings = [text.split()[0] for text, _ in found[1:]]
    assert openings[:6] == ["The", "On", "Idlib", "Assad", "They", "According"]
    assert openings[-4:] == ["Thankfully,", "They", "They", "So,"]
    assert "Mr. al-Julani" in found[1][0]
