"""Finding a term as the tables write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.corpora import query
from hocbac_nlp.corpora.query import Query
from hocbac_nlp.errors import UsageError
from hocbac_nlp.terms import Kind, Term, show


def scanned(*words: str) -> list[Term]:
    """Terms one character apart; a full stop is a boundary, a comma a mark."""
    found, at = [], 0
    for word in words:
        kind: Kind = "break" if word == "." else "mark" if word == "," else "word"
        found.append(Term("" if kind == "break" else word, at, at + len(word), kind))
        at += len(word) + 1
    return found


def places(term: str, *words: str) -> list[tuple[int, int]]:
    return [(match.first, match.last) for match in Query(term).find(scanned(*words))]


def test_terms_of_one_and_of_several_words() -> None:
    words = ("cán bộ", ",", "đảng viên", "và", "cán bộ", ",", "đảng viên")
    assert places("cán bộ", *words) == [(0, 0), (4, 4)]
    assert places("cán bộ, đảng viên", *words) == [(0, 2), (4, 6)]
    assert places("  cán   bộ ", *words) == [(0, 0), (4, 4)]
    assert places("cán", *words) == []


def test_case_tells_names_from_words() -> None:
    assert places("Bác", "Bác", "bác") == [(0, 0)]


def test_no_match_crosses_a_boundary() -> None:
    assert places("a b", "a", ".", "a", "b") == [(2, 3)]


def test_matches_may_overlap() -> None:
    assert places("a a", "a", "a", "a") == [(0, 1), (1, 2)]


def test_one_word_comes_before_several_that_spell_it() -> None:
    assert places("tổng thu", "tổng thu", "tổng", "thu") == [(0, 0)]
    assert places("tổng thu", "tổng", "thu") == [(0, 1)]


@given(st.lists(st.sampled_from(["a", "b", "a b", ",", "."]), max_size=12), st.sampled_from(["a", "b", "a b", "a, b"]))
def test_matches_spell_the_term(words: list[str], term: str) -> None:
    found = scanned(*words)
    for match in Query(term).find(found):
        parts = found[match.first : match.last + 1]
        assert show([(part.term, part.kind) for part in parts]) == term
        assert (match.start, match.end) == (parts[0].start, parts[-1].end)


def test_what_can_not_be_looked_for_is_refused() -> None:
    for wrong in ("", " \n"):
        with pytest.raises(UsageError):
            Query(wrong)
    for wrong in ("(", "x*", ""):
        with pytest.raises(UsageError):
            query.pattern(wrong)


def test_expressions_know_unicode_properties() -> None:
    text = "Ông Đỗ Đức và BÁC"
    assert [text[start:end] for start, end in query.pattern(r"\b\p{Lu}\p{Ll}+")(text, 4, len(text))] == ["Đỗ", "Đức"]


def test_an_expression_that_runs_away_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "PATIENCE", 0.05)
    with pytest.raises(UsageError, match="takes too long"):
        list(query.pattern("(a|aa|aaa)+$")("a" * 5000 + "b", 0, 5001))
