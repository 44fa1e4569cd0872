"""What a document adds to a corpus."""

from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from hocbac_nlp import pipeline
from hocbac_nlp.corpora import term_counts
from hocbac_nlp.corpora.term_counts import Counts
from hocbac_nlp.document import Document, dumps, loads
from hocbac_nlp.errors import DocumentError
from hocbac_nlp.lexicon import Lexicons
from tests.pages import pages
from tests.support import SEED_PAGES

LEXICONS = Lexicons()
FAST = term_counts.fast(LEXICONS)
GENERAL = term_counts.general(LEXICONS, ("words",))


@cache
def segmented(page: str) -> bytes:
    return dumps(NLP(page))


NLP = pipeline.open("segment")


def table(counts: Counts) -> tuple[int, dict[str, int]]:
    return counts.size, dict(zip(counts.terms, counts.numbers, strict=True))


@pytest.mark.parametrize("path", SEED_PAGES, ids=lambda path: path.stem)
def test_the_fast_way_counts_the_same_in_the_seeds(path: Path) -> None:
    record = segmented(path.read_text(encoding="utf-8"))
    assert table(FAST(loads(record))) == table(GENERAL(loads(record)))


@given(pages())
@settings(max_examples=30, deadline=None)
def test_the_fast_way_counts_the_same(page: str) -> None:
    record = segmented(page)
    assert table(FAST(loads(record))) == table(GENERAL(loads(record)))


def test_counts_survive_the_pipe() -> None:
    view = term_counts.open(LEXICONS, {"units": ["words"], "by": "id"})
    counts = term_counts.decode(view(loads(segmented("Bác\n\nCán bộ, đảng viên học tập và làm theo Bác."))))
    assert counts.group == counts.id == "-"
    assert dict(zip(counts.terms, counts.numbers, strict=True))["cán bộ"] == 1


def test_damaged_tokens_are_the_documents_failure() -> None:
    record = msgspec.json.decode(segmented("Cán bộ học tập."))
    record["tokens"] = [{"text": 1}]
    with pytest.raises(DocumentError):
        FAST(loads(msgspec.json.encode(record)))


@pytest.mark.parametrize(
    ("by", "group"),
    [
        ("published.year", "2019"),
        ("published.month", "2019-01"),
        ("published.day", "2019-01-29"),
        ("section", None),
        ("authors", "An, Bình"),
        ("source.path", "a.txt"),
        ("source.none", None),
        ("mine", "5"),
        ("mine.year", None),
        ("flag", "true"),
        ("none", None),
    ],
)
def test_any_field_makes_groups(by: str, group: str | None) -> None:
    fields = {"published": "2019-01-29T11:46+07:00", "authors": ["An", "Bình"], "section": None}
    record = Document(fields | {"source": {"path": "a.txt"}, "mine": 5, "flag": True})
    assert term_counts.group(record, by) == group
    assert term_counts.group(loads(dumps(record)), by) == group
