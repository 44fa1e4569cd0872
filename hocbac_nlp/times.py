"""Times: every day, month, quarter, year and period that the text names, with its ISO 8601 value.

`time_atoms` finds the shapes, `time_cues` judges them by what stands around, `time_spans` joins them ('từ … đến …',
a clock time and its day). Partial dates get their full one in `resolved` where the publication date or the text
around fixes the year. Expressions seen from the day of publication
(`relative_times.tsv`) are marked `relative`.
"""

from bisect import bisect_right
from collections.abc import Callable

from hocbac_nlp.document import Document, Time
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.timing.dates import Point, folded_text
from hocbac_nlp.timing.relative_times import RelativeTimes, Resolver
from hocbac_nlp.timing.spelled_dates import spelled
from hocbac_nlp.timing.time_atoms import Atom, atoms
from hocbac_nlp.timing.time_cues import Cues, Judge, Numbers
from hocbac_nlp.timing.time_spans import Joiner, Span


def open(lexicons: Lexicons) -> Callable[[Document], list[Time]]:
    """Load the lexicons; the function returns the times of a document, in text order, without overlap.

    It reads `references` (their numbers are no dates), `published` (it fixes years) and the kept blocks.
    """
    cues = Cues(lexicons)
    relative = RelativeTimes(lexicons)

    def find(document: Document) -> list[Time]:
        text = document.text
        folded = folded_text(text)
        numbers = Numbers(document.references)
        blocks = [(block.start or 0, block.end or 0) for block in document.kept]
        found = [[atom for atom in _merged(folded, *block) if not numbers.cover(atom)] for block in blocks]
        habits = cues.habits(folded, [atom for block in found for atom in block])
        resolver = Resolver(document.published)
        times: list[Time] = []
        for (start, end), block in zip(blocks, found, strict=True):
            believed = Judge(cues, numbers, habits, text, folded, start, end).times(block)
            spans = Joiner(folded, start, end).spans(believed)
            year = _only_year(spans)
            explicit = [_time(span, text, resolver, year) for span in spans]
            times += relative.merge(explicit, text, folded, start, end, resolver)
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


def _time(span: Span, text: str, resolver: Resolver, year: int | None) -> Time:
    nameless = span.first.quarter is not None and span.first.year is None
    value = None if nameless else _value(span.first, span.last, span.open)
    resolved = None
    if span.first.year is None and not span.first.lunar:
        first = resolver.point(span.first, year)
        last = resolver.after(span.last, first) if span.last and first else None
        if first is not None:
            resolved = _value(first, last, span.open)
    return Time(
        text=text[span.start : span.end],
        start=span.start,
        end=span.end,
        value=value,
        resolved=resolved,
        relative=span.relative,
        lunar=span.first.lunar,
        rule=span.rule,
    )


def _value(first: Point, last: Point | None, open_: bool) -> str:
    if last is not None:
        return f"{first.iso}/{last.iso}"
    return f"{first.iso}/" if open_ else first.iso


def _only_year(spans: list[Span]) -> int | None:
    """The year of a block that names exactly one."""
    years = {point.year for span in spans for point in (span.first, span.last) if point and point.year}
    return years.pop() if len(years) == 1 else None
