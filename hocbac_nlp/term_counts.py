"""The view of a document that corpus commands are made of: which terms it has, how often, and in which order.

`open` gives the general way, which reads the layers that the units need. Where words alone are counted it only reads
the tokens' texts and starts, and counts in C: the same counts, several times faster.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Set
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
    """A document's terms: the distinct ones that the units ask for, and how often each occurs.

    `size` is the number of running terms, stop words included. If their order is asked for, all terms are listed,
    marks included, with their kinds, and `order` has their indices as the text has them, -1 for a boundary; `counts`
    is empty then.
    """

    id: str
    group: str | None
    size: int
    terms: list[str]
    counts: list[int]
    kinds: list[Kind] = []
    order: list[int] = []


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
        sequence: list[int] = []
        size = 0
        for term in scan(document):
            size += term.kind in RUNNING
            key = (term.term, term.kind)
            sequence.append(-1 if term.kind == "break" else numbers.setdefault(key, len(numbers)))
        return Counts(
            document.id, None, size, [term for term, _ in numbers], [], [kind for _, kind in numbers], sequence
        )

    def count(document: Document) -> Counts:
        tally: Counter[str] = Counter()
        size = 0
        for term in scan(document):
            size += term.kind in RUNNING
            if term.kind in kinds:
                tally[term.term] += 1
        return Counts(document.id, None, size, list(tally), list(tally.values()))

    return in_order if order else count


class _Word(Struct, gc=False):
    """What of a token is needed to count it."""

    text: str
    start: int
    end: int


_words = msgspec.json.Decoder(list[_Word]).decode


_Words = list[_Word] | list[Token]

_KNOWN = 1 << 18
"""How many spellings are remembered."""


def fast(lexicons: Lexicons) -> Callable[[Document], Counts]:
    """Return the function that counts a document's words, as `general` with the unit words does."""
    compounds = terms.Compounds(lexicons)
    stop = stop_words(lexicons)
    forms: dict[str, str | None] = {}  # spelling -> the word it counts for, "" for a stop word, None for no word
    heads: set[str] = set()  # spellings that a compound may start with
    capitals: set[str] = set()  # stop words with a capital: names, if they stand inside a sentence

    def learn(text: str) -> str | None:
        if len(forms) > _KNOWN:
            forms.clear()
        word = fold(text) if has_letter(text) else None
        if compounds.may_start(text):
            heads.add(text)
        if word in stop:
            word = ""
            if is_capital(text):
                capitals.add(text)
        forms[text] = word
        return word

    def count(document: Document) -> Counts:
        tokens = _tokens(document)
        texts = [token.text for token in tokens]
        tally = Counter(texts)
        for text in tally:
            if text not in forms:
                learn(text)
        if found := tally.keys() & heads:
            tokens, texts = _join(document, tokens, texts, found, compounds, tally)
        words: dict[str, int] = {}
        size = 0
        for text, number in tally.items():
            word = forms[text] if text in forms else learn(text)
            if word is not None and number:
                size += number
                if word:
                    words[word] = words.get(word, 0) + number
        if found := tally.keys() & capitals:
            for text in _inside(document, tokens, texts, found):
                words[as_written(text)] = words.get(as_written(text), 0) + 1
        return Counts(document.id, None, size, list(words), list(words.values()))

    return count


def _tokens(document: Document) -> _Words:
    raw = document.fields().get("tokens")
    if not isinstance(raw, Raw):
        return document.tokens
    try:
        words: list[_Word] = _words(raw)
        return words
    except msgspec.MsgspecError as error:
        raise DocumentError("bad_json", f"field 'tokens': {error}") from error


def _join(
    document: Document,
    tokens: _Words,
    texts: list[str],
    heads: Set[str],
    compounds: terms.Compounds,
    tally: Counter[str],
) -> tuple[_Words, list[str]]:
    """The tokens and their texts with compounds as one; `tally` is put right."""
    ends = {block.end for block in document.kept}
    joined: list[tuple[int, int]] = []
    reach = 0
    for at, text in enumerate(texts):
        if text in heads and at >= reach:
            reach = compounds.reach(tokens, at, ends)
            if reach > at + 1:
                joined.append((at, reach))
    words = [*tokens]
    for at, reach in reversed(joined):
        word = _Word(" ".join(texts[at:reach]), tokens[at].start, tokens[reach - 1].end)
        tally.subtract(texts[at:reach])
        tally[word.text] += 1
        words[at:reach], texts[at:reach] = [word], [word.text]
    return words, texts


def _inside(document: Document, tokens: _Words, texts: list[str], words: Set[str]) -> list[str]:
    """Those of the words' occurrences that do not begin a sentence, or what follows a colon or quotation mark."""
    starts = {sentence.start for sentence in document.sentences}
    return [
        text
        for at, text in enumerate(texts)
        if text in words
        and tokens[at].start not in starts
        and at > 0
        and (has_letter(texts[at - 1]) or texts[at - 1] in MARKS)
    ]


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
