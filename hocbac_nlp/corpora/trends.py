"""Trends: how often terms occur in each month or year, by the documents' dates of publication."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from hocbac_nlp.corpora import query
from hocbac_nlp.corpora.keyword_table import Row
from hocbac_nlp.corpora.query import Query
from hocbac_nlp.corpora.term_counts import group
from hocbac_nlp.document import Document
from hocbac_nlp.keywords import per_million
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.work import Done
from hocbac_nlp.terms import RUNNING

Per = Literal["month", "year"]
PERIODS: tuple[Per, ...] = ("month", "year")

FORMULA = "per_million = 1000000 * count / size"


class Dated(Struct, array_like=True):
    """What a document adds: its period (None without a date), its running terms, how often it has each term."""

    period: str | None
    size: int
    counts: list[int]


_decode = msgspec.msgpack.Decoder(Dated).decode


def open(lexicons: Lexicons, options: Mapping[str, Any]) -> Callable[[Document], bytes]:
    """Return the view that writes a document's `Dated`. Options: `terms`, `per`, `units`, `canonical`."""
    scan = query.scanner(lexicons, options)
    queries = [Query(term) for term in options["terms"]]
    by = f"published.{options['per']}"
    encode = msgspec.msgpack.Encoder().encode

    def view(document: Document) -> bytes:
        found = scan(document)
        size = sum(term.kind in RUNNING for term in found)
        return encode(Dated(group(document, by), size, [sum(1 for _ in one.find(found)) for one in queries]))

    return view


class Trends:
    """Adds up documents by period."""

    def __init__(self, terms: list[str]) -> None:
        self._terms = terms
        self._documents: defaultdict[str | None, int] = defaultdict(int)
        self._sizes: defaultdict[str | None, int] = defaultdict(int)
        self._counts: defaultdict[str | None, list[int]] = defaultdict(lambda: [0] * len(terms))

    def sink(self, done: Done) -> None:
        """Take the result of one document."""
        one = _decode(done.data)
        self._documents[one.period] += 1
        self._sizes[one.period] += one.size
        self._counts[one.period] = [a + b for a, b in zip(self._counts[one.period], one.counts, strict=True)]

    def rows(self, stop_list: str) -> Iterator[Row]:
        """A row per term, in the order given, and period with documents, oldest first, undated ones last."""
        periods = sorted(self._documents, key=lambda period: (period is None, period or ""))
        for number, term in enumerate(self._terms):
            for period in periods:
                count, size = self._counts[period][number], self._sizes[period]
                yield {
                    "term": term,
                    "period": period,
                    "count": count,
                    "per_million": per_million(count, size),
                    "size": size,
                    "n": self._documents[period],
                    "corpus_size": sum(self._sizes.values()),
                    "stop_list": stop_list,
                    "formula": FORMULA,
                }
