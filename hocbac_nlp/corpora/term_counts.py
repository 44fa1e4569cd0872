"""The view of a document that corpus commands are made of: which terms it has, how often, and in which order.

`open` gives the general way, which reads the layers that the units need. Where words alone are counted it only reads
the tokens' texts and starts, and counts in C: the same counts, several times faster.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Raw, Struct

from hocbac_nlp import terms
from hocbac_nlp.document import Document, Token
from hocbac_nlp.errors import DocumentError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.terms import (
    KIND_OF_UNIT,
    MARKS,
    RUNNING,
    Kind,
    Unit,
    as_written,
    fold,
    has_letter,
    is_capital,
    stop_words,
)

PERIODS = {"year": 4, "month": 7, "day": 10}
"""How much of an ISO 8601 date is its year, its month, its day."""


class Counts(Struct, array_like=True):
    """A document's terms: the distinct ones that the units ask for, one a line, and how often each occurs.

    `size` is the number of running terms, stop words included. If their order is asked for, all terms are listed,
    marks included, with their kinds, and the numbers are their indices as the text has them, -1 for a boundary.
    Lines and packed numbers are several times faster to pass on than lists of strings and numbers.
    """

    id: str
    group: str | None
    size: int
    lines: str
    packed: bytes = b""
    kinds: list[Kind] = []

    @classmethod
    def of(cls, id: str, size: int, counts: Mapping[str, int]) -> "Counts":
        """The counts of a document."""
        return cls(id, None, size, "\n".join(counts), array("i", counts.values()).tobytes())

    @property
    def terms(self) -> list[str]:
        """The distinct terms."""
        return self.lines.split("\n") if self.lines else []

    @property
    def numbers(self) -> "array[int]":
        """How often each term occurs; with kinds, the order."""
        return array("i", self.packed)


decode = msgspec.msgpack.Decoder(Counts).decode
_encode = msgspec.msgpack.Encoder().encode


def open(lexicons: Lexicons, options: Mapping[str, Any]) -> Callable[[Document], bytes]:
    """Return the function that writes a document's `Counts` as MessagePack.

    Options: `units`, `canonical`, `by` (the field that is the group, or None), `order`.
    """
    units: tuple[Unit, ...] = tuple(options["units"])
    by: str | None = options.get("by")
    order: bool = options.get("order", False)
    if units == ("words",) and not order:
        count = fast(lexicons)
    else:
        count = general(lexicons, units, options.get("canonical", False), order)

    def view(document: Document) -> bytes:
        found = count(document)
        found.group = group(document, by) if by else None
        return _encode(found)

    return view


def general(
    lexicons: Lexicons, units: tuple[Unit, ...], canonical: bool = False, order: bool = False
) -> Callable[[Document], Counts]:
    """Return the function that counts any units of a document."""
    scan = terms.open(lexicons, units, canonical)
    kinds = {KIND_OF_UNIT[unit] for unit in units if unit != "terms"}

    def in_order(document: Document) -> Counts:
        numbers: dict[tuple[str, Kind], int] = {}
        sequence = array("i")
        size = 0
        for term in scan(document):
            size += term.kind in RUNNING
            key = (term.term, term.kind)
            sequence.append(-1 if term.kind == "break" else numbers.setdefault(key, len(numbers)))
        lines = "\n".join(term for term, _ in numbers)
        return Counts(document.id, None, size, lines, sequence.tobytes(), [kind for _, kind in numbers])

    def count(document: Document) -> Counts:
        tally: Counter[str] = Counter()
        size = 0
        for term in scan(document):
            size += term.kind in RUNNING
            if term.kind in kinds:
                tally[term.term] += 1
        return Counts.of(document.id, size, tally)

    return in_order if order else count


class _Word(Struct, gc=False):
    """What of a token is needed to count it."""

    text: str
    start: int
    end: int


_words = msgspec.json.Decoder(list[_Word]).decode


def fast(lexicons: Lexicons) -> Callable[[Document], Counts]:
    """Return the function that counts a document's words, as `general` with the unit words does."""
    compounds = terms.Compounds(lexicons)
    forms = _Forms(stop_words(lexicons), compounds)

    def count(document: Document) -> Counts:
        tokens = _tokens(document)
        texts = [token.text for token in tokens]
        tally: Counter[str | None] = Counter(map(forms.__getitem__, texts))
        places = [at for at, text in enumerate(texts) if text in forms.special]
        ends = {block.end for block in document.kept} if places else set()
        starts = {sentence.start for sentence in document.sentences} if places else set()
        behind = 0
        for at in places:
            if at < behind:
                continue
            text, behind = texts[at], compounds.reach(tokens, at, ends)
            if behind > at + 1:
                tally.subtract(map(forms.__getitem__, texts[at:behind]))
                text = " ".join(texts[at:behind])
                tally[forms[text]] += 1
            if forms[text] == STOP and is_capital(text) and at > 0 and tokens[at].start not in starts:
                before = texts[at - 1]
                if before in MARKS or forms[before] is not None:
                    tally[STOP] -= 1
                    tally[as_written(text)] += 1
        words = {word: number for word, number in tally.items() if word and number}
        return Counts.of(document.id, tally.total() - tally[None], words)

    return count


STOP = ""
"""What stop words are counted as."""


class _Forms(dict[str, str | None]):
    """What each spelling counts for: a word, `STOP`, or None for no word; learned when first asked for."""

    KNOWN = 1 << 18
    """How many are remembered."""

    def __init__(self, stop: frozenset[str], compounds: terms.Compounds) -> None:
        self._stop, self._compounds = stop, compounds
        self.special: set[str] = set()
        """Spellings for which it matters where they stand: beginnings of compounds, stop words with a capital."""

    def __missing__(self, text: str) -> str | None:
        if len(self) > self.KNOWN:
            self.clear()
        form = fold(text) if has_letter(text) else None
        if form in self._stop:
            form = STOP
        if self._compounds.may_start(text) or (form == STOP and is_capital(text)):
            self.special.add(text)
        self[text] = form
        return form


def _tokens(document: Document) -> list[_Word] | list[Token]:
    raw = document.fields().get("tokens")
    if not isinstance(raw, Raw):
        return document.tokens
    try:
        words: list[_Word] = _words(raw)
        return words
    except msgspec.MsgspecError as error:
        raise DocumentError("bad_json", f"field 'tokens': {error}") from error


def group(document: Document, by: str) -> str | None:
    """The value of a field as the name of a group: `section`, `published.year`, `source.view`, `authors` (joined).

    `.year`, `.month` and `.day` cut an ISO 8601 date. None where the document has no such value.
    """
    field, *path = by.split(".")
    value = document.value(field)
    value = msgspec.to_builtins(value)
    for member in path:
        if isinstance(value, Mapping):
            value = value.get(member)
        elif isinstance(value, str) and member in PERIODS and len(value) >= PERIODS[member]:
            value = value[: PERIODS[member]]
        else:
            value = None
    if isinstance(value, list):
        value = ", ".join(map(str, value)) or None
    if isinstance(value, bool | Mapping):
        value = msgspec.json.encode(value, order="sorted").decode()
    return None if value is None else str(value)
