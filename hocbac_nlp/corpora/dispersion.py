"""Dispersion: how evenly a term is spread over the parts of a corpus.

Notation: the term occurs `v[i]` times in part i, which has `size[i]` terms; f = sum(v). Shares are v[i] / f of the
term and size[i] / sum(size) of the corpus, rates v[i] / size[i]. Every function wants f > 0 and no empty part.
Sources: Gries 2008, IJCL 13(4):403-437, and Gries 2020, Analyzing dispersion, ch. 5 of Paquot & Gries.

`Spreads` gives the measures that the tables show for many terms at once, from parts taken one by one in any order
and not held: sums are kept as integers, so that the order can't show in the last digit.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import fsum, log, log2, sqrt

Counts = Sequence[int]

SCALE = 1 << 64
"""Rates are summed as integers in units of 1 / SCALE."""


def relative_range(v: Counts) -> float:
    """The share of parts in which the term occurs."""
    return sum(map(bool, v)) / len(v)


def dp(v: Counts, size: Counts) -> float:
    """Deviation of proportions: half the sum of |share of the term - share of the corpus|; 0 is even (Gries 2008)."""
    f, n = sum(v), sum(size)
    return sum(abs(count * n - f * part) for count, part in zip(v, size, strict=True)) / (2 * f * n)


def dp_norm(v: Counts, size: Counts) -> float:
    """DP divided by its greatest value, 1 - smallest share of a part (Lijffijt & Gries 2012); 0 with one part."""
    return normalised(dp(v, size), min(size), sum(size))


def normalised(dp: float, smallest: int, n: int) -> float:
    """DP over 1 - smallest / n."""
    return dp * n / (n - smallest) if n > smallest else 0.0


def juilland_d(v: Counts, size: Counts) -> float:
    """1 - (standard deviation / mean of the rates) / sqrt(parts - 1); 1 is even (Juilland & Chang-Rodríguez 1964).

    The standard deviation is that of a population. 1 with one part.
    """
    rates = [(count * SCALE) // part for count, part in zip(v, size, strict=True)]
    return juilland_from_sums(sum(rates), sum(rate * rate for rate in rates), len(rates))


def juilland_from_sums(total: int, squares: int, parts: int) -> float:
    """Juilland's D from the sum of the rates and of their squares, in units of 1 / SCALE and 1 / SCALE²."""
    if parts == 1:
        return 1.0
    excess = parts * squares - total * total  # (parts * deviation)²
    return max(0.0, 1 - sqrt(max(0, excess) / (total * total)) / sqrt(parts - 1))


def carroll_d2(v: Counts, size: Counts | None = None) -> float:
    """Entropy of the rates over its maximum; 1 is even (Carroll 1970)."""
    rates = _rates(v, size or [1] * len(v))
    total = fsum(rates)
    return -fsum(rate / total * log(rate / total) for rate in rates if rate) / log(len(rates))


def rosengren_s(v: Counts, size: Counts) -> float:
    """(sum of sqrt(share of the corpus * count))² / f; 1 is even (Rosengren 1971)."""
    n = sum(size)
    return fsum(sqrt(part / n * count) for count, part in zip(v, size, strict=True)) ** 2 / sum(v)


def kl_divergence(v: Counts, size: Counts) -> float:
    """Divergence of the term's shares from the corpus's, base 2; 0 is even (Gries 2020)."""
    f, n = sum(v), sum(size)
    return fsum(count / f * log2(count * n / (f * part)) for count, part in zip(v, size, strict=True) if count)


def d_a(v: Counts, size: Counts) -> float:
    """1 - mean difference between the rates of two parts / (2 * mean rate); 1 is even (Burch, Egbert & Biber 2017)."""
    rates = sorted(_rates(v, size))
    parts = len(rates)
    differences = fsum((2 * at - parts + 1) * rate for at, rate in enumerate(rates))
    return 1 - differences / (parts * (parts - 1) / 2) / (2 * fsum(rates) / parts)


def arf(positions: Sequence[int], n: int) -> float:
    """Average reduced frequency (Savický & Hlaváčová 2002) of a term at these ascending positions among n terms.

    sum(min(distance, v)) / v with v = n / f; the last distance goes round from the end to the beginning.
    """
    v = n / len(positions)
    distances = [after - before for before, after in pairwise(positions)]
    distances.append(positions[0] + n - positions[-1])
    return fsum(min(distance, v) for distance in distances) / v


class Spreads:
    """DP and Juilland's D of many terms of known frequencies, from the parts of the corpus, one part at a time."""

    def __init__(self, frequencies: Sequence[int], n: int) -> None:
        """Take how often each term occurs in the corpus, and the corpus's size."""
        self._f, self._n = frequencies, n
        self.parts = 0
        self._smallest = n
        self._deviation = [f * n for f in frequencies]  # as if every part lacked the term
        self._total = [0] * len(frequencies)
        self._squares = [0] * len(frequencies)
        self.range = [0] * len(frequencies)
        """In how many parts each term occurs."""

    def add(self, size: int, terms: Iterable[int], counts: Iterable[int]) -> None:
        """Take a part: its size, the terms that it has (as indices) and how often."""
        self.parts += 1
        self._smallest = min(self._smallest, size)
        frequency, n, twice = self._f, self._n, 2 * size
        deviation, total, squares, range_ = self._deviation, self._total, self._squares, self.range
        rates: dict[int, int] = {}
        for term, count in zip(terms, counts, strict=True):
            # |count * n - f * size| - f * size
            f, share = frequency[term], count * n
            deviation[term] += share - f * twice if share > f * size else -share
            if count not in rates:
                rates[count] = (count * SCALE) // size
            rate = rates[count]
            total[term] += rate
            squares[term] += rate * rate
            range_[term] += 1

    def dp(self, term: int) -> float:
        """As `dp`."""
        return self._deviation[term] / (2 * self._f[term] * self._n)

    def dp_norm(self, term: int) -> float:
        """As `dp_norm`."""
        return normalised(self.dp(term), self._smallest, self._n)

    def juilland_d(self, term: int) -> float:
        """As `juilland_d`."""
        return juilland_from_sums(self._total[term], self._squares[term], self.parts)


def _rates(v: Counts, size: Counts) -> list[float]:
    return [count / part for count, part in zip(v, size, strict=True)]
