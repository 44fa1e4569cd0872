"""Times: every day, month, quarter, year and period that the text names, with its ISO 8601 value.

`time_atoms` finds the shapes; here they are judged by what stands around them (`time_cues.tsv`, `holidays.tsv`),
joined ('từ … đến …', a clock time and its day), and partial dates get their full one in `resolved` where the
publication date or the text around fixes the year. Expressions seen from the day of publication
(`relative_times.tsv`) are marked `relative`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from hocbac_nlp.dates import Point, fold
from hocbac_nlp.document import Document, Reference, Time
from hocbac_nlp.issuers import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.relative_times import RelativeTimes, Resolver
from hocbac_nlp.spelled_dates import spelled
from hocbac_nlp.time_atoms import Atom, atoms

_WINDOW = 32  # characters before an expression that are read for a cue
_FRACTIONS = frozenset(((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5)))

_WEEKDAY = re.compile(
    r"(?<!\w)(?:(?i:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)|CN|T[2-7])(?:,? (?i:ngày))? ?[,.]? ?$"
)
_PART = r"(?P<part>(?i:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya))"
_CLOCK_DAY = re.compile(rf" ?[,|-]? ?(?:\(|{_PART})?(?: (?i:nay|qua|mai|cùng ngày))?,? ?\(?")
_DAY_CLOCK = re.compile(r" ?[,|-]? ?(?:(?i:vào lúc|lúc|hồi|vào|từ) )?(?:(?i:khoảng) )?")
_CLOCKS = re.compile(r" ?(?:-|(?i:đến|tới)) ?")
_THROUGH = re.compile(
    r" ?- ?| (?i:đến|tới|cho đến|cho tới)"
    r"(?: (?i:hết|cuối|giữa|đầu|khoảng|trước|sáng|trưa|chiều|tối|đêm|hết ngày|ngày|năm))* "
)
_AND = re.compile(r",? (?i:và|hoặc|hay|cùng|rồi) |, ?")
_SINCE = re.compile(
    r"(?<!\w)(?:(?i:kể) )?"
    r"(?P<since>(?i:từ)(?: (?i:khoảng|đầu|giữa|cuối|hồi|sáng|trưa|chiều|tối|đêm|hôm|rạng sáng|mùa|dịp))*) $"
)
_BOUNDED = re.compile(r"(?<!\w)(?i:từ|đến hết|tính đến|trước) $")
_RATE_BEFORE = re.compile(r"(?:\d|(?<!\w)(?i:mỗi|một|hàng|hằng|mấy|vài)) $")
_NUMBERED = re.compile(r"(?<!\w)(?i:số) ?$")
_RATE_AFTER = re.compile(r" (?i:lần|buổi)(?!\w)")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}\.\d{3}(?!\d)")
_MOVED = re.compile(r" (?i:sang|thành|lên|xuống|trở về trước|về trước|lùi)(?!\w)")
_LUNAR = re.compile(r" ?(?:(?i:âm lịch|âl)(?!\w)|\((?i:âm lịch|âl)\))")
_PUNCTUATION = re.compile(r"$| ?[.,;:!?)\]”\"'»…](?!\d)| - | ?\(")


def open(lexicons: Lexicons) -> Callable[[Document], list[Time]]:
    """Load the lexicons; the function returns the times of a document, in text order, without overlap.

    It reads `references` (their numbers are no dates), `published` (it fixes years) and the kept blocks.
    """
    cues = _Cues(lexicons)
    relative = RelativeTimes(lexicons)

    def find(document: Document) -> list[Time]:
        text = document.text
        folded = fold(text)
        numbers = _Numbers(document.references)
        blocks = [(block.start or 0, block.end or 0) for block in document.kept]
        found = [[atom for atom in _merged(folded, *block) if not numbers.cover(atom)] for block in blocks]
        habit = frozenset(
            atom.separator
            for block in found
            for atom in block
            if atom.separator in ("/", "-", ".") and atom.last is None and (not atom.bare or cues.day(folded, atom))
        )
        grouped = _GROUPED.search(folded) is not None
        resolver = Resolver(document.published)
        times: list[Time] = []
        for (start, end), block in zip(blocks, found, strict=True):
            judged = _Block(text, folded, start, end, cues, habit, numbers, grouped).read(block)
            year = _only_year(judged)
            times += relative.merge(
                [_time(item, text, resolver, year) for item in judged], text, folded, start, end, resolver
            )
        return times

    return find


def _merged(folded: str, start: int, end: int) -> list[Atom]:
    """The atoms in figures and in words, in order; where they overlap the words, which are longer, win."""
    words = list(spelled(folded, start, end))
    figures = list(atoms(folded, start, end))
    if not words:
        return figures
    ends = [atom.end for atom in words]
    free = []
    for atom in figures:
        at = bisect_right(ends, atom.start)
        if at == len(words) or atom.end <= words[at].start:
            free.append(atom)
    return sorted([*free, *words], key=lambda atom: atom.start)


@dataclass(frozen=True, slots=True)
class _Item:
    """A time that is believed: span, value, and the rule that decided."""

    start: int
    end: int
    first: Point
    last: Point | None
    open: bool
    relative: bool
    rule: str


def _time(item: _Item, text: str, resolver: Resolver, year: int | None) -> Time:
    nameless = item.first.quarter is not None and item.first.year is None
    value = None if nameless else _value(item.first, item.last, item.open)
    resolved = None
    if item.first.year is None and not item.first.lunar:
        first = resolver.point(item.first, year)
        last = resolver.after(item.last, first) if item.last and first else None
        if first is not None:
            resolved = _value(first, last, item.open)
    return Time(
        text=text[item.start : item.end],
        start=item.start,
        end=item.end,
        value=value,
        resolved=resolved,
        relative=item.relative,
        lunar=item.first.lunar,
        rule=item.rule,
    )


def _value(first: Point, last: Point | None, open_: bool) -> str:
    if last is not None:
        return f"{first.iso}/{last.iso}"
    return f"{first.iso}/" if open_ else first.iso


def _only_year(items: list[_Item]) -> int | None:
    """The year of a block that names exactly one."""
    years = {point.year for item in items for point in (item.first, item.last) if point and point.year}
    return years.pop() if len(years) == 1 else None


class _Numbers:
    """Where the numbers and codes of references stand: no dates in there; and the years that date laws."""

    def __init__(self, references: list[Reference]) -> None:
        spans = []
        self._years: set[int] = set()
        for reference in references:
            number = reference.code or reference.number
            at = reference.text.find(number) if number else -1
            if number and at >= 0:
                spans.append((reference.start + at, reference.start + at + len(number)))
            if reference.date and re.fullmatch(r"\d{4}", reference.date):
                year = reference.text.rfind(reference.date)
                if year >= 0:
                    self._years.add(reference.start + year)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def cover(self, atom: Atom) -> bool:
        """Whether the atom touches a number or code."""
        at = bisect_right(self._starts, atom.end - 1) - 1
        return at >= 0 and self._ends[at] > atom.start

    def dates_law(self, atom: Atom) -> bool:
        """Whether the atom is the year of a law ('Luật Đất đai 2013')."""
        return atom.start in self._years


class _Cues:
    """Tells dates from counts by the words beside them."""

    def __init__(self, lexicons: Lexicons) -> None:
        kinds: dict[str, list[str]] = {}
        for row in lexicons.rows("time_cues.tsv"):
            kinds.setdefault(row["kind"], []).append(re.escape(row["word"]).replace(r"\ ", " +"))

        def before(kind: str) -> re.Pattern[str]:
            return re.compile(rf"(?<!\w)(?i:{'|'.join(kinds[kind])})[,:]? ?\(?$")

        def behind(kind: str) -> re.Pattern[str]:
            return re.compile(rf" ?(?i:{'|'.join(sorted(kinds[kind], key=len, reverse=True))})(?!\w)")

        self._day, self._weak, self._year, self._number = map(before, ("day", "weak", "year", "number"))
        self._name = before("name")
        self._after, self._counted = behind("after"), behind("counted")
        names: dict[tuple[int, int], list[str]] = {}
        for row in lexicons.rows("holidays.tsv"):
            day, month = row["date"].split("/")
            names[int(day), int(month)] = [name for name in row["names"].split(";") if name]
        self._holidays = {
            key: re.compile(rf"(?i:{'|'.join(map(re.escape, forms))}) ?[,(]? ?$") if forms else None
            for key, forms in names.items()
        }

    def day(self, folded: str, atom: Atom) -> bool:
        """Whether the words before 'd/m', 'd-m' or 'd.m' make it a day whatever follows."""
        left = folded[max(0, atom.start - _WINDOW) : atom.start]
        if self._day.search(left) or _WEEKDAY.search(left):
            return True
        key = (atom.first.day or 0, atom.first.month or 0)
        names = self._holidays.get(key)
        return names is not None and bool(names.search(left))

    def weak_day(self, folded: str, atom: Atom, start: int, end: int, opens: bool) -> bool:
        """Whether it is a day as far as a preposition, brackets or its place can tell; `opens` a line."""
        key = (atom.first.day or 0, atom.first.month or 0)
        left = folded[max(start, atom.start - _WINDOW) : atom.start]
        if opens:
            return folded.startswith((":", " -", " :", ")"), atom.end) and key not in _FRACTIONS
        if left.endswith("(") and folded.startswith(")", atom.end):
            return key not in _FRACTIONS
        if key in self._holidays and key not in _FRACTIONS and not self._number.search(left):
            return self.date_follows(folded, atom.end, end)
        if not self._weak.search(left):
            return False
        if key[0] > key[1] and atom.separator == "/":  # no share of a whole
            return not self.counted(folded, atom.end, end)
        return self.date_follows(folded, atom.end, end)

    def named(self, folded: str, atom: Atom, start: int) -> bool:
        """Whether a bare 'd/m' belongs to a name or number ('đường 3/2', 'ngõ 12/3', 'tỷ số 2-1')."""
        return bool(self._name.search(folded, max(start, atom.start - _WINDOW), atom.start))

    def date_follows(self, folded: str, at: int, end: int) -> bool:
        """Whether what stands at `at` can follow a date: no counted noun."""
        if _PUNCTUATION.match(folded, at, end):
            return True
        return bool(self._after.match(folded, at, end)) or bool(_CAPITAL.match(folded, at, end))

    def counted(self, folded: str, at: int, end: int) -> bool:
        """Whether a unit or counted noun stands at `at`."""
        return bool(self._counted.match(folded, at, end))

    def bare_year(self, folded: str, atom: Atom, start: int, end: int, grouped: bool) -> bool:
        """Whether a bare number from 1900 to 2099 is a year; `grouped`: the document writes 1.000 with a dot."""
        if not 1900 <= (atom.first.year or 0) <= 2099 or self.counted(folded, atom.end, end):
            return False
        left = folded[max(start, atom.start - _WINDOW) : atom.start]
        if self._number.search(left):
            return False
        if self._year.search(left):
            return True
        if left.endswith("(") and folded.startswith((")", ",", " -", ";"), atom.end):
            return True
        if left.endswith(", ") and folded.startswith(")", atom.end):
            return True
        named = bool(_NAME_BEFORE.search(left)) or (grouped and left[-2:-1].isalpha())
        return named and self.date_follows(folded, atom.end, end)


_CAPITAL = re.compile(rf" [{UPPER}“\"]")
_NAME_BEFORE = re.compile(rf"(?:^|[ (“\"'-])[{UPPER}][\w-]*[”\"]? $")


class _Block:
    """Judges and joins the atoms of one block."""

    def __init__(
        self,
        text: str,
        folded: str,
        start: int,
        end: int,
        cues: _Cues,
        habit: frozenset[str],
        numbers: _Numbers,
        grouped: bool,
    ) -> None:
        self._grouped = grouped
        self._text = text
        self._folded, self._start, self._end = folded, start, end
        self._cues, self._habit, self._numbers = cues, habit, numbers

    def read(self, found: list[Atom]) -> list[_Item]:
        """The times among the atoms, in order."""
        clocks = self._join_clocks(self._believe(found))
        return self._join_periods(self._share_years(clocks))

    # --- which atoms are times -----------------------------------------------------------------------------

    def _believe(self, found: list[Atom]) -> list[Atom]:
        kept: list[Atom] = []
        for at, atom in enumerate(found):
            following = found[at + 1] if at + 1 < len(found) else None
            if self._is_time(atom, kept[-1] if kept else None, following):
                kept.append(replace(atom, bare=False))
        return kept

    def _is_time(self, atom: Atom, before: Atom | None, after: Atom | None) -> bool:
        if atom.kind == "month" and atom.first.year is None and self._is_rate(atom):
            return False
        if not atom.bare:
            listed = self._folded[atom.start : atom.end].isdigit()
            return not (listed and self._cues.counted(self._folded, atom.end, self._end))
        if atom.kind == "day" and atom.first.year is None and self._cues.named(self._folded, atom, self._start):
            return False
        if atom.separator == "word":
            return self._is_worded(atom)
        if atom.kind == "year":
            if self._numbers.dates_law(atom):
                return True
            if before and before.kind == "year" and self._linked(before, atom):
                return not self._cues.counted(self._folded, atom.end, self._end)
            return self._cues.bare_year(self._folded, atom, self._start, self._end, self._grouped)
        if atom.kind == "month":
            return not _NUMBERED.search(self._folded, max(self._start, atom.start - 4), atom.start)
        return self._is_day(atom, before, after)

    def _is_worded(self, atom: Atom) -> bool:
        """'tháng tư', '24 tháng 7', 'năm 938' without 'ngày' or a later year: dates only where a clause ends."""
        if atom.kind == "year":
            return not self._is_rate(atom) and self._cues.date_follows(self._folded, atom.end, self._end)
        ends = bool(_PUNCTUATION.match(self._folded, atom.end, self._end))
        return ends and (atom.kind == "month" or (atom.first.day or 0) > 12)

    def _is_rate(self, atom: Atom) -> bool:
        """'mỗi tháng 2 lần', '6 tháng 10 ngày'."""
        before = self._folded[max(self._start, atom.start - _WINDOW) : atom.start]
        return bool(_RATE_BEFORE.search(before) or _RATE_AFTER.match(self._folded, atom.end, self._end))

    def _is_day(self, atom: Atom, before: Atom | None, after: Atom | None) -> bool:
        """Whether a bare 'd/m', 'd-m', 'd.m' is a day."""
        if self._cues.day(self._folded, atom) or _LUNAR.match(self._folded, atom.end, self._end):
            return True
        if (atom.start, atom.end) == (self._start, self._end):
            return True
        if before and self._folded[before.end : atom.start] in (" ", " | ", ", ", " - ") and before.kind == "clock":
            return True
        if before and before.kind == "day" and self._linked(before, atom):
            return not self._cues.counted(self._folded, atom.end, self._end)
        left = self._folded[max(self._start, atom.start - _WINDOW) : atom.start]
        habit = atom.separator == "/" or atom.separator in self._habit
        period = atom.last is not None or (
            after is not None and after.kind == "day" and _THROUGH.fullmatch(self._folded, atom.end, after.start)
        )
        if period and (habit or (atom.separator == "-" and _SINCE.search(left))):
            end = after.end if after is not None and atom.last is None else atom.end
            sure = after is not None and atom.last is None and not after.bare
            return sure or self._cues.date_follows(self._folded, end, self._end)
        if not habit and not (_BOUNDED.search(left) and _PUNCTUATION.match(self._folded, atom.end, self._end)):
            return False
        opens = atom.start == self._start or self._text[atom.start - 1] == "\n"
        return self._cues.weak_day(self._folded, atom, self._start, self._end, opens)

    def _linked(self, before: Atom, atom: Atom) -> bool:
        return bool(
            _AND.fullmatch(self._folded, before.end, atom.start)
            or _THROUGH.fullmatch(self._folded, before.end, atom.start)
        )

    # --- joining -------------------------------------------------------------------------------------------

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
        low = max(self._start, day.start - _WINDOW)
        match = _WEEKDAY.search(self._folded[low : day.start])
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
                and self._linked(atom, following)
            ):
                first, last = atom.first.within(year), atom.last.within(year) if atom.last else None
                shared[at] = replace(atom, first=first, last=last, relative=False)
        return shared

    def _join_periods(self, found: list[Atom]) -> list[_Item]:
        items: list[_Item] = []
        at = 0
        while at < len(found):
            atom = found[at]
            following = found[at + 1] if at + 1 < len(found) else None
            if following is not None and self._is_period(atom, following):
                items.append(self._item(atom, replace(following, start=atom.start)))
                at += 2
            else:
                items.append(self._item(atom, None))
                at += 1
        return items

    def _is_period(self, first: Atom, last: Atom) -> bool:
        """Whether two atoms are the ends of one period."""
        if first.last is not None or last.last is not None or "part" in (first.kind, last.kind):
            return False
        if first.relative or last.relative or first.first.lunar != last.first.lunar:
            return False
        lunar = _LUNAR.match(self._folded, first.end, last.start)
        if not _THROUGH.fullmatch(self._folded, lunar.end() if lunar else first.end, last.start):
            return False
        if first.first.year and last.first.year:
            return first.first.iso[: len(last.first.iso)] <= last.first.iso[: len(first.first.iso)]
        return first.first.year is None and last.first.year is None and first.kind == last.kind

    def _item(self, atom: Atom, until: Atom | None) -> _Item:
        end = until.end if until else atom.end
        last = until.first if until else atom.last
        first = atom.first
        start = self._weekday_start(atom) if atom.kind == "day" else atom.start
        if lunar := _LUNAR.match(self._folded, end, self._end):
            end = lunar.end()
            first, last = replace(first, lunar=True), replace(last, lunar=True) if last else None
        rule = f"time:{'period' if last else atom.kind}"
        since = None
        if last is None and not _MOVED.match(self._folded, end, self._end):
            low = max(self._start, start - _WINDOW)
            since = _SINCE.search(self._folded[low:start])
            if since is not None:
                start, rule = low + since.start("since"), "time:since"
        return _Item(start, end, first, last, since is not None, atom.relative, rule)


def _at(day: Point, clock: Atom, part: str | None) -> Point:
    """The day at the clock time, which 'chiều', 'tối', 'đêm' put into its second half."""
    hour, minute = (clock.first.clock or "00:00").split(":")
    late = (part or "").lower()
    if (late in ("chiều", "tối") and int(hour) < 12) or (late == "đêm" and 6 <= int(hour) < 12):
        hour = str(int(hour) + 12)
    return replace(day, clock=f"{hour}:{minute}")
