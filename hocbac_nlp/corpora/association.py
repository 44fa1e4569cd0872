"""Association measures: how strongly two things go together, from a table of two rows and two columns.

Notation (Evert 2008, Corpora and collocations, in Lüdeling & Kytö, ch. 58): `f` = O11 is how often both occur
together, `f1` and `f2` how often each occurs, `n` the sample size; E11 = f1 * f2 / n is what chance would give.
0 * ln 0 is 0. Logarithms are natural unless the name or docstring says otherwise.
"""

from math import copysign, inf, log, log2, log10, sqrt
from typing import NamedTuple

from hocbac_nlp.corpora.probability import hypergeometric


class Table(NamedTuple):
    """Observed frequencies: O11, O12 in the first row, O21, O22 in the second."""

    o11: int
    o12: int
    o21: int
    o22: int

    @classmethod
    def of_pair(cls, f: int, f1: int, f2: int, n: int) -> "Table":
        """The table of a pair that occurs f times together, its members f1 and f2 times, in a sample of n."""
        return cls(f, f1 - f, f2 - f, n - f1 - f2 + f)

    @classmethod
    def of_corpora(cls, a: int, n1: int, b: int, n2: int) -> "Table":
        """The table of a term that occurs a times in a corpus of n1 terms and b times in another of n2."""
        return cls(a, n1 - a, b, n2 - b)

    @property
    def n(self) -> int:
        """The sample size."""
        return sum(self)

    def expected(self) -> tuple[float, float, float, float]:
        """The frequencies that independence of rows and columns would give."""
        row1, row2 = self.o11 + self.o12, self.o21 + self.o22
        column1, column2 = self.o11 + self.o21, self.o12 + self.o22
        n = self.n
        return row1 * column1 / n, row1 * column2 / n, row2 * column1 / n, row2 * column2 / n

    def sign(self, value: float) -> float:
        """The value, negative when O11 is below its expectation (the convention of Evert's UCS toolkit)."""
        return copysign(value, self.o11 - self.expected()[0])


def g2(table: Table) -> float:
    """Log-likelihood ratio over all four cells: 2 * sum(O * ln(O / E)) (Dunning 1993, CL 19(1):61-74)."""
    return max(0.0, 2 * sum(o * log(o / e) for o, e in zip(table, table.expected(), strict=True) if o))


def chi2(table: Table, yates: bool = False) -> float:
    """Pearson's chi-squared: sum((O - E)² / E); with Yates' continuity correction |O - E| is half a unit less.

    Source: Manning & Schütze 1999, 5.3.3; Yates 1934. 0 when a row or column is empty.
    """
    expected = table.expected()
    if not all(expected):
        return 0.0
    difference = abs(table.o11 - expected[0])
    if yates:
        difference -= min(0.5, difference)
    return sum(difference * difference / e for e in expected)


def fisher_exact(table: Table) -> tuple[float, float, float]:
    """Fisher's exact test: the probabilities of O11 this far off on either side, this low, and this high.

    Source: Pedersen 1996, Fishing for exactness. The two-sided value adds the tables that are at most as probable.
    """
    row, column, n = table.o11 + table.o12, table.o11 + table.o21, table.n
    cells = range(max(0, row + column - n), min(row, column) + 1)
    probability = {cell: hypergeometric(cell, row, column, n) for cell in cells}
    limit = probability[table.o11] * (1 + 1e-7)
    two = sum(p for p in probability.values() if p <= limit)
    left = sum(p for cell, p in probability.items() if cell <= table.o11)
    right = sum(p for cell, p in probability.items() if cell >= table.o11)
    return min(1.0, two), min(1.0, left), min(1.0, right)


def odds_ratio(table: Table) -> float:
    """O11 * O22 / (O12 * O21) (Pojanapunya & Todd 2016); infinite when the divisor is 0."""
    below = table.o12 * table.o21
    return table.o11 * table.o22 / below if below else inf


def simple_ll(f: int, f1: int, f2: int, n: int) -> float:
    """Simple log-likelihood: 2 * (f * ln(f / E11) - (f - E11)) (Evert 2008)."""
    expected = f1 * f2 / n
    return 2 * ((f * log(f / expected) if f else 0.0) - (f - expected))


def mi(f: int, f1: int, f2: int, n: int) -> float:
    """Pointwise mutual information, base 2: log2(f / E11) (Church & Hanks 1990); -inf when f is 0."""
    return log2(f * n / (f1 * f2)) if f else -inf


def mi_log10(f: int, f1: int, f2: int, n: int) -> float:
    """Pointwise mutual information, base 10, as Evert's UCS toolkit gives it."""
    return log10(f * n / (f1 * f2)) if f else -inf


def local_mi_log10(f: int, f1: int, f2: int, n: int) -> float:
    """Mutual information, base 10, times the frequency: f * log10(f / E11) (Evert 2008)."""
    return f * mi_log10(f, f1, f2, n) if f else 0.0


def npmi(f: int, f1: int, f2: int, n: int) -> float:
    """Mutual information divided by -log2(f / n), so that it lies between -1 and 1 (Bouma 2009)."""
    if f == 0:
        return -1.0
    return mi(f, f1, f2, n) / -log2(f / n) if f < n else 1.0


def t_score(f: int, f1: int, f2: int, n: int) -> float:
    """(f - E11) / sqrt(f) (Church et al. 1991; Manning & Schütze 1999, 5.3.1); -inf when f is 0."""
    return (f - f1 * f2 / n) / sqrt(f) if f else -inf


def z_score(f: int, f1: int, f2: int, n: int) -> float:
    """(f - E11) / sqrt(E11) (Dennis 1965; Evert 2008)."""
    expected = f1 * f2 / n
    return (f - expected) / sqrt(expected)


def phi2(table: Table) -> float:
    """Mean square contingency: chi-squared / n."""
    return chi2(table) / table.n


def dice(f: int, f1: int, f2: int) -> float:
    """2 * f / (f1 + f2) (Smadja, McKeown & Hatzivassiloglou 1996)."""
    return 2 * f / (f1 + f2)


def log_dice(f: int, f1: int, f2: int) -> float:
    """14 + log2(Dice) (Rychlý 2008, A lexicographer-friendly association score); -inf when f is 0."""
    return 14 + log2(dice(f, f1, f2)) if f else -inf


def jaccard(f: int, f1: int, f2: int) -> float:
    """Jaccard's coefficient: f / (f1 + f2 - f)."""
    return f / (f1 + f2 - f)


def min_sensitivity(f: int, f1: int, f2: int) -> float:
    """The smaller of f / f1 and f / f2 (Pedersen 1998)."""
    return f / max(f1, f2)
