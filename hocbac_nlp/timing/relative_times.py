"""Times as seen from the page: 'hôm qua', 'tháng trước', and dates whose year only the page fixes."""

import re
from datetime import date, timedelta

from hocbac_nlp.citing.issuers import alternation
from hocbac_nlp.document import Time
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons, Row
from hocbac_nlp.timing.dates import Point, fold

# A number before 'năm nay', 'tháng sau' makes it a duration: 'hơn 20 năm nay', 'hai tháng sau'.
_COUNT_BEFORE = re.compile(
    r"(?:\d|(?<!\w)(?i:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nửa|vài|mấy|nhiều|những|các|rưỡi)) $"
)


_UNITS = ("day", "week", "month", "quarter", "year")
_NEAR = 150  # days from publication beyond which the year of a partial date stays open


class Resolver:
    """Fills in what the day of publication fixes; without one, it fills in nothing on its own."""

    def __init__(self, published: str | None) -> None:
        self.day = _day(published)

    def point(self, point: Point, year: int | None) -> Point | None:
        """The partial date in full: near the day of publication, else in `year`, else None."""
        if self.day is None:
            full = point.within(year) if year is not None else None
            return full if full is not None and full.valid else None
        years = range(self.day.year - 1, self.day.year + 2)
        candidates = [point.within(candidate) for candidate in years]
        near = [(abs((_first_day(one) - self.day).days), one) for one in candidates if one.valid]
        days, full = min(near, key=lambda pair: pair[0], default=(_NEAR, None))
        return full if days < _NEAR else None

    def after(self, point: Point, first: Point) -> Point | None:
        """The end of a period that begins at `first`: the next such date."""
        if first.year is None:
            return None
        full = point.within(first.year)
        if _first_day(full) < _first_day(first):
            full = point.within(first.year + 1)
        return full if full.valid else None


class RelativeTimes:
    """Finds the expressions of `relative_times.tsv`."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("relative_times.tsv")
        self._rows: dict[str, Row] = {fold(row["phrase"]): row for row in rows}
        for row in rows:
            if row["unit"] not in _UNITS or not re.fullmatch(r"-?\d+", row["shift"]):
                raise UsageError(
                    f"relative_times.tsv: {row['phrase']!r} needs a unit ({', '.join(_UNITS)}) and a shift"
                )
        initials: dict[str, list[str]] = {}
        for phrase in self._rows:
            initials.setdefault(phrase[0], []).append(phrase[1:])
        words = "|".join(f"[{first}{first.upper()}](?i:{alternation(rests)})" for first, rests in initials.items())
        self._phrase = re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    def merge(self, times: list[Time], text: str, folded: str, start: int, end: int, resolver: Resolver) -> list[Time]:
        """The times of a block together with its relative expressions, in order, explicit ones first served."""
        ends = {time.end for time in times}
        found = [
            self._time(match, text, resolver, bool(times))
            for match in self._phrase.finditer(folded, start, end)
            if match.start() - 1 in ends
            or not _COUNT_BEFORE.search(folded, max(start, match.start() - 8), match.start())
        ]
        if not found:
            return times
        taken = sorted(times, key=lambda time: time.start)
        free = []
        at = 0
        for time in found:
            while at < len(taken) and taken[at].end <= time.start:
                at += 1
            if at == len(taken) or time.end <= taken[at].start:
                free.append(time)
        return sorted([*taken, *free], key=lambda time: time.start)

    def _time(self, match: re.Match[str], text: str, resolver: Resolver, dated: bool) -> Time:
        row = self._rows[" ".join(match[0].lower().split())]
        resolved = None
        if resolver.day is not None and not (dated and row["anchor"] == "text"):
            resolved = _shifted(resolver.day, row["unit"], int(row["shift"]))
        return Time(
            text=text[match.start() : match.end()],
            start=match.start(),
            end=match.end(),
            value=None,
            resolved=resolved,
            relative=True,
            rule="relative_times",
        )


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _first_day(point: Point) -> date:
    month = point.month or (3 * point.quarter - 2 if point.quarter else 1)
    return date(point.year or 1, month, min(point.day or 1, 28 if month == 2 and not point.valid else 31))


def _shifted(day: date, unit: str, shift: int) -> str:
    """The ISO 8601 value of the unit that lies `shift` units after the one of `day`."""
    if unit == "day":
        return (day + timedelta(days=shift)).isoformat()
    if unit == "week":
        year, week, _ = (day + timedelta(weeks=shift)).isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "month":
        months = day.year * 12 + day.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "quarter":
        quarters = day.year * 4 + (day.month - 1) // 3 + shift
        return f"{quarters // 4:04}-Q{quarters % 4 + 1}"
    return f"{day.year + shift:04}"
