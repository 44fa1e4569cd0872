"""The keywords stage: counts with their spans."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from hocbac_nlp import keywords, pipeline
from hocbac_nlp.document import Document, Keyword, dumps, loads
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.terms import as_written, fold
from tests.pages import pages
from tests.support import PAGE, SEED_PAGES

LEXICONS = Lexicons()
EXTRACT = pipeline.open("extract")


@cache
def extracted(page: str) -> bytes:
    return dumps(EXTRACT(page))


def counted(page: str, **options: object) -> Document:
    document = loads(extracted(page))
    keywords.open(LEXICONS, options)(document)
    return document


def check(document: Document) -> None:
    text = document.text
    found: list[Keyword] = document.keywords
    assert found == sorted(found, key=lambda keyword: (-keyword.count, keyword.term))
    assert len({keyword.term for keyword in found}) == len(found)
    for keyword in found:
        assert keyword.count == len(keyword.spans) > 0
        assert keyword.spans == sorted(keyword.spans)
        for start, end in keyword.spans:
            assert same(text[start:end], keyword.term), (text[start:end], keyword.term)


def same(text: str, term: str) -> bool:
    """Whether a span spells a term: as it is written, or folded; white space aside."""
    spelled = {"".join(form.split()) for form in (as_written(text), fold(text), text.lower())}
    return "".join(term.split()) in spelled or "".join(term.lower().split()) in spelled


@pytest.mark.parametrize("units", [None, "words", "terms", "words,terms,entities,references", "entities"])
@pytest.mark.parametrize("path", SEED_PAGES, ids=lambda path: path.stem)
def test_every_count_resolves_to_spans_in_the_seeds(path: Path, units: str | None) -> None:
    check(counted(path.read_text(encoding="utf-8"), units=units))


@given(pages())
@settings(max_examples=30, deadline=None)
def test_every_count_resolves_to_spans(page: str) -> None:
    check(counted(page, units="words,terms,entities,references"))


def counts(page: str, **options: object) -> dict[str, int]:
    return {keyword.term: keyword.count for keyword in counted(page, **options).keywords}


def test_units() -> None:
    page = (
        "Chỉ thị số 05-CT/TW\n\nHuyện ủy Hòa Bình thực hiện Chỉ thị số 05-CT/TW. Huyện ủy Hòa Bình biểu dương cán bộ."
    )
    assert counts(page)["05-CT/TW"] >= 1
    assert counts(page)["Huyện ủy Hòa Bình"] == 2
    assert "05-CT/TW" not in counts(page, units="words")
    assert set(counts(page, units="entities")) == {"Huyện ủy Hòa Bình"}
    assert set(counts(page, units="references")) == {"05-CT/TW"}


def test_terms_of_several_words() -> None:
    page = "Tin\n\n" + "Huyện đẩy mạnh cải cách thủ tục hành chính. " * 4
    assert counts(page, units="terms") == {"cải cách thủ tục hành chính": 4}
    assert counts(page, units="words,terms")["cải cách thủ tục hành chính"] == 4
    assert "cải cách thủ tục hành chính" not in counts(page)


def test_canonical_names() -> None:
    page = "Học tập Hồ Chí Minh\n\nChủ tịch Hồ Chí Minh dạy: làm theo Bác là việc thường xuyên. Bác Hồ sống mãi."
    plain, canonical = counts(page, units="entities"), counts(page, units="entities", canonical=True)
    assert canonical["Hồ Chí Minh"] > plain["Hồ Chí Minh"]
    assert sum(plain.values()) == sum(canonical.values())


def test_top_and_rates() -> None:
    found = counted(PAGE, top=3).keywords
    assert len(found) == 3
    assert found == counted(PAGE).keywords[:3]
    every = counted(PAGE, units="words").keywords
    assert sum(keyword.per_million for keyword in every) <= 1_000_000


def test_nothing_to_count_is_no_error() -> None:
    assert counted("12 345").keywords == []


def test_unknown_units_are_refused() -> None:
    with pytest.raises(UsageError, match="nouns"):
        keywords.open(LEXICONS, {"units": "nouns"})
