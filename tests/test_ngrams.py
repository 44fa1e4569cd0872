"""Repeated sequences and what is made of them, against the plain definition."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp.corpora import ngrams
from hocbac_nlp.corpora.multiword import MOSTLY
from hocbac_nlp.corpora.ngrams import Gram, Tagger

Texts = list[list[int]]
texts = st.lists(st.lists(st.integers(-1, 3), max_size=25), max_size=6)


def plain(texts: Texts, least: int, longest: int) -> dict[Gram, int]:
    counts = Counter(
        tuple(text[start : start + length])
        for text in texts
        for length in range(2, longest + 1)
        for start in range(len(text) - length + 1)
    )
    return {gram: count for gram, count in counts.items() if count >= least and min(gram) >= 0}


@given(texts, st.integers(1, 4), st.integers(2, 6))
def test_all_repeats_are_found(texts: Texts, least: int, longest: int) -> None:
    assert ngrams.repeated(lambda: texts, least, longest) == plain(texts, least, longest)


@given(texts, st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_duckdb_finds_the_same(texts: Texts, least: int) -> None:
    pytest.importorskip("duckdb")
    from hocbac_nlp.corpora import duckdb_ngrams

    assert duckdb_ngrams.repeated(lambda: texts, least, 5) == ngrams.repeated(lambda: texts, least, 5)


@given(texts)
def test_every_occurrence_is_tagged(texts: Texts) -> None:
    counts = ngrams.repeated(lambda: texts, 2, 5)
    tagger = Tagger(counts)
    assert Counter(gram for text in texts for _, gram in tagger.all(text)) == counts
    for text in texts:
        assert all(tuple(text[start : start + len(gram)]) == gram for start, gram in tagger.all(text))
        places = [at for start, gram in tagger.cover(text) for at in range(start, start + len(gram))]
        assert len(places) == len(set(places))


@given(texts, st.randoms(use_true_random=False))
def test_the_order_of_texts_does_not_show(texts: Texts, random_: random.Random) -> None:
    shuffled = random_.sample(texts, len(texts))
    counts = ngrams.repeated(lambda: texts, 2)
    assert ngrams.repeated(lambda: shuffled, 2) == counts
    ranking = sorted(counts)
    assert ngrams.collapse(lambda: texts, counts, ranking, 2) == ngrams.collapse(lambda: shuffled, counts, ranking, 2)


def test_what_hardly_occurs_alone_is_nested() -> None:
    assert ngrams.nested({(1, 2): 10, (1, 2, 3): 7, (5, 6): 10, (5, 6, 7): 6}, MOSTLY) == {(1, 2)}


def test_the_shortest_of_a_nest_stays() -> None:
    assert ngrams.shortest({(1, 2), (1, 2, 3), (4, 5)}) == {(1, 2), (4, 5)}


def test_a_place_goes_to_the_better_term() -> None:
    text = [1, 2, 3, 1, 2, 3, 1, 2]
    counts: dict[Gram, int] = {(1, 2): 3, (2, 3): 2}
    assert ngrams.collapse(lambda: [text], counts, [(1, 2), (2, 3)], 2) == {(1, 2)}
    assert ngrams.collapse(lambda: [text], counts, [(2, 3), (1, 2)], 2) == {(2, 3)}
