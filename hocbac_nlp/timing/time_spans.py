"""From atoms to times: clock times with their day, lists that share a year, periods, open intervals."""

import re
from dataclasses import dataclass, replace

from hocbac_nlp.timing.dates import Point
from hocbac_nlp.timing.time_atoms import Atom
from hocbac_nlp.timing.time_cues import LUNAR, SINCE, THROUGH, WEEKDAY, WINDOW, linked

_PART = r"(?P<part>(?i:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya))"
_CLOCK_DAY = re.compile(rf" ?[,|-]? ?(?:\(|{_PART})?(?: (?i:nay|qua|mai|cùng ngày))?,? ?\(?")
_DAY_CLOCK = re.compile(r" ?[,|-]? ?(?:(?i:vào lúc|lúc|hồi|vào|từ) )?(?:(?i:khoảng) )?")
_CLOCKS = re.compile(r" ?(?:-|(?i:đến|tới)) ?")
_MOVED = re.compile(r" (?i:sang|thành|lên|xuống|trở về trước|về trước|lùi)(?!\w)")


@dataclass(frozen=True, slots=True)
class Span:
    """A time from `start` to `end`: a point, a period up to `last`, or everything since (`open`)."""

    start: int
    end: int
    first: Point
    last: Point | None
    open: bool
    relative: bool
    rule: str


class Joiner:
    """Joins the atoms of the block from `start` to `end`."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self._folded, self._start, self._end = folded, start, end

    def spans(self, found: list[Atom]) -> list[Span]:
        """The times that the atoms make up, in order."""
        return self._join_periods(self._share_years(self._join_clocks(found)))

    def _join_clocks(self, found: list[Atom]) -> list[Atom]:
        """Clock times with the day beside them; a clock time without a day is no time."""
        kept: list[Atom] = []
        at = 0
        while at < len(found):
            atom = found[at]
            following = found[at + 1] if at + 1 < len(found) else None
            if atom.kind == "clock" and following is not None and following.kind == "clock":
                day = found[at + 2] if at + 2 < len(found) else None
                joined = self._clock_range(atom, following, day)
                if joined is not None:
                    kept.append(joined)
                    at += 3
                    continue
            if atom.kind == "clock":
                joined = self._clock_before(atom, following)
            elif atom.kind == "day" and atom.last is None and following is not None and following.kind == "clock":
                joined = self._clock_after(atom, following)
            else:
                joined = None
            if joined is not None:
                kept.append(joined)
                at += 2
                continue
            if atom.kind != "clock":
                kept.append(atom)
            at += 1
        return kept

    def _clock_before(self, clock: Atom, day: Atom | None) -> Atom | None:
        if day is None or day.kind != "day" or day.last is not None:
            return None
        gap = _CLOCK_DAY.fullmatch(self._folded, clock.end, self._weekday_start(day))
        if gap is None:
            return None
        end = day.end + (1 if "(" in gap[0] and self._folded.startswith(")", day.end) else 0)
        return replace(day, start=clock.start, end=end, first=_at(day.first, clock, gap["part"]))

    def _clock_after(self, day: Atom, clock: Atom) -> Atom | None:
        if _DAY_CLOCK.fullmatch(self._folded, day.end, clock.start) is None:
            return None
        return replace(day, end=clock.end, first=_at(day.first, clock, None))

    def _clock_range(self, first: Atom, last: Atom, day: Atom | None) -> Atom | None:
        """'8h - 17h ngày 5/3'."""
        if day is None or not _CLOCKS.fullmatch(self._folded, first.end, last.start):
            return None
        joined = self._clock_before(last, day)
        if joined is None:
            return None
        return replace(joined, start=first.start, first=_at(day.first, first, None), last=joined.first)

    def _weekday_start(self, day: Atom) -> int:
        low = max(self._start, day.start - WINDOW)
        match = WEEKDAY.search(self._folded[low : day.start])
        return low + match.start() if match else day.start

    def _share_years(self, found: list[Atom]) -> list[Atom]:
        """'ngày 12/3 và 15/3/2021': the year at the end of a list or period belongs to its members."""
        shared = list(found)
        for at in range(len(shared) - 2, -1, -1):
            atom, following = shared[at], shared[at + 1]
            year = following.first.year
            if (
                year is not None
                and atom.first.year is None
                and atom.kind == following.kind
                and not atom.first.lunar
                and linked(self._folded, atom, following)
            ):
                first, last = atom.first.within(year), atom.last.within(year) if atom.last else None
                shared[at] = replace(atom, first=first, last=last, relative=False)
        return shared

    def _join_periods(self, found: list[Atom]) -> list[Span]:
        items: list[Span] = []
        at = 0
        while at < len(found):
            atom = found[at]
            following = found[at + 1] if at + 1 < len(found) else None
            if following is not None and self._is_period(atom, following):
                items.append(self._span(atom, replace(following, start=atom.start)))
                at += 2
            else:
                items.append(self._span(atom, None))
                at += 1
        return items

    def _is_period(self, first: Atom, last: Atom) -> bool:
        """Whether two atoms are the ends of one period."""
        if first.last is not None or last.last is not None or "part" in (first.kind, last.kind):
            return False
        if first.relative or last.relative or first.first.lunar != last.first.lunar:
            return False
        lunar = LUNAR.match(self._folded, first.end, last.start)
        if not THROUGH.fullmatch(self._folded, lunar.end() if lunar else first.end, last.start):
            return False
        if first.first.year and last.first.year:
            return first.first.iso[: len(last.first.iso)] <= last.first.iso[: len(first.first.iso)]
        return first.first.year is None and last.first.year is None and first.kind == last.kind

    def _span(self, atom: Atom, until: Atom | None) -> Span:
        end = until.end if until else atom.end
        last = until.first if until else atom.last
        first = atom.first
        start = self._weekday_start(atom) if atom.kind == "day" else atom.start
        if lunar := LUNAR.match(self._folded, end, self._end):
            end = lunar.end()
            first, last = replace(first, lunar=True), replace(last, lunar=True) if last else None
        rule = f"time:{'period' if last else atom.kind}"
        since = None
        if last is None and not _MOVED.match(self._folded, end, self._end):
            low = max(self._start, start - WINDOW)
            since = SINCE.search(self._folded[low:start])
            if since is not None:
                start, rule = low + since.start("since"), "time:since"
        return Span(start, end, first, last, since is not None, atom.relative, rule)


def _at(day: Point, clock: Atom, part: str | None) -> Point:
    """The day at the clock time, which 'chiều', 'tối', 'đêm' put into its second half."""
    hour, minute = (clock.first.clock or "00:00").split(":")
    late = (part or "").lower()
    if (late in ("chiều", "tối") and int(hour) < 12) or (late == "đêm" and 6 <= int(hour) < 12):
        hour = str(int(hour) + 12)
    return replace(day, clock=f"{hour}:{minute}")
