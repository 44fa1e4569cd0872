from hypothesis import assume, given
from hypothesis import strategies as st

from hocbac_nlp.corpora import association
from hocbac_nlp.corpora.association import Table

cell = st.integers(0, 10_000)
tables = st.builds(Table, cell, cell, cell, cell).filter(lambda table: table.n > 0)


@given(tables)
def test_rows_and_columns_may_change_places(table: Table) -> None:
    turned = Table(table.o11, table.o21, table.o12, table.o22)
    assert abs(association.g2(table) - association.g2(turned)) < 1e-6
    assert abs(association.chi2(table) - association.chi2(turned)) < 1e-6


@given(tables)
def test_measures_keep_their_bounds(table: Table) -> None:
    assert association.g2(table) >= 0
    assert 0 <= association.chi2(table, yates=True) <= association.chi2(table)


@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 200), st.integers(1, 1000))
def test_pairs_keep_their_bounds(f: int, more1: int, more2: int, rest: int) -> None:
    f1, f2 = f + more1, f + more2
    n = f1 + f2 + rest
    assert -1 <= association.npmi(f, f1, f2, n) <= 1
    assert 0 <= association.dice(f, f1, f2) <= 1
    assert association.log_dice(f, f1, f2) <= 14
    assert 0 <= association.min_sensitivity(f, f1, f2) <= association.dice(f, f1, f2) + 1e-12
    assert Table.of_pair(f, f1, f2, n).n == n


@given(st.builds(Table, *[st.integers(0, 60)] * 4))
def test_fishers_tails_overlap_in_the_table_itself(table: Table) -> None:
    assume(table.n)
    two, left, right = association.fisher_exact(table)
    assert 0 < two <= 1
    assert left + right >= 1 - 1e-9
