import json

import msgspec

from hocbac_nlp.document import Document, Keyword
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import tables
from hocbac_nlp.views.rows import rows
from tests.samples import document, reread


def written(record: Document) -> dict[str, list[dict[str, object]]]:
    data = msgspec.json.decode(tables.open(Lexicons(), {})(record), type=tables.Rows)
    return {
        table: [dict(zip([one.name for one in tables.columns(table)], row, strict=True)) for row in found]
        for table, found in data.items()
    }


def test_a_row_per_item_and_one_for_the_document() -> None:
    found = written(document())
    assert tuple(found) == tables.TABLES
    assert {table: len(found[table]) for table in tables.TABLES} == {
        **{"documents": 1, "blocks": 4, "sentences": 4, "tokens": 38, "entities": 4, "persons": 1},
        **{"references": 1, "times": 2, "statistics": 2, "keywords": 0},
    }
    assert all([row["item"] for row in found[table]] == list(range(len(found[table]))) for table in tables.TABLES[1:])


def test_items_say_what_rows_say() -> None:
    record = document()
    for table in ("entities", "persons", "references", "times", "statistics"):
        for mine, theirs in zip(written(record)[table], rows(record, table), strict=True):
            given = {name: value for name, value in theirs.items() if value is not None}
            del mine["item"]
            assert mine | given == mine
            assert all(value in (None, False) for name, value in mine.items() if name not in given)


def test_nested_members_defaults_and_types() -> None:
    figure = written(reread(document()))["statistics"][1]
    assert (figure["change_direction"], figure["change_mode"], figure["vague"]) == ("up", "by", False)
    types = {one.name: one.type for one in tables.columns("statistics")}
    assert (types["value"], types["num"], types["vague"], types["of"]) == ("DOUBLE", "BIGINT", "BOOLEAN", "VARCHAR")
    assert {one.name: one.type for one in tables.columns("keywords")}["spans"] == "BIGINT[][]"


def test_fields_that_came_along_are_kept_in_other() -> None:
    record = Document(document().fields() | {"url": "https://example.vn/a", "tags": ["x"]})
    assert json.loads(str(written(record)["documents"][0]["other"])) == {"url": "https://example.vn/a", "tags": ["x"]}
    assert written(document())["documents"][0]["other"] is None


def test_keywords_when_they_have_been_counted() -> None:
    record = document()
    record.keywords = [Keyword("mô hình", 1, 12.5, [(70, 77)])]
    (row,) = written(record)["keywords"]
    assert (row["term"], row["spans"]) == ("mô hình", [[70, 77]])
