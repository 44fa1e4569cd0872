"""Contexts: what a figure is compared with, where it came from and when it holds."""

import re
from collections.abc import Sequence
from itertools import pairwise

from hocbac_nlp.document import Statistic
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.units import SPACE

_BASE = re.compile(rf"{SPACE}?(?P<base>so(?:{SPACE}với)?{SPACE}[^,;.:()\n]{{2,90}})")
_FROM = re.compile(rf"(?i)từ(?:{SPACE}mức)?{SPACE}\Z")
_STEP = 24
"""How many characters may stand between the two ends of 'từ … lên …'."""


def base_of(text: str, at: int, end: int) -> str | None:
    """'so với …' right after the figure, up to the end of the phrase."""
    match = _BASE.match(text, at, end)
    return match["base"].strip() if match else None


def add_contexts(around: Surroundings, items: Sequence[Statistic], start: int, end: int) -> None:
    """Give the statistics of one block their `from`, `to` and `period`."""
    for first, second in pairwise(items):
        changed = second.change is not None and second.change.mode == "to"
        led = _FROM.search(around.text, max(start, first.start - 8), first.start)
        if changed and led and second.start - first.end <= _STEP and first.kind == second.kind:
            second.from_, first.to = first.text, second.text
    for item in items:
        _add_period(around, item, start, end)


def _add_period(around: Surroundings, item: Statistic, start: int, end: int) -> None:
    """Join the last time named before the figure in its sentence, else the first one after it."""
    first, last = around.sentence(item.start, start, end)
    compared = (item.end, item.end + len(item.base) + 1) if item.base else None
    candidates = [
        (index, time)
        for index, time in around.times_in(first, last)
        if not around.is_cited(index)
        and not (compared and compared[0] <= time.start < compared[1])
        and not around.text[max(first, time.start - 24) : time.start].rstrip().endswith(("so với", "so với cuối", "so"))
    ]
    before = [one for one in candidates if one[1].end <= item.start]
    if chosen := before[-1:] or [one for one in candidates if one[1].start >= item.end][:1]:
        item.period_time, item.period = chosen[0][0], chosen[0][1].text
