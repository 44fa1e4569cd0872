"""The statistics layer: what is a figure, what it is worth, which way it moved and what it is of."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp import segment, statistics, times
from hocbac_nlp.document import Block, Document, Reference, Statistic, Time
from hocbac_nlp.lexicon import Lexicons
from tests.pages import LINES


@cache
def _steps() -> tuple[Callable[[Document], None], Callable[[Document], list[Statistic]]]:
    lexicons = Lexicons()
    return segment.open(lexicons, {}), statistics.open(lexicons)


def document(text: str, times: tuple[str, ...] = (), references: tuple[str, ...] = ()) -> Document:
    """A document of one block a line, with the layers that statistics reads; times are named by their text."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line), at, at + len(line), "test"))
        at += len(line) + 1
    made = Document({"id": "test", "stages": []})
    made.text, made.blocks = text, blocks
    made.times = [Time(time, text.index(time), text.index(time) + len(time), "2020") for time in times]
    made.references = [
        Reference(one, text.index(one), text.index(one) + len(one), "Luật", None, None, None, None, None, None, "")
        for one in references
    ]
    _steps()[0](made)
    return made


def find(text: str, times: tuple[str, ...] = (), references: tuple[str, ...] = ()) -> list[Statistic]:
    """The statistics of a text."""
    return _steps()[1](document(text, times, references))


def find_dated(text: str) -> list[Statistic]:
    """The statistics of a text whose times are those that the times module finds."""
    made = document(text)
    made.references, made.published = [], None
    made.times = times.open(Lexicons())(made)
    return _steps()[1](made)


def brief(item: Statistic) -> tuple[str, str, object, str | None, str]:
    """The fields that most cases look at."""
    value = item.value if item.low is None else (item.low, item.high)
    return item.text, item.kind, value, item.unit, item.relation


CASES = [
    ("Thành phố xây dựng mới 25 mô hình.", [("25 mô hình", "count", 25, None, "=")]),
    ("Tỷ lệ tham gia đạt trên 95%.", [("trên 95%", "percent", 95, "%", ">")]),
    ("Tổng thu đạt hơn 7.148 tỷ đồng.", [("hơn 7.148 tỷ đồng", "money", 7148000000000, "VND", ">")]),
    ("Mức án từ 24 đến 36 tháng tù.", [("24 đến 36 tháng tù", "duration", (24, 36), "month", "=")]),
    ("Có 45/63 tỉnh hoàn thành.", [("45/63 tỉnh", "fraction", 45 / 63, None, "=")]),
    ("Đất lúa chiếm quá nửa.", [("quá nửa", "fraction", 0.5, None, ">")]),
    ("Số phiếu thuận quá bán.", [("quá bán", "fraction", 0.5, None, ">")]),
    ("Có hàng trăm hộ chưa có đất.", [("hàng trăm hộ", "count", 100, None, ">=")]),
    ("Lũ trên sông cao hơn báo động 3 là 0,68 m.", [("0,68 m", "measure", 0.68, "m", "=")]),
    ("Dân số thành phố đạt 9,3 triệu.", [("9,3 triệu", "count", 9300000, None, "=")]),
    ("Tổng số nợ của công ty là 45 tỷ.", [("45 tỷ", "money", 45000000000, "VND", "=")]),
    ("Khu đô thị có dân số 12.000 người.", [("12.000 người", "count", 12000, None, "=")]),
    ("Năng suất cao hơn 12 điểm phần trăm.", [("12 điểm phần trăm", "percent", 12, "pp", "=")]),
    ("Đường có 4 làn xe.", [("4 làn xe", "count", 4, None, "=")]),
    ("Xuân Son vô địch 3 lần.", [("3 lần", "count", 3, None, "=")]),
    ("Doanh thu gấp 3,3 lần năm trước.", [("gấp 3,3 lần", "multiple", 3.3, "times", "=")]),
    ("Giá thuê gấp đôi mức cũ.", [("gấp đôi", "multiple", 2, "times", "=")]),
    ("Nước lũ xả không quá 800 m3/s.", [("không quá 800 m3/s", "measure", 800, "m3/s", "<=")]),
    ("Vay từ 500 tỷ đồng trở lên.", [("500 tỷ đồng trở lên", "money", 500000000000, "VND", ">=")]),
    ("Người dân phải chờ ít nhất 5 năm.", [("ít nhất 5 năm", "duration", 5, "year", ">=")]),
    (
        "Đã chi trả 698 tỷ, đạt gần 94%.",
        [("698 tỷ", "money", 698000000000, "VND", "="), ("gần 94%", "percent", 94, "%", "~")],
    ),
    ("Đón 2,250 người trong ngày.", [("2,250 người", "count", 2250, None, "=")]),
    ("Trong phiên có chín nghị quyết.", [("chín nghị quyết", "count", 9, None, "=")]),
    ("Thi công gần năm tháng liền.", [("gần năm tháng liền", "duration", 5, "month", "~")]),
    ("Nền nhiệt xuống -2°C ở Mẫu Sơn.", [("xuống -2°C", "measure", -2, "°C", "=")]),
    ("Bán cho ba, bốn người.", [("ba, bốn người", "count", (3, 4), None, "=")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_figure(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [brief(item) for item in find(text)] == expected


NOT_STATISTICS = [
    "Theo Điều 138 và khoản 4 Điều 61 của bộ luật.",
    "Nhà ông ở số 52 đường Trần Phú, quận 1.",
    "Hạt kiểm lâm thôn 3, tổ 12, phường 5.",
    "Quốc lộ 16 và tỉnh lộ 543D bị sạt lở.",
    "Điện thoại 0269.3824123, hotline 19001234.",
    "Đội nhà thắng 3-2 với sơ đồ 4-4-2.",
    "Gió mạnh cấp 9, giật cấp 11.",
    "Họp lúc 8 giờ 30 phút sáng.",
    "Cửa hàng trực 24/7, camera ghi hình 24/24.",
    "Đại biểu khóa XIII dự kỳ họp thứ 7.",
    "Phát biểu tại lớp 10 trường Lê Lợi.",
    "Anh lái chiếc Mazda 3, mang theo iPhone 15.",
    "Công nghiệp 4.0 và mạng 5G.",
    "Người bệnh nhiễm H5N1, tiêm vitamin B12.",
    "Thực hiện cơ chế một cửa một cách hiệu quả.",
    "Một số cán bộ đi một mình.",
    "Ông Ba và bà Tư ở Ba Đình, gần chợ Năm.",
    "Trong năm doanh nghiệp gặp khó, năm nay khá hơn.",
    "1. Tình hình chung",
    "Nguyên tắc “4 tại chỗ”, “3 sẵn sàng”.",
    "Anh không đến, chị cũng không.",
    "Tỷ lệ hộ nghèo, tỷ giá và tỷ số.",
    "Địa chỉ 10.0.0.1, phiên bản 2.1.3.",
]


@pytest.mark.parametrize("text", NOT_STATISTICS)
def test_no_statistic(text: str) -> None:
    assert [item.text for item in find(text)] == []


def test_figures_of_dates_and_documents_are_left_out() -> None:
    text = "Năm 2023, theo Luật số 41/2024/QH15, huyện có 12 xã."
    items = find(text, times=("Năm 2023",), references=("Luật số 41/2024/QH15",))
    assert [(item.text, item.period, item.period_time) for item in items] == [("12 xã", "Năm 2023", 0)]


CHANGES = [
    ("Doanh thu tăng 5,82%.", "up", "by"),
    ("Giá xăng giảm hơn 3.600 đồng.", "down", "by"),
    ("Diện tích tăng gấp ba lần.", "up", "to"),
    ("Lợi nhuận tăng 2,1 lần.", "up", "by"),
    ("Thu nhập tăng lên 66,4 triệu đồng/năm.", "up", "to"),
    ("Thời gian giảm xuống còn 2 giờ.", "down", "to"),
    ("Lãi suất tăng thêm 0,5 điểm phần trăm.", "up", "by"),
    ("Sản lượng tăng bình quân 4%/năm.", "up", "by"),
    ("Doanh thu đạt 12 tỷ đồng.", None, None),
    ("Thu ngân sách vượt 12%.", None, None),
    ("Vốn lên tới 100 triệu đồng.", None, None),
    ("Cả bản chỉ còn 12 hộ nghèo.", None, None),
    ("Bệnh viện cần thêm 24 bác sĩ.", None, None),
]


@pytest.mark.parametrize(("text", "direction", "mode"), CHANGES)
def test_change(text: str, direction: str | None, mode: str | None) -> None:
    (item,) = find(text)
    assert (item.change.direction if item.change else None) == direction
    assert (item.change.mode if item.change else None) == mode


def test_from_and_to_are_two_figures_that_name_each_other() -> None:
    first, second = find("Tỷ lệ hộ nghèo giảm từ 2,81% xuống 1,89%.")
    assert (first.text, first.change, first.to) == ("2,81%", None, "xuống 1,89%")
    assert (second.text, second.from_) == ("xuống 1,89%", "2,81%")
    assert second.change is not None
    assert (second.change.direction, second.change.mode) == ("down", "to")
    assert first.of == second.of == "Tỷ lệ hộ nghèo"


def test_rule_names_what_decided() -> None:
    rules = {item.text: item.rule for item in find("Có 25 mô hình, đạt 98%, bằng 2/3, gấp đôi, chi 5 tỷ.")}
    assert rules == {"25 mô hình": "count_nouns", "98%": "units", "2/3": "fraction", "gấp đôi": "fold", "5 tỷ": "bare"}


def test_base_is_what_a_figure_is_compared_with() -> None:
    (item,) = find("Doanh thu tăng 12,5% so với cùng kỳ năm trước.")
    assert item.base == "so với cùng kỳ năm trước"
    first, second = find("Chỉ số giá tăng 0,05% so với tháng trước và tăng 4,44% so với cùng kỳ.")
    assert (first.base, second.base) == ("so với tháng trước", "so với cùng kỳ")


PERIODS = [
    ("Năm 2023, tỷ lệ hộ nghèo còn 4,2%.", "Năm 2023"),
    ("Doanh thu đạt 1.850 tỷ đồng trong năm 2024.", "năm 2024"),
    ("Khác với năm 2020, thu nhập đạt 62 triệu đồng năm 2023.", "năm 2023"),
    ("Ngày 12/3, lực lượng chức năng bắt 3 đối tượng.", "Ngày 12/3"),
    ("Ngày 12/3, ông Nam cho biết tỷ lệ tiêm chủng đạt 95,4%.", None),
    ("Theo báo cáo công bố ngày 6/4, tăng trưởng đạt 5,66%.", None),
    ("Thu nhập của xã đạt 62 triệu đồng, gấp 1,5 lần năm 2019.", None),
    ("Hoa Kỳ tăng 22,6% so với cùng kỳ năm 2013; EU tăng 14%.", None),
    ("Ngành điện tăng 9,2% (Bắc Bộ không tính năm 2021), đóng góp 7,2 điểm phần trăm.", None),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_period_is_no_base_and_no_day_of_a_statement(text: str, period: str | None) -> None:
    assert {item.period for item in find_dated(text)} == {period}


def test_months_of_a_year_are_a_time_and_no_duration() -> None:
    items = find_dated("Kim ngạch xuất khẩu gạo 5 tháng đầu năm đạt 2,65 tỷ USD.")
    assert [(item.text, item.of) for item in items] == [("2,65 tỷ USD", "Kim ngạch xuất khẩu gạo")]


OF = [
    ("Tổng thu ngân sách trên địa bàn đạt hơn 7.148 tỷ đồng.", ["Tổng thu ngân sách trên địa bàn"]),
    ("Dư nợ tín dụng đạt 17,9 triệu tỷ đồng, tăng 15,1%.", ["Dư nợ tín dụng", "Dư nợ tín dụng"]),
    ("Trên 90% cán bộ, đảng viên hoàn thành nhiệm vụ.", ["cán bộ, đảng viên"]),
    ("Sau 1 năm thực hiện Chỉ thị 05 của Bộ Chính trị.", ["thực hiện Chỉ thị 05"]),
    ("Ông đồng ý hỗ trợ khẩn cấp 1.500 tấn gạo.", ["gạo"]),
    ("Thành phố đã lựa chọn 10 cá nhân tiêu biểu.", ["cá nhân tiêu biểu"]),
    ("Sacombank vay nóng bên ngoài với lãi suất 4%/tháng.", ["lãi suất"]),
    ("Toàn huyện còn 1.245 hộ nghèo, chiếm 4,2% tổng số hộ dân.", ["hộ nghèo", "tổng số hộ dân"]),
    ("Tỷ lệ sống sau 1 năm đạt 93,4%.", ["Tỷ lệ sống", "Tỷ lệ sống sau 1 năm"]),
    ("Lượng mưa đạt 200 mm, Trà My 310 mm.", ["Lượng mưa", "Lượng mưa"]),
    ("Giá vàng ở Hà Nội, Huế và Đà Nẵng giảm 500.000 đồng.", ["Giá vàng"]),
    ("Đường ống dài 250 km dẫn khí vào bờ.", ["Đường ống"]),
    ("Xuất khẩu sang EU đạt 3,9 tỷ USD; sang Mỹ đạt 3,3 tỷ USD.", ["Xuất khẩu sang EU", "Xuất khẩu sang EU"]),
    ("Hoa Kỳ dẫn đầu với 10,8 tỷ USD; ASEAN đạt 7,5 tỷ USD.", ["Hoa Kỳ dẫn đầu", "ASEAN"]),
    ("Trung Quốc chiếm gần 31% trong tổng kim ngạch nhập khẩu.", ["tổng kim ngạch nhập khẩu"]),
    ("Khoảng cách giữa hai điểm là 7 km.", ["điểm", "Khoảng cách giữa hai điểm"]),
    ("Thuế suất nâng từ 8% lên 10%.", ["Thuế suất", "Thuế suất"]),
    ("Số vụ tai nạn kéo giảm 12%.", ["Số vụ tai nạn"]),
    ("Giá dầu lùi 0,9% về 82,1 USD một thùng.", ["Giá dầu", "Giá dầu"]),
    ("Nước biển có thể dâng 12 cm.", ["Nước biển"]),
    ("Người vi phạm sẽ bị phạt đến 8 triệu đồng.", ["phạt"]),
    ("Tòa buộc ông Kính trả cho vợ chồng ông Khương số tiền trên 51 triệu đồng.", ["số tiền"]),
    ("Có 12 người bị thương.", ["người bị thương"]),
    ("Trung tâm cho thấy nồng độ bụi lên 120 mg/l.", ["nồng độ bụi"]),
]


@pytest.mark.parametrize(("text", "phrases"), OF)
def test_of(text: str, phrases: list[str]) -> None:
    assert [item.of for item in find(text)] == phrases


def test_vague_and_quoted_amounts_say_so() -> None:
    (item,) = find("Ông nói: “Nhà tôi mất vài chục con heo trong trận lũ vừa rồi ở quê”.")
    assert (item.value, item.vague, item.quoted) == (None, True, True)


def check(made: Document) -> None:
    """Spans are verbatim, in order, apart from each other and inside one block."""
    items = _steps()[1](made)
    end = 0
    for item in items:
        assert made.text[item.start : item.end] == item.text
        assert end <= item.start < item.end
        assert any(
            block.start <= item.start and item.end <= block.end
            for block in made.kept
            if block.start is not None and block.end is not None
        )
        assert (item.value is None) == (item.low is not None or item.vague) or item.value is not None
        assert item.of is None or item.of in made.text
        end = item.end


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(LINES), max_size=6).map("\n".join))
def test_laws_hold_on_news_lines(text: str) -> None:
    check(document(text))


_WORDS = [
    "tăng",
    "giảm",
    "hơn",
    "gần",
    "5",
    "7,5",
    "1.250",
    "2/3",
    "%",
    "tỷ",
    "đồng",
    "người",
    "năm",
    "năm",
    "một",
    "ba",
    "nửa",
    "gấp",
    "lần",
    "“",
    "”",
    "(",
    ")",
    ",",
    ".",
    "-",
    "đến",
    "từ",
    "là",
    "đạt",
    "10k",
    "tỷ",
    "mốt",
]


@settings(deadline=None, max_examples=120)
@given(st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join))
def test_laws_hold_on_any_mix_of_figures(text: str) -> None:
    check(document(text))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
def test_laws_hold_on_any_text(text: str) -> None:
    check(document(text))


def test_long_runs_of_digits_end() -> None:
    for run in ("1." * 50000, "1" * 100000, "1,1 " * 25000, "5-" * 50000):
        made = Document({"id": "test", "stages": []})
        made.text, made.blocks = run, [Block("paragraph", 0, len(run), 0, len(run), "test")]
        made.times, made.references, made.sentences, made.tokens = [], [], [], []
        assert _steps()[1](made) == []
