import msgspec
import pytest

from hocbac_nlp.document import Document, loads
from hocbac_nlp.errors import DocumentError, UsageError
from hocbac_nlp.views import rows

RECORD = {
    "id": "x",
    "title": "Tựa",
    "published": None,
    "text": "Một câu. Tăng 5% nữa.",
    "sentences": [{"start": 0, "end": 8}, {"start": 9, "end": 21}],
    "statistics": [
        {"text": "Tăng 5%", "start": 9, "end": 16, "kind": "percent", "value": 5, "low": None, "high": None,
         "unit": "%", "relation": "=", "change": {"direction": "up", "mode": "by"}, "of": None, "mine": {"a": 1}},
        {"text": "Một", "start": 0, "end": 3, "kind": "count", "value": 1, "low": None, "high": None, "unit": None,
         "relation": "=", "change": None, "of": "câu"},
    ],
}  # fmt: skip


def document() -> Document:
    return loads(msgspec.json.encode(RECORD))


def test_one_flat_row_per_item_with_its_document_and_sentence() -> None:
    first, second = rows.rows(document(), "statistics")
    assert (first["id"], first["title"], first["published"]) == ("x", "Tựa", None)
    assert (first["change_direction"], first["change_mode"], first["mine_a"]) == ("up", "by", 1)
    assert (first["sentence"], second["sentence"]) == ("Tăng 5% nữa.", "Một câu.")


def test_all_rows_of_a_layer_have_the_same_columns() -> None:
    first, second = rows.rows(document(), "statistics")
    assert set(first) - set(second) == {"mine_a"} and not set(second) - set(first)
    assert second["change_direction"] is None and second["vague"] is False and second["from"] is None


def test_an_items_text_is_filled_in() -> None:
    assert [row["text"] for row in rows.rows(document(), "sentences")] == ["Một câu.", "Tăng 5% nữa."]


def test_fields_are_chosen_in_order_and_null_where_missing() -> None:
    lines = rows.writer("statistics", ("unit", "nothing"))(document()).splitlines()
    assert lines[0] == b'{"unit":"%","nothing":null}'
    assert rows.writer(None, ("title", "id"))(document()) == b'{"title":"T\xe1\xbb\xb1a","id":"x"}\n'


def test_unknown_and_missing_layers() -> None:
    with pytest.raises(UsageError, match="no such layer"):
        rows.writer("text", ())
    with pytest.raises(DocumentError, match="no 'entities'"):
        list(rows.rows(document(), "entities"))


@pytest.mark.parametrize("layer", rows.ROW_LAYERS)
def test_every_layer_that_is_a_list_has_columns(layer: str) -> None:
    assert layer == "stages" or "start" in rows._columns(layer) or layer == "keywords"
