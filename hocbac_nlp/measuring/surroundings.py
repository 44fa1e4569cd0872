"""Surroundings: what stands around a figure in a document: words with their tags, sentences, dates, quotes."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from hocbac_nlp.document import Document, Time, Token

_OPEN, _CLOSE = "“«‘", "”»’"
_MARKS = re.compile(r"[“«‘”»’\"\n]")


class Surroundings:
    """A document's layers, indexed by offset."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.tokens: list[Token] = document.tokens
        self._starts = [token.start for token in self.tokens]
        self.times: list[Time] = document.times
        self._time_starts = [time.start for time in self.times]
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        self._sentence_ends = [sentence.end for sentence in document.sentences]
        taken = [(one.start, one.end) for one in document.references]
        self._cited = {index for one in taken for index, _ in self.times_in(*one)}
        taken += [(time.start, time.end) for time in self.times if not time.relative or time.value is not None]
        taken.sort()
        self._taken_starts = [start for start, _ in taken]
        self._taken_ends = list(accumulate((end for _, end in taken), max))
        """Up to where the spans so far reach."""
        self._quotes = _quoted(self.text)

    def token_at(self, offset: int) -> int:
        """The index of the first token that starts at or after an offset."""
        return bisect_left(self._starts, offset)

    def token_over(self, offset: int) -> Token | None:
        """The token that covers an offset, if any."""
        at = bisect_right(self._starts, offset) - 1
        return self.tokens[at] if at >= 0 and self.tokens[at].end > offset else None

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a span touches a date or a document's number."""
        at = bisect_left(self._taken_starts, end) - 1
        return at >= 0 and self._taken_ends[at] > start

    def is_cited(self, index: int) -> bool:
        """Whether the time of that index is the date of a document."""
        return index in self._cited

    def sentence(self, offset: int, start: int, end: int) -> tuple[int, int]:
        """The sentence around an offset, inside start..end."""
        at = bisect_right(self._sentence_starts, offset) - 1
        if at < 0:
            return start, end
        return max(start, self._sentence_starts[at]), min(end, max(self._sentence_ends[at], offset + 1))

    def times_in(self, start: int, end: int) -> list[tuple[int, Time]]:
        """The time expressions inside a span, with their index in the layer."""
        at = bisect_left(self._time_starts, start)
        found = []
        while at < len(self.times) and self.times[at].end <= end:
            found.append((at, self.times[at]))
            at += 1
        return found

    def quoted(self, start: int, end: int) -> bool:
        """Whether a span stands in quotation marks."""
        return self.quote(start, end) is not None

    def quote(self, start: int, end: int) -> tuple[int, int] | None:
        """The offsets of the quotation marks around a span."""
        at = bisect_right(self._quotes, (start, len(self.text))) - 1
        for quote in reversed(self._quotes[max(0, at - 1) : at + 1]):
            if quote[0] < start and end <= quote[1]:
                return quote
        return None


def _quoted(text: str) -> list[tuple[int, int]]:
    """The spans between quotation marks, curly ones paired, straight ones taken in turn within a line."""
    spans: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\n":
            opened.pop('"', None)
        elif mark in _OPEN or (mark == '"' and '"' not in opened):
            opened[mark] = at
        else:
            begin = opened.pop('"' if mark == '"' else _OPEN[_CLOSE.index(mark)], None)
            if begin is not None:
                spans.append((begin, at))
    return sorted(spans)
