"""Counting: whether a number in the text is a figure at all, and of which kind.

Number words are also names, years and articles ('Ba', 'năm', 'một'); a number counts when a unit, a noun or
the grammar around it says so.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hocbac_nlp.document import Kind, Statistic
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.counted import Counted
from hocbac_nlp.measuring.figures import LEAD, STEP, Figure
from hocbac_nlp.measuring.modifiers import Modifier, words_before
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.units import SPACE
from hocbac_nlp.measuring.word_roles import by_role

TIMES = re.compile(rf"{SPACE}lần(?!\w)")
"""The word for times, of a multiple ('1,8 lần') or of events ('3 lần')."""
_CLAUSE = re.compile(r"[.;:!?]")
_EACH_REACH = 60
_AMOUNT = re.compile(
    r"(?i)(?<!\w)(?:(?<!mã )(?<!biển )số(?! (?:điện|máy|nhà|hiệu|tài|đăng|báo))|tổng|lượng|hệ số|chỉ số|độ lớn)(?!\w)"
)
_LEVEL = re.compile(r"(?:là|đạt|còn|lên|xuống|tới|đến)\s\Z")
_ENDS = re.compile(r"\s?(?:[,.;)](?!\d)|$|\n|so với|tính)")


class Counting:
    """Decides what counts, over figure_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._roles = by_role(lexicons, "figure_words.tsv")

    def is_numeral(self, around: Surroundings, figure: Figure, start: int, counted: Counted | None) -> bool:
        """Whether a number word is a number here, and no name, no year and no piece of another word."""
        text, number = around.text, figure.first
        word = text[number.start : number.end]
        if (
            word[0].isupper()
            and not word.isupper()
            and " " not in word
            and not _opens_sentence(text, start, number.start)
        ):
            return False
        if " " in word or number.half or number.num is not None:
            return True
        token, word = around.token_over(number.start), word.lower()
        if token is None or (figure.unit is not None and word != "năm"):
            return True
        words = words_before(text, start, figure.start)
        last = words[-1][0] if words else ""
        if word == "năm":
            return last in self._roles["five"] or (token.pos == "M" and last not in self._roles["no_five"])
        if word in ("ba", "chín", "tám"):
            return last in self._roles["fold"] or (counted is not None and (counted.listed or counted.common))
        whole = token.end <= number.end or token.start < number.start
        return whole or counted is not None or token.pos == "M"

    def kind(self, text: str, figure: Figure, counted: Counted | None, changed: bool, begin: int, start: int) -> Kind:
        """What sort of figure it is, by its unit, its form and its noun."""
        if figure.unit is not None:
            return figure.unit.kind
        if figure.num is not None or figure.first.half:
            return "fraction"
        if TIMES.match(text, figure.end):
            whole = figure.low.denominator == 1 and figure.high.denominator == 1
            led = any(word in self._roles["fold"] for word, _ in words_before(text, start, begin)[-3:])
            factor = text[figure.end + 4 : figure.end + 14].lower().split()[:1]
            led = led or (bool(factor) and factor[0] in self._roles["multiplied"])
            return "multiple" if led or changed or not whole else "count"
        if figure.scale >= 1000 and (counted is None or self._is_fund(text, counted)):
            return "money"
        return "count"

    def counts(
        self,
        text: str,
        figure: Figure,
        counted: Counted | None,
        modified: bool,
        start: int,
        before: Sequence[Statistic],
    ) -> bool:
        """Whether the number is the point: a unit, a noun or a fraction stands by it, and 'một' is no article."""
        number = figure.first
        if number.bare and not modified:
            return False
        if counted is not None and not counted.common and self._is_model(text, figure, counted, start):
            return False
        if number.suffixed and (figure.unit is None or figure.unit.kind != "money"):
            return False
        if figure.low == 1 and text[number.start : number.end].lower() == "một":
            return self._one(text, figure, counted, modified, start, before)
        if figure.unit is not None or counted is not None or number.half:
            return True
        if figure.num is not None:
            return 0 < figure.low <= 1 or modified
        if figure.scale >= 1000 or TIMES.match(text, figure.end) is not None or rises(text, figure):
            return True
        return number.digits and self._is_level(text, figure, start)

    def _is_model(self, text: str, figure: Figure, counted: Counted, start: int) -> bool:
        """Whether the number stands inside a name: 'iPhone 15 Pro Max'."""
        words = words_before(text, start, figure.start)
        inside = bool(words) and any(letter.isupper() for letter in text[words[-1][1] : figure.start])
        return inside and text[counted.start].isupper() and not text[counted.start : counted.end].isupper()

    def _is_level(self, text: str, figure: Figure, start: int) -> bool:
        """Whether a bare number is what an amount comes to: 'số ca tử vong là 4.813, …'."""
        words = words_before(text, start, figure.start)
        begin = words[0][1] if words else figure.start
        lead = text[begin : figure.start]
        return bool(_ENDS.match(text, figure.end) and _LEVEL.search(lead) and _AMOUNT.search(lead))

    def _one(
        self,
        text: str,
        figure: Figure,
        counted: Counted | None,
        modified: bool,
        start: int,
        before: Sequence[Statistic],
    ) -> bool:
        """Whether 'một' counts: beside a modifier, after 'mỗi …', or parallel to a figure of the same noun."""
        words = [word for word, _ in words_before(text, start, figure.start)]
        following = text[figure.end : figure.end + 8].split()[:1]
        if following and following[0] in self._roles["indefinite"]:
            return False
        if modified and (figure.unit is not None or words[-1] not in self._roles["preposition"]):
            return True
        if words[-1:] == ["chỉ"] or words[-2:] == ["chỉ", "có"]:
            return True
        if figure.unit is not None:
            led = bool(words) and words[-1] in self._roles["lasting"]
            return led or (bool(following) and following[0] in self._roles["elapsed"])
        if counted is None:
            return False
        noun = text[counted.start : counted.end].split()[0].lower()
        if words[-1:] == ["đó"] or self._parallel(text, noun, figure.start, before):
            return True
        lead = text[max(start, figure.start - _EACH_REACH) : figure.start].lower()
        return "mỗi " in _CLAUSE.split(lead)[-1]

    def _parallel(self, text: str, noun: str, at: int, before: Sequence[Statistic]) -> bool:
        """Whether a figure before it in the sentence counts the same noun: '13 lần tăng, 6 lần giảm và một lần'."""
        return any(noun in item.text.lower().split() and not _CLAUSE.search(text, item.end, at) for item in before[-3:])

    def _is_fund(self, text: str, counted: Counted) -> bool:
        """Whether the noun behind the number is money itself: 'một tỉ hai tiền dưỡng già'."""
        return text[counted.start : counted.end].split()[0].lower() in self._roles["fund"]


def _opens_sentence(text: str, start: int, at: int) -> bool:
    lead = text[start:at].rstrip(" “\"'(*-–") if at - start < 4 else text[at - 4 : at].rstrip(" “\"'(*-–")
    return not lead or lead[-1] in ".!?:…)]\n"


def with_true_unit(around: Surroundings, figure: Figure) -> Figure:
    """The figure without its unit when that is only the beginning of a longer word ('5 mẫu mã')."""
    unit = figure.unit
    if unit is None or unit.kind != "measure" or not unit.ambiguous or unit.start < figure.first.start or figure.range:
        return figure
    token = around.token_over(unit.start)
    if (
        token is None
        or token.end <= unit.end
        or token.start < unit.start
        or not around.text[unit.start : unit.end].isalpha()
    ):
        return figure
    return replace(figure, unit=None, end=figure.first.end)


def rises(text: str, figure: Figure) -> bool:
    """Whether the number is the start of 'từ 20 lên 25 người', where the noun stands but once."""
    return (
        STEP.match(text, figure.end) is not None
        and LEAD.search(text, max(0, figure.start - 4), figure.start) is not None
    )


def is_large(figure: Figure) -> bool:
    """Whether a count is too large or too fine to be a score, so that 'điểm' means the points of an index."""
    return figure.low >= Fraction(100) or figure.low.denominator > 1


def is_no_modifier(modifier: Modifier, figure: Figure) -> bool:
    """Whether 'trên' says where and not how many, as before a few things ('trên hai tạp chí'), or 'hàng' is goods."""
    if modifier.surface == "hàng":
        return not figure.first.bare
    return modifier.surface == "trên" and figure.unit is None and figure.num is None and figure.high < 10
