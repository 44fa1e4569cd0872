"""Dates with or without a clock time, as pages print them beside an article, read into ISO 8601."""

import re
from dataclasses import dataclass
from datetime import date, time

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.spoken import MONTHS, longest_first
from hocbac_nlp.stripping.phrasing import whole

_DIGIT = re.compile(r"\d")
_SPACE = r"[\s\u00a0]*"
_SEPARATOR = rf"{_SPACE}[./\-–]{_SPACE}"
_ENGLISH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VIETNAMESE = longest_first(MONTHS).replace(" ", r"\s+")
# A year ends before a clock that was glued to it: `201719:05`.
_ENDS = r"(?:(?!\d)|(?=[0-2]\d:[0-5]\d))"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:T(?=\d\d:)|(?!\d))",
        rf"(?<![\d./])(?P<d>\d\d?){_SEPARATOR}(?P<m>\d\d?){_SEPARATOR}(?P<y>(?:19|20)\d\d){_ENDS}",
        rf"(?<!\d)(?P<d>\d\d?)\s*tháng\s*(?P<m>\d\d?)\s*(?:,|năm|-|/)?\s*(?P<y>(?:19|20)\d\d){_ENDS}",
        rf"(?<!\d)(?P<d>\d\d?)\s*tháng\s+(?P<w>{_VIETNAMESE})\s*(?:,|năm|-)?\s*(?P<y>(?:19|20)\d\d){_ENDS}",
        rf"tháng\s+(?P<w>{_VIETNAMESE}|\d\d?)\s+(?P<d>\d\d?)\s*,\s*(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<!\d)(?P<d>\d\d?)\s*,?\s*th(?:g)?\.?\s*(?P<m>\d\d?)\s*,?\s*(?P<y>(?:19|20)\d\d)(?!\d)",
        r"\bth(?:g)?\.?\s?(?P<m>\d\d?)\s+(?P<d>\d\d?)\s*,\s*(?P<y>(?:19|20)\d\d)(?!\d)",
        r"\A\W*(?P<d>\d\d) (?P<m>\d\d) (?P<y>20\d\d)\W*\Z",
        rf"\b(?P<w>{_ENGLISH})\.?\s+(?P<d>\d\d?)(?:st|nd|rd|th)?\s*,?\s+(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<d>\d\d?)[\s\-]*(?P<w>{_ENGLISH})\.?[\s,\-]+(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
_SHORT_YEAR = re.compile(r"(?<![\d./\-])(?P<d>\d\d?)([./\-])(?P<m>\d\d?)\2(?P<y>\d\d)(?![\d./\-])")
_CLOCK = re.compile(
    r"(?:(?<![\d:./])|(?<=(?:19|20)\d\d)(?=\d\d:))(?P<h>[01]?\d|2[0-4])\s*(?:[:hg]|giờ)\s*(?P<n>[0-5]\d)(?:\s*:\s*(?P<s>[0-5]\d)(?:\.\d+)?)?"
    r"\s*(?:phút|p(?!m)|['′])?(?:\s*(?P<half>am|pm|sa|ch|sáng|chiều|tối)\b)?(?![\d:])",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:thứ\s*(?:hai|ba|tư|bốn|năm|sáu|bảy|bẩy|[2-7]|hai)|chủ\s*nhật|cn|t[2-7]|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)(?=[.,]\s))\b\.?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"[\[(]?\s*\b(?:gmt|utc)\s*[+]?\s*0?7?(?:[:.]?00)?\s*[\])]?|\+\s*0?7:?00\b|\bgiờ việt nam\b", re.IGNORECASE
)
_READING = re.compile(r"(?:thời gian |đọc )?(?:đọc|trong)?:?\s*(?:khoảng\s)?\d{1,2}\sphút(?:\sđọc)?", re.IGNORECASE)
_EDGES = " \t\u00a0|,;:.-–—•·/\\()[]<>»›*"


@dataclass(frozen=True, slots=True)
class When:
    """A date found in a line: `iso` (with `+07:00` when a clock stood beside it) and what else the line says.

    `rest` is the line without date, weekday, clock, zone and the words around them, parts joined by ` | `.
    """

    iso: str
    weekday: bool
    clock: bool
    rest: str


class Datelines:
    """Reads dates. `strip_date_words.txt` lists the words that go with a date and say nothing themselves."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = whole(lexicons.lines("strip_date_words.txt"))

    def read(self, text: str) -> When | None:
        """The first valid date of `text`, or None."""
        found = _first_date(text) if _DIGIT.search(text) else None
        if found is None:
            return None
        day, low, high = found
        clock = _nearest_clock(text, low, high)
        rest = text[:low] + " | " + text[high:]
        iso = day.isoformat()
        if clock is not None:
            start, end, moment = clock
            iso += f"T{moment}+07:00"
            rest = (
                text[:start] + " | " + text[end:low] + " | " + text[high:]
                if end <= low
                else text[:low] + " | " + text[high:start] + " | " + text[end:]
            )
        bare, weekdays = _WEEKDAY.subn(" ", rest)
        return When(iso, bool(weekdays), clock is not None, self._tidy(bare))

    def _tidy(self, rest: str) -> str:
        """What is left of a line beside its date, without the words that only introduce a date."""
        rest = self._words.sub(" ", _READING.sub(" ", _ZONE.sub(" ", rest)))
        parts = (" ".join(part.split()).strip(_EDGES) for part in rest.split("|"))
        return " | ".join(part + ")" * (part.count("(") - part.count(")")) for part in parts if part)


def _first_date(text: str) -> tuple[date, int, int] | None:
    best: tuple[date, int, int] | None = None
    for pattern in (*_DATES, _SHORT_YEAR):
        for match in pattern.finditer(text):
            if best is not None and match.start() >= best[1]:
                break
            day = _day(match)
            if day is not None:
                best = day, match.start(), match.end()
                break
    return best


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if year < 100:
        year += 2000
    word = parts.get("w")
    month = _month(word) if word else int(parts["m"])
    try:
        return date(year, month, int(parts["d"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    word = " ".join(word.lower().split())
    if word.isdigit():
        return int(word)
    return MONTHS.get(word) or _ENGLISH_MONTHS.index(word[:3]) + 1


def _nearest_clock(text: str, low: int, high: int) -> tuple[int, int, str] | None:
    """The clock time closest to the date at `low`–`high`, and how ISO writes it."""
    best: tuple[int, int, str] | None = None
    distance = 40
    for match in _CLOCK.finditer(text):
        away = low - match.end() if match.end() <= low else match.start() - high
        if away < 0 or away >= distance:
            continue
        moment = _moment(match)
        if moment:
            best, distance = (match.start(), match.end(), moment), away
    return best


def _moment(match: re.Match[str]) -> str | None:
    hour, minute, second = int(match["h"]), int(match["n"]), match["s"]
    half = (match["half"] or "").lower()
    if half in ("pm", "ch", "chiều", "tối") and hour < 12:
        hour += 12
    elif half in ("am", "sa", "sáng") and hour == 12:
        hour = 0
    try:
        clock = time(hour, minute, int(second or 0))
    except ValueError:
        return None
    return clock.strftime("%H:%M:%S" if second else "%H:%M")
