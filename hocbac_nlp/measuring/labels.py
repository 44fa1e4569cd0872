"""Labels: numbers that name something and measure nothing (articles, roads, ranks, clocks, scores, idioms)."""

import re
from collections.abc import Sequence

from hocbac_nlp.letters import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.figures import Figure
from hocbac_nlp.measuring.modifiers import words_before
from hocbac_nlp.measuring.numbers import Number
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.units import SPACE
from hocbac_nlp.measuring.word_roles import by_role

_CODE = re.compile(rf"[-–/:+.][{UPPER}\d]|[-–/:+]?\w|\.\d|[:/]\S")
_TAIL_OF_CODE = re.compile(r"(?:\w[-–./:+]|[#№@_])\Z")
_LIST = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*(?:[.)/](?=\s)|\)|\s?[-–](?=\s))")
_DATE = re.compile(rf"{SPACE}(?:[Tt]háng{SPACE}\d|(?:[Tt]háng{SPACE})?Tết(?!\w))")
_CLOCK_AFTER = re.compile(
    r"(?:\s?\d{1,2}(?:\s?(?:phút|'|’))?(?!\w|\s?(?:%|km|ngày|người))|\s(?:\d{1,2}\s)?(?:sáng|trưa|chiều|tối|đêm|khuya|kém|rưỡi|ngày|hôm|cùng\sngày|hằng\sngày|hàng\sngày|mỗi\sngày))(?!\w)"
)
_UNTIL = re.compile(rf"{SPACE}(?:đến|tới){SPACE}\d{{1,2}}{SPACE}?(?:giờ|h)")
_MINUTES_OF_CLOCK = re.compile(r"\d{1,2}\s?(?:giờ|h)\s?\Z")
_AND = re.compile(rf"{SPACE}?(?:,|và|hoặc|đến|[-–/]){SPACE}?")
_STREET = re.compile(rf"{SPACE}(?:đường|phố|ngõ|hẻm|kiệt|thôn|ấp|khóm|xóm|tổ|đại lộ|khu phố){SPACE}[{UPPER}]")
_DWELLING = re.compile(rf"(?i)(?:tại|ngụ|trú|ở|nhà|địa chỉ:?|số){SPACE}\Z")
_SAYING = 44
"""How many characters a quoted saying has at most."""


class Labels:
    """Says whether a figure is a label, over number_labels.tsv, not_statistics.txt and figure_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("number_labels.tsv")
        self._strong = frozenset(row["surface"].lower() for row in rows if row["strength"] == "strong")
        self._weak = frozenset(row["surface"].lower() for row in rows if row["strength"] == "weak")
        self._places = frozenset(row["surface"].lower() for row in rows if row["strength"] == "place")
        self._roles = by_role(lexicons, "figure_words.tsv")
        idioms = sorted(lexicons.lines("not_statistics.txt"), key=len, reverse=True)
        self._idiom = re.compile(rf"(?i:{'|'.join(map(re.escape, idioms))})(?!\w)")

    def coded(self, text: str, figure: Figure, start: int, end: int) -> bool:
        """Whether the figure is a piece of a code, a score, a list number or a set phrase."""
        before = text[max(start, figure.start - 2) : figure.start]
        if _TAIL_OF_CODE.search(before) and not (figure.low < 0):
            return True
        last = text[figure.end - 1 : figure.end]
        follows = _CODE.match(text, figure.end, end)
        if (
            follows
            and (last.isalnum() or last == "%")
            and not (follows[0][0] in ".:" and len(follows[0]) > 1 and not follows[0][1].isdigit())
        ):
            return True
        idiom = self._idiom.match(text, figure.start, end)
        stop = figure.unit.start - 1 if figure.num is not None and figure.unit else figure.end
        if idiom and idiom.end() >= stop:
            return True
        dated = not figure.fold and figure.high <= 31 and _DATE.match(text, figure.first.end, end)
        if dated or self._is_ratio(text, figure, start):
            return True
        if figure.start == start and figure.unit is None and _LIST.match(text, start, end):
            return True
        return (
            text[figure.start - 1 : figure.start] == "("
            and text[figure.end : figure.end + 1] == ")"
            and figure.unit is None
            and figure.low < 30
        )

    def _is_ratio(self, text: str, figure: Figure, start: int) -> bool:
        """Whether x/y is the scale of a plan ('tỷ lệ 1/500') or two readings of one device ('140/90 mmHg')."""
        if figure.num is None or figure.den is None:
            return False
        if figure.unit is not None and figure.unit.kind == "measure" and figure.num > figure.den:
            return True
        words = words_before(text, start, figure.start)
        return figure.num == 1 and figure.den >= 100 and bool(words) and words[-1][0] in self._roles["scale"]

    def numbered(self, text: str, number: Number, start: int) -> bool:
        """Whether a number, taken alone, is the label of the word before it ('bậc 1 đến …')."""
        if number.scale > 1 or number.low.denominator > 1 or not number.digits:
            return False
        words = [word for word, _ in words_before(text, start, number.start)][-1:]
        return bool(words) and words[0] in self._strong and words[0] not in self._roles["calendar"] | {"số"}

    def slogan(self, around: Surroundings, figures: Sequence[Figure], at: int) -> bool:
        """Whether the figure at index `at` stands in a short quoted saying: '“3 cùng”', '“một việc, hai nơi làm”'."""
        figure = figures[at]
        quote = around.quote(figure.start, figure.end)
        if quote is None or figure.unit is not None or quote[1] - quote[0] > _SAYING:
            return False
        beside = (*figures[max(0, at - 1) : at], *figures[at + 1 : at + 2])
        return any(quote[0] < one.start < quote[1] for one in beside) or (
            figure.start == quote[0] + 1 and quote[1] - quote[0] < _SAYING // 2
        )

    def named(self, text: str, figure: Figure, start: int, noun: bool) -> bool:
        """Whether the words before make it a label; `noun` tells whether a noun follows the number."""
        words = [word for word, _ in words_before(text, start, figure.start)]
        if not words:
            return False
        last, pair = words[-1], " ".join(words[-2:])
        ahead = words[-2] if len(words) > 1 else ""
        if last in self._roles["calendar"] and (figure.unit is None or figure.unit.kind == "duration"):
            return (
                ahead not in self._roles["recurring"]
                and not ahead[:1].isdigit()
                and text[figure.end - 4 : figure.end] != "tuổi"
            )
        if figure.unit is not None or figure.scale > 1 or (figure.low.denominator > 1 and figure.num is None):
            return False
        if figure.num is not None:
            ranked = last in self._roles["rank"] or pair in self._roles["rank"]
            return ranked or (last in self._strong and ahead not in self._roles["recurring"])
        if pair in self._places or last in self._places:
            return figure.low < 40 and ahead not in self._roles["whole"]
        if pair in self._strong or last in self._strong:
            return not (last == "số" and ahead in self._roles["recurring"])
        return (last in self._weak or pair in self._weak) and not noun

    def listed(self, text: str, figure: Figure, label_end: int) -> bool:
        """Whether the figure goes on a list of labels, the last of which ends at `label_end`: 'Điều 675, 676'."""
        return figure.unit is None and figure.scale == 1 and _AND.fullmatch(text, label_end, figure.start) is not None

    def address(self, text: str, figure: Figure, start: int, end: int) -> bool:
        """Whether the number is a house number before the name of a street or hamlet: 'trú tại 179 thôn Tân Trung'."""
        return (
            _STREET.match(text, figure.end, end) is not None
            and _DWELLING.search(text, max(start, figure.start - 24), figure.start) is not None
        )

    def clock(self, text: str, figure: Figure, start: int, end: int) -> bool:
        """Whether hours (and the minutes after them) tell the time of day."""
        unit = figure.unit
        if unit is None or unit.symbol not in ("hour", "minute"):
            return False
        words = [word for word, _ in words_before(text, start, figure.start)][-3:]
        if unit.symbol == "minute":
            return bool(_MINUTES_OF_CLOCK.search(text, max(start, figure.start - 8), figure.start)) and not self._roles[
                "within"
            ] & set(words[:1])
        if figure.high > 24 or figure.low.denominator > 1 or text[unit.start : unit.end] == "tiếng":
            return False
        timed = _CLOCK_AFTER.match(text, figure.end, end) is not None
        if timed and self._roles["clock"] & set(words[-1:]):
            return True
        if self._roles["within"] & set(words):
            return False
        if words[-1:] == ["từ"] and (figure.range or _UNTIL.match(text, figure.end, end)):
            return True
        return timed or bool(self._roles["clock"] & set(words[-2:]))
