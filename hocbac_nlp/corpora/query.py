"""Finding a term in a document: as the tables write it, of whatever unit, or by a regular expression."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hocbac_nlp import terms
from hocbac_nlp.document import Document
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.terms import Term, as_written, show

PATIENCE = 10
"""Seconds that a user's expression may take on one sentence."""


class Match(NamedTuple):
    """Where a query is found: `first` and `last` are indices of terms (equal for one term), the rest its span."""

    first: int
    last: int
    start: int
    end: int


class Query:
    """A term as the tables write it: names with their capitals, words in lower case, several with single spaces."""

    def __init__(self, term: str) -> None:
        """Raise `UsageError` when the term is empty."""
        self.term = as_written(unicodedata.normalize("NFC", term))
        if not self.term:
            raise UsageError("the term is empty")

    def find(self, found: Sequence[Term]) -> Iterator[Match]:
        """Yield the matches in a document's terms, overlapping ones included, in the order of the text.

        Where it is one term somewhere in the document, several words that spell it (the segmenter is not always of
        one mind) do not count, as they do not in the document's keywords.
        """
        matches = [match for first in range(len(found)) if (match := self._match(found, first))]
        whole = [match for match in matches if match.first == match.last]
        yield from whole or matches

    def _match(self, found: Sequence[Term], first: int) -> Match | None:
        """The match that begins with this term."""
        wanted, start = self.term, found[first]
        if not start.term or not wanted.startswith(start.term):
            return None
        parts = []
        for last in range(first, len(found)):
            if found[last].kind == "break":
                return None
            parts.append((found[last].term, found[last].kind))
            shown = show(parts)
            if shown == wanted:
                return Match(first, last, start.start, found[last].end)
            if not wanted.startswith(shown):
                return None
        return None


def scanner(lexicons: Lexicons, options: Mapping[str, Any]) -> Callable[[Document], list[Term]]:
    """The function that lists a document's terms, with the options `units` and `canonical` of a view."""
    scan = terms.open(lexicons, tuple(options["units"]), options.get("canonical", False))
    return lambda document: list(scan(document))


def pattern(given: str) -> "Callable[[str, int, int], Iterator[tuple[int, int]]]":
    r"""Compile a regular expression; the function that is returned yields its matches between two offsets of a text.

    Expressions are those of the `regex` package, Unicode properties (`\p{Lu}`) included. Raises `UsageError` when it
    is none or matches the empty string; the function raises it when a search takes longer than `PATIENCE` seconds, as
    expressions with nested repeats may.
    """
    import regex

    try:
        compiled = regex.compile(unicodedata.normalize("NFC", given))
    except regex.error as error:
        raise UsageError(f"{given}: no regular expression: {error}") from error
    if compiled.fullmatch(""):
        raise UsageError(f"{given}: matches nothing at all everywhere; write a narrower expression")

    def find(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        try:
            for match in compiled.finditer(text, start, end, timeout=PATIENCE):
                if match.end() > match.start():
                    yield match.span()
        except TimeoutError as error:
            raise UsageError(f"{given}: takes too long; write it without repeats inside repeats") from error

    return find
