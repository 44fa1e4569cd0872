"""Sentence boundaries: where a block of text falls into sentences, with exact offsets, in linear time.

The starting point is underthesea's `sent_tokenize` (a boundary after `.`, `?`, `!`, but not after an
abbreviation or inside a number). What it gets wrong is mended here: closing quotes and brackets stay with
their sentence; abbreviations, initials, list numbers, dates and ellipses are told from ends; and a sentence
that goes on in lower case after a quoted one is not cut.
"""

import re
from collections.abc import Iterator

from hocbac_nlp.lexicon import Lexicons

_MARKS = re.compile(r"[.!?…‼⁇⁈⁉]+")
_CLOSING = "”’»›)]}"
_LOOK_BACK = 40
"""How many characters before a mark are read: longer than any abbreviation, label or date."""

SENTENCE_LIMIT = 4000
"""A longer run of text without an end is no sentence but a table or worse: it is cut, at white space if it can."""

_BRACKET_LIMIT = 300
"""Brackets further apart than this hold sentences of their own."""

_WORD = re.compile(r"[^\s(\[{“‘«\"'–—]*$")
_BEFORE = re.compile(r"(\S+)\s+\S*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_FOREIGN_INITIAL = frozenset("FJWZ")
_DAY = re.compile(r"(?:^|[^\d.,/-])\d{1,2}$")
_MONTH_AND_YEAR = re.compile(r"\d{1,2}\s?\.\s?\d{2,4}(?!\d)")
_DAY_AND_MONTH = re.compile(r"\d{1,2}\s?\.\s?\d{1,2}$")
_THOUSANDS = re.compile(r"000(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_INLINE_LABEL = re.compile(r"[:;]\s+(?:\d{1,2}|[a-zđ])$")
_LIST_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[a-zđA-ZĐ])\s?")
_SYLLABLE = re.compile(r"[^\W\d_]{2,}")


class Splitter:
    """Splits blocks into sentences by the abbreviations of the lexicon."""

    def __init__(self, lexicons: Lexicons) -> None:
        kinds: dict[str, set[str]] = {"before": set(), "either": set(), "numbered": set(), "person": set()}
        for row in lexicons.rows("abbreviations.tsv"):
            kinds.setdefault(row["kind"], set()).add(row["entry"])
        self._before, self._either, self._persons = kinds["before"], kinds["either"], kinds["person"]
        numbered = "|".join(re.escape(word) for word in sorted(kinds["numbered"], key=len, reverse=True))
        self._label = re.compile(rf"(?:{numbered})\s+(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]+|[a-zA-ZĐ])\s?")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The sentences of one block as `(start, end)`, without the white space around them.

        Every other character lies in exactly one of them. A line break counts as a space.
        """
        start = _skip(text, 0)
        for end in (*self._boundaries(text), len(text)):
            end -= len(text[start:end]) - len(text[start:end].rstrip())
            while end - start > SENTENCE_LIMIT:
                cut = _cut(text, start)
                yield start, cut
                start = _skip(text, cut)
            if start < end:
                yield start, end
                start = _skip(text, end)

    def _boundaries(self, text: str) -> Iterator[int]:
        """Where sentences end."""
        bracketed = _bracketed(text)
        start = _skip(text, 0)
        quoted, counted = False, 0
        for match in _MARKS.finditer(text):
            if match.start() < start:
                continue
            quoted ^= text.count('"', counted, match.end()) % 2 == 1
            counted = match.end()
            end = _close(text, match.end(), quoted)
            following = _skip(text, end)
            if following == len(text):
                return
            if not bracketed[end] and self._ends(text, start, match, end, following):
                yield end
                start = following

    def _ends(self, text: str, start: int, match: re.Match[str], end: int, following: int) -> bool:
        """Whether the marks of `match`, with what closes after them up to `end`, end a sentence."""
        marks, after = match.group(), text[following]
        closed, glued = end > match.end(), following == end
        if glued:
            return not closed and self._glued(text, start, match)
        if after in ",;:.!?…" or after in _CLOSING:
            return False
        if closed or marks != ".":
            if after in "-–—" and (closed or "." not in marks):
                return False
            if after.isdigit():
                return "…" not in marks and ".." not in marks
            return not after.islower()
        before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
        return self._stop_ends(before, text[following : following + 12], whole=len(before) == match.start() - start)

    def _stop_ends(self, before: str, after: str, whole: bool) -> bool:
        """Whether a single full stop ends a sentence; `whole` if `before` is all of the sentence so far."""
        found = _WORD.search(before)
        word = found.group() if found else ""
        if not self._before.isdisjoint((word, word.rpartition("/")[2])) and not self._is_person(before, word):
            return False
        if word in self._either:
            return not after[0].islower()
        if _INITIALS.fullmatch(word):
            return _may_begin(after)
        if whole and (_LIST_LABEL.fullmatch(before) or self._label.fullmatch(before)):
            return False
        if _INLINE_LABEL.search(before):
            return False
        if len(word) == 1 and word.isupper():
            return word not in _FOREIGN_INITIAL and bool(before[:-1].strip()) and _may_begin(after)
        if _DAY.search(before) and _MONTH_AND_YEAR.match(after):
            return False
        if _DAY_AND_MONTH.search(before) and _YEAR.match(after):
            return False
        if before[-1:].isdigit() and _THOUSANDS.match(after):
            return False
        if after[0].islower():
            return word.islower() and len(word) > 1
        return True

    def _is_person(self, before: str, word: str) -> bool:
        """Whether a single letter is the initial of a person ("chị H.") and not of a place ("H. Củ Chi")."""
        if len(word) != 1:
            return False
        found = _BEFORE.search(before)
        name = found.group(1).strip("“”\"'(,") if found else ""
        return name in self._persons or (name[:1].isupper() and name[1:].islower())

    def _glued(self, text: str, start: int, match: re.Match[str]) -> bool:
        """Whether a sentence begins without a space: "nộp phạt.Ông Nam", but not "TP.HCM", "dantri.vn"."""
        if match.group() not in (".", "!", "?", "...", "…"):
            return False
        found = _WORD.search(text[max(start, match.start() - _LOOK_BACK) : match.start()])
        word = found.group() if found else ""
        after = text[match.end() : match.end() + 2]
        return (
            _SYLLABLE.fullmatch(word) is not None
            and word.islower()
            and word not in self._before
            and after[0].isupper()
            and (len(after) == 1 or after[1].islower() or after[1].isspace())
        )


def _skip(text: str, at: int) -> int:
    """The first offset from `at` that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _cut(text: str, start: int) -> int:
    """Where to cut a run that is too long: behind its last word within the limit, or at the limit."""
    end = start + SENTENCE_LIMIT
    while end > start and not text[end].isspace():
        end -= 1
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    return end if end > start else start + SENTENCE_LIMIT


def _close(text: str, at: int, quoted: bool) -> int:
    """Where the closing quotes and brackets after a mark end, those behind a space included."""
    while at < len(text):
        following = _skip(text, at)
        if following == len(text):
            return at
        mark, after = text[following], text[following + 1 : following + 2]
        if mark == '"':
            if not _closes(following > at, after, quoted):
                return at
            quoted = False
        elif mark == "'" and following == at and not after.isalnum():
            pass
        elif mark not in _CLOSING:
            return at
        at = following + 1
    return at


def _closes(apart: bool, after: str, quoted: bool) -> bool:
    """Whether a straight quote behind a mark closes a quotation, by the space around it, else by the count."""
    if not after or after in ".,;:!?…)]”":
        return True
    if after.isspace():
        return quoted or not apart
    return quoted and not apart


def _may_begin(after: str) -> bool:
    """Whether a sentence may begin so behind a person's initials: not as in "A. (20 tuổi)", "A. 20 tuổi"."""
    return not (after[0].islower() or after[0].isdigit() or after[0] in "([-–—")


def _bracketed(text: str) -> bytearray:
    """For each offset, 1 if it lies inside a pair of round brackets that are not far apart."""
    inside = bytearray(len(text) + 1)
    opened: list[int] = []
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            first, size = opened[-1] + 1, match.start() - opened.pop()
            if size <= _BRACKET_LIMIT:
                inside[first : first + size] = b"\1" * size
    return inside
