"""Multi-word terms: sequences that are repeated, weighed by C-value, with the repeats nested in them collapsed.

A sequence is a list of items (integers); a negative item is a boundary that no term crosses. Three steps:

1. `repeated` counts every sequence that occurs `least` times or more, longer ones only where both shorter ones that
   they consist of are repeated (Agrawal & Srikant 1994), until nothing is repeated any more: so the maximal repeated
   sequences (Ahonen-Myka 1999) are reached, and what is nested in them is known with its own count.
2. `c_values` ranks them (Frantzi, Ananiadou & Mima 2000): what mostly occurs inside longer ones ranks low. `nested`
   tells those that hardly occur on their own.
3. `collapse` reads the text once more and gives each place to the best term there; a term that has most of its
   occurrences inside or across better ones is dropped.

Everything is a function of counts, so the order of the sequences does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import log2
from typing import TypeVar

Item = TypeVar("Item")
Gram = tuple[int, ...]
Sequences = Callable[[], Iterable[Sequence[int]]]
"""A function that starts reading the sequences from the first."""

LONGEST = 12
"""A repeat of more items is a quotation, not a term; its parts are still counted."""


def repeated(sequences: Sequences, least: int, longest: int = LONGEST) -> dict[Gram, int]:
    """The sequences of 2 to `longest` items that occur at least `least` times, with their counts."""
    single: Counter[int] = Counter()
    for sequence in sequences():
        single.update(sequence)
    frequent: Collection[Gram] = {(item,) for item, count in single.items() if item >= 0 and count >= least}
    found: dict[Gram, int] = {}
    for length in range(2, longest + 1):
        counts: Counter[Gram] = Counter()
        for sequence in sequences():
            counts.update(_grams(sequence, length, frequent))
        level = {gram: count for gram, count in counts.items() if count >= least}
        if not level:
            break
        found.update(level)
        frequent = level
    return found


def _grams(sequence: Sequence[int], length: int, frequent: Collection[Gram]) -> Iterator[Gram]:
    """The sequences of this length whose first and last `length - 1` items are frequent sequences."""
    shorter = length - 1
    before = False
    for at in range(len(sequence) - shorter + 1):
        now = tuple(sequence[at : at + shorter]) in frequent
        if before and now:
            yield tuple(sequence[at - 1 : at + shorter])
        before = now


def c_values(
    counts: Mapping[tuple[Item, ...], int], words: Callable[[tuple[Item, ...]], int] = len
) -> dict[tuple[Item, ...], float]:
    """C-value: log2(words) * (f - t / c); t of the f occurrences lie inside c longer terms.

    An occurrence inside several longer terms counts once in t. `words` says how many words a term has.
    """
    inside: defaultdict[tuple[Item, ...], int] = defaultdict(int)
    longer: defaultdict[tuple[Item, ...], int] = defaultdict(int)
    values = {}
    for term in sorted(counts, key=len, reverse=True):
        f, t = counts[term], inside[term]
        values[term] = log2(words(term)) * (f - t / longer[term] if t else f)
        for part in _parts(term):
            if part in counts:
                inside[part] += f - t
                longer[part] += 1
    return values


def _parts(term: tuple[Item, ...]) -> set[tuple[Item, ...]]:
    """The shorter sequences of two or more items in a term."""
    return {term[start : start + length] for length in range(2, len(term)) for start in range(len(term) - length + 1)}


def nested(counts: Mapping[Gram, int], share: Fraction) -> set[Gram]:
    """The sequences that have at least this share of their occurrences inside one longer sequence of `counts`."""
    return {
        part
        for gram, count in counts.items()
        for part in _parts(gram)
        if part in counts and count >= share * counts[part]
    }


def collapse(sequences: Sequences, counts: Mapping[Gram, int], ranking: Sequence[Gram], least: int) -> set[Gram]:
    """The terms that stand on their own: the best at half of their places or more, and at `least` places.

    `counts` holds how often each occurs; `ranking` is the terms from best to worst.
    """
    best: Counter[Gram] = Counter()
    tagger = Tagger(ranking)
    for sequence in sequences():
        best.update(gram for _, gram in tagger.cover(sequence))
    return {gram for gram in ranking if best[gram] >= least and 2 * best[gram] >= counts[gram]}


def shortest(grams: Collection[Gram]) -> set[Gram]:
    """The sequences that hold no other one of them."""
    known = set(grams)
    return {gram for gram in known if known.isdisjoint(_parts(gram))}


class Tagger:
    """Finds terms in sequences."""

    def __init__(self, ranking: Iterable[Gram]) -> None:
        """Take the terms from best to worst."""
        self._rank = {gram: rank for rank, gram in enumerate(ranking)}
        self._heads = {gram[:length] for gram in self._rank for length in range(2, len(gram))}
        self._first = {gram[0] for gram in self._rank}

    def all(self, sequence: Sequence[int]) -> Iterator[tuple[int, Gram]]:
        """Every occurrence of every term as (start, term), overlapping ones included, in the order of the text."""
        rank, heads, first = self._rank, self._heads, self._first
        for start, item in enumerate(sequence):
            if item not in first:
                continue
            for end in range(start + 2, len(sequence) + 1):
                gram = tuple(sequence[start:end])
                if gram in rank:
                    yield start, gram
                if gram not in heads:
                    break

    def cover(self, sequence: Sequence[int]) -> list[tuple[int, Gram]]:
        """Occurrences without overlap: the better term first, then the earlier place."""
        chosen: list[tuple[int, Gram]] = []
        taken: set[int] = set()
        for start, gram in sorted(self.all(sequence), key=lambda found: (self._rank[found[1]], found[0])):
            places = range(start, start + len(gram))
            if taken.isdisjoint(places):
                taken.update(places)
                chosen.append((start, gram))
        return chosen
