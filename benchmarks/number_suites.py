"""How well the number reader does on the Vietnamese cases of NeMo text processing (Apache-2.0).

usage: python benchmarks/number_suites.py CHECKOUT [--misses]

CHECKOUT is a git checkout of NVIDIA/NeMo-text-processing. Each of its cases pairs a spelled-out form with a
written one; a case is right when both read as the same quantity (value, range, unit). Cases that hold no
number by design ('lăm~lăm') are right when neither side reads as one.
"""

import sys
from fractions import Fraction
from pathlib import Path

from hocbac_nlp.measuring.digits import Habit
from hocbac_nlp.quantities import Quantity, parse, scan

CASES = "tests/nemo_text_processing/vi"
INVERSE = ("cardinal", "decimal", "fraction", "measure", "money")
WRITTEN = ("cardinal", "decimal", "fraction", "measure", "money", "range")


def same(first: Quantity | None, second: Quantity | None) -> bool:
    """Whether two readings are one quantity; two that are none agree."""
    if first is None or second is None:
        return first is second
    return (first.exact, first.low, first.high, first.unit) == (second.exact, second.low, second.high, second.unit)


def readings(text: str) -> list[tuple[Fraction | None, Fraction | None, str | None]]:
    """What a text says: the quantity that it is, or those that stand in it."""
    one = parse(text)
    if one is not None:
        low = Fraction(str(one.low)) if one.low is not None else one.exact
        high = Fraction(str(one.high)) if one.high is not None else one.exact
        return [(low, high, one.unit)]
    return [(figure.low, figure.high, figure.unit.symbol if figure.unit else None) for figure in scan(text)]


def cases(folder: Path, names: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(suite, left, right) of every case in the files named."""
    found = []
    for name in names:
        path = folder / f"test_cases_{name}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            left, mark, right = line.partition("~")
            if mark:
                found.append((name, left.strip(), right.strip()))
    return found


def main(arguments: list[str]) -> None:
    checkout = Path(arguments[0]) / CASES
    right: dict[str, list[int]] = {}
    misses = []
    english = Habit(commas=True)
    for suite, spoken, written in cases(checkout / "data_inverse_text_normalization", INVERSE):
        ok = same(parse(spoken), parse(written, english)) or spoken == written
        _count(right, f"{suite}, spoken", ok)
        if not ok:
            misses.append((suite, spoken, written))
    for suite, written, spoken in cases(checkout / "data_text_normalization", WRITTEN):
        ok = readings(written) == readings(spoken) and readings(written) != []
        _count(right, f"{suite}, written", ok)
        if not ok:
            misses.append((suite, written, spoken))
    for name, (hits, total) in right.items():
        print(f"{name:24}{hits:6}{total:6}{hits / total:8.3f}")
    hits, total = (sum(column) for column in zip(*right.values(), strict=True))
    print(f"{'all':24}{hits:6}{total:6}{hits / total:8.3f}")
    if "--misses" in arguments:
        for miss in misses:
            print(*miss, sep="\t")


def _count(right: dict[str, list[int]], name: str, ok: bool) -> None:
    tally = right.setdefault(name, [0, 0])
    tally[0] += ok
    tally[1] += 1


if __name__ == "__main__":
    main(sys.argv[1:])
