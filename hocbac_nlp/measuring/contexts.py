"""Contexts: what a figure is compared with, where it came from and when it holds."""

import re
from collections.abc import Sequence
from itertools import pairwise

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.document import Statistic, Time
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.units import SPACE
from hocbac_nlp.measuring.word_roles import by_role

_BASE = re.compile(
    rf"{SPACE}?(?P<base>so(?:{SPACE}với)?{SPACE}[^,;.:()\n]{{2,90}}?)"
    rf"(?={SPACE}(?:và|nhưng|còn){SPACE}(?:tăng|giảm|cao|thấp|gấp|bằng|vượt|đạt)(?!\w)|[,;.:()\n]|\Z)"
)
_FROM = re.compile(rf"(?i)từ(?:{SPACE}mức)?{SPACE}\Z")
_STEP = 24
"""How many characters may stand between the two ends of 'từ … lên …'."""
_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d(?!/)")
_TOLD = 40
"""How many characters before a day may hold the word that makes it the day of a statement."""


def base_of(text: str, at: int, end: int) -> str | None:
    """'so với …' right after the figure, up to the end of the phrase."""
    match = _BASE.match(text, at, end)
    return match["base"].strip() if match else None


def _in_brackets(text: str, time: Time, figure: int, start: int) -> bool:
    """Whether a time is part of a remark in brackets that the figure stands outside of."""
    opened = text.rfind("(", start, time.start)
    if opened < 0 or text.find(")", opened, time.start) >= 0:
        return False
    closed = text.find(")", time.end)
    alone = opened + 1 == time.start and closed == time.end  # '5 năm (2016-2020)'
    return not alone and not (opened < figure and (closed < 0 or figure < closed))


class Contexts:
    """Joins the figures of a block with one another and with its times, over figure_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        telling = any_of(by_role(lexicons, "figure_words.tsv")["telling"])
        self._telling = re.compile(rf"(?<!\w)(?:{telling})(?!\w)", re.IGNORECASE)
        self._told = re.compile(rf"(?<!\w)(?:{telling})(?:{SPACE}(?:vào|trong|hôm|sáng|chiều|tối|ngày))*{SPACE}\Z")

    def add(self, around: Surroundings, items: Sequence[Statistic], start: int, end: int) -> None:
        """Give the statistics of one block their `from`, `to` and `period`."""
        for first, second in pairwise(items):
            changed = second.change is not None and second.change.mode == "to"
            led = _FROM.search(around.text, max(start, first.start - 8), first.start)
            if changed and led and second.start - first.end <= _STEP and first.kind == second.kind:
                second.from_, first.to = first.text, second.text
        compared = [(item.end, item.end + len(item.base) + 1) for item in items if item.base]
        for item in items:
            self._add_period(around, item, compared, start, end)

    def _add_period(
        self, around: Surroundings, item: Statistic, compared: Sequence[tuple[int, int]], start: int, end: int
    ) -> None:
        """Join the last time named before the figure in its sentence, else the first one after it.

        A time that the figure is compared with is none, nor the day on which somebody told it.
        """
        first, last = around.sentence(item.start, start, end)
        candidates = [
            (index, time)
            for index, time in around.times_in(first, last)
            if not around.is_cited(index)
            and not any(low <= time.start < high for low, high in compared)
            and not _in_brackets(around.text, time, item.start, first)
            and not around.text[max(first, time.start - 24) : time.start]
            .rstrip()
            .endswith(("so với", "so với cuối", "so", "lần"))
            and not self._is_told(around.text, time, item.start, first)
        ]
        beside = [one for one in candidates if around.text[item.end : one[1].start].strip() in ("", "trong", "vào")]
        beside = [one for one in beside if one[1].start >= item.end]
        before = [one for one in candidates if one[1].end <= item.start]
        if chosen := beside[:1] or before[-1:] or [one for one in candidates if one[1].start >= item.end][:1]:
            item.period_time, item.period = chosen[0][0], chosen[0][1].text

    def _is_told(self, text: str, time: Time, figure: int, start: int) -> bool:
        """Whether a day is that of a statement: 'ngày 12/3, ông Nam cho biết …', '… công bố ngày 6/4'."""
        if not _DAY.match(time.resolved or time.value or ""):
            return False
        if self._told.search(text, max(start, time.start - _TOLD), time.start):
            return True
        return time.end <= figure and self._telling.search(text, time.end, figure) is not None
