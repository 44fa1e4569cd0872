"""Tail probabilities of the few distributions that the measures need, in plain Python.

Sources: Abramowitz & Stegun 1964, 26.4 and 26.5 (chi-squared, incomplete beta function); the continued fraction is
evaluated by Lentz's method as in Press et al., Numerical Recipes, 6.4; Clopper & Pearson 1934, Biometrika 26.
"""

from math import erfc, exp, inf, isinf, lgamma, log, log1p, sqrt

_TINY = 1e-300
_EPSILON = 1e-16


def chi2_tail(statistic: float) -> float:
    """P(X >= statistic) for a chi-squared variable with one degree of freedom."""
    return erfc(sqrt(statistic / 2))


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1 and positive a and b."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(a * log(x) + b * log1p(-x) - _log_beta(a, b))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def binomial_tail(k: int, n: int, p: float) -> float:
    """P(X >= k) for X binomial with n trials of probability p."""
    return 1.0 if k <= 0 else beta_cdf(p, k, n - k + 1)


def lower_log_odds(k: int, n: int, alpha: float) -> float:
    """The natural log odds of the probability under which k or more successes of n have probability `alpha`.

    It is the lower bound of the Clopper-Pearson interval; -inf when k is 0. The upper bound is
    `-lower_log_odds(n - k, n, alpha)`. Newton's method on the logarithm of the tail, which is increasing and concave
    in the log odds, so that the steps close in from the left.
    """
    if k == 0:
        return -inf
    a, b = k, n - k + 1
    constant, target = _log_beta(a, b), log(alpha)
    at = log(k / (n - k + 0.5))
    for _ in range(200):
        p = 1 / (1 + exp(-at))
        log_tail = _log_beta_cdf(at, p, a, b, constant)
        if isinf(log_tail):
            at += 1
            continue
        slope = exp(a * log(p) - b * log1p(exp(at)) - constant - log_tail)
        step = (target - log_tail) / slope
        at += max(-8.0, min(8.0, step))
        if abs(step) < 1e-13 * max(1.0, abs(at)):
            break
    return at


def hypergeometric(o11: int, row: int, column: int, n: int) -> float:
    """The probability of a table with this first cell, given its first row and column sums and its total."""
    return exp(_log_choose(row, o11) + _log_choose(n - row, column - o11) - _log_choose(n, column))


def _log_beta_cdf(log_odds: float, p: float, a: float, b: float, constant: float) -> float:
    """The logarithm of I_p(a, b) where p has these log odds, without underflow in the lower tail."""
    if p < (a + 1) / (a + b + 2):
        return a * log(p) - b * log1p(exp(log_odds)) - constant + log(_fraction(p, a, b) / a)
    return log(beta_cdf(p, a, b))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function; it converges fast for x < (a + 1) / (a + b + 2)."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    total, m = d, 0
    while True:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        total *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        total *= d * c
        if abs(d * c - 1) <= 3 * _EPSILON:
            return total


def _away(value: float) -> float:
    """The value, kept away from zero."""
    return value if abs(value) > _TINY else _TINY
