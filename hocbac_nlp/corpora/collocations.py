"""Collocations: which terms stand near a term more often than chance would have it.

Surface co-occurrence as in Evert 2008, Corpora and collocations, 2.3: the window of an occurrence is `WINDOW` running
terms on either side, within the sentence; where windows overlap a place counts once, and the occurrences themselves
are no places. O11 is how often the collocate stands in a window, R1 the number of places in windows, C1 how often the
collocate occurs outside the term's occurrences, N the number of running terms outside them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from hocbac_nlp.corpora import association, query
from hocbac_nlp.corpora.association import Table
from hocbac_nlp.corpora.keyword_table import PLACES, Row
from hocbac_nlp.corpora.query import Query
from hocbac_nlp.document import Document
from hocbac_nlp.keywords import per_million
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.work import Done
from hocbac_nlp.terms import RUNNING, Term

WINDOW = 5
LEAST = 2
"""A collocate has to stand near the term this often."""

FORMULA = (
    "surface co-occurrence (Evert 2008) in windows of places: log_dice = 14 + log2(2 * near / (term_count + count)); "
    "g2: Dunning 1993, four cells, negative below expectation; mi = log2(near / expected); "
    "t_score = (near - expected) / sqrt(near); expected = places * count / n"
)


class Near(Struct, array_like=True):
    """What a document adds: its running terms outside the term, places in windows, counts anywhere and near."""

    outside: int
    places: int
    occurrences: int
    counts: dict[str, int]
    near: dict[str, int]


_decode = msgspec.msgpack.Decoder(Near).decode


def open(lexicons: Lexicons, options: Mapping[str, Any]) -> Callable[[Document], bytes]:
    """Return the view that writes a document's `Near`. Options: `term`, `units`, `canonical`."""
    scan, wanted = query.scanner(lexicons, options), Query(options["term"])
    encode = msgspec.msgpack.Encoder().encode

    def view(document: Document) -> bytes:
        return encode(near(scan(document), wanted))

    return view


def near(found: list[Term], wanted: Query) -> Near:
    """Count what stands near the term in one document; stop words fill windows, but are no collocates."""
    matches = [(match.first, match.last) for match in wanted.find(found)]
    inside = {at for first, last in matches for at in range(first, last + 1)}
    window: set[int] = set()
    for first, last in matches:
        window.update(_neighbours(found, range(first - 1, -1, -1)), _neighbours(found, range(last + 1, len(found))))
    window -= inside
    outside = [at for at, term in enumerate(found) if term.kind in RUNNING and at not in inside]
    counts = Counter(found[at].term for at in outside if found[at].kind != "stop")
    close = Counter(found[at].term for at in window if found[at].kind != "stop")
    return Near(len(outside), len(window), len(matches), counts, close)


def _neighbours(found: list[Term], way: range) -> Iterator[int]:
    """The first running terms on the way, up to the end of the sentence."""
    left = WINDOW
    for at in way:
        if not left or (found[at].kind == "break" and found[at].start == found[at].end):
            return
        if found[at].kind in RUNNING:
            yield at
            left -= 1


class Collocates:
    """Adds up what documents have near a term."""

    def __init__(self) -> None:
        self._outside = self._places = self._occurrences = 0
        self._counts: Counter[str] = Counter()
        self._near: Counter[str] = Counter()

    def sink(self, done: Done) -> None:
        """Take the result of one document."""
        one = _decode(done.data)
        self._outside += one.outside
        self._places += one.places
        self._occurrences += one.occurrences
        self._counts.update(one.counts)
        self._near.update(one.near)

    def rows(self, term: str, stop_list: str, top: int | None = None) -> Iterator[Row]:
        """The collocates, highest logDice first, then highest G², then by string."""
        rows = [self._row(term, collocate, count) for collocate, count in self._near.items() if count >= LEAST]
        rows.sort(key=lambda row: (-row["log_dice"], -row["g2"], row["collocate"]))
        inputs = {
            "window": WINDOW,
            "places": self._places,
            "n": self._outside,
            "corpus_size": self._outside + self._occurrences,
            "stop_list": stop_list,
            "formula": FORMULA,
        }
        for row in rows[:top]:
            yield row | inputs

    def _row(self, term: str, collocate: str, near: int) -> Row:
        count, occurrences = self._counts[collocate], self._occurrences
        numbers = near, self._places, count, self._outside
        table = Table.of_pair(*numbers)
        return {
            "term": term,
            "collocate": collocate,
            "near": near,
            "term_count": occurrences,
            "count": count,
            "per_million": per_million(count, self._outside),
            "log_dice": round(association.log_dice(near, occurrences, count), PLACES),
            "g2": round(table.sign(association.g2(table)), PLACES),
            "mi": round(association.mi(*numbers), PLACES),
            "t_score": round(association.t_score(*numbers), PLACES),
        }
