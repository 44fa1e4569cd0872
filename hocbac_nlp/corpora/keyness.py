"""Keyness: how much more of a term one corpus has than another.

Notation: the term occurs `a` times among the `n1` terms of the target and `b` times among the `n2` of the reference.
"""

from math import inf, log, log2, sqrt
from statistics import NormalDist

from hocbac_nlp.corpora.probability import binomial_tail, lower_log_odds

CONFIDENCE = 0.95
MILLION = 1_000_000


def g2_two_cell(a: int, n1: int, b: int, n2: int) -> float:
    """Log-likelihood over the term's two cells: 2 * (a * ln(a / E1) + b * ln(b / E2)) (Rayson & Garside 2000)."""
    rate = (a + b) / (n1 + n2)
    return max(0.0, 2 * sum(o * log(o / (n * rate)) for o, n in ((a, n1), (b, n2)) if o))


def log_ratio(a: int, n1: int, b: int, n2: int) -> float:
    """Binary logarithm of the ratio of the two rates; an absent term counts half (Hardie 2014, Log Ratio)."""
    return log2((a or 0.5) / n1) - log2((b or 0.5) / n2)


def lrc(a: int, n1: int, b: int, n2: int, family: int = 1, confidence: float = CONFIDENCE) -> float:
    """Conservative Log Ratio: the bound of the Log Ratio's confidence interval that is nearer to 0.

    0 when the interval holds 0: the evidence is insufficient. The interval is Clopper and Pearson's for a of a + b,
    at `confidence`, corrected after Bonferroni for a family of `family` terms that are compared.
    Source: Evert 2022, Measuring keyness (osf.io/cy6mw), as in the R package corpora.
    """
    alpha = (1 - confidence) / family / 2
    share = n1 / (n1 + n2)
    if binomial_tail(a, a + b, share) < alpha:
        return max(0.0, _log_ratio_bound(a, n1, b, n2, alpha))
    if binomial_tail(b, a + b, 1 - share) < alpha:
        return min(0.0, -_log_ratio_bound(b, n2, a, n1, alpha))
    return 0.0


def lrc_positive(a: int, n1: int, b: int, n2: int, family: int = 1, confidence: float = CONFIDENCE) -> float:
    """The lower bound of the one-sided interval, for positive keywords only; below 0 it shows no keyness."""
    return _log_ratio_bound(a, n1, b, n2, (1 - confidence) / family)


def lrc_normal(a: int, n1: int, b: int, n2: int, family: int = 1, confidence: float = CONFIDENCE) -> float:
    """LRC with the normal approximation of the log relative risk (Katz et al. 1978); a and b above 0."""
    ratio = log_ratio(a, n1, b, n2)
    deviation = sqrt(1 / a - 1 / n1 + 1 / b - 1 / n2) / log(2)
    reach = NormalDist().inv_cdf(1 - (1 - confidence) / family / 2) * deviation
    if abs(ratio) <= reach:
        return 0.0
    return ratio - reach if ratio > 0 else ratio + reach


def pct_diff(a: int, n1: int, b: int, n2: int) -> float:
    """%DIFF: the difference of the rates in percent of the reference's (Gabrielatos & Marchi 2011).

    As there, a reference count of 0 is replaced by 1e-18, so that the value is huge and finite.
    """
    reference = (b or 1e-18) / n2
    return (a / n1 - reference) / reference * 100


def simple_maths(a: int, n1: int, b: int, n2: int, k: float = 1) -> float:
    """Ratio of the rates per million, each with k added (Kilgarriff 2009, Simple maths for keywords)."""
    return (a * MILLION / n1 + k) / (b * MILLION / n2 + k)


def difference_coefficient(a: int, n1: int, b: int, n2: int) -> float:
    """(rate 1 - rate 2) / (rate 1 + rate 2), between -1 and 1 (Hofland & Johansson 1982)."""
    rate1, rate2 = a / n1, b / n2
    return (rate1 - rate2) / (rate1 + rate2)


def rank_sum(x: list[float], y: list[float]) -> float:
    """Wilcoxon's W: the sum of the ranks of `x` among all values, ties sharing their mean rank (Kilgarriff 2001)."""
    everything = sorted([*x, *y])
    first: dict[float, int] = {}
    for rank, value in enumerate(everything, 1):
        first.setdefault(value, rank)
    return sum(first[value] + (everything.count(value) - 1) / 2 for value in x)


def _log_ratio_bound(a: int, n1: int, b: int, n2: int, alpha: float) -> float:
    """The lower bound of the Log Ratio: log2 of the least odds of a against b, set against those of the sizes."""
    odds = lower_log_odds(a, a + b, alpha)
    return -inf if odds == -inf else odds / log(2) + log2(n2 / n1)
