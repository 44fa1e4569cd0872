"""The keyword table of a corpus, as flat rows: every score names its formula, and what went into it is beside it."""

import hashlib
import heapq
from collections.abc import Iterator
from typing import Any

from hocbac_nlp.corpora.corpus import Corpus, Part
from hocbac_nlp.corpora.tfidf import idf
from hocbac_nlp.keywords import per_million
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.terms import stop_words

Row = dict[str, Any]

PLACES = 6
"""Decimal places of scores."""

FORMULA = (
    "tfidf = count * (ln((1 + n) / (1 + doc_freq)) + 1); dp: Gries 2008; dp_norm: Lijffijt & Gries 2012; "
    "juilland_d: Juilland & Chang-Rodríguez 1964, population deviation; dispersion over parts"
)


def stop_list(lexicons: Lexicons) -> str:
    """Twelve hexadecimal digits that name the stop list in force."""
    words = "\n".join(sorted(stop_words(lexicons)))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def rows(corpus: Corpus, by: str | None, stop_list: str, top: int | None = None) -> Iterator[Row]:
    """The terms of the corpus, or of each of its parts (`by` names the field), most frequent first, then by term.

    Documents are what `doc_freq` counts, of `n` in all; `range` and the dispersion measures are over the `parts`:
    the documents, or the values of `by`. `size` is that of the row's part, `corpus_size` of all.
    """
    spreads = corpus.spreads()
    inputs = {
        "n": corpus.documents,
        "parts": spreads.parts,
        "corpus_size": corpus.size,
        "stop_list": stop_list,
        "formula": FORMULA,
    }
    strings, doc_freq = corpus.strings, corpus.doc_freq
    weights = {found: idf(corpus.documents, found) for found in set(doc_freq)}
    column = by.replace(".", "_") if by else None  # as `--rows` names nested members
    for part in corpus.parts() if by else [corpus.whole()]:
        head = {column: part.name} if column else {}
        tail = {"size": part.size, **inputs} if column else inputs
        for number, count in _ranked(strings, part, top):
            yield {
                **head,
                "term": strings[number],
                "count": count,
                "per_million": per_million(count, part.size),
                "doc_freq": doc_freq[number],
                "tfidf": round(count * weights[doc_freq[number]], PLACES),
                "range": spreads.range[number],
                "dp": round(spreads.dp(number), PLACES),
                "dp_norm": round(spreads.dp_norm(number), PLACES),
                "juilland_d": round(spreads.juilland_d(number), PLACES),
                **tail,
            }


def _ranked(strings: list[str], part: Part, top: int | None) -> list[tuple[int, int]]:
    """The part's terms as (number, count), most frequent first, then by string."""
    pairs = zip(part.terms, part.counts, strict=True)

    def key(pair: tuple[int, int]) -> tuple[int, str]:
        return -pair[1], strings[pair[0]]

    return sorted(pairs, key=key) if top is None else heapq.nsmallest(top, pairs, key=key)
