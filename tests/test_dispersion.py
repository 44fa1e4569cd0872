import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.corpora import dispersion
from hocbac_nlp.corpora.dispersion import Spreads

Parts = list[tuple[int, int]]
parts = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 5000)).map(lambda pair: (pair[0], sum(pair) or 1)),
    min_size=2,
    max_size=12,
).filter(lambda parts: any(count for count, _ in parts))


def spread(parts: Parts) -> Spreads:
    """A term with these (count, size) in the parts."""
    spreads = Spreads([sum(count for count, _ in parts)], sum(size for _, size in parts))
    for count, size in parts:
        spreads.add(size, [0] if count else [], [count] if count else [])
    return spreads


@given(parts)
def test_spreads_are_the_measures_part_by_part(parts: Parts) -> None:
    v, size = zip(*parts, strict=True)
    spreads = spread(parts)
    assert spreads.range[0] == sum(map(bool, v))
    assert spreads.dp(0) == dispersion.dp(v, size)
    assert spreads.dp_norm(0) == dispersion.dp_norm(v, size)
    assert spreads.juilland_d(0) == dispersion.juilland_d(v, size)


@given(parts, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_show(parts: Parts, random_: random.Random) -> None:
    shuffled = random_.sample(parts, len(parts))
    one, other = spread(parts), spread(shuffled)
    assert (one.dp(0), one.juilland_d(0)) == (other.dp(0), other.juilland_d(0))


@given(parts)
def test_measures_keep_their_bounds(parts: Parts) -> None:
    v, size = zip(*parts, strict=True)
    assert 0 <= dispersion.dp(v, size) <= dispersion.dp_norm(v, size) <= 1 + 1e-12
    assert 0 <= dispersion.juilland_d(v, size) <= 1
    assert 0 <= dispersion.rosengren_s(v, size) <= 1 + 1e-12


def test_an_even_term_is_even() -> None:
    v, size = [2, 4, 6], [100, 200, 300]
    assert dispersion.dp(v, size) == 0
    assert dispersion.juilland_d(v, size) == 1
    assert dispersion.kl_divergence(v, size) == pytest.approx(0)


def test_one_part_has_no_dispersion() -> None:
    spreads = spread([(3, 10)])
    assert (spreads.dp(0), spreads.dp_norm(0), spreads.juilland_d(0)) == (0, 0, 1)


def test_empty_parts_are_parts() -> None:
    spreads = Spreads([2], 10)
    spreads.add(10, [0], [2])
    spreads.add(0, [], [])
    assert spreads.parts == 2
    assert spreads.dp_norm(0) == 0
