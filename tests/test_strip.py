"""The `strip` stage: roles and metadata on pages of many shapes, and the pieces that decide them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp import strip
from hocbac_nlp.document import Document, Source
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.bylines import Bylines
from hocbac_nlp.stripping.datelines import Datelines
from hocbac_nlp.stripping.furniture import Furniture
from hocbac_nlp.stripping.lines import Line, key, split, unwrap, visible
from tests.support import SEED_PAGES

LEXICONS = Lexicons()
STEP = strip.open(LEXICONS, {})
DATA = Path(__file__).parent / "data"
METADATA = ("title", "section", "published", "authors", "author_role")


def stripped(page: str, options: dict[str, Any] | None = None, **fields: Any) -> Document:
    document = Document(
        {"schema": "hocbac/1", "id": "x", "source": Source(view="text"), "stages": [], "text": page, **fields}
    )
    (STEP if options is None else strip.open(LEXICONS, options))(document)
    return document


def roles(page: str) -> list[str]:
    """The role of each non-blank line of `page`."""
    blocks = stripped(page).blocks
    return [
        next(block.role for block in blocks if block.source_start <= line.start < block.source_end)
        for line in split(page)
    ]


def pages() -> list[tuple[str, dict[str, Any], str, list[str]]]:
    """The pages of `strip_pages.txt`: name, metadata, page, roles."""
    found = []
    for part in (DATA / "strip_pages.txt").read_text(encoding="utf-8").split("\n=== ")[1:]:
        head, *lines = part.rstrip("\n").split("\n")
        name, meta = head.split(" | ", 1)
        cells = [line.split("\t", 1) for line in lines]
        page = "\n".join(cell[1] if len(cell) == 2 else "" for cell in cells).strip("\n")
        found.append((name, json.loads(meta), page, [cell[0] for cell in cells if len(cell) == 2]))
    return found


PAGES = pages()


@pytest.mark.parametrize(("meta", "page", "wanted"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_roles_and_metadata(meta: dict[str, Any], page: str, wanted: list[str]) -> None:
    lines = [line.text for line in split(page)]
    assert list(zip(roles(page), lines, strict=True)) == list(zip(wanted, lines, strict=True))
    document = stripped(page)
    assert {field: getattr(document, field) for field in meta} == meta


def test_roles_of_the_seeds() -> None:
    wanted = json.loads((DATA / "strip_seeds.json").read_text(encoding="utf-8"))
    assert {path.stem: roles(path.read_text(encoding="utf-8")) for path in SEED_PAGES} == wanted


def test_every_decision_names_its_rule() -> None:
    for case in PAGES:
        assert all(block.rule for block in stripped(case[2]).blocks)


def test_metadata_that_the_page_brings_is_kept() -> None:
    document = stripped("Một tiêu đề đủ dài cho bài báo\n\n12/3/2020", title="Tên riêng", authors=["A"])
    assert (document.title, document.authors, document.published) == ("Tên riêng", ["A"], "2020-03-12")


def test_keep_and_drop_choose_the_roles_of_the_text() -> None:
    page = next(case[2] for case in PAGES if case[0] == "box of related stories inside the article")
    assert "Bài, ảnh: Dương Hưng - Tùng Lâm" in stripped(page, {"keep": ["byline"]}).text
    assert "Nút thắt" not in stripped(page, {"drop": ["title"]}).text


def test_a_repeated_caption_is_dropped_and_points_to_the_first() -> None:
    document = stripped(PAGES[0][2])
    first, second = (i for i, block in enumerate(document.blocks) if block.role == "caption")
    assert document.blocks[second].duplicate_of == first
    assert document.blocks[second].start is None
    assert document.text.count("Trưởng ban Dân tộc tỉnh\n") == 1


@pytest.mark.parametrize(
    "page", ["...", "\u200b", "12", "|", "a" * 100_000, "(" * 50_000, "Ảnh: " * 5_000, "? " * 9_999]
)
def test_odd_pages(page: str) -> None:
    document = stripped(page)
    assert [block.source_end for block in document.blocks][-1] == len(page.rstrip())


@settings(deadline=None)
@given(st.text(st.sampled_from("aĐ \u00a0\u200b\u0323\t\r\n.:-|?12/20:é>»(")))
def test_every_character_lies_in_one_block(page: str) -> None:
    if page.strip():
        covered = [at for block in stripped(page).blocks for at in range(block.source_start, block.source_end)]
        shown = [at for at, character in enumerate(page) if not character.isspace()]
        assert len(covered) == len(set(covered))
        assert set(shown) <= set(covered)


# --- dates ----------------------------------------------------------------------------------------------

DATELINES = Datelines(LEXICONS)


@pytest.mark.parametrize(
    ("text", "iso", "rest"),
    [
        ("Thứ Ba, 29/01/2019 | 11:46", "2019-01-29T11:46+07:00", ""),
        ("Thứ 4, 22.12.2021 | 20:42:03", "2021-12-22T20:42:03+07:00", ""),
        ("4/7/2019 11:12", "2019-07-04T11:12+07:00", ""),
        ("28-08-2025, 19:45 (GMT+7)", "2025-08-28T19:45+07:00", ""),
        ("Thứ ba, ngày 8 tháng 3 năm 2022", "2022-03-08", ""),
        ("18:21 PM 11/05/2014", "2014-05-11T18:21+07:00", ""),
        ("Thứ sáu, ngày 9 tháng 5 năm 2008 | 2:15 PM", "2008-05-09T14:15+07:00", ""),
        ("03:15 CH, 5/6/2012", "2012-06-05T15:15+07:00", ""),
        ("Posted on 12 Tháng Tư, 2018 by admin", "2018-04-12", "by admin"),
        ("Cập nhật lúc 14h05' ngày 3-5-2020", "2020-05-03T14:05+07:00", ""),
        ("January 15, 2018", "2018-01-15", ""),
        ("2024-03-01T08:00:00+07:00", "2024-03-01T08:00:00+07:00", ""),
        ("Lê Quốc Bửu / VOHFM - 02/11/2023, 16:57", "2023-11-02T16:57+07:00", "Lê Quốc Bửu / VOHFM"),
        ("Ngày đăng: 23/06/2016 09:40 | Lượt xem: 15207", "2016-06-23T09:40+07:00", "Lượt xem: 15207"),
        ("12/04/21 - 06:35", "2021-04-12T06:35+07:00", ""),
    ],
)
def test_dates(text: str, iso: str, rest: str) -> None:
    when = DATELINES.read(text)
    assert when is not None
    assert (when.iso, when.rest) == (iso, rest)


@pytest.mark.parametrize("text", ["31/02/2020", "1.900 ha", "Nghị định 43/2014/NĐ-CP", "11:46", "24/7", "2 tuần trước"])
def test_no_dates(text: str) -> None:
    assert DATELINES.read(text) is None


# --- bylines --------------------------------------------------------------------------------------------

BYLINES = Bylines(LEXICONS)


@pytest.mark.parametrize(
    ("text", "authors", "role"),
    [
        ("Bài, ảnh: Hồng Thoan - Y Krắk", ("Hồng Thoan", "Y Krắk"), None),
        ("Vân Khánh (thực hiện)", ("Vân Khánh",), None),
        ("LỮ MAI CHI thực hiện", ("LỮ MAI CHI",), None),
        ("H.Đ", ("H.Đ",), None),
        ("KS. Huỳnh Văn Thảo", ("Huỳnh Văn Thảo",), None),
        ("Lê Quốc Bửu / VOHFM", ("Lê Quốc Bửu",), None),
        ("Thu Hà - Báo Bến Tre", ("Thu Hà",), None),
        ("TS. Nguyễn Văn An, Viện trưởng Viện Kinh tế", ("Nguyễn Văn An",), "Viện trưởng Viện Kinh tế"),
        ("Nguyễn Thị Kim Thoa (Sở Y tế)", ("Nguyễn Thị Kim Thoa",), None),
        ("Minh Sơn - Công an tỉnh", ("Minh Sơn",), None),
        ("Theo Báo Bến Tre", (), None),
        ("(Theo TTXVN)", (), None),
        ("Tin, ảnh: P.V", ("P.V",), None),
        ("Nhóm PV", ("Nhóm PV",), None),
        ("Ảnh: Anh Khôi", (), None),
    ],
)
def test_bylines(text: str, authors: tuple[str, ...], role: str | None) -> None:
    byline = BYLINES.read(text)
    assert byline is not None
    assert (byline.authors, byline.role) == (authors, role)


@pytest.mark.parametrize(
    "text",
    ["Hà Nội", "Tin tức", "Viết bởi Super User", "Theo ông Nguyễn Văn An, giá lúa đã giảm", "VIDEO", "Vướng gì?"],
)
def test_no_bylines(text: str) -> None:
    assert BYLINES.read(text) is None


def test_posts_under_a_name() -> None:
    assert BYLINES.is_post("Bí thư Huyện ủy Hòa Bình")
    assert BYLINES.is_post("Sở Tư pháp tỉnh Bến Tre")
    assert not BYLINES.is_post("Phòng trừ bọ cánh cứng hại dừa")
    assert not BYLINES.is_post("Hội nghị viên chức năm học mới")


# --- furniture ------------------------------------------------------------------------------------------

FURNITURE = Furniture(LEXICONS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bình luận (12)", "end"),
        ("Các báo cáo khác", "list"),
        (">> Giá tiêu tăng trở lại", "link"),
        ("Xem thêm: Giá tiêu tăng trở lại", "teaser"),
        ("![](/images/a.jpg) |", "markup"),
        ("Trang chủ › Ngân hàng › Lãi suất", "breadcrumb"),
        ("Giới thiệu | Tin tức - Sự kiện | Văn bản | Liên hệ", "menu"),
        ("A- A A+", "tool"),
        ("null", "cms"),
        ("1.022", "no-words"),
        ("5 giờ trước", "ago"),
        ("Giấy phép số 118/GP-BTTTT", "legal"),
        ("Rất đẹp ( ) Đẹp ( ) Bình thường ( )", "poll"),
    ],
)
def test_furniture(text: str, kind: str) -> None:
    verdict = FURNITURE.judge(Line(0, len(text), text, 0))
    assert verdict is not None
    assert verdict.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Chia sẻ với phóng viên, ông Hùng cho biết giá vật tư đã tăng gấp đôi.",
        "Liên quan đến vụ án, cơ quan điều tra đã khởi tố thêm hai bị can.",
        "Địa chỉ nhận hồ sơ là bộ phận một cửa của UBND phường.",
        "Nghiêm cấm sao nhãng nhiệm vụ phòng, chống dịch.",
    ],
)
def test_sentences_are_no_furniture(text: str) -> None:
    assert FURNITURE.judge(Line(0, len(text), text, 0)) is None


# --- lines ----------------------------------------------------------------------------------------------


def test_lines_end_at_line_feeds_only() -> None:
    assert [line.text for line in split("a\r\nb\u2028c\x85d\n \u00a0\n e ")] == ["a", "b\u2028c\x85d", "e"]
    assert [line.gap for line in split("a\n\n\nb\nc")] == [0, 2, 0]


def test_visible_text_is_free_of_disguises() -> None:
    assert visible("Voo\u0323c\u0325 cha\u0300\u200b  va\u0301\u00a0") == visible("Voo\u0323c cha\u0300 va\u0301")
    assert key("Bình luận (12):") == "bình luận"


def test_wrapped_lines_are_joined_and_verses_are_not() -> None:
    def joined(page: str) -> list[str]:
        return [line.text for line in unwrap(page, split(page), lambda line: False)]

    assert joined("Lớp học chữ\ncủa những bà mẹ\ntrên phá Tam Giang") == [
        "Lớp học chữ\ncủa những bà mẹ\ntrên phá Tam Giang"
    ]
    verse = "Nhái ơi mi gọi ai về\nGọi mưa thì mưa đã kề ngọn tre"
    assert joined(verse) == verse.split("\n")
    assert joined("Trang chủ\nvideo\nảnh") == ["Trang chủ", "video", "ảnh"]
