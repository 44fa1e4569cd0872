import copy
import json
from typing import Any

import pytest

from hocbac_nlp.document import dumps
from hocbac_nlp.errors import UsageError
from hocbac_nlp.evaluation.gold import LAYERS, Gold
from hocbac_nlp.evaluation.scoring import Score, score
from tests.samples import PAGE, document

Record = dict[str, Any]


def record() -> Record:
    found: Record = json.loads(dumps(document()))
    return found


def gold() -> Gold:
    """The gold that the sample record meets in everything, with offsets into the page."""
    mine = record()
    kept = [block for block in mine["blocks"] if block["start"] is not None]
    shift = {block["start"]: block["source_start"] - block["start"] for block in kept}
    layers = {layer: copy.deepcopy(mine[layer]) for layer in LAYERS}
    for item in (item for items in layers.values() for item in items):
        by = shift[max(start for start in shift if start <= item["start"])]
        item["start"], item["end"] = item["start"] + by, item["end"] + by
        assert PAGE[item["start"] : item["end"]] == item["text"]
    lines = [{"line": number, "label": "paragraph"} for number in (5, 6, 8)]
    lines = [{"line": 1, "label": "furniture"}, {"line": 3, "label": "title"}, *lines]
    meta = {
        "title": mine["title"],
        "published": "2024-01-12T08:30+07:00",
        "author": "Lê An, P.T.C",
        "author_role": None,
    }
    return Gold("a", PAGE, layers, lines, meta)


def scored(**changes: Any) -> Score:
    return score(gold(), record() | changes)


def test_all_is_right() -> None:
    found = scored()
    assert not found.mistakes
    assert all(fp == fn == 0 for _, fp, fn in found.layers.values())
    assert all(right == of for right, of in found.attributes.values())
    assert found.layers["entities"] == [4, 0, 0] and found.layers["statistics"] == [2, 0, 0]
    assert set(found.attributes) >= {"line role", "meta author", "statistic change", "reference code"}


def test_all_is_missed() -> None:
    found = score(gold(), {"text": "", "blocks": []})
    assert found.layers["persons"] == [0, 0, 1] and found.layers["times"] == [0, 0, 2]
    assert found.attributes["line role"] == [0, 5] and found.attributes["meta author_role"] == [1, 1]


@pytest.mark.parametrize(
    ("layer", "at", "changes", "counts"),
    [
        ("entities", 0, {"label": "ORG"}, [3, 1, 1]),
        ("entities", 0, {"end": 3, "text": "Chợ"}, [3, 1, 1]),
        ("times", 0, {"value": "2024"}, [1, 1, 1]),
        ("times", 0, {"value": "2024", "relative": True}, [1, 0, 1]),
        ("statistics", 0, {"value": 24}, [1, 1, 1]),
        ("statistics", 0, {"value": 25.0}, [2, 0, 0]),
        ("references", 0, {"number": "5"}, [1, 0, 0]),
        ("references", 0, {"type": "Luật"}, [0, 1, 1]),
        ("persons", 0, {"role": "Chủ tịch"}, [0, 1, 1]),
        ("entities", 0, {"text": "not there"}, [3, 1, 1]),
    ],
)
def test_what_matches(layer: str, at: int, changes: Record, counts: list[int]) -> None:
    items = record()[layer]
    items[at] |= changes
    assert scored(**{layer: items}).layers[layer] == counts


@pytest.mark.parametrize(
    ("attribute", "layer", "at", "changes"),
    [
        ("statistic of", "statistics", 0, {"of": "hộ nghèo"}),
        ("statistic unit", "statistics", 1, {"unit": None}),
        ("statistic change", "statistics", 1, {"change": {"direction": "up", "mode": "to"}}),
        ("statistic relation", "statistics", 0, {"relation": ">"}),
        ("reference issuer", "references", 0, {"issuer": None}),
        ("entity canonical", "entities", 1, {"canonical": "x"}),
    ],
)
def test_attributes_of_what_matches(attribute: str, layer: str, at: int, changes: Record) -> None:
    items = record()[layer]
    items[at] |= changes
    found = scored(**{layer: items})
    right, of = found.attributes[attribute]
    assert of - right == 1
    (mistake,) = found.mistakes
    assert mistake["measure"] == attribute and mistake["error"] == "wrong"


def test_a_content_line_dropped_costs_its_characters_and_its_items() -> None:
    blocks = record()["blocks"]
    blocks[3] |= {"role": "furniture", "start": None, "end": None}
    found = scored(blocks=blocks)
    assert found.layers["content (chars)"][2] == len("Theo Chỉ thị số 05-CT/TW của Bộ Chính trị.")
    assert found.layers["lines paragraph"] == [2, 0, 1] and found.layers["lines furniture"] == [1, 1, 0]
    assert found.layers["references"] == [0, 1, 1]  # its place in the page is not known any more


def test_what_stands_outside_content_is_not_asked() -> None:
    wanted = gold()
    assert wanted.lines is not None
    wanted.lines[-1]["label"] = "furniture"
    found = score(wanted, record())
    assert "references" not in found.layers and found.layers["entities"] == [3, 0, 0]


def test_gold_on_the_clean_text() -> None:
    mine = record()
    layers = {layer: copy.deepcopy(mine[layer]) for layer in LAYERS}
    found = score(Gold("a", mine["text"], layers, from_page=False), mine)
    assert found.layers["entities"] == [4, 0, 0] and not found.mistakes
    with pytest.raises(UsageError, match="neither the page"):
        score(Gold("a", "another text", layers, from_page=False), mine)
    assert score(Gold("a", PAGE, gold().layers, from_page=False), mine).layers["times"] == [2, 0, 0]
