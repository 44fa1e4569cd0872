from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.corpora import keyness
from hocbac_nlp.corpora.probability import beta_cdf, binomial_tail, lower_log_odds

sizes = st.integers(1, 10_000_000)
numbers = st.tuples(st.integers(0, 3000), sizes, st.integers(0, 3000), sizes).map(
    lambda n: (n[0], n[0] + n[1], n[2], n[2] + n[3])
)


@given(numbers, st.integers(1, 100_000))
def test_lrc_is_the_log_ratio_with_caution(numbers: tuple[int, int, int, int], family: int) -> None:
    a, n1, b, n2 = numbers
    value, ratio = keyness.lrc(a, n1, b, n2, family), keyness.log_ratio(a, n1, b, n2)
    if value:
        assert value * ratio > 0
        if a and b:
            assert abs(value) <= abs(ratio)
    assert keyness.lrc(b, n2, a, n1, family) == pytest.approx(-value, abs=1e-9)


@given(numbers)
def test_more_comparisons_mean_less_evidence(numbers: tuple[int, int, int, int]) -> None:
    assert abs(keyness.lrc(*numbers, family=1000)) <= abs(keyness.lrc(*numbers)) + 1e-9


@given(st.integers(1, 5000), st.integers(0, 5000), st.floats(1e-12, 0.4))
def test_the_bound_has_the_probability_asked_for(k: int, rest: int, alpha: float) -> None:
    odds = 2 ** (lower_log_odds(k, k + rest, alpha) / 0.6931471805599453)
    assert binomial_tail(k, k + rest, odds / (1 + odds)) == pytest.approx(alpha, rel=1e-6)


@given(st.floats(0, 1), st.integers(1, 500), st.integers(1, 500))
def test_the_beta_function_has_two_tails(x: float, a: int, b: int) -> None:
    assert beta_cdf(x, a, b) + beta_cdf(1 - x, b, a) == pytest.approx(1, abs=1e-9)


def test_an_absent_term_is_no_error() -> None:
    assert keyness.lrc(20, 1000, 0, 100_000) > 0
    assert keyness.lrc(0, 1000, 5000, 100_000) < 0
    assert keyness.lrc(1, 1000, 0, 1000) == 0
    assert keyness.log_ratio(4, 1000, 0, 1000) == log2(8)
    assert keyness.g2_two_cell(0, 1000, 0, 1000) == 0
    assert keyness.pct_diff(1, 1000, 0, 1000) > 1e15
