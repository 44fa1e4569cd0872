"""References: which citations are found, what they hold, and which mentions are one document."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp import references
from hocbac_nlp.document import Reference
from hocbac_nlp.lexicon import Lexicons
from tests.layers import document
from tests.pages import pages

FIND = references.open(Lexicons())


def find(text: str) -> list[Reference]:
    return FIND(document(text))


# (text, span, type, number, code, issuer, date, term)
CITATIONS = [
    (
        "thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị (khóa XII) về đẩy mạnh",
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị (khóa XII)",
        ("Chỉ thị", "05", "05-CT/TW", "Bộ Chính trị", "2016-05-15", "XII"),
    ),
    (
        "Chỉ thị số 05 - CT/TW của Ban Bí thư khóa XI, trong đó",
        "Chỉ thị số 05 - CT/TW của Ban Bí thư khóa XI",
        ("Chỉ thị", "05", "05 - CT/TW", "Ban Bí thư", None, "XI"),
    ),
    (
        "Kế hoạch số 12 của Ban Thường vụ Thành ủy Bắc Giang về chuyển đổi số",
        "Kế hoạch số 12 của Ban Thường vụ Thành ủy Bắc Giang",
        ("Kế hoạch", "12", None, "Ban Thường vụ Thành ủy Bắc Giang", None, None),
    ),
    (
        "Nghị quyết Trung ương 4 (khóa XII) của Đảng và",
        "Nghị quyết Trung ương 4 (khóa XII) của Đảng",
        ("Nghị quyết", "4", None, "Đảng", None, "XII"),
    ),
    (
        "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII nêu",
        "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII",
        ("Nghị quyết", "4", None, None, None, "XII"),
    ),
    (
        "đưa Nghị quyết Đại hội XIII của Đảng vào cuộc sống",
        "Nghị quyết Đại hội XIII của Đảng",
        ("Nghị quyết", None, None, "Đảng", None, "XIII"),
    ),
    (
        "Nghị định số 30/2020/NĐ-CPngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
        "Nghị định số 30/2020/NĐ-CPngày 05 tháng 3 năm 2020 của Chính phủ",
        ("Nghị định", "30", "30/2020/NĐ-CP", "Chính phủ", "2020-03-05", None),
    ),
    (
        "theo nghị định 30/2020/ND-CP",
        "nghị định 30/2020/ND-CP",
        ("Nghị định", "30", "30/2020/ND-CP", None, None, None),
    ),
    (
        "Quyết định số 749/QĐ-TTg do Thủ tướng Chính phủ ban hành ngày 3-6-2020 xác định",
        "Quyết định số 749/QĐ-TTg do Thủ tướng Chính phủ ban hành ngày 3-6-2020",
        ("Quyết định", "749", "749/QĐ-TTg", "Thủ tướng Chính phủ", "2020-06-03", None),
    ),
    (
        "Thông tư của Bộ Lao động - Thương binh và Xã hội số 12/2020/TT-BLĐTBXH hướng dẫn",
        "Thông tư của Bộ Lao động - Thương binh và Xã hội số 12/2020/TT-BLĐTBXH",
        ("Thông tư", "12", "12/2020/TT-BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội", None, None),
    ),
    (
        "công văn 1234/UBND-VP của Chủ tịch UBND huyện Mỹ Xuyên yêu cầu",
        "công văn 1234/UBND-VP của Chủ tịch UBND huyện Mỹ Xuyên",
        ("Công văn", "1234", "1234/UBND-VP", "Chủ tịch UBND huyện Mỹ Xuyên", None, None),
    ),
    (
        "Thông tư 15/2015 quy định",
        "Thông tư 15/2015",
        ("Thông tư", "15", "15/2015", None, None, None),
    ),
    (
        "Quyết định áp dụng biện pháp khẩn cấp tạm thời số 03/QĐ-BPKCT ngày 11-1-2012 về việc",
        "Quyết định áp dụng biện pháp khẩn cấp tạm thời số 03/QĐ-BPKCT ngày 11-1-2012",
        ("Quyết định", "03", "03/QĐ-BPKCT", None, "2012-01-11", None),
    ),
    (
        "TỈNH ỦY RA NGHỊ QUYẾT SỐ 18-NQ/TU",
        "NGHỊ QUYẾT SỐ 18-NQ/TU",
        ("Nghị quyết", "18", "18-NQ/TU", None, None, None),
    ),
    (
        "khoản 2 Điều 5 Luật Đất đai năm 2013 quy định",
        "Luật Đất đai năm 2013",
        ("Luật", None, None, None, "2013", None),
    ),
    (
        "Điều 98 Luật Bảo hiểm xã hội số 41/2024/QH15, có hiệu lực",
        "Luật Bảo hiểm xã hội số 41/2024/QH15",
        ("Luật", "41", "41/2024/QH15", None, None, None),
    ),
    (
        "Chỉ thị 11 của Ban Thường vụ Tỉnh uỷ Hoà Bình khoá XVII.",
        "Chỉ thị 11 của Ban Thường vụ Tỉnh uỷ Hoà Bình khoá XVII",
        ("Chỉ thị", "11", None, "Ban Thường vụ Tỉnh uỷ Hoà Bình", None, "XVII"),
    ),
    ("Hiến pháp năm 2013 khẳng định", "Hiến pháp năm 2013", ("Hiến pháp", None, None, None, "2013", None)),
]


@pytest.mark.parametrize(("text", "span", "expected"), CITATIONS)
def test_a_citation_and_its_parts(text: str, span: str, expected: tuple[str | None, ...]) -> None:
    (item,) = find(text)
    assert item.text == span
    assert (item.type, item.number, item.code, item.issuer, item.date, item.term) == expected


@pytest.mark.parametrize(
    "text",
    [
        "thực hiện chỉ thị và các Nghị quyết của Trung ương",
        "Nghị quyết về phát triển kinh tế tư nhân",
        "Kế hoạch 5 năm, chương trình 30 phút, báo cáo 6 tháng, Kế hoạch 2024 của tỉnh",
        "quyết định 3 vấn đề, quy định 2 mức phạt, thông báo 3 trường hợp, hướng dẫn 12 hộ",
        "Luật sư Trần Đức Phượng, Công ty Luật Hợp Danh, Khoa Luật Kinh tế, pháp luật đất đai, Luật này",
        "Hiến pháp và pháp luật",
        "hai bộ Quy tắc ứng xử",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("các Nghị định 24 và 27 của Chính phủ", ["Nghị định 24", "27 của Chính phủ"]),
        ("Chỉ thị 05, 06, ngành công an", ["Chỉ thị 05", "06"]),
        ("Nghị định 24 và 27 hộ dân", ["Nghị định 24"]),
        ("Nghị quyết số 18-NQ/TW, số 19-NQ/TW ngày 25/10/2017", ["Nghị quyết số 18-NQ/TW", "19-NQ/TW ngày 25/10/2017"]),
        ("Luật Đất đai, Luật Nhà ở và Luật Kinh doanh bất động sản", [
            "Luật Đất đai", "Luật Nhà ở", "Luật Kinh doanh bất động sản",
        ]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Giá", ["Luật sửa đổi, bổ sung một số điều của Luật Giá"]),
        ("Luật Phòng, chống tác hại của rượu, bia được", ["Luật Phòng, chống tác hại của rượu, bia"]),
    ],
)  # fmt: skip
def test_coordinated_numbers_and_where_names_end(text: str, spans: list[str]) -> None:
    assert [item.text for item in find(text)] == spans


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Chỉ thị số 05-CT/TW. Chỉ thị 05 của Bộ Chính trị. Chỉ thị 05.", {"Chỉ thị/5/TW/?"}),
        ("Chỉ thị số 05-CT/TW ngày 15/5/2016. Chỉ thị 05 của Bộ Chính trị.", {"Chỉ thị/5/TW/XII"}),
        ("Nghị quyết Trung ương 4 (khóa XII). Nghị quyết Trung ương 4.", {"Nghị quyết/Trung ương 4/TW/XII"}),
        ("Nghị định số 30/2020/NĐ-CP. Nghị định 30. nghị định 30/2020", {"Nghị định/30/CP/2020"}),
        ("Thông tư 29/2024/TT-BGDĐT. Thông tư 29 của Bộ GD&ĐT.", {"Thông tư/29/BGDĐT/2024"}),
        (
            "Quyết định số 12/QĐ-UBND ngày 5/3/2020 của UBND tỉnh Lào Cai. Quyết định 12/QĐ-UBND.",
            {"Quyết định/12/UBND tỉnh Lào Cai/2020"},
        ),
        ("Chỉ thị 5-CT/TU của Tỉnh ủy Hòa Bình. Chỉ thị 5 của Tỉnh uỷ Hoà Bình.", {"Chỉ thị/5/TU Hòa Bình/?"}),
        ("Luật Đất đai năm 2013. Luật Đất đai.", {"Luật đất đai/2013"}),
        # two documents could be meant: the short mention stays open
        ("Chỉ thị 05-CT/TW. Chỉ thị 05-CT/TU. Chỉ thị 05.", {"Chỉ thị/5/TW/?", "Chỉ thị/5/TU/?", "Chỉ thị/5/?/?"}),
        ("Luật Đất đai 2013. Luật Đất đai 2024. Luật Đất đai.", {
            "Luật đất đai/2013", "Luật đất đai/2024", "Luật đất đai/?",
        }),
        ("Nghị định 30/2020/NĐ-CP. Nghị định 30/2021/NĐ-CP.", {"Nghị định/30/CP/2020", "Nghị định/30/CP/2021"}),
    ],
)  # fmt: skip
def test_keys_join_the_mentions_of_one_document(text: str, keys: set[str]) -> None:
    assert {item.key for item in find(text)} == keys


def test_a_shared_issuer_belongs_to_the_key_only() -> None:
    first, second = find("Chỉ thị 05, 06 của Bộ Chính trị")
    assert (first.issuer, second.issuer) == (None, "Bộ Chính trị")
    assert (first.key, second.key) == ("Chỉ thị/5/TW/?", "Chỉ thị/6/TW/?")


_PIECES = st.sampled_from(
    ["Chỉ thị ", "nghị quyết ", "Luật ", "Quyết định ", "số ", "05", "1", "-CT/TW", "/2020", "/NĐ-CP", " của ", "do ",
     "Bộ Chính trị", "UBND tỉnh ", "Hà Nội", " ngày ", "1/1/2020", " (khóa XII)", ", ", " và ", "Đất đai", "sửa đổi",
     "Trung ương ", "Đại hội ", "XIII", " ", "\n", "\u00a0", "\u200b", "liên tịch "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join) | pages())
@settings(max_examples=150, deadline=None)
def test_items_are_verbatim_ordered_apart_and_inside_one_block(text: str) -> None:
    made = document(text)
    items = FIND(made)
    blocks = [(block.start or 0, block.end or 0) for block in made.kept]
    for item in items:
        assert made.text[item.start : item.end] == item.text
        assert any(start <= item.start and item.end <= end for start, end in blocks)
        assert all(
            part in item.text
            for part in (item.number, item.code, item.issuer)
            if part and item.rule != "reference:plenum"
        )
        assert item.key and item.type
    assert all(left.end <= right.start for left, right in pairwise(items))
    assert items == FIND(document(text))
