"""Persons: which posts stand beside which names, and what holds for any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from hocbac_nlp import persons
from hocbac_nlp.lexicon import Lexicons
from tests.test_entities import TEXTS, extracted

FIND = persons.open(Lexicons())


def found(text: str) -> list[tuple[str, str]]:
    return [(person.name, person.role) for person in FIND(extracted(text))]


CASES = {
    "Phó Chủ tịch UBND tỉnh - Lâm Thị Sang và lãnh đạo huyện Hòa Bình tham quan triển lãm.": [
        ("Lâm Thị Sang", "Phó Chủ tịch UBND tỉnh")
    ],
    "Đồng chí Nguyễn Thị Hải Hà, công chức Tư pháp - Hộ tịch, UBND phường Khai Quang cho biết: “Tôi”.": [
        ("Nguyễn Thị Hải Hà", "công chức Tư pháp - Hộ tịch, UBND phường Khai Quang")
    ],
    "đánh giá của đồng chí Bí thư Đảng ủy Khối các cơ quan TP Hà Nội Lê Thị Thu Hằng trong cuộc trao đổi": [
        ("Lê Thị Thu Hằng", "Bí thư Đảng ủy Khối các cơ quan TP Hà Nội")
    ],
    "Ông Trần Quốc Dũng (52 tuổi), nguyên Giám đốc Sở Y tế Cà Mau, bị khởi tố.": [
        ("Trần Quốc Dũng", "nguyên Giám đốc Sở Y tế Cà Mau")
    ],
    "Ông Tráng A Dơ - Phó Trưởng Đoàn ĐBQH tỉnh Điện Biên - dẫn chứng huyện Nậm Pồ.": [
        ("Tráng A Dơ", "Phó Trưởng Đoàn ĐBQH tỉnh Điện Biên")
    ],
    "Ủy viên Bộ Chính trị, Thủ tướng Chính phủ Phạm Gia Túc chủ trì cuộc họp.": [
        ("Phạm Gia Túc", "Ủy viên Bộ Chính trị, Thủ tướng Chính phủ")
    ],
    "Nhà sáng lập kiêm CEO Phạm Nhật Trường trò chuyện về startup.": [("Phạm Nhật Trường", "Nhà sáng lập kiêm CEO")],
    "Ông Lê Hoàng Vũ, Chỉ huy trưởng gói thầu XL02 của Tổng công ty Xây dựng Trường Sơn, nói.": [
        ("Lê Hoàng Vũ", "Chỉ huy trưởng gói thầu XL02 của Tổng công ty Xây dựng Trường Sơn")
    ],
    "Tổng thống Mỹ Joe Biden gặp Thủ tướng Nhật Bản Kishida Fumio.": [
        ("Joe Biden", "Tổng thống Mỹ"),
        ("Kishida Fumio", "Thủ tướng Nhật Bản"),
    ],
    "Chủ tịch Hồ Chí Minh về thăm Pác Bó.": [("Hồ Chí Minh", "Chủ tịch")],
    "Bùi Thị Niềm - Phó Giám đốc Bệnh viện Đa khoa Mai Châu; Sùng A Màng - Phó Hiệu trưởng Trường THPT Mai Châu.": [
        ("Bùi Thị Niềm", "Phó Giám đốc Bệnh viện Đa khoa Mai Châu"),
        ("Sùng A Màng", "Phó Hiệu trưởng Trường THPT Mai Châu"),
    ],
    "Đại tá Nguyễn Văn Nam là Giám đốc Công an tỉnh Nghệ An.": [],
    "Thượng tá, TS Lò Văn Pản kể chuyện.": [],
    "Chuyên gia Trần Văn Nam và du khách Lê Thị Hoa trò chuyện.": [],
    "Đồng chí Lê Thị Thu Hằng: Qua 1 năm thực hiện, kết quả rất tốt.": [],
}


@pytest.mark.parametrize("text", CASES)
def test_posts_beside_names(text: str) -> None:
    assert found(text) == CASES[text]


SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "persons.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case[0])
def test_posts_of_sentences(case: list[str]) -> None:
    assert found(case[0]) == list(zip(case[1::2], case[2::2], strict=True))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_persons_are_verbatim(text: str) -> None:
    one = extracted(text)
    for person in FIND(one):
        assert one.text[person.start : person.end] == person.text == person.name
        assert one.text[person.role_start : person.role_end] == person.role
        assert person.role.strip()
        assert person.role_end <= person.start or person.end <= person.role_start
