"""The keywords stage: how often each term occurs in a document, and where.

Options: `units`, what is counted (`terms.UNITS`); `canonical`, entities under their canonical names; `top`, how many
terms are kept.
"""

from collections import Counter
from collections.abc import Callable

from hocbac_nlp import terms
from hocbac_nlp.corpora.multiword import Selector, Vocabulary
from hocbac_nlp.corpora.ngrams import Tagger
from hocbac_nlp.document import Document, Keyword
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options, Step
from hocbac_nlp.terms import DEFAULT_UNITS, KIND_OF_UNIT, RUNNING, Term

MILLION = 1_000_000

Spans = dict[str, list[tuple[int, int]]]


def open(lexicons: Lexicons, options: Options) -> Step:
    """Load the lexicons; the step assigns `keywords`, most frequent first, then by term.

    `per_million` is the count over all running terms of the document, stop words included. Multi-word terms come
    beside the words that they consist of; words that hardly occur outside one are left out.
    """
    units = terms.parse_units(options.get("units")) or DEFAULT_UNITS
    top: int | None = options.get("top")
    scan = terms.open(lexicons, units, bool(options.get("canonical")))
    kinds = {KIND_OF_UNIT[unit] for unit in units if unit != "terms"}
    find_multiword = _multiword(lexicons) if "terms" in units else None

    def count(document: Document) -> None:
        found = list(scan(document))
        size = sum(term.kind in RUNNING for term in found)
        spans: Spans = {}
        dropped = find_multiword(found, spans) if find_multiword else frozenset()
        for term in found:
            if term.kind in kinds and (term.term, term.kind) not in dropped:
                spans.setdefault(term.term, []).append((term.start, term.end))
        document.keywords = [
            Keyword(term, len(places), per_million(len(places), size), places)
            for term, places in sorted(spans.items(), key=lambda item: (-len(item[1]), item[0]))[:top]
        ]

    return count


def per_million(count: int, size: int) -> float:
    """The rate of a count among `size` running terms, per million, to two places; 0 of nothing."""
    return round(count / size * MILLION, 2) if size else 0.0


def _multiword(lexicons: Lexicons) -> Callable[[list[Term], Spans], frozenset[tuple[str, terms.Kind]]]:
    """The function that adds a document's multi-word terms to `spans` and returns the terms that they stand for."""
    selector = Selector.load(lexicons)

    def add(found: list[Term], spans: Spans) -> frozenset[tuple[str, terms.Kind]]:
        vocabulary = Vocabulary()
        sequence = vocabulary.sequence(found)
        singles = Counter(item for item in sequence if item >= 0)
        selection = selector.select(lambda: [sequence], vocabulary, singles)
        for start, gram in Tagger(selection.terms).all(sequence):
            span = (found[start].start, found[start + len(gram) - 1].end)
            spans.setdefault(vocabulary.show(gram), []).append(span)
        return frozenset(vocabulary.entries[item] for item in selection.covered)

    return add
