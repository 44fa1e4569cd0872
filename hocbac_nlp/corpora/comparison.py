"""The keyness table: which terms set one corpus off from another."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hocbac_nlp.corpora import association, keyness
from hocbac_nlp.corpora.association import Table
from hocbac_nlp.corpora.corpus import Corpus
from hocbac_nlp.corpora.keyword_table import PLACES, Row
from hocbac_nlp.errors import UsageError
from hocbac_nlp.keywords import per_million

Numbers = tuple[int, int, int, int]

FORMULA = (
    "lrc: Evert 2022, Clopper-Pearson, 95 %, Bonferroni over family; log_ratio: Hardie 2014; "
    "g2: Dunning 1993, four cells; g2_two_cell: Rayson & Garside 2000; chi2: Pearson, four cells; "
    "pct_diff: Gabrielatos & Marchi 2011; simple_maths: Kilgarriff 2009, k = 1; "
    "g2, g2_two_cell and chi2 negative where the reference has more"
)


class Frequencies(NamedTuple):
    """A corpus as a frequency list."""

    counts: dict[str, int]
    size: int
    documents: int | None = None


def frequencies(corpus: Corpus, name: str) -> Frequencies:
    """One part of a grouped corpus as a frequency list, empty when there is no such part."""
    for part in corpus.parts():
        if part.name == name:
            counts = {corpus.strings[number]: count for number, count in zip(part.terms, part.counts, strict=True)}
            return Frequencies(counts, part.size, part.documents)
    return Frequencies({}, 0, 0)


MEASURES: tuple[str, ...] = ("lrc", "log_ratio", "g2", "g2_two_cell", "chi2", "pct_diff", "simple_maths")


def read_frequencies(path: str) -> Frequencies:
    """Read a CSV file with the columns `term` and `count`.

    The corpus's size is the first value of a column `corpus_size`, if there is one, else the sum of the counts.
    Raises `UsageError` for a file that is not like that.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"term", "count"} <= set(reader.fieldnames or ()):
                raise UsageError(f"{path}: a frequency list needs a header with the columns term and count")
            counts: dict[str, int] = {}
            size = 0
            for row in reader:
                counts[row["term"]] = counts.get(row["term"], 0) + int(row["count"])
                size = size or int(row.get("corpus_size") or 0)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: can't be read: {error}") from error
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"{path}, line {reader.line_num}: a whole number is wanted in count and corpus_size"
        ) from error
    total = sum(counts.values())
    if min(counts.values(), default=0) < 0 or (size and size < total):
        raise UsageError(f"{path}: counts below 0, or beyond the corpus_size")
    return Frequencies(counts, size or total)


def keyness_rows(
    target: Frequencies, reference: Frequencies, order: str, stop_list: str, top: int | None = None
) -> Iterator[Row]:
    """The terms of both, the most typical of the target first by the measure `order`, then by G² and string.

    `family` is how many terms are compared. Raises `UsageError` when a corpus is empty.
    """
    if not target.size or not reference.size:
        which = "reference" if target.size else "target"
        raise UsageError(f"the {which} has no terms: there is nothing to compare")
    terms = target.counts.keys() | reference.counts.keys()
    inputs = {
        "n": target.documents,
        "corpus_size": target.size,
        "reference_n": reference.documents,
        "reference_size": reference.size,
        "family": len(terms),
        "stop_list": stop_list,
        "formula": FORMULA,
    }
    rows: list[Row] = []
    for term in terms:
        a, b = target.counts.get(term, 0), reference.counts.get(term, 0)
        rows.append({"term": term} | _scores((a, target.size, b, reference.size), len(terms)))
    rows.sort(key=lambda row: (-row[order], -row["g2"], row["term"]))
    for row in rows[:top]:
        yield row | inputs


def _scores(numbers: Numbers, family: int) -> Row:
    a, n1, b, n2 = numbers
    table = Table.of_corpora(*numbers)
    lrc = keyness.lrc(*numbers, family)
    scores = {
        "lrc": lrc,
        "log_ratio": keyness.log_ratio(*numbers),
        "g2": table.sign(association.g2(table)),
        "g2_two_cell": table.sign(keyness.g2_two_cell(*numbers)),
        "chi2": table.sign(association.chi2(table)),
        "pct_diff": keyness.pct_diff(*numbers),
        "simple_maths": keyness.simple_maths(*numbers),
    }
    return {
        "count": a,
        "per_million": per_million(a, n1),
        "reference_count": b,
        "reference_per_million": per_million(b, n2),
        "evidence": "sufficient" if lrc else "insufficient",
    } | {name: round(score, PLACES) for name, score in scores.items()}
