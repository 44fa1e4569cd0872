"""Modifiers: the words beside a figure that say how it relates to the true value ('hơn', 'trở lên')."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hocbac_nlp.document import Relation
from hocbac_nlp.lexicon import Lexicons

_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"[.,;:()“”\"'\[\]!?…|]")
"""The punctuation that ends a phrase."""

REACH = 48
"""How many characters before a figure are looked at."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """The words at `start`..`end` and the relation that they express; `word` is their last one."""

    start: int
    end: int
    relation: Relation
    surface: str


class Phrases:
    """Phrases of a lexicon that may end right before a point, the longest one first."""

    def __init__(self, phrases: frozenset[str]) -> None:
        self._phrases = phrases
        self._longest = max((len(phrase.split()) for phrase in phrases), default=0)
        self._last_words = frozenset(phrase.split()[-1] for phrase in phrases)

    def ending(self, words: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
        """The longest phrase that closes a list of (lower-case word, offset), and where it starts."""
        if not words or words[-1][0] not in self._last_words:
            return None
        for count in range(min(self._longest, len(words)), 0, -1):
            phrase = " ".join(word for word, _ in words[-count:])
            if phrase in self._phrases:
                return phrase, words[-count][1]
        return None


@lru_cache(maxsize=16)
def words_before(text: str, start: int, at: int) -> tuple[tuple[str, int], ...]:
    """The words that lead up to `at` without a break by punctuation: lower case, and where each starts.

    The few readers of one figure ask for the same words, hence the small cache.
    """
    begin = max(start, at - REACH)
    if begin > start:
        while begin < at and not text[begin].isspace():
            begin += 1
    begin = at - len(_BREAK.split(text[begin:at])[-1])
    return tuple((match[0].lower(), match.start()) for match in _WORD.finditer(text, begin, at))


class Modifiers:
    """The reader of modifiers, over the lexicon number_modifiers.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("number_modifiers.tsv")
        self._relations: dict[str, Relation] = {row["surface"]: row["relation"] for row in rows}  # type: ignore[misc]
        self._outside = frozenset(row["surface"] for row in rows if row["position"] == "outside")
        self._before = Phrases(frozenset(row["surface"] for row in rows if row["position"] != "after"))
        self._apart = Phrases(frozenset(row["surface"] for row in rows if row["position"] == "apart"))
        after = "|".join(re.escape(row["surface"]) for row in rows if row["position"] == "after")
        self._after = re.compile(rf"\s(?P<words>{after})(?!\w)")

    def before(self, text: str, start: int, at: int) -> Modifier | None:
        """The modifier, or chain of them, right before `at`: the one next to the number decides.

        A comparison ('cao hơn 5 điểm') is none: it says how far two things lie apart.
        """
        words = words_before(text, start, at)
        found = self._before.ending(words)
        if found is None or found[0] in self._outside:
            return None
        return self._chain(found, words, at)

    def bound(self, text: str, start: int, at: int) -> Modifier | None:
        """Like `before`, where a comparison alone leads the quantity and so bounds it ('cao hơn $1,42')."""
        words = words_before(text, start, at)
        found = self._before.ending(words)
        return self._chain(found, words, at) if found else None

    def _chain(self, found: tuple[str, int], words: Sequence[tuple[str, int]], at: int) -> Modifier:
        phrase, begin = found
        relation = self._relations[phrase]
        while more := self._before.ending(words := [word for word in words if word[1] < begin]):
            begin = more[1]
            if relation == "=":
                relation = self._relations[more[0]]
        return Modifier(begin, at, relation, phrase)

    def apart(self, text: str, start: int, at: int) -> Modifier | None:
        """A modifier that stands up to three words before `at`: 'ít nhất phải chờ 5 năm'."""
        words = words_before(text, start, at)
        for count in range(1, min(4, len(words))):
            found = self._apart.ending(words[:-count])
            if found:
                return Modifier(found[1], at, self._relations[found[0]], found[0])
        return None

    def after(self, text: str, at: int, end: int) -> Modifier | None:
        """The modifier that follows at `at`: 'trở lên'."""
        match = self._after.match(text, at, end)
        return (
            Modifier(match.start("words"), match.end(), self._relations[match["words"]], match["words"])
            if match
            else None
        )
