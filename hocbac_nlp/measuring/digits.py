"""Digits: what a run of digits with separators is worth, by the document's own habit.

In Vietnamese '.' groups thousands and ',' opens decimals ('7.148', '98,8'); a document that writes
'1,234,567' or '3.5%' has the English habit.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 24
"""Digits beyond which a number is an identifier, whatever stands around it."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document separates digits: `commas` when ',' groups thousands and '.' opens decimals."""

    commas: bool = False


_COMMA_GROUPS = re.compile(r"\d,\d{3}(?:,\d{3}|\.\d)")
_DOT_DECIMAL = re.compile(r"(?<![\d.,/])\d+\.\d{1,2}\s?(?:%|tỷ|tỉ|triệu|USD|km|ha\b)")
_COMMA_DECIMAL = re.compile(r"(?<![\d.,/])\d+,\d{1,2}\s?(?:%|tỷ|tỉ|triệu|USD|km|ha\b)")


def habit_of(text: str) -> Habit:
    """The habit of a document: English when it writes '1,234,567', or '3.5%' and never '3,5%'."""
    if _COMMA_GROUPS.search(text):
        return Habit(commas=True)
    return Habit(commas=_DOT_DECIMAL.search(text) is not None and _COMMA_DECIMAL.search(text) is None)


def read_digits(written: str, habit: Habit) -> tuple[Fraction, Fraction | None] | None:
    """The value of digits with separators, and the second reading of an ambiguous '2,250'.

    None when it is no number: a date (4.1.2017), a version (1.2.3), an identifier.
    """
    body = re.sub(r"[\u00a0\u202f ]", "", written)
    spaced = body != written
    dots, commas = body.count("."), body.count(",")
    if len(body) - dots - commas > LONGEST:
        return None
    if not dots and not commas:
        return Fraction(int(body)), None
    if dots and commas:
        point = max(".", ",", key=body.rfind)
        group = "," if point == "." else "."
        if body.count(point) > 1 or not _grouped(body.partition(point)[0], group):
            return None
        return _decimal(body, group, point), None
    mark = "." if dots else ","
    if _grouped(body, mark) and not spaced:
        ambiguous = body.count(mark) == 1
        whole = Fraction(int(body.replace(mark, "")))
        if not ambiguous:
            return whole, None
        fraction = _decimal(body, "", mark)
        if (mark == ",") == habit.commas or body.endswith("000"):
            return whole, None
        return fraction, whole
    if body.count(mark) > 1 or (len(body.partition(mark)[0]) > 1 and body[0] == "0" and mark == "."):
        return None
    return _decimal(body, "", mark), None


def _grouped(body: str, mark: str) -> bool:
    """Whether the marks stand between groups of three digits."""
    first, *rest = body.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest) and (first[0] != "0" or not rest)


def _decimal(body: str, group: str, point: str) -> Fraction:
    whole, _, decimals = (body.replace(group, "") if group else body).partition(point)
    return Fraction(int((whole or "0") + decimals), 10 ** len(decimals))
