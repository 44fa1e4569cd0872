"""Times: which expressions are found, their values, and what is no time."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp import references, times
from hocbac_nlp.document import Time
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.timing.dates import Point, fold
from hocbac_nlp.timing.spelled_dates import spelled
from tests.layers import document
from tests.pages import pages

LEXICONS = Lexicons()
REFERENCES = references.open(LEXICONS)
FIND = times.open(LEXICONS)


def find(text: str, published: str | None = None) -> list[Time]:
    made = document(text, published)
    made.references = REFERENCES(made)
    return FIND(made)


def values(text: str) -> list[tuple[str, str | None]]:
    return [(item.text, item.value) for item in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # days
        ("họp ngày 12/3/2018, ngày 12-3-2018 và ngày 12.3.2018", [
            ("ngày 12/3/2018", "2018-03-12"), ("ngày 12-3-2018", "2018-03-12"), ("ngày 12.3.2018", "2018-03-12"),
        ]),
        ("từ ngày 01 tháng 7 năm 2004 đến nay", [("từ ngày 01 tháng 7 năm 2004", "2004-07-01/")]),
        ("16 tháng 5, 2022", [("16 tháng 5, 2022", "2022-05-16")]),
        ("Chiều 8/12, Kỳ họp bế mạc", [("8/12", "--12-08")]),
        ("Sáng 4.1, công an xã", [("4.1", "--01-04")]),
        ("Quốc khánh 2-9 năm nay", [("2-9", "--09-02"), ("năm nay", None)]),
        ("2018-03-12 08:30", [("2018-03-12 08:30", "2018-03-12T08:30+07:00")]),
        # clock times with their day
        ("Thứ Ba, 29/01/2019 | 11:46", [("Thứ Ba, 29/01/2019 | 11:46", "2019-01-29T11:46+07:00")]),
        ("Thứ 4, 22.12.2021 | 20:42:03", [("Thứ 4, 22.12.2021 | 20:42:03", "2021-12-22T20:42+07:00")]),
        ("Bài đăng (20:05 19/05/2017)", [("20:05 19/05/2017", "2017-05-19T20:05+07:00")]),
        ("lúc 7 giờ 30 tối ngày 5/3/2020", [("7 giờ 30 tối ngày 5/3/2020", "2020-03-05T19:30+07:00")]),
        ("18h30 ngày 29/1", [("18h30 ngày 29/1", "--01-29T18:30")]),
        ("họp lúc 8h30 và 14:00", []),
        # months, quarters, parts of a year
        ("tháng 9-2017, tháng 9/2017, tháng 9.2017", [
            ("tháng 9-2017", "2017-09"), ("tháng 9/2017", "2017-09"), ("tháng 9.2017", "2017-09"),
        ]),
        ("lạm phát trong tháng 4", [("tháng 4", "--04")]),
        ("quý I, II năm 2020", [("quý I", "2020-Q1"), ("II năm 2020", "2020-Q2")]),
        ("quý II/2023 đến quý I/2024", [("quý II/2023 đến quý I/2024", "2023-Q2/2024-Q1")]),
        ("quí III/2017, nhiệm kì 2015-2020", [("quí III/2017", "2017-Q3"), ("nhiệm kì 2015-2020", "2015/2020")]),
        ("6 tháng đầu năm 2024", [("6 tháng đầu năm 2024", "2024-01/2024-06")]),
        ("nửa cuối năm 2023", [("nửa cuối năm 2023", "2023-07/2023-12")]),
        ("9 tháng năm 2023 ước", [("9 tháng năm 2023", "2023-01/2023-09")]),
        # years and periods
        ("Năm 2022 và 2023, thành phố", [("Năm 2022", "2022"), ("2023", "2023")]),
        ("Trong 5 năm (2016-2020), tổng thu", [("2016-2020", "2016/2020")]),
        ("giai đoạn 2011-2015; nhiệm kỳ 2020 - 2025; năm học 2022-2023", [
            ("giai đoạn 2011-2015", "2011/2015"), ("nhiệm kỳ 2020 - 2025", "2020/2025"),
            ("năm học 2022-2023", "2022/2023"),
        ]),
        ("vòng 9 V-League 2025/26", [("2025/26", "2025/2026")]),
        ("từ năm 2016 đến năm 2023", [("năm 2016 đến năm 2023", "2016/2023")]),
        ("2012: 950 đồng", [("2012", "2012")]),
        ("nhiệm kỳ 2020-25", [("nhiệm kỳ 2020-25", "2020/2025")]),
        ("từ 2015 đến 2020", [("2015 đến 2020", "2015/2020")]),
        ("Từ năm 2022, Ban Thường vụ", [("Từ năm 2022", "2022/")]),
        ("có hiệu lực kể từ ngày 1/7/2025", [("từ ngày 1/7/2025", "2025-07-01/")]),
        ("chuyển từ ngày 5/3 sang ngày 8/3", [("ngày 5/3", "--03-05"), ("ngày 8/3", "--03-08")]),
        ("thi từ ngày 15 đến 16/6 tại", [("ngày 15 đến 16/6", "--06-15/--06-16")]),
        ("từ 16-20/10.", [("16-20/10", "--10-16/--10-20")]),
        ("các ngày 5, 6 và 7/3/2021", [("ngày 5", "2021-03-05"), ("6", "2021-03-06"), ("7/3/2021", "2021-03-07")]),
        ("Các tối 18, 24 và 25-7, anh", [("18", "--07-18"), ("24", "--07-24"), ("25-7", "--07-25")]),
        ("SEA Games 2023, giá so sánh 2010 và Mục tiêu 2025?", [("2023", "2023"), ("2010", "2010"), ("2025", "2025")]),
        ("những năm 1990", [("những năm 1990", "1990/1999")]),
        # inside references
        ("Chỉ thị số 12-CT/TU ngày 12/3/2018", [("ngày 12/3/2018", "2018-03-12")]),
        ("Luật Nhà ở 2023, Bộ luật Hình sự năm 1999", [("2023", "2023"), ("năm 1999", "1999")]),
        ("Nghị quyết Hội nghị lần thứ tư BCH Trung ương khóa XI, ngày 4/6", [("ngày 4/6", "--06-04")]),
        # in words
        ("ngày ba mươi tháng tư năm một chín bảy lăm", [("ngày ba mươi tháng tư năm một chín bảy lăm", "1975-04-30")]),
        ("năm hai nghìn không trăm hai mươi bốn", [("năm hai nghìn không trăm hai mươi bốn", "2024")]),
    ],
)  # fmt: skip
def test_expressions_and_values(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Thông tư 64/2017/TT-BCA, Thông tư 15/2015, Nghị định 30/2020/NĐ-CP",
        "45/63 tỉnh, 12/12 chỉ tiêu, hơn 2/3 số hộ, từ 2/3 trở lên, đạt 3/5 xã, tỷ lệ 1/4",
        "thắng 2-1, phạt 5-7 triệu đồng, 2-3 ngày, đội hình 4-4-2, trực 24/7",
        "hơn 2000 người, 2019 hộ, 1998 trường hợp, mã số 1945, tổng đài 1900 1234",
        "đường 3/2, cầu 30 Tháng 4, ngõ 12/3, số nhà 36/7/7",
        "phạt 3 năm 6 tháng tù, mỗi tháng 2 lần, 6 tháng 10 ngày",
        "ngày 31/2/2020, ngày 32/1, tháng 13",
        "điện thoại 0912.345.678, giá 10.000-12.000 đồng, phiên bản 1.2.3",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert values(text) == []


def test_the_habit_of_a_document_decides_on_dots() -> None:
    assert values("Ngày 12.2, họp. Quỹ còn đến 15.7 tại ngân hàng.")[1:] == [("15.7", "--07-15")]
    assert values("Chỉ số tăng đến 15.7 tại phiên.") == []


def test_partial_dates_are_resolved_by_the_page_or_the_text_only() -> None:
    assert [item.resolved for item in find("Chiều 29/12, họp", "2018-01-05")] == ["2017-12-29"]
    assert [item.resolved for item in find("từ 12/2, thu phí", "2018-01-29T08:00+07:00")] == ["2018-02-12/"]
    assert [item.resolved for item in find("thi ngày 15 đến 16/6", "2022-06-09")] == ["2022-06-15/2022-06-16"]
    assert [item.resolved for item in find("Năm 2019, chiều 29/12, họp")] == [None, "2019-12-29"]
    assert [item.resolved for item in find("Chiều 29/12, họp")] == [None]


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        # re-typed from Duckling's Vietnamese corpus (facebook/duckling, BSD-3-Clause), reference time 2017-02-02
        ("hôm nay", "2017-02-02"), ("hôm kia", "2017-01-31"), ("ngày mai", "2017-02-03"), ("tuần trước", "2017-W04"),
        ("tháng sau", "2017-03"), ("quý tới", "2017-Q2"), ("năm ngoái", "2016"), ("năm tiếp theo", "2018"),
        ("quý ba", "2017-Q3"),
    ],
)  # fmt: skip
def test_relative_expressions(text: str, resolved: str) -> None:
    (item,) = find(f"Cuộc họp diễn ra vào {text}.", "2017-02-02")
    assert (item.relative, item.value, item.resolved) == (True, None, resolved)
    (item,) = find(f"Cuộc họp diễn ra vào {text}.")
    assert (item.relative, item.resolved) == (True, None)


def test_a_duration_is_no_relative_time() -> None:
    assert find("hơn 20 năm nay, hai tháng sau, mấy năm trước") == []


def test_the_moon_calendar_is_flagged() -> None:
    text = "mùng 10 tháng 3 âm lịch, rằm tháng Giêng, 23 tháng Chạp, mùng 1 Tết"
    found = find(text, "2020-02-02")
    assert [item.value for item in found] == ["--03-10", "--01-15", "--12-23", "--01-01"]
    assert all(item.lunar and item.resolved is None for item in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # re-typed from NeMo-text-processing's Vietnamese test cases (NVIDIA, Apache-2.0)
        ("hai tư tháng bảy năm hai nghìn mười ba", "2013-07-24"),
        ("mùng một tháng một năm một chín chín chín", "1999-01-01"),
        ("tháng mười năm hai ngàn linh chín", "2009-10"),
        ("tháng ba năm hai không hai ba", "2023-03"),
        ("ngày mùng năm tháng tám", "--08-05"),
        ("25-03-1975", "1975-03-25"),
        ("10.05.2000", "2000-05-10"),
        ("tháng 12 2023", "2023-12"),
        ("năm 938", "0938"),
        # re-typed from Duckling's Vietnamese corpus (facebook/duckling, BSD-3-Clause)
        ("thứ 2 mồng 6 tháng 2", "--02-06"),
        ("3/9/91", "1991-09-03"),
        ("tháng mười năm 2017", "2017-10"),
        ("quý 4 của năm 2018", "2018-Q4"),
        ("lúc 4 giờ chiều ngày 23 tháng 4", "--04-23T16:00"),
    ],
)
def test_cases_of_public_suites(text: str, expected: str) -> None:
    assert [value for _, value in values(text)] == [expected]


@given(st.integers(1000, 2100))
def test_years_in_words_by_digit(year: int) -> None:
    digits = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    text = "tháng ba năm " + " ".join(digits[int(digit)] for digit in str(year))
    assert [atom.first for atom in spelled(text, 0, len(text))] == [Point(year, 3)]


@pytest.mark.parametrize(
    ("name", "line"), [("holidays.tsv", "mai\tLễ"), ("relative_times.tsv", "mốt kia\tday\tsome\tpage")]
)
def test_a_users_row_that_makes_no_sense_is_told(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / name).write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=name):
        times.open(Lexicons(tmp_path))


@given(pages())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_gives_one_spelling() -> None:
    assert fold("Tỉnh uỷ Hoà Bình khoá XI, qui chế quí I; hoàn, thuở, quỳ, quả") == (
        "Tỉnh ủy Hòa Bình khóa XI, quy chế quý I; hoàn, thuở, quỳ, quả"
    )


@given(st.dates())
def test_every_day_in_every_shape(day: object) -> None:
    iso = str(day)
    year, month, number = (int(part) for part in iso.split("-"))
    if not 1000 <= year <= 2199:
        return
    for text in (
        f"ngày {number}/{month}/{year}",
        f"ngày {number:02}-{month:02}-{year}",
        f"ngày {number}.{month}.{year}",
        f"ngày {number} tháng {month} năm {year}",
        f"{number}/{month}/{year}",
        f"{year}-{month:02}-{number:02}",
    ):
        assert values(f"Họp vào {text}, tại huyện") == [(text, iso)]


_POINT = r"(?:\d{4}(?:-Q[1-4]|-\d\d(?:-\d\d(?:T\d\d:\d\d\+07:00)?)?)?|--\d\d(?:-\d\d(?:T\d\d:\d\d)?)?|\d{4}-W\d\d)"
_VALUE = re.compile(rf"{_POINT}(?:/(?:{_POINT})?)?")
_PIECES = st.sampled_from(
    ["ngày ", "tháng ", "năm ", "quý ", "từ ", "đến ", "1", "2", "12", "30", "2019", "/", "-", ".", ":", "h", " giờ ",
     ", ", " và ", " ", "\n", "(", ")", "âm lịch", "Tết", "mùng ", "một ", "hai ", "nghìn ", "sáng ", "thứ Ba, ", "II",
     "giai đoạn ", "6 tháng đầu năm ", "hôm nay", "năm ngoái", "\u00a0", "\u200b", "người"]
)  # fmt: skip


@given(
    st.lists(_PIECES, max_size=25).map("".join) | pages(),
    st.sampled_from([None, "2024-02-29", "2017-05-19T20:05+07:00"]),
)
@settings(max_examples=200, deadline=None)
def test_items_are_verbatim_ordered_and_have_iso_values(text: str, published: str | None) -> None:
    made = document(text, published)
    made.references = REFERENCES(made)
    items = FIND(made)
    blocks = [(block.start or 0, block.end or 0) for block in made.kept]
    for item in items:
        assert made.text[item.start : item.end] == item.text
        assert any(start <= item.start and item.end <= end for start, end in blocks)
        assert item.value is not None or item.relative
        assert all(_VALUE.fullmatch(value) for value in (item.value, item.resolved) if value is not None)
    assert all(left.end <= right.start for left, right in pairwise(items))
