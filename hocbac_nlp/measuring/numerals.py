"""Numerals: the numbers of a text, in digits, in words or mixed, found in one pass and valued exactly.

Values are fractions of integers, never floats.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.lexicon import Lexicons, Row
from hocbac_nlp.measuring.digits import Habit, read_digits
from hocbac_nlp.measuring.number_words import Run
from hocbac_nlp.measuring.numbers import Atom, Number

_SPACED = r"\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?![\d.]|,\d{3})(?:,\d+)?"


@dataclass(frozen=True, slots=True)
class _Word:
    """A number word: its role in numerals, its value, and what may not stand beside it."""

    role: str
    value: Fraction
    surface: str
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


class Numerals:
    """The reader of numerals, over the lexicon number_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("number_words.tsv")
        self._words = {
            form: _Word(row["role"], Fraction(row["value"]), row["surface"], _following(row), _preceding(row))
            for row in rows
            if row["role"] != "suffix"
            for form in _forms(row["surface"])
        }
        self._suffixes = {row["surface"]: Fraction(row["value"]) for row in rows if row["role"] == "suffix"}
        scales = sorted((form for form, word in self._words.items() if word.role == "scale"), key=len)
        suffixes = "|".join(sorted((*self._suffixes, *scales), key=len, reverse=True))
        self._atom = re.compile(
            rf"(?:(?<![\w.,])|(?<=\b(?:USD|VND|VNĐ|EUR|GBP|INR|JPY))|(?<=\bRs))(?:(?P<digits>{_SPACED}|\d+(?:[.,]\d+)*|\.\d+)(?:(?P<suffix>{suffixes})(?P<tail>\d{{1,3}})?(?!\w))?"
            rf"|(?P<word>{any_of(self._words)})(?:(?!\w)|(?=đồng)))"
        )

    def scan(self, text: str, habit: Habit, start: int = 0, end: int | None = None) -> Iterator[Number]:
        """The numerals of text[start:end] in order; linear in the length."""
        run: list[Atom] = []
        for atom in self._atoms(text, habit, start, len(text) if end is None else end):
            gap = text[run[-1].end : atom.start] if run else ""
            if run and (run[-1].role == "broken" or not (_adjoins(gap) or _listed(run[-1], gap, atom))):
                yield from Run(run).numbers()
                run = []
            run.append(atom)
        yield from Run(run).numbers()

    def _atoms(self, text: str, habit: Habit, start: int, end: int) -> Iterator[Atom]:
        for match in self._atom.finditer(text, start, end):
            if match["word"] is None:
                yield from self._digits(match, habit)
                continue
            word = self._words[match["word"]]
            if word.not_before and word.not_before.match(text, match.end(), end):
                continue
            if word.not_after and word.not_after.search(text, max(start, match.start() - 12), match.start()):
                continue
            yield Atom(word.role, word.value, match.start(), match.end(), word.surface)

    def _digits(self, match: re.Match[str], habit: Habit) -> Iterator[Atom]:
        start, end = match.span("digits")
        following = match.string[match.end() : match.end() + 1]
        reading = read_digits(match["digits"], habit)
        if reading is None:
            yield Atom("broken", Fraction(0), start, match.end(), match["digits"])
            return
        yield Atom("digits", reading[0], start, end, match["digits"], reading[1])
        suffix = match["suffix"]
        if suffix is None:
            return
        scale = self._suffixes.get(suffix) or self._words[suffix].value
        role = "suffix" if suffix in "kKMG" else "scale"
        yield Atom(role, scale, *match.span("suffix"), suffix)
        if match["tail"] and not following.isdigit():
            tail = match["tail"]
            yield Atom("tail", Fraction(int(tail), 10 ** len(tail)), *match.span("tail"), tail)


def _adjoins(gap: str) -> bool:
    """Whether nothing but a space stands between two atoms."""
    return len(gap) <= 2 and not gap.strip()


def _listed(first: Atom, gap: str, second: Atom) -> bool:
    """Whether two digits in words make a range with a comma: 'ba, bốn người'."""
    return gap == ", " and first.role == second.role == "digit" and second.value == first.value + 1


def _forms(word: str) -> tuple[str, ...]:
    """A word as written inside a sentence, at its head, and in a headline of capitals."""
    return word, word.capitalize(), word.upper()


def _following(row: Row) -> re.Pattern[str] | None:
    words = row["not_before"].split("|") if row["not_before"] else []
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, words))})\b") if words else None


def _preceding(row: Row) -> re.Pattern[str] | None:
    words = row["not_after"].split("|") if row["not_after"] else []
    forms = [re.escape(form) for word in words for form in (word, word.capitalize())]
    return re.compile(rf"\b(?:{'|'.join(forms)})\s\Z") if words else None
