"""Articles, sentences and passages against each other: every one of them, and every hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from assistant.integrity.piecewise import article_at, passage_at, stored_passages
from corpus.article import Article, Sentence
from corpus.segmentation.sentences import split_sentences
from index.generation.generation import Generation
from index.sqlite.archive import Archive, digest
from index.sqlite.records import StoredPassage


def count_faults(generation: Generation) -> Iterator[str]:
    """The counts that opening an index doesn't compare: of articles and of the archive's passages."""
    manifest, archive = generation.manifest, generation.archive
    counted = len(archive.known())
    if counted != manifest.articles:
        yield f"the manifest counts {manifest.articles} articles, the archive holds {counted}"
    if passage_at(archive, manifest.passages):
        yield f"the manifest counts {manifest.passages} passages, the archive holds more"


def article_faults(generation: Generation) -> Iterator[str]:
    """Every article against its own hash, and its sentences against its text cut anew."""
    archive = generation.archive
    for number in range(max(generation.manifest.articles, len(archive.known()))):
        article = article_at(archive, number)
        if isinstance(article, str):
            yield article
        else:
            yield from _sentence_faults(article, _sentences(archive, number))


def _sentences(archive: Archive, number: int) -> list[Sentence] | None:
    """The stored sentences of an article that is there, None where they can't be read."""
    try:
        return archive.sentences(number)
    except (ValueError, TypeError):
        return None


def _sentence_faults(article: Article, stored: Sequence[Sentence] | None) -> Iterator[str]:
    if stored is None:
        yield f"{article.id}: its sentences can't be read"
        return
    anew = split_sentences(article.text, article.body_start, article.title)
    for number, (old, new) in enumerate(zip_longest(stored, anew)):
        if old != new:
            yield f"{article.id}: sentence {number} is stored as {_place(old)}; its text has {_place(new)}"
            return


def _place(sentence: Sentence | None) -> str:
    if sentence is None:
        return "none"
    return f"{sentence.start}–{sentence.end}{'' if sentence.quotable else ', not to be quoted'}"


def passage_faults(generation: Generation) -> Iterator[str]:
    """Every passage against its hash, its article's text and its sentences."""
    archive, manifest = generation.archive, generation.manifest
    stored = stored_passages(archive, manifest.passages)
    for number, group in groupby(stored, key=lambda pair: pair[1].article if pair[1] else None):
        rows = list(group)
        if number is None:
            yield from (f"passage {row} is missing from the archive" for row, _ in rows)
        elif not 0 <= number < manifest.articles:
            yield from (f"passage {row} is of an article that is not in the archive" for row, _ in rows)
        else:
            yield from _passages_faults(archive, number, [passage for _, passage in rows if passage])


def _passages_faults(archive: Archive, number: int, passages: Sequence[StoredPassage]) -> Iterator[str]:
    article, sentences = article_at(archive, number), _sentences(archive, number)
    if isinstance(article, str) or sentences is None:
        return  # told by `article_faults`
    reached = 0
    for passage in passages:
        if digest(article.text[passage.start : passage.end]) != passage.sha256:
            yield f"{article.id}: passage {passage.id} is not what was stored"
        elif passage.start < reached or not _is_made_of(passage, sentences):
            yield f"{article.id}: passage {passage.id} is not made of the sentences it names"
        reached = max(reached, passage.end)
    covered = {n for passage in passages for n in range(passage.first, passage.last + 1)}
    lost = [str(n) for n, sentence in enumerate(sentences) if sentence.quotable and n not in covered]
    if lost:
        yield f"{article.id}: in no passage: sentence {', '.join(lost)}"


def _is_made_of(passage: StoredPassage, sentences: Sequence[Sentence]) -> bool:
    """Whether it is a run of whole sentences, or a part of one that was too long for a passage."""
    if not 0 <= passage.first <= passage.last < len(sentences):
        return False
    start, end = sentences[passage.first].start, sentences[passage.last].end
    if passage.first == passage.last:
        return start <= passage.start < passage.end <= end
    return (passage.start, passage.end) == (start, end)
