"""Laws of the views: they hold for any page, however odd."""

import json
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hocbac_nlp import pipeline
from hocbac_nlp.document import Document
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import brat, conllu, explain, plain, show, spacy_json, tables

ODD = [
    *(" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u200b", "\u2028", "\x0b", "\x1c", "\x85", "\x1b[31m", "\x00"),
    *("\ufeff", "a\u0301", "👨\u200d👩\u200d👧", ".", "...", "“", "?", "(", "/", "-"),
]
PLAIN = [
    *("Hội nghị", "Đảng bộ huyện Chợ Lách", "Ông Nguyễn Văn Bé, Chủ tịch UBND xã", "tăng 5%", "hơn 7.148 tỷ đồng"),
    *("ngày 12/3/2018", "Chỉ thị số 05-CT/TW", "Ảnh: P.T.C", "hàng trăm hộ", "năm 2023"),
]
PAGES = st.lists(st.sampled_from(ODD + PLAIN), min_size=1, max_size=40).map("".join).filter(str.strip)


@pytest.fixture(scope="module")
def extract() -> Callable[[str | Document], Document]:
    return pipeline.open("extract")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=PAGES)
def test_every_view_holds_for_any_page(extract: Callable[[str | Document], Document], page: str) -> None:
    record = extract(page)
    look = {"width": 60, "colour": True, "cut": True}
    for view in (show, explain):
        bare = re.sub(r"\x1b\[[\d;]*m", "", view.open(Lexicons(), look)(record).decode())
        assert all(char == "\n" or unicodedata.category(char)[0] != "C" for char in bare)
    for view in (plain, brat, tables):
        assert view.open(Lexicons(), {})(record)
    for line in conllu.open(Lexicons(), {})(record).decode().splitlines():
        assert not line or line.startswith("#") or all(cell.strip() for cell in line.split("\t", 9))
    doc = json.loads(spacy_json.open(Lexicons(), {})(record))
    built = ""
    for token in doc["tokens"]:
        assert token["start"] == len(built) and token["start"] < token["end"]
        built += doc["text"][token["start"] : token["end"]]
        built += " " if doc["text"][len(built) : len(built) + 1] == " " else ""
    assert built == doc["text"]
