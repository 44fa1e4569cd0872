"""Entities: which names are found in sentences of every kind, and what holds for any text."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp import entities, segment
from hocbac_nlp.document import Document, Entity
from hocbac_nlp.lexicon import Lexicons
from tests.layers import document

LEXICONS = Lexicons()
SEGMENT = segment.open(LEXICONS, {})
FIND = entities.open(LEXICONS)
CASES = [
    line
    for line in (Path(__file__).parent / "data" / "entities.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
MARK = re.compile(r"\[(PER|ORG|LOC) ([^\]]+)\]")


def extracted(text: str, published: str | None = None) -> Document:
    one = document(text, published)
    SEGMENT(one)
    one.entities = FIND(one)
    return one


def find(text: str) -> list[Entity]:
    return extracted(text).entities


def named(text: str) -> list[tuple[str, str]]:
    return [(entity.label, entity.text) for entity in find(text)]


@pytest.mark.parametrize("case", CASES)
def test_names_of_a_sentence(case: str) -> None:
    want: list[tuple[int, int, str]] = []
    plain, last = "", 0
    for match in MARK.finditer(case):
        plain += case[last : match.start()]
        want.append((len(plain), len(plain) + len(match[2]), match[1]))
        plain += match[2]
        last = match.end()
    plain += case[last:]
    assert [(entity.start, entity.end, entity.label) for entity in find(plain)] == want


def listed(name: str) -> list[str]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("body", listed("bodies.txt"))
def test_names_of_bodies(body: str) -> None:
    for text in (f"Theo {body}, năm nay số hồ sơ tăng.", f"Sáng nay, {body} đã tổ chức buổi họp với các bên."):
        assert ("ORG", body) in named(text)


@pytest.mark.parametrize("place", listed("places.txt"))
def test_names_of_places(place: str) -> None:
    assert ("LOC", place) in named(f"Sáng qua, đoàn cán bộ đã đi qua {place} và chụp nhiều ảnh.")


@pytest.mark.parametrize("person", listed("people.txt"))
def test_names_of_people(person: str) -> None:
    for text in (
        f"Hôm qua, ông {person} đã đến dự.",
        f"Theo lời kể, {person} là người đầu tiên đến đây.",
        f"Người trao giải là {person}, sinh năm 1980.",
    ):
        assert ("PER", person) in named(text)


def test_a_name_resolved_once_is_resolved_everywhere() -> None:
    text = "Ông Lữ Thanh Hòa bị bắt năm 2015.\nTrong số này, Hòa chiếm hưởng 2/3.\nTại tòa, Hòa khai nhận."
    assert named(text) == [("PER", "Lữ Thanh Hòa"), ("PER", "Hòa"), ("PER", "Hòa")]


def test_a_company_is_known_by_the_name_that_closes_it() -> None:
    text = "Công ty CP Giấy Lam Giang bị phạt.\nUBND tỉnh Phú Thọ không cấp phép cho Lam Giang."
    assert ("ORG", "Lam Giang") in named(text)


def test_an_abbreviation_explained_in_brackets_is_a_body() -> None:
    text = "Hiệp hội Cây điều Bình Phước (BPCA) họp sáng nay.\nTheo BPCA, giá điều giảm."
    assert named(text).count(("ORG", "BPCA")) == 2


def test_the_town_is_the_club_in_a_sports_report() -> None:
    text = (
        "HLV đội khách khen các cầu thủ sau trận đấu ở V-League.\nThép Xanh Nam Định ghi bàn ở phút 29.\n"
        "Nam Định cầm bóng nhiều hơn. Khán giả ở Nam Định rất vui."
    )
    assert named(text)[-2:] == [("ORG", "Nam Định"), ("LOC", "Nam Định")]


def test_wrapped_lines_of_one_block_are_read_as_one() -> None:
    one = document("Sáng nay, Sở Nông nghiệp và Phát triển nông thôn An Giang họp.")
    one.text = one.text.replace("và Phát", "và\nPhát")
    SEGMENT(one)
    assert [entity.text for entity in FIND(one)] == ["Sở Nông nghiệp và\nPhát triển nông thôn An Giang"]


def test_names_never_cross_blocks() -> None:
    assert named("Ban Thường vụ\nHuyện ủy Ba Vì họp") == [("ORG", "Ban Thường vụ"), ("ORG", "Huyện ủy Ba Vì")]


def test_every_entity_names_its_rule() -> None:
    text = "Ông Trần Văn Nam ở huyện Ba Vì làm việc tại Sở Y tế Hà Nội. Ảnh: Minh Hạnh"
    assert all(re.fullmatch(r"[a-z_:]+", entity.rule) for entity in find(text))


PIECES = st.sampled_from((Path(__file__).parent / "data" / "entity_pieces.txt").read_text(encoding="utf-8").split("|"))
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=30).map("".join), st.text())


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_entities_are_verbatim_ordered_and_inside_blocks(text: str) -> None:
    one = extracted(text)
    blocks = [(block.start or 0, block.end or 0) for block in one.kept]
    for entity in one.entities:
        assert one.text[entity.start : entity.end] == entity.text
        assert entity.text == entity.text.strip() != ""
        assert entity.canonical
        assert any(start <= entity.start < entity.end <= end for start, end in blocks)
    assert all(one.end <= other.start for one, other in pairwise(one.entities))


@pytest.mark.parametrize(
    "piece", ["A ", "Nguyễn Văn ", "UBND ", "P.", "Hà Nội - ", "Ban ", "Luật Đất đai và ", "x" * 50]
)
def test_long_runs_end(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    one = document(text)
    one.tokens = []
    assert all(text[entity.start : entity.end] == entity.text for entity in FIND(one))
