"""Terms: what is counted. Words, with names and cited documents as one term each where the units ask for that.

A term is a string and the span it stands for. Names and document codes keep their case; words are folded to
lower case, acronyms apart (`UBND`, `GDP`), so that the first word of a sentence is counted with its fellows.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from hocbac_nlp.document import Document, Reference, Token
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons

Unit = Literal["words", "terms", "entities", "references"]
UNITS: tuple[Unit, ...] = ("words", "terms", "entities", "references")
DEFAULT_UNITS: tuple[Unit, ...] = ("words", "entities", "references")

Kind = Literal["word", "stop", "entity", "reference", "mark", "break"]
"""`mark` is punctuation that may stand inside a multi-word term, `break` what may not: other punctuation,
figures and the ends of sentences."""

KIND_OF_UNIT: dict[Unit, Kind] = {"words": "word", "entities": "entity", "references": "reference"}
RUNNING: frozenset[Kind] = frozenset(("word", "stop", "entity", "reference"))
"""The kinds that make up the size of a text."""
MARKS = (",", "-", "–")

TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


class Term(NamedTuple):
    """One occurrence: the string it counts for, its span in `text`, and what it is."""

    term: str
    start: int
    end: int
    kind: Kind


Scan = Callable[[Document], Iterator[Term]]


def parse_units(given: str | None) -> tuple[Unit, ...] | None:
    """The units in a `--units words,terms` value, in the order of `UNITS`. Raises `UsageError` for others."""
    if given is None:
        return None
    names = [name for name in re.split(r"[,\s]+", given) if name]
    for name in names:
        if name not in UNITS:
            raise UsageError(f"--units {name}: choose from {', '.join(UNITS)}")
    if not names:
        raise UsageError(f"--units: name one or more of {', '.join(UNITS)}")
    return tuple(unit for unit in UNITS if unit in names)


def stop_words(lexicons: Lexicons) -> frozenset[str]:
    """The words that are not counted, whatever their role."""
    return frozenset(row["word"] for row in lexicons.rows("stopwords.tsv"))


def open(lexicons: Lexicons, units: tuple[Unit, ...] = DEFAULT_UNITS, canonical: bool = False) -> Scan:
    """Load compounds and stop words; return the function that yields a document's terms in the order of the text.

    Entities and references are whole if they are among the units, else their words stand for themselves. Where
    spans overlap the first wins: a document's code, then a name, then words. With `canonical` an entity counts
    under its canonical name.
    """
    compounds = Compounds(lexicons)
    stop = stop_words(lexicons)

    def scan(document: Document) -> Iterator[Term]:
        whole = _whole(document, units, canonical)
        starts = [sentence.start for sentence in document.sentences]
        at = sentence = 0
        fresh = True  # at the start of a sentence or quotation, where a capital says nothing
        for token in compounds.joined(document):
            while at < len(whole) and whole[at].end <= token.start:
                yield whole[at]
                at += 1
                fresh = False
            if sentence < len(starts) and token.start >= starts[sentence]:
                while sentence < len(starts) and token.start >= starts[sentence]:
                    sentence += 1
                yield Term("", token.start, token.start, "break")
                fresh = True
            if at < len(whole) and whole[at].start < token.end:
                continue  # part of a name or a code
            term = _term(token, stop, fresh)
            yield term
            fresh = term.kind == "break"
        yield from whole[at:]

    return scan


def _term(token: Token, stop: frozenset[str], fresh: bool) -> Term:
    text = token.text
    if text in MARKS:
        return Term(text, token.start, token.end, "mark")
    if not has_letter(text):
        return Term("", token.start, token.end, "break")
    word = fold(text)
    if word not in stop:
        return Term(word, token.start, token.end, "word")
    if fresh or not is_capital(text):
        return Term(word, token.start, token.end, "stop")
    return Term(as_written(text), token.start, token.end, "word")  # a name that is spelled like a stop word


def as_written(text: str) -> str:
    """A name as it is counted: white space folded."""
    return " ".join(text.split())


def is_capital(text: str) -> bool:
    """Whether a word has a capital of its own, as a name does: not in the capitals of a headline."""
    return text[0].isupper() and not (text.isupper() and len(text) > 1)


def has_letter(text: str) -> bool:
    """Whether a token is a word rather than punctuation or a figure."""
    return any(map(str.isalpha, text))


@lru_cache(1 << 16)
def fold(word: str) -> str:
    """A word as it is counted: white space folded; lower case unless it is an acronym.

    An acronym is capitals without a tone mark: UBND, MTTQ, TƯ, but not ĐẢNG BỘ in a headline.
    """
    word = as_written(word)
    if word.isupper() and " " not in word and sum(map(str.isalpha, word)) > 1:
        return word.lower() if TONES.search(unicodedata.normalize("NFD", word)) else word
    return word.lower()


def show(terms: list[tuple[str, Kind]]) -> str:
    """A sequence of terms and marks as one string: single spaces, none before a comma."""
    return " ".join(term for term, _ in terms).replace(" ,", ",")


def _whole(document: Document, units: tuple[Unit, ...], canonical: bool) -> list[Term]:
    """Codes of documents and names, in order and without overlap; words inside them are not counted apart."""
    found: list[Term] = []
    if "references" in units:
        found += map(_code, document.references)
    if "entities" in units:
        for one in document.entities:
            name = one.canonical if canonical else one.text
            found.append(Term(as_written(name), one.start, one.end, "entity"))
    kept: list[Term] = []
    for term in sorted(found, key=lambda term: (term.start, -term.end)):
        if term.term and (not kept or term.start >= kept[-1].end):
            kept.append(term)
    return kept


def _code(reference: Reference) -> Term:
    """The part of a citation that names the document: its code, else type, number or name, without the issuer."""
    text = reference.text
    for part in (reference.code, reference.number, reference.name):
        at = text.find(part) if part else -1
        if part and at >= 0:
            start = at if part is reference.code else 0
            end = at + len(part)
            name = as_written(text[start:end])
            return Term(name, reference.start + start, reference.start + end, "reference")
    return Term(as_written(text), reference.start, reference.end, "reference")


class Spelled(Protocol):
    """A token, as far as compounds look at it."""

    text: str
    end: int


class Compounds:
    """Words that the segmenter tears apart; neighbouring tokens that make one up are joined."""

    def __init__(self, lexicons: Lexicons) -> None:
        """Load `compounds.txt`."""
        compounds = sorted((tuple(entry.lower().split()) for entry in lexicons.lines("compounds.txt")), key=len)
        self._table: dict[str, list[tuple[str, ...]]] = {}  # by what a token that begins one may be, longest first
        for syllables in reversed(compounds):
            for length in range(1, len(syllables)):
                self._table.setdefault(" ".join(syllables[:length]), []).append(syllables)

    def may_start(self, text: str) -> bool:
        """Whether a token may be the first of several that make up a compound."""
        return _plain(text) in self._table

    def joined(self, document: Document) -> Iterator[Token]:
        """The document's tokens, those of a compound as one; a compound never crosses a block."""
        tokens = document.tokens
        ends = {block.end for block in document.kept}
        at = 0
        while at < len(tokens):
            reach = self.reach(tokens, at, ends)
            first, last = tokens[at], tokens[reach - 1]
            if first is last:
                yield first
            else:
                word = " ".join(token.text for token in tokens[at:reach])
                yield Token(word, first.start, last.end, first.pos)
            at = reach

    def reach(self, tokens: Sequence[Spelled], at: int, ends: Collection[int | None]) -> int:
        """The index behind the compound that starts at `at`, behind the token itself when none does.

        `ends` are the ends of the blocks.
        """
        for syllables in self._table.get(_plain(tokens[at].text), ()):
            taken: list[str] = []
            for index in range(at, min(at + len(syllables), len(tokens))):
                taken += tokens[index].text.lower().split()
                if tuple(taken) == syllables:
                    return index + 1
                if tuple(taken) != syllables[: len(taken)] or tokens[index].end in ends:
                    break
        return at + 1


def _plain(text: str) -> str:
    return as_written(text.lower())
