"""Terms: what is counted. Words, with names and cited documents as one term each.

A term is a string and the span it stands for. Names and document codes keep their case; words are folded to
lower case, acronyms apart (`UBND`, `GDP`), so that the first word of a sentence is counted with its fellows.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from hocbac_nlp.document import Document, Reference, Token
from hocbac_nlp.lexicon import Lexicons


class Term(NamedTuple):
    """One occurrence: the term it counts for, its span in `text`, and whether it is a name or a document."""

    term: str
    start: int
    end: int
    named: bool


def open(lexicons: Lexicons) -> Callable[[Document], Iterator[Term]]:
    """Load the compounds and return the function that yields a document's terms in the order of the text.

    Punctuation and figures are no terms. Where spans overlap the first wins: a document's code, then a name,
    then words.
    """
    compounds = _compounds(lexicons)

    def terms(document: Document) -> Iterator[Term]:
        whole = _whole(document)
        at = 0
        for token in _merged(document.tokens, compounds, document.text):
            while at < len(whole) and whole[at].end <= token.start:
                yield whole[at]
                at += 1
            if at < len(whole) and whole[at].start < token.end:
                continue  # part of a name or a code
            if any(map(str.isalpha, token.text)):
                yield Term(fold(token.text), token.start, token.end, False)
        yield from whole[at:]

    return terms


def fold(word: str) -> str:
    """A word as it is counted: white space folded; lower case unless it is an acronym."""
    word = " ".join(word.split())
    letters = [char for char in word if char.isalpha()]
    return word if len(letters) > 1 and all(map(str.isupper, letters)) else word.lower()


def _whole(document: Document) -> list[Term]:
    """Codes of documents and names, in order and without overlap; words inside them are not counted apart."""
    found = [_code(reference) for reference in document.references]
    found += [Term(" ".join(one.text.split()), one.start, one.end, True) for one in document.entities]
    kept: list[Term] = []
    for term in sorted(found, key=lambda term: (term.start, -term.end)):
        if not kept or term.start >= kept[-1].end:
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
            return Term(" ".join(text[start:end].split()), reference.start + start, reference.start + end, True)
    return Term(" ".join(text.split()), reference.start, reference.end, True)


Compounds = dict[str, list[tuple[str, ...]]]


def _compounds(lexicons: Lexicons) -> Compounds:
    """Words that the segmenter tears apart, by first syllable, longest first."""
    table: Compounds = {}
    for entry in lexicons.lines("compounds.txt"):
        syllables = tuple(entry.lower().split())
        table.setdefault(syllables[0], []).append(syllables)
    for candidates in table.values():
        candidates.sort(key=len, reverse=True)
    return table


def _merged(tokens: list[Token], compounds: Compounds, text: str) -> Iterator[Token]:
    """The tokens, with neighbours that make up a compound joined to one."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        joined = 1
        for syllables in compounds.get(token.text.split()[0].lower(), ()):
            taken: list[str] = []
            reach = at
            while reach < len(tokens) and len(taken) < len(syllables):
                taken += tokens[reach].text.lower().split()
                reach += 1
            if tuple(taken) == syllables and text[token.start : tokens[reach - 1].end].count("\n\n") == 0:
                joined = reach - at
                break
        last = tokens[at + joined - 1]
        yield token if joined == 1 else Token(text[token.start : last.end], token.start, last.end, token.pos)
        at += joined
