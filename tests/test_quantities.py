"""The number reader: digits, words, units, ranges and modifiers, exactly.

The cases marked Duckling are after the Vietnamese corpora of facebook/duckling (BSD-3-Clause), those marked
NeMo after the test cases of NVIDIA/NeMo-text-processing (Apache-2.0); the others are our own.
"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.digits import Habit, habit_of, read_digits
from hocbac_nlp.measuring.figures import plain
from hocbac_nlp.quantities import parse, scan
from tests.support import ROOT

VALUES = [
    # digits
    ("7.148", 7148),
    ("98,8", 98.8),
    ("1.234.567,89", 1234567.89),
    ("1,234,567.89", 1234567.89),
    ("12.5", 12.5),
    ("30 000", 30000),
    ("0,25", 0.25),
    ("09", 9),
    ("- 1,200,000", -1200000),  # Duckling
    (".77", 0.77),  # Duckling
    ("3M", 3000000),  # Duckling
    ("100k", 100000),  # Duckling
    # scale words
    ("7.148 tỷ", 7148000000000),
    ("17,9 triệu tỷ", 17900000000000000),
    ("1,1 ngàn tỉ", 1100000000000),
    ("7 tỷ 148 triệu", 7148000000),
    ("9 vạn", 90000),
    ("1tr2", 1200000),
    ("2t3", 2300000000),
    ("ba triệu rưỡi", 3500000),
    ("nửa triệu", 500000),
    ("bảy chục", 70),
    ("bốn trăm năm chục", 450),
    # words
    ("năm nghìn bảy trăm tỷ", 5700000000000),
    ("mười lăm", 15),
    ("hai mươi mốt", 21),
    ("hai mốt", 21),  # NeMo
    ("hăm lăm", 25),
    ("bốn mươi tư", 44),  # NeMo
    ("một trăm linh hai", 102),  # NeMo
    ("một trăm hai", 120),  # NeMo
    ("một trăm mốt", 110),  # NeMo
    ("tám trăm rưỡi", 850),  # NeMo
    ("một ngàn chín", 1900),
    ("một nghìn hai mươi", 1020),  # NeMo
    ("một trăm tỷ một trăm mười", 100000000110),  # NeMo
    ("chín chín tỷ chín", 99900000000),  # NeMo
    ("hai mươi mốt nghìn không trăm mười một", 21011),  # Duckling
    ("không phẩy không năm", 0.05),  # NeMo
    ("sáu mươi chấm hai tư", 60.24),  # NeMo
    ("âm một ngàn chín", -1900),  # NeMo
    ("không", 0),  # Duckling
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value(text: str, value: float) -> None:
    quantity = parse(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (value, None)
    assert isinstance(quantity.value, int) == float(value).is_integer()


UNITS = [
    ("5.700 tỷ đồng", 5700000000000, "VND", "money"),
    ("10K$", 10000, "USD", "money"),  # Duckling
    ("USD1,23", 1.23, "USD", "money"),  # Duckling
    ("VN$1000", 1000, "VND", "money"),  # Duckling
    ("EUR 20", 20, "EUR", "money"),  # Duckling
    ("2 đô la và 23 xen", 2.23, "USD", "money"),  # Duckling
    ("hai đô rưỡi", 2.5, "USD", "money"),  # NeMo
    ("tám mươi nghìn một trăm won", 80100, "KRW", "money"),  # NeMo
    ("40.000 đồng/người/ngày", 40000, "VND/person/day", "money"),
    ("4.850 đồng một ký", 4850, "VND/kg", "money"),
    ("1,8 lần", None, None, None),
    ("98,8%", 98.8, "%", "percent"),
    ("năm phần trăm", 5, "%", "percent"),
    ("0,2 điểm %", 0.2, "pp", "percent"),
    ("4%/tháng", 4, "%/month", "percent"),
    ("6,98 tấn/ha", 6.98, "t/ha", "measure"),
    ("hai trăm ki lô mét trên giờ", 200, "km/h", "measure"),  # NeMo
    ("-5°C", -5, "°C", "measure"),
    ("1/2kg", 0.5, "kg", "measure"),  # NeMo
    ("1.250m2", 1250, "m2", "measure"),
    ("640 m3/ngày đêm", 640, "m3/day", "measure"),
    ("hai năm rưỡi", 2.5, "year", "duration"),
    ("71 tuổi", 71, "year", "duration"),
    ("36 tháng tù", 36, "month", "duration"),
    ("2/3", 0.6666666666666666, None, "fraction"),
    ("hai phần ba", 0.6666666666666666, None, "fraction"),
    ("ba phần tư", 0.75, None, "fraction"),
]


@pytest.mark.parametrize(("text", "value", "unit", "kind"), UNITS)
def test_unit(text: str, value: float | None, unit: str | None, kind: str | None) -> None:
    quantity = parse(text)
    found = (quantity.value, quantity.unit, quantity.kind) if quantity else (None, None, None)
    assert found == (value, unit, kind)


RANGES = [
    ("5-7%", 5, 7, "%"),
    ("45-60 km", 45, 60, "km"),
    ("20 - 30 triệu đồng", 20000000, 30000000, "VND"),
    ("1,5-2,5 triệu đồng/tháng", 1500000, 2500000, "VND/month"),
    ("từ 1000 đồng đến 2000 đồng", 1000, 2000, "VND"),  # Duckling
    ("giữa 1000 và 2000 đồng", 1000, 2000, "VND"),  # Duckling
    ("xấp xỉ VND1000-VND2000", 1000, 2000, "VND"),  # Duckling
    ("1 đến dưới 6 tháng", 1, 6, "month"),
    ("ba bốn năm", 3, 4, "year"),
    ("bảy, tám ngàn đồng", 7000, 8000, "VND"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), RANGES)
def test_range(text: str, low: float, high: float, unit: str) -> None:
    quantity = parse(text)
    assert quantity is not None
    assert (quantity.value, quantity.low, quantity.high, quantity.unit) == (None, low, high, unit)


RELATIONS = [
    ("hơn 7.148 tỷ đồng", ">"),
    ("gần 57 tuổi", "~"),
    ("chưa đầy ba tháng", "<"),
    ("không quá 7.000 đồng", "<="),  # Duckling
    ("từ $1,42 trở lên", ">="),  # Duckling
    ("không ít hơn 1,42 đô la", ">="),  # Duckling
    ("cao hơn $1,42", ">"),  # Duckling
    ("khoảng trên 30%", ">"),
    ("đúng 12 người", None),
]


@pytest.mark.parametrize(("text", "relation"), RELATIONS)
def test_relation(text: str, relation: str | None) -> None:
    quantity = parse(text)
    assert (quantity.relation if quantity else None) == relation


@pytest.mark.parametrize("text", ["", "người", "1.2.3", "4.1.2017", "5 người 3 nhà", "lăm", "ngày 5", "một năm hai"])
def test_no_quantity(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", ["ba nghìn năm", "sáu triệu năm", "hai năm"])
def test_year_is_not_five(text: str) -> None:
    quantity = parse(text)
    assert quantity is not None
    assert quantity.unit == "year"


def test_habit_of_the_document_decides() -> None:
    assert habit_of("đạt 1,582,600 lượt") == Habit(commas=True)
    assert habit_of("tăng 4.5% so với 2.3%") == Habit(commas=True)
    assert habit_of("tăng 4,5%, đạt 2.250 tỷ") == Habit(commas=False)
    assert read_digits("2,250", Habit(commas=True)) == (Fraction(2250), None)
    assert read_digits("2,250", Habit()) == (Fraction(9, 4), Fraction(2250))
    assert read_digits("2.250", Habit()) == (Fraction(2250), None)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(0, 10**15), st.integers(0, 999999))
def test_digits_are_exact(whole: int, decimals: int) -> None:
    quantity = parse(f"{_grouped(whole)},{decimals:06d}5 ha")
    assert quantity is not None
    assert quantity.exact == whole + Fraction(decimals * 10 + 5, 10**7)
    assert quantity.value == float(quantity.exact)


_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _spelled(number: int) -> str:
    """A number below a thousand billion as it is read out in full."""
    groups = []
    for scale in ("", " nghìn", " triệu", " tỷ"):
        number, group = divmod(number, 1000)
        groups.append((group, scale))
    words: list[str] = []
    for group, scale in reversed(groups):
        if group:
            words.append(_below_thousand(group, full=bool(words)) + scale)
    return " ".join(words)


def _below_thousand(group: int, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words: list[str] = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
        words += [{1: "mốt", 4: "tư", 5: "lăm"}.get(ones, _DIGITS[ones])] if ones else []
    elif tens == 1:
        words.append("mười")
        words += [{5: "lăm"}.get(ones, _DIGITS[ones])] if ones else []
    elif ones:
        words += (["linh"] if words else []) + [_DIGITS[ones]]
    return " ".join(words)


@given(st.integers(1, 10**12 - 1))
def test_spelled_out_numbers_read_back(number: int) -> None:
    quantity = parse(_spelled(number) + " đồng")
    assert quantity is not None
    assert quantity.value == number


@given(st.fractions())
def test_plain_is_the_nearest_number(value: Fraction) -> None:
    number = plain(value)
    assert number == float(value) if isinstance(number, float) else number == value


@given(st.text("0123456789.,/-–%đmươi trăm năm tỷ rưỡi phần một ba K", max_size=80))
def test_scan_never_fails_and_stays_in_order(text: str) -> None:
    parse(text)
    end = 0
    for figure in scan(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end


def test_the_docs_list_every_unit() -> None:
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    for row in Lexicons().rows("units.tsv"):
        assert f"`{row['unit']}`" in page, row
