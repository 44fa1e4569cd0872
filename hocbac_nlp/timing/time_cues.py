"""Which numbers are dates: what the words beside them, the line and the document's habits say.

A bare '3/5', '2-9', '4.1' or '2019' may be a day, a share of a whole, a score, a range, a house number or a
count. `time_cues.tsv` lists the words that decide, `holidays.tsv` the days that texts name by their number.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from hocbac_nlp.citing.citations import PLENUM
from hocbac_nlp.document import Reference
from hocbac_nlp.errors import UsageError
from hocbac_nlp.letters import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.timing.dates import Point, fold
from hocbac_nlp.timing.time_atoms import Atom

WINDOW = 32
"""Characters before an expression that are read for a cue."""

WEEKDAY = re.compile(
    r"(?<!\w)(?:(?i:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)|CN|T[2-7])(?:,? (?i:ngày))? ?[,.]? ?$"
)
THROUGH = re.compile(
    r" ?- ?| (?i:đến|tới|cho đến|cho tới)"
    r"(?: (?i:hết|cuối|giữa|đầu|khoảng|trước|sáng|trưa|chiều|tối|đêm|hết ngày|ngày|năm))* "
)
SINCE = re.compile(
    r"(?<!\w)(?:(?i:kể) )?"
    r"(?P<since>(?i:từ)(?: (?i:khoảng|đầu|giữa|cuối|hồi|sáng|trưa|chiều|tối|đêm|hôm|rạng sáng|mùa|dịp))*) $"
)
LUNAR = re.compile(r" ?(?:(?i:âm lịch|âl)(?!\w)|\((?i:âm lịch|âl)\))")

# Shares that news texts write as x/y more often than they mean a day in January to May by it.
_SHARES = frozenset(((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5)))
_PUNCTUATION = re.compile(r"$| ?[.,;:!?)\]”\"'»…](?!\d)| - | ?\(")
_AND = re.compile(r",? (?i:và|hoặc|hay|cùng|rồi) |, ?")
_BOUNDED = re.compile(r"(?<!\w)(?i:từ|đến hết|tính đến|trước) $")
_SINCE_THEN = re.compile(rf"{_PUNCTUATION.pattern}| (?i:đến nay|tới nay|trở đi)(?!\w)")
_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[-+*•–] ?)?$")
_RATE_BEFORE = re.compile(r"(?:\d|(?<!\w)(?i:mỗi|một|hàng|hằng|mấy|vài)) $")
_RATE_AFTER = re.compile(r" (?i:lần|buổi)(?!\w)")
_NUMBERED = re.compile(r"(?<!\w)(?i:số) ?$")
_SCALE = Point(2000, 1)  # '1/2000' is the scale of a map
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}\.\d{3}(?!\d)")
_CAPITAL = re.compile(rf" [{UPPER}“\"]")
_NAME_BEFORE = re.compile(rf"(?:^|[ (“\"'-])[{UPPER}][\w-]*[”\"]? $")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document writes: the `separators` of its sure dates, and whether 1.000 is `grouped` with a dot."""

    separators: frozenset[str]
    grouped: bool


def linked(folded: str, before: Atom, atom: Atom) -> bool:
    """Whether two expressions stand in one list or period."""
    gap = (before.end, atom.start)
    return bool(_AND.fullmatch(folded, *gap) or THROUGH.fullmatch(folded, *gap))


class Numbers:
    """Where the numbers and codes of references stand: no dates in there; and the years that date laws."""

    def __init__(self, references: list[Reference]) -> None:
        spans = []
        self._years: set[int] = set()
        for reference in references:
            number = reference.code or (None if reference.rule == PLENUM else reference.number)
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


class Cues:
    """Tells dates from counts by the words beside them."""

    def __init__(self, lexicons: Lexicons) -> None:
        kinds: dict[str, list[str]] = {}
        for row in lexicons.rows("time_cues.tsv"):
            kinds.setdefault(row["kind"], []).append(re.escape(fold(row["word"])).replace(r"\ ", " +"))

        def before(kind: str) -> re.Pattern[str]:
            return re.compile(rf"(?<!\w)(?i:{'|'.join(kinds[kind])})[,:]? ?\(?$")

        def behind(kind: str) -> re.Pattern[str]:
            return re.compile(rf" ?(?i:{'|'.join(sorted(kinds[kind], key=len, reverse=True))})(?!\w)")

        self._day, self._weak, self._year, self._number = map(before, ("day", "weak", "year", "number"))
        self._name = before("name")
        self._after, self._counted = behind("after"), behind("counted")
        names: dict[tuple[int, int], list[str]] = {}
        for row in lexicons.rows("holidays.tsv"):
            date = re.fullmatch(r"(\d{1,2})/(\d{1,2})", row["date"])
            if date is None:
                raise UsageError(f"holidays.tsv: {row['date']!r} is no day/month")
            names[int(date[1]), int(date[2])] = [name for name in row["names"].split(";") if name]
        self._holidays = {
            key: re.compile(rf"(?i:{'|'.join(map(re.escape, map(fold, forms)))}) ?[,(]? ?$") if forms else None
            for key, forms in names.items()
        }

    def habits(self, folded: str, found: list[Atom]) -> Habits:
        """The habits of a document that its sure dates and its figures show."""
        separators = {
            atom.separator
            for atom in found
            if atom.separator in ("/", "-", ".") and atom.last is None and (not atom.bare or self.day(folded, atom))
        }
        return Habits(frozenset(separators), _GROUPED.search(folded) is not None)

    def day(self, folded: str, atom: Atom) -> bool:
        """Whether the words before 'd/m', 'd-m' or 'd.m' make it a day whatever follows."""
        left = folded[max(0, atom.start - WINDOW) : atom.start]
        if self._day.search(left) or WEEKDAY.search(left):
            return True
        key = (atom.first.day or 0, atom.first.month or 0)
        names = self._holidays.get(key)
        return names is not None and bool(names.search(left))

    def weak_day(self, folded: str, atom: Atom, start: int, end: int, opens: bool) -> bool:
        """Whether it is a day as far as a preposition, brackets or its place can tell; `opens` a line."""
        key = (atom.first.day or 0, atom.first.month or 0)
        left = folded[max(start, atom.start - WINDOW) : atom.start]
        if opens:
            return folded.startswith((":", " -", " :", ")", ","), atom.end) and key not in _SHARES
        if left.endswith(("(", "[")) and folded.startswith((")", "]"), atom.end):
            return key not in _SHARES
        follows = self.date_follows(folded, atom.end, end)
        if follows and key in self._holidays and key not in _SHARES and not self._number.search(left):
            return True
        if not self._weak.search(left):
            return False
        if key in _SHARES:
            return bool(_BOUNDED.search(left) and _PUNCTUATION.match(folded, atom.end, end))
        if key[0] > key[1] and atom.separator == "/":  # more than a whole is no share of it
            return True
        if _BOUNDED.search(left):
            return not self.counted(folded, atom.end, end)
        return follows

    def named(self, folded: str, atom: Atom, start: int) -> bool:
        """Whether a bare 'd/m' belongs to a name or number ('đường 3/2', 'ngõ 12/3', 'tỷ số 2-1')."""
        return bool(self._name.search(folded, max(start, atom.start - WINDOW), atom.start))

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
        left = folded[max(start, atom.start - WINDOW) : atom.start]
        if self._number.search(left):
            return False
        if self._year.search(left):
            return True
        if left.endswith("(") and folded.startswith((")", ",", " -", ";"), atom.end):
            return True
        if left.endswith(", ") and folded.startswith(")", atom.end):
            return True
        if atom.start == start:
            return folded.startswith(":", atom.end)
        if atom.end == end and left[-2:-1].isalpha():
            return True
        named = bool(_NAME_BEFORE.search(left)) or (grouped and left[-2:-1].isalpha())
        return named and self.date_follows(folded, atom.end, end)


class Judge:
    """Decides for the block from `start` to `end` which of its atoms are times."""

    def __init__(
        self, cues: Cues, numbers: Numbers, habits: Habits, text: str, folded: str, start: int, end: int
    ) -> None:
        self._cues, self._numbers, self._habits = cues, numbers, habits
        self._text, self._folded, self._start, self._end = text, folded, start, end

    def times(self, found: list[Atom]) -> list[Atom]:
        """The atoms that are times, in order."""
        kept: list[Atom] = []
        for at, atom in enumerate(found):
            following = found[at + 1] if at + 1 < len(found) else None
            if self._is_time(atom, kept[-1] if kept else None, following):
                kept.append(replace(atom, bare=False))
        return kept

    def _is_time(self, atom: Atom, before: Atom | None, after: Atom | None) -> bool:
        if atom.kind == "month" and atom.first.year is None and self._is_no_month(atom):
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
            if before and before.kind == "year" and linked(self._folded, before, atom):
                return not self._cues.counted(self._folded, atom.end, self._end)
            return self._cues.bare_year(self._folded, atom, self._start, self._end, self._habits.grouped)
        if atom.kind == "month":
            if atom.first == _SCALE:
                return False
            return not _NUMBERED.search(self._folded, max(self._start, atom.start - 4), atom.start)
        return self._is_day(atom, before, after)

    def _is_worded(self, atom: Atom) -> bool:
        """'tháng tư', '24 tháng 7', 'năm 938' without 'ngày' or a later year: dates only where a clause ends."""
        if LUNAR.match(self._folded, atom.end, self._end):
            return True
        if atom.kind == "year":
            return not self._is_rate(atom) and self._cues.date_follows(self._folded, atom.end, self._end)
        ends = bool(_PUNCTUATION.match(self._folded, atom.end, self._end))
        return ends and (atom.kind == "month" or (atom.first.day or 0) > 12)

    def _is_no_month(self, atom: Atom) -> bool:
        """'mỗi tháng 2 lần', 'Cách mạng tháng Tám'."""
        return self._is_rate(atom) or self._cues.named(self._folded, atom, self._start)

    def _is_rate(self, atom: Atom) -> bool:
        """'mỗi tháng 2 lần', '6 tháng 10 ngày'."""
        before = self._folded[max(self._start, atom.start - WINDOW) : atom.start]
        return bool(_RATE_BEFORE.search(before) or _RATE_AFTER.match(self._folded, atom.end, self._end))

    def _is_day(self, atom: Atom, before: Atom | None, after: Atom | None) -> bool:
        """Whether a bare 'd/m', 'd-m', 'd.m' is a day."""
        if self._cues.day(self._folded, atom) or LUNAR.match(self._folded, atom.end, self._end):
            return True
        if (atom.start, atom.end) == (self._start, self._end):
            return True
        if before and self._folded[before.end : atom.start] in (" ", " | ", ", ", " - ") and before.kind == "clock":
            return True
        if before and before.kind == "day" and linked(self._folded, before, atom):
            return not self._cues.counted(self._folded, atom.end, self._end)
        left = self._folded[max(self._start, atom.start - WINDOW) : atom.start]
        habit = atom.separator == "/" or atom.separator in self._habits.separators
        period = atom.last is not None or (
            after is not None and after.kind == "day" and THROUGH.fullmatch(self._folded, atom.end, after.start)
        )
        if period and (habit or (atom.separator == "-" and SINCE.search(left))):
            end = after.end if after is not None and atom.last is None else atom.end
            sure = after is not None and atom.last is None and not after.bare
            if sure or self._cues.date_follows(self._folded, end, self._end):
                return True
            return bool(_BOUNDED.search(left)) and not self._cues.counted(self._folded, end, self._end)
        if not habit and not (_BOUNDED.search(left) and _SINCE_THEN.match(self._folded, atom.end, self._end)):
            return False
        opens = bool(_BULLET.search(self._text[max(self._start, atom.start - 4) : atom.start]))
        return self._cues.weak_day(self._folded, atom, self._start, self._end, opens)
