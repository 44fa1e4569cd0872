"""Figures: numerals of running text joined with units, into ranges and fractions."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hocbac_nlp.document import Relation
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.digits import Habit
from hocbac_nlp.measuring.numbers import Number
from hocbac_nlp.measuring.numerals import Numerals
from hocbac_nlp.measuring.units import SPACE, Unit, Units

LARGEST = 2**63
"""Whole values from here on are written as floats: many JSON readers hold no larger integer."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in running text: the numeral or numerals with their unit span `start`..`end`.

    `first` is the numeral that opens it. `unit` is None when the figure counts the noun behind it. `fold` tells
    a word that holds its number ('gấp đôi').
    """

    start: int
    end: int
    first: Number
    low: Fraction
    high: Fraction
    unit: Unit | None = None
    num: int | None = None
    den: int | None = None
    scale: int = 1
    relation: Relation = "="
    fold: bool = False

    @property
    def range(self) -> bool:
        """Whether the figure runs from one value to another."""
        return self.low != self.high


def plain(value: Fraction) -> int | float:
    """A value as a JSON number: an int when it is whole (and JSON readers can hold it), else the nearest float."""
    if value.denominator == 1 and abs(value) < LARGEST:
        return value.numerator
    return float(value)


_BETWEEN = re.compile(
    rf"{SPACE}{{0,2}}(?:(?P<mark>[-–—~÷])|(?P<word>đến|tới|và))(?:{SPACE}(?P<below>dưới|gần|khoảng|hơn))?{SPACE}{{0,2}}\Z"
)
_SLASH = re.compile(rf"{SPACE}?/{SPACE}?\Z")
LEAD = re.compile(rf"(?i)từ{SPACE}\Z")
STEP = re.compile(
    rf"{SPACE}(?:lên|xuống|còn|thành)(?:{SPACE}(?:còn|đến|tới|mức))?(?:{SPACE}(?:hơn|gần|khoảng|trên|dưới|chỉ))?{SPACE}(?=\S)"
)
"""'từ' … 'lên' …: a figure and the one that it changed to."""
_HALF = re.compile(rf"{SPACE}rư[ỡở]i(?!\w)")
_SPLIT = re.compile(r"(?P<unit>m(?=\d\d)|kg)(?P<rest>\d{1,2})(?!\w)")
"""'1m65', '3kg2': the decimals stand behind the unit."""
_MINUS = re.compile(r"(?:^|[\s(])(?P<sign>[-−–]|âm\s)\Z")
_BELOW_ZERO = frozenset({"°C", "°F", "%"})
"""Units whose figures 'âm' makes negative; an account that is 'âm 5 tỷ đồng' names its shortfall."""


class Figures:
    """The reader of figures: numerals joined with units, into ranges and fractions."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.numerals = Numerals(lexicons)
        self.units = Units(lexicons)

    def scan(
        self, text: str, habit: Habit, start: int, end: int, skip: Callable[[Number], bool] | None = None
    ) -> Iterator[Figure]:
        """The figures of text[start:end] in order, ranges and fractions joined; numbers to `skip` are left out."""
        numbers = [one for one in self.numerals.scan(text, habit, start, end) if not (skip and skip(one))]
        at, done = 0, start
        while at < len(numbers):
            if numbers[at].start < done:
                at += 1
                continue
            figure, at = self._figure(text, numbers, at, done, end)
            yield figure
            done = figure.end

    def _figure(self, text: str, numbers: Sequence[Number], at: int, start: int, end: int) -> tuple[Figure, int]:
        figure = self._simple(text, numbers[at], start, end)
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        if following is None:
            return figure, at + 1
        gap = text[figure.end : following.start]
        if len(gap) > 16:
            return figure, at + 1
        joined = self._fraction(text, figure, following, end) if "/" in gap else None
        if joined is None:
            joined = self._mixed(text, figure, numbers[at + 1 : at + 3], gap, end)
        if joined is not None:
            return joined, at + (2 if joined.end >= following.end else 1)
        second = self._simple(text, following, figure.end, end)
        joined = self._range(text, figure, second)
        return (joined, at + 2) if joined else (_with_later_unit(text, figure, second), at + 1)

    def _simple(self, text: str, number: Number, start: int, end: int) -> Figure:
        """One numeral with its unit."""
        low, high = number.low, number.high
        unit = self.units.prefix(text, start, number.start)
        begin = number.start if unit is None else unit.start
        split = _SPLIT.match(text, number.end, end) if number.digits and low.denominator == 1 else None
        if split:
            value = low + Fraction(int(split["rest"]), 10 ** len(split["rest"]))
            symbol = split["unit"]
            unit = Unit(number.end, split.end(), symbol, "measure", symbol)
            return Figure(begin, split.end(), number, value, value, unit)
        after = self.units.read(text, number.end, end)
        stop = number.end
        if after is not None and (unit is None or after.base == unit.base):
            unit, stop = after, after.end
            if number.grouped is not None and number.scale == 1 and unit.base in ("VND",):
                low = high = number.grouped
            half = _HALF.match(text, stop, end)
            if half:
                low, high, stop = low + Fraction(1, 2), high + Fraction(1, 2), half.end()
        elif unit is None or number.scale > 1:
            symbol, beyond = self.units.rate(text, number.end, end) if number.scale >= 1000 else ("", stop)
            if symbol:
                unit, stop = Unit(number.end, beyond, "VND" + symbol, "money", "VND"), beyond
        minus = _MINUS.search(text, max(start, begin - 4), begin) if unit and low == high else None
        if minus and unit and (minus["sign"] in "-−–" or unit.base in _BELOW_ZERO) and minus.start("sign") > start:
            begin, low, high = minus.start("sign"), -low, -high
        return Figure(begin, stop, number, low, high, unit, number.num, number.den, number.scale)

    def _fraction(self, text: str, first: Figure, second: Number, end: int) -> Figure | None:
        """'45/63', when both are whole and nothing makes it a date of three parts or a code."""
        number = first.first
        if (
            first.end != number.end
            or not (number.digits and second.digits)
            or not _SLASH.match(text[first.end : second.start])
        ):
            return None
        if number.low.denominator > 1 or second.low.denominator > 1 or second.low == 0 or second.scale > 1:
            return None
        unit = self.units.read(text, second.end, end)
        if unit and unit.kind == "duration" and " " not in text[second.end : unit.start]:
            unit = None
        share = number.low / second.low
        stop = unit.end if unit else second.end
        return Figure(first.start, stop, number, share, share, unit, int(number.low), int(second.low))

    def _mixed(self, text: str, first: Figure, rest: Sequence[Number], gap: str, end: int) -> Figure | None:
        """'23 1/5': a whole number and a fraction below one."""
        if gap != " " or len(rest) < 2 or first.unit or not first.first.digits or first.low.denominator > 1:
            return None
        part = self._fraction(text, self._simple(text, rest[0], first.end, end), rest[1], end)
        if part is None or not 0 < part.low < 1:
            return None
        value = first.low + part.low
        return replace(first, end=part.end, low=value, high=value, unit=part.unit)

    def _range(self, text: str, first: Figure, second: Figure) -> Figure | None:
        """'5-7%', '1 đến dưới 6 tháng', '20 - 30 triệu đồng'; None when the two do not make one."""
        between = _BETWEEN.match(text[first.end : second.start])
        if between is None or first.range or second.range or first.num or second.num:
            return None
        if between["word"] == "và" and not re.search(r"(?i)\bgiữa\s\Z", text[max(0, first.start - 6) : first.start]):
            return None
        mine, theirs = first.unit, second.unit
        if mine and theirs and mine.base != theirs.base:
            return None
        if mine and theirs is None and not between["mark"]:
            return None
        low, high = first.low, second.low
        scale = max(first.scale, 1)
        if second.scale > scale and scale == 1 and low * 1 < second.low / second.scale and not first.unit:
            low *= second.scale
        if not low < high or (mine is None and theirs is None and _is_year(first) and _is_year(second)):
            return None
        unit = theirs or mine
        return Figure(first.start, second.end, first.first, low, high, unit, scale=max(first.scale, second.scale))


def _with_later_unit(text: str, first: Figure, second: Figure) -> Figure:
    """'từ 20 lên 25 triệu đồng': the first number has the unit and the scale of the second."""
    step = STEP.match(text, first.end)
    if (
        first.unit
        or second.unit is None
        or not step
        or step.end() != second.start
        or not LEAD.search(text, max(0, first.start - 4), first.start)
    ):
        return first
    scale = second.scale if first.scale == 1 else 1
    base = second.unit.base
    unit = replace(second.unit, start=first.end, end=first.end, symbol=base)
    return replace(first, low=first.low * scale, high=first.high * scale, scale=scale * first.scale, unit=unit)


def _is_year(figure: Figure) -> bool:
    return figure.low.denominator == 1 and 1800 <= figure.low <= 2100 and figure.first.end - figure.first.start == 4
