import pytest

from hocbac_nlp import pipeline
from tests.support import PAGE, SEEDS


def test_a_page_in_hand() -> None:
    document = pipeline.open("strip")(PAGE)
    assert document.title == "Hội nghị tổng kết công tác năm 2023"
    assert document.published == "2024-01-12T08:30+07:00"
    assert document.source.path is None


def test_a_record_goes_on_where_it_stands() -> None:
    stripped = pipeline.open("strip", {"strip": {"drop": ["title"]}})(PAGE)
    document = pipeline.open("segment")(stripped)
    assert [run.name for run in document.stages] == ["strip", "segment"]
    assert document.tokens and document.tokens[0].text != "Hội nghị"


def test_files_give_documents_and_failures_in_order() -> None:
    results = list(pipeline.process([SEEDS, "none.txt"], "strip"))
    assert [type(result).__name__ for result in results] == ["Document"] * 5 + ["Failure"]


def test_mistakes_are_raised() -> None:
    with pytest.raises(pipeline.UsageError):
        pipeline.open("extract", {"strip": {"keep": ["byline"]}})(pipeline.open("strip")(PAGE))
    with pytest.raises(ValueError):
        pipeline.open("nothing")
