import json
from typing import Any

from hocbac_nlp.document import Document, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import spacy_json
from tests.samples import document


def doc(record: Document) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(spacy_json.open(Lexicons(), {})(record))
    return found


def test_tokens_are_the_text_but_for_one_space_after_each() -> None:
    found = doc(document())
    text, built = found["text"], ""
    for one in found["tokens"]:
        built += text[one["start"] : one["end"]]
        built += " " if text[len(built) : len(built) + 1] == " " else ""
    assert built == text
    assert [one["id"] for one in found["tokens"]] == list(range(len(found["tokens"])))


def test_spans_stand_on_the_bounds_of_tokens() -> None:
    record = document()
    record.tokens[0] = Token("Chợ Lách tổng kết", 0, 17, "Np")  # the name ends inside this word
    del record.tokens[1]
    found = doc(record)
    bounds = {one[name] for one in found["tokens"] for name in ("start", "end")}
    spans = [one for group in found["spans"].values() for one in group] + found["sents"] + found["ents"]
    assert all(one["start"] in bounds and one["end"] in bounds for one in spans)
    assert [(one["start"], one["end"], one["tag"]) for one in found["tokens"][:2]] == [(0, 8, "Np"), (9, 17, "Np")]


def test_each_span_has_its_item_in_the_record() -> None:
    found = doc(document())
    assert found["record"]["published"] == "2024-01-12T08:30+07:00"
    for layer, spans in found["spans"].items():
        assert [(one["start"], one["end"]) for one in spans] == [
            (one["start"], one["end"]) for one in found["record"][layer]
        ]
    assert found["spans"]["entities"][1] == {"start": 31, "end": 46, "label": "PER", "kb_id": "Nguyễn Văn Minh"}


def test_white_space_of_any_kind_is_a_token() -> None:
    record = document()
    record.text = record.text.replace("tổng kết năm", "tổng kết\u00a0năm")
    found = doc(record)
    assert [found["text"][one["start"] : one["end"]] for one in found["tokens"] if one["pos"] == "SPACE"] == [
        *("\u00a0", "\n", "\n")
    ]
