"""TF-IDF as scikit-learn's `TfidfTransformer` defines it (user guide, 6.2.3.4; Salton & Buckley 1988)."""

from collections.abc import Sequence
from math import fsum, log, sqrt
from typing import Literal

Norm = Literal["l1", "l2"]


def idf(documents: int, doc_freq: int, smooth: bool = True) -> float:
    """ln((1 + documents) / (1 + doc_freq)) + 1; without smoothing ln(documents / doc_freq) + 1."""
    extra = int(smooth)
    return log((documents + extra) / (doc_freq + extra)) + 1


def tfidf(
    counts: Sequence[Sequence[int]], *, smooth: bool = True, sublinear: bool = False, norm: Norm | None = None
) -> list[list[float]]:
    """The weights of a matrix of counts, one row per document and one column per term that occurs somewhere.

    weight = count * idf, with `sublinear` (1 + ln(count)) * idf; `norm` scales each row to length 1.
    """
    idfs = [idf(len(counts), sum(map(bool, column)), smooth) for column in zip(*counts, strict=True)]
    return [
        _scaled([_tf(count, sublinear) * weight for count, weight in zip(row, idfs, strict=True)], norm)
        for row in counts
    ]


def _tf(count: int, sublinear: bool) -> float:
    return 1 + log(count) if sublinear and count else float(count)


def _scaled(row: list[float], norm: Norm | None) -> list[float]:
    if norm is None or not any(row):
        return row
    length = fsum(row) if norm == "l1" else sqrt(fsum(value * value for value in row))
    return [value / length for value in row]
