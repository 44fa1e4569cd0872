"""The keywords stage: how often each term occurs in a document, and where."""

from hocbac_nlp import terms
from hocbac_nlp.document import Document, Keyword
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options, Step

MILLION = 1_000_000


def open(lexicons: Lexicons, options: Options) -> Step:
    """Load the stop list; the step assigns `keywords`, most frequent first, then by term.

    `per_million` is the count over all terms of the document, stop words included. Stop words are words: a name
    that is spelled like one ("Bác") is never stopped.
    """
    find_terms = terms.open(lexicons)
    stop = {row["word"] for row in lexicons.rows("stopwords.tsv")}

    def count(document: Document) -> None:
        spans: dict[str, list[tuple[int, int]]] = {}
        size = 0
        for term in find_terms(document):
            size += 1
            if term.named or term.term not in stop:
                spans.setdefault(term.term, []).append((term.start, term.end))
        document.keywords = [
            Keyword(term, len(found), round(len(found) / size * MILLION, 2), found)
            for term, found in sorted(spans.items(), key=lambda item: (-len(item[1]), item[0]))
        ]

    return count
