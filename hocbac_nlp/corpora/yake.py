"""YAKE, the unsupervised keyword measure that others are compared with (Campos et al. 2020, Information Sciences 509).

Low scores are good. What is counted: how often a word occurs, in which sentences, with a capital or as an acronym (not
as the first of a sentence), and beside how many other words. This module holds the measure alone; `keywords` does not
use it, since on Vietnamese news it finds fewer useful terms than counts of whole terms do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean, median, pstdev


@dataclass(frozen=True, slots=True)
class Text:
    """The text as a whole: its sentences, the count of its most frequent word, the counts of words not stopped."""

    sentences: int
    highest_count: int
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `left` and `right` are (different words, words) beside it; `sentences` the numbers of its sentences."""

    count: int
    capitalised: int
    acronym: int
    sentences: Sequence[int]
    left: tuple[int, int]
    right: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A stop word inside a candidate: how likely it follows the word before, and is followed by the word after."""

    before: float
    after: float


def word_score(word: Word, text: Text) -> float:
    """S(t) = relatedness * position / (casing + frequency / relatedness + spread / relatedness)."""
    casing = max(word.capitalised, word.acronym) / (1 + log(word.count))
    position = log(log(3 + median(word.sentences)))
    frequency = word.count / (fmean(text.counts) + pstdev(text.counts))
    share = word.count / text.highest_count
    related = 1 + share * sum(different / every if every else 0.0 for different, every in (word.left, word.right))
    spread = len(word.sentences) / text.sentences
    return related * position / (casing + frequency / related + spread / related)


def score(parts: Iterable[float | Link], count: int) -> float:
    """S(kw) = product / (count * (1 + sum)) over the scores of the candidate's words, stop words as links."""
    product, total = 1.0, 0.0
    for part in parts:
        if isinstance(part, Link):
            doubt = 1 - part.before * part.after
            product *= 1 + doubt
            total -= doubt
        else:
            product *= part
            total += part
    return product / (count * (1 + total))
