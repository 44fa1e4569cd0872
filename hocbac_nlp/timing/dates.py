"""Points in time as Vietnamese text writes them, and their ISO 8601 values: shared by references and times.

The values follow ISO 8601 with the shapes of the record: `2018-03-12`, `2018-03`, `2018`, `2023-Q1`,
`2019-01-29T11:46+07:00`, and `--03-12`, `--03`, `--01-29T18:30` where the text names no year.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TWO_DIGIT_PIVOT = 50  # '12/3/18' is 2018, '3/9/91' is 1991

_FOLD = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u200a\u3000\t\n\r\u200b\u200c\u200d\u2060\ufeff\u00ad"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—−－"), "-"),
    **dict.fromkeys(map(ord, "⁄∕／"), "/"),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    ord("．"): ".",
    ord("："): ":",
}

_DATE = re.compile(
    r"(?P<d>\d{1,2}) ?(?:(?P<sep>[/.-]) ?(?P<m>\d{1,2})(?: ?(?P=sep) ?(?P<y>\d{4}|\d\d(?!\d)))?"
    r"| tháng (?P<mm>\d{1,2})(?:(?:,? năm |, |[/.-])(?P<yy>\d{4}))?)(?!\d)"
)


# One spelling for two: the tone of 'uỷ', 'khoá' on the first vowel, and 'y' in 'qui', 'quí'.
_SYLLABLE_END = re.compile(
    "[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ](?!\\w)|(?<![qQ])[uU][ỳýỷỹỵỲÝỶỸỴ](?!\\w)|(?<=[qQ])[uU][iìíỉĩịIÌÍỈĨỊ](?!\\w)"
)


def fold(text: str) -> str:
    """The text with every kind of blank, dash, slash and digit as its plain one, and each syllable in one spelling.

    Offsets stay the same: every code point gives one code point.
    """
    return _SYLLABLE_END.sub(_respell, text.translate(_FOLD))


@lru_cache(maxsize=1)
def folded_text(text: str) -> str:
    """The `fold` of a document's text, kept for the next reader: references and times both read it."""
    return fold(text)


def _respell(match: re.Match[str]) -> str:
    first, *second = match[0][0], *unicodedata.normalize("NFD", match[0][1])
    vowel, tone = second[0], "".join(second[1:])
    if vowel in "iI":
        return first + unicodedata.normalize("NFC", ("y" if vowel == "i" else "Y") + tone)
    return unicodedata.normalize("NFC", first + tone) + vowel


@dataclass(frozen=True, slots=True)
class Point:
    """A year, quarter, month, day or minute; parts that the text does not name are None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    clock: str | None = None
    lunar: bool = False

    @property
    def valid(self) -> bool:
        """Whether the calendar has such a point (years from 100 to 2999)."""
        if self.year is not None and not 100 <= self.year <= 2999:
            return False
        if self.quarter is not None and not 1 <= self.quarter <= 4:
            return False
        if self.month is None:
            return self.day is None
        if not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        if self.day == 29 and self.month == 2 and self.year is not None and not self.lunar:
            return self.year % 4 == 0 and (self.year % 100 != 0 or self.year % 400 == 0)
        return 1 <= self.day <= (30 if self.lunar else _MONTH_DAYS[self.month - 1])

    @property
    def iso(self) -> str:
        """The ISO 8601 value."""
        if self.quarter is not None:
            return f"{self.year:04}-Q{self.quarter}"
        parts = [f"{self.year:04}" if self.year is not None else "-"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        value = "-".join(parts)
        if self.clock is not None:
            value += f"T{self.clock}" + ("+07:00" if self.year is not None else "")
        return value

    def within(self, year: int) -> "Point":
        """The same point in the given year."""
        return replace(self, year=year)


def full_year(digits: str) -> int:
    """A year from four digits or two."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= _TWO_DIGIT_PIVOT else 1900)


def read_date(folded: str, start: int, end: int) -> tuple[Point, int] | None:
    """The day that begins at `start` (`12/3/2018`, `12-3-2018`, `12 tháng 3 năm 2018`, `12/3`) and its end."""
    match = _DATE.match(folded, start, end)
    if match is None:
        return None
    year = match["y"] or match["yy"]
    point = Point(year=full_year(year) if year else None, month=int(match["m"] or match["mm"]), day=int(match["d"]))
    return (point, match.end()) if point.valid else None
