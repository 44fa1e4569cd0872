"""A corpus of counts, however it is put together."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp.corpora import keyword_table
from hocbac_nlp.corpora.corpus import Corpus

Documents = list[tuple[str | None, int, dict[str, int]]]
counts = st.dictionaries(st.sampled_from(["Bác", "cán bộ", "đảng viên", "a"]), st.integers(1, 9))
documents = st.lists(
    st.tuples(st.sampled_from(["x", "y", None]), st.integers(0, 9), counts).map(
        lambda one: (one[0], one[1] + sum(one[2].values()), one[2])
    ),
    min_size=1,
    max_size=8,
)


def rows(documents: Documents, by: str | None, grouped: bool) -> list[keyword_table.Row]:
    with Corpus(grouped) as corpus:
        for group, size, found in documents:
            corpus.add(group if by else None, size, found.keys(), found.values())
        return list(keyword_table.rows(corpus, by, "digest"))


@given(documents, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_documents_does_not_show(documents: Documents, random_: random.Random) -> None:
    shuffled = random_.sample(documents, len(documents))
    assert rows(documents, None, False) == rows(shuffled, None, False)
    assert rows(documents, "section", True) == rows(shuffled, "section", True)


@given(documents)
@settings(deadline=None)
def test_documents_of_one_name_are_one_part(documents: Documents) -> None:
    named: Documents = [(group or "z", size, found) for group, size, found in documents]
    assert rows(named, "id", False) == rows(named, "id", True)


@given(documents)
@settings(deadline=None)
def test_groups_add_up_to_the_whole(documents: Documents) -> None:
    whole = {row["term"]: row["count"] for row in rows(documents, None, False)}
    for term, count in whole.items():
        assert sum(row["count"] for row in rows(documents, "section", True) if row["term"] == term) == count
        assert sum(found.get(term, 0) for _, _, found in documents) == count


def test_rows_are_sorted_and_name_their_inputs() -> None:
    table = rows([("x", 10, {"b": 2, "a": 2, "c": 3}), ("y", 10, {"a": 1})], None, False)
    assert [row["term"] for row in table] == ["a", "c", "b"]
    assert table[0] | {"formula": ""} == {
        "term": "a",
        "count": 3,
        "per_million": 150_000.0,
        "doc_freq": 2,
        "tfidf": 3.0,
        "range": 2,
        "dp": 0.166667,
        "dp_norm": 0.333333,
        "juilland_d": 0.666667,
        "n": 2,
        "parts": 2,
        "corpus_size": 20,
        "stop_list": "digest",
        "formula": "",
    }


def test_an_empty_corpus_has_no_rows() -> None:
    assert rows([(None, 0, {})], None, False) == []
    assert rows([("x", 0, {})], "section", True) == []
