"""The shapes in which Vietnamese text writes a day, month, quarter, year, period or clock time.

An atom is one such expression with its value. Whether a bare '3/5', '2-9' or '2019' is a date at all depends on
what stands around it, so atoms of that kind are marked `bare` and judged by `times`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from hocbac_nlp.spoken import COUNTS, LUNAR_MONTHS, MONTHS, QUARTERS
from hocbac_nlp.timing.dates import Point, full_year
from hocbac_nlp.timing.time_shapes import MONTH, SHAPE, THEN

_EARLIEST = 1700  # the first year of a range that no word introduces
_LONGEST = 1000  # years of a period
Kind = Literal["day", "month", "quarter", "year", "part", "clock"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One expression; `last` is the end of a period, `bare` says that no word of its own marks it as a time."""

    start: int
    end: int
    kind: Kind
    first: Point
    last: Point | None = None
    bare: bool = False
    separator: str = ""
    relative: bool = False

    @property
    def valid(self) -> bool:
        """Whether the calendar has it, and a period runs forward."""
        if self.kind == "clock":
            return True
        if not self.first.valid or (self.last is not None and not self.last.valid):
            return False
        if self.last is None or self.first.year is None or self.last.year is None:
            return True
        return self.first.year <= self.last.year <= self.first.year + _LONGEST


_DIGITS = re.compile(r"\d+")
_PIECE = re.compile(rf"(?P<mark>{THEN}|/)?(?P<word>(?i:ngày|tháng|quý|năm) )?(?P<value>\d+|[^\W\d_]+)")


def atoms(folded: str, start: int, end: int) -> Iterator[Atom]:
    """The expressions between `start` and `end`, in order, without overlap; each valid in the calendar."""
    for match in SHAPE.finditer(folded, start, end):
        kind = match.lastgroup
        assert kind is not None
        for atom in _READERS[kind](match):
            if atom.valid:
                yield atom


def _numbers(text: str) -> list[int]:
    return [int(digits) for digits in _DIGITS.findall(text)]


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.end()


def _ymd(match: re.Match[str]) -> list[Atom]:
    year, month, day = _numbers(match[0])
    return [Atom(*_span(match), "day", Point(year, month, day))]


def _dmy(match: re.Match[str]) -> list[Atom]:
    day, month, year = _DIGITS.findall(match[0])
    short = len(year) == 2
    if short and not match["n1"] and "/" not in match[0]:
        return []
    return [Atom(*_span(match), "day", Point(full_year(year), int(month), int(day)))]


def _month(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS[" ".join(word.lower().split())]


def _dtm(match: re.Match[str]) -> list[Atom]:
    """'ngày 12 tháng 3 năm 2018', '16 tháng 5, 2022', 'ngày 5 và 6 tháng 3', 'mùng 3 tháng Chạp'."""
    head, tail = re.split(r"(?i:tháng) ", match[0], maxsplit=1)
    year = _numbers(match["t2"])[0] if match["t2"] else None
    word = tail[: len(tail) - len(match["t2"] or "")]
    lunar = word.lower() in LUNAR_MONTHS
    point = Point(year, _month(word), lunar=lunar)
    marked = bool(match["n2"] or year or lunar)
    found = _days(match, match.start() + len(match["n2"] or ""), head, point, marked)
    return [replace(atom, separator="word") for atom in found]


def _list_of_days(match: re.Match[str]) -> list[Atom]:
    """'16-20/10', 'ngày 15 đến 16/6', 'ngày 5, 6 và 7/3/2021', 'từ 19 đến 22-4'."""
    marked = bool(match["n3"] or match["n6"])
    date = re.search(r"(\d+)( ?[/.-] ?)(\d+)(?: ?[/.-] ?(\d{4}))?$", match[0])
    assert date is not None
    point = Point(int(date[4]) if date[4] else None, int(date[3]))
    head = match[0][: date.end(1)]
    skip = len(match["n3"] or match["n6"] or "")
    found = _days(match, match.start() + skip, head, point, marked or point.year is not None)
    return [replace(atom, separator=date[2].strip()) for atom in found]


def _days(match: re.Match[str], at: int, head: str, month: Point, marked: bool) -> list[Atom]:
    """Days of one month: a list gives one atom each, a range gives one; the last reaches to the match's end."""
    offset = match.start()
    found: list[Atom] = []
    begin = offset
    for piece in re.finditer(rf"(?P<mark>{THEN})?(?:(?i:ngày) )?(?P<day>\d+)", head[at - offset :]):
        day = replace(month, day=int(piece["day"]))
        if piece["mark"] and found and re.search(r"-|(?i:đến|tới)", piece["mark"]):
            found[-1] = replace(found[-1], last=day, end=at + piece.end())
        else:
            start = begin if not found else at + piece.start("day")
            found.append(Atom(start, at + piece.end(), "day", day, bare=not marked))
    return [*found[:-1], replace(found[-1], end=match.end())] if found else []


def _dm(match: re.Match[str]) -> list[Atom]:
    day, month = _numbers(match[0])
    mark = re.search(r"[/.-]", match[0])
    return [
        Atom(*_span(match), "day", Point(None, month, day), bare=not match["n4"], separator=mark[0] if mark else "")
    ]


def _tet(match: re.Match[str]) -> list[Atom]:
    day = _numbers(match[0])[0]
    if not match[0].lower().endswith("tết"):
        return []
    return [Atom(*_span(match), "day", Point(None, 12 if day > 20 else 1, day, lunar=True))]


def _month_of_year(match: re.Match[str]) -> list[Atom]:
    month, year = _numbers(match[0])
    return [Atom(*_span(match), "month", Point(year, month), bare=True)]


def _years(match: re.Match[str]) -> list[Atom]:
    """'2016-2020', '2025/26': with a slash or two digits only a year and the next."""
    atom = _year_range(match)
    sure = match[0].count("/") == 0 and not re.search(r"\D\d\d$", match[0])
    if (atom.first.year or 0) < _EARLIEST:
        return []
    return [atom] if sure or atom.last == Point((atom.first.year or 0) + 1) else []


def _period(match: re.Match[str]) -> list[Atom]:
    """'giai đoạn 2016-2020', 'nhiệm kỳ 2020-25'."""
    return [_year_range(match)]


def _year_range(match: re.Match[str]) -> Atom:
    first, last = _DIGITS.findall(match[0])
    until = int(last) if len(last) == 4 else int(first[:2] + last)
    return Atom(*_span(match), "year", Point(int(first)), Point(until))


def _clock(match: re.Match[str]) -> list[Atom]:
    numbers = _numbers(match[0])
    minute = numbers[1] if len(numbers) > 1 else 30 if match[0].lower().endswith("rưỡi") else 0
    if numbers[0] > 23 or minute > 59:
        return []
    return [Atom(*_span(match), "clock", Point(clock=f"{numbers[0]:02}:{minute:02}"))]


def _part(match: re.Match[str]) -> list[Atom]:
    """'6 tháng đầu năm 2024', '9 tháng năm 2023', 'nửa cuối năm 2023'; without a year seen from the page."""
    word = match["py"] or match["py2"]
    year = int(word) if word else None
    side = (match["side"] or match["half"] or "").lower()
    if year is None and not side:
        return []
    count = 6
    if not match["half"]:
        text = re.split(r" (?i:tháng)", match[0], maxsplit=1)[0].lower()
        count = int(text) if text.isdigit() else COUNTS[text]
    if not 1 <= count <= 11:
        return []
    first, last = (13 - count, 12) if re.search("cuối|sau", side) else (1, count)
    return [
        Atom(*_span(match), "part", Point(year, first), Point(year, last) if last > first else None,
             relative=year is None)
    ]  # fmt: skip


def _pieces(match: re.Match[str], tail: str | None, read: Callable[[str], Point], kind: Kind) -> list[Atom]:
    """A list ('tháng 3, 4/2020'), a range ('quý I đến quý III') or a single one, the year shared by all."""
    year = _numbers(tail)[0] if tail else None
    stop = len(match[0]) - len(tail or "")
    found: list[Atom] = []
    for piece in _PIECE.finditer(match[0], re.match(r"\w+ ", match[0]).end(), stop):  # type: ignore[union-attr]
        point = replace(read(piece["value"]), year=year) if year else read(piece["value"])
        at = match.start() + piece.start("word" if piece["word"] else "value")
        mark = piece["mark"] or ""
        if found and ("-" in mark or "/" in mark or re.search("(?i:đến|tới)", mark)):
            found[-1] = replace(found[-1], last=point, end=match.start() + piece.end())
        else:
            found.append(Atom(at if found else match.start(), match.start() + piece.end(), kind, point))
    return [*found[:-1], replace(found[-1], end=match.end())] if found else []


def _months(match: re.Match[str]) -> list[Atom]:
    word = re.match(rf"(?i:tháng) ({MONTH})", match[0])
    assert word is not None
    name = word[1].lower()
    if not name[0].isdigit():
        lunar = name in LUNAR_MONTHS
        year = _numbers(match["t3"])[0] if match["t3"] else None
        if year is None and name in ("một", "năm") and word[1][0].islower():
            return []
        end = match.end() if match["t3"] else match.start() + word.end()
        bare = not lunar and year is None and word[1][0].islower()
        return [Atom(match.start(), end, "month", Point(year, _month(name), lunar=lunar), bare=bare, separator="word")]
    return _pieces(match, match["t3"], lambda value: Point(month=int(value)), "month")


def _quarters(match: re.Match[str]) -> list[Atom]:
    def read(value: str) -> Point:
        return Point(quarter=int(value) if value.isdigit() else QUARTERS[value.lower()])

    found = _pieces(match, match["t4"], read, "quarter")
    return [replace(atom, relative=atom.first.year is None) for atom in found]


def _short_quarter(match: re.Match[str]) -> list[Atom]:
    """'Q1/2024'."""
    quarter, year = _numbers(match[0])
    return [Atom(*_span(match), "quarter", Point(year, quarter=quarter))]


def _named_years(match: re.Match[str]) -> list[Atom]:
    return _pieces(match, None, lambda value: Point(int(value)), "year")


def _decade(match: re.Match[str]) -> list[Atom]:
    digits = _DIGITS.findall(match[0])[0]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    if first % 10:
        return []
    return [Atom(*_span(match), "year", Point(first), Point(first + 9))]


def _century(match: re.Match[str]) -> list[Atom]:
    word = match[0].split()[-1]
    number = int(word) if word.isdigit() else _roman(word)
    return [Atom(*_span(match), "year", Point(number * 100 - 99), Point(number * 100))]


def _roman(word: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in word]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


def _ram(match: re.Match[str]) -> list[Atom]:
    word = re.split(r"(?i:tháng) ", match[0], maxsplit=1)[1]
    return [Atom(*_span(match), "day", Point(None, _month(word), 15, lunar=True))]


def _bare_year(match: re.Match[str]) -> list[Atom]:
    return [Atom(*_span(match), "year", Point(int(match[0])), bare=True)]


def _old_year(match: re.Match[str]) -> list[Atom]:
    """'năm 938'."""
    return [Atom(*_span(match), "year", Point(_numbers(match[0])[0]), bare=True, separator="word")]


_READERS: dict[str, Callable[[re.Match[str]], list[Atom]]] = {
    "ymd": _ymd,
    "dmy": _dmy,
    "dtm": _dtm,
    "days": _list_of_days,
    "dashed": _list_of_days,
    "dm": _dm,
    "tet": _tet,
    "my": _month_of_year,
    "years": _years,
    "clock": _clock,
    "part": _part,
    "month": _months,
    "quarter": _quarters,
    "period": _period,
    "decade": _decade,
    "century": _century,
    "q": _short_quarter,
    "year": _named_years,
    "old": _old_year,
    "ram": _ram,
    "bare": _bare_year,
}
