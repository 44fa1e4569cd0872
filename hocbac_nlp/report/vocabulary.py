"""The terms that the report shows: how frequent, how evenly spread, and of which document most typical.

Without a second corpus the reference of a document is all other documents: a term's keyness is the greatest G² that
it reaches in a document where it is more frequent than in the rest (two cells, Rayson & Garside 2000).
"""

from array import array
from collections import Counter
from typing import Self

from hocbac_nlp.corpora.corpus import Corpus, Spool
from hocbac_nlp.corpora.keyness import g2_two_cell
from hocbac_nlp.report.columns import LAYOUTS, Table
from hocbac_nlp.report.view import Article

BY_COUNT, BY_KEYNESS = 240, 120
"""How many terms are shown: the most frequent, and the most typical of a document."""
LEAST = 3
"""How often a term has to occur to be shown, in all documents."""
PLACES = 3
"""Decimal places of scores."""


class Vocabulary:
    """The terms of all documents; their places go to a temporary file until it is known which are shown."""

    def __init__(self, articles: bool) -> None:
        """`articles` says whether the report holds them."""
        self._articles = articles
        self._corpus = Corpus()
        self._numbers: dict[str, int] = {}
        self._found = Spool()
        self._documents: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._corpus.__exit__(*error)
        self._found.close()

    def add(self, document: int, article: Article) -> None:
        """Take a document that has words; `document` is its number, greater than those before."""
        tally = Counter(article.found[::3])
        self._documents.append(document)
        self._corpus.add(f"{document:09}", article.size, (article.terms[index] for index in tally), tally.values())
        numbers = [self._numbers.setdefault(term, len(self._numbers)) for term in article.terms]
        found = array("i", article.found)
        for at in range(0, len(found), 3):
            found[at] = numbers[found[at]]
        self._found.add(found)

    def tables(self) -> dict[str, Table]:
        """The tables `terms`, most frequent first, and `occurrences`, sorted by term."""
        corpus = self._corpus
        strings, frequency = corpus.strings, corpus.frequency
        keyness, typical = self._keyness()
        frequent = [number for number, count in enumerate(frequency) if count >= LEAST]

        def by_count(number: int) -> tuple[int, str]:
            return -frequency[number], strings[number]

        def by_keyness(number: int) -> tuple[float, str]:
            return -keyness[number], strings[number]

        chosen = {*sorted(frequent, key=by_count)[:BY_COUNT], *sorted(frequent, key=by_keyness)[:BY_KEYNESS]}
        spreads = corpus.spreads()
        terms = Table(LAYOUTS["terms"])
        for number in sorted(chosen, key=by_count):
            terms.add(
                [
                    *(strings[number], frequency[number], corpus.doc_freq[number]),
                    *(round(keyness[number], PLACES), typical[number], round(spreads.dp_norm(number), PLACES)),
                ]
            )
        shown = [strings[number] for number in sorted(chosen, key=by_count)]
        return {"terms": terms, "occurrences": self._occurrences(shown)}

    def _keyness(self) -> tuple[list[float], list[int]]:
        """For each term its greatest G², and the number of the document where it has it (-1: nowhere)."""
        frequency, size = self._corpus.frequency, self._corpus.size
        best, where = [0.0] * len(frequency), [-1] * len(frequency)
        for document, part in zip(self._documents, self._corpus.parts(), strict=True):
            for number, count in zip(part.terms, part.counts, strict=True):
                rest = frequency[number] - count
                if count * (size - part.size) > rest * part.size:
                    g2 = g2_two_cell(count, part.size, rest, size - part.size)
                    if g2 > best[number]:
                        best[number], where[number] = g2, document
        return best, where

    def _occurrences(self, shown: list[str]) -> Table:
        """Every occurrence of the terms shown: by term, then document, then place."""
        row = {self._numbers[term]: at for at, term in enumerate(shown)}
        by_term: list[list[tuple[int, int, int]]] = [[] for _ in shown]
        for document, found in zip(self._documents, self._found, strict=True):
            for number, start, length in zip(found[::3], found[1::3], found[2::3], strict=True):
                if number in row:
                    by_term[row[number]].append((document, start, length))
        table = Table(LAYOUTS["occurrences"], self._articles)
        for at, places in enumerate(by_term):
            for place in places:
                table.add([at, *place])
        return table
