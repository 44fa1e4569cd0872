"""What the report takes from a document: its metadata, its blocks, its items and its terms, as plain rows."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from hocbac_nlp import terms
from hocbac_nlp.document import Document, Statistic, Time
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options
from hocbac_nlp.terms import DEFAULT_UNITS, KIND_OF_UNIT, RUNNING

Row = list[Any]


class Article(Struct, array_like=True):
    """A document as the report has it.

    `rows` holds the rows of its tables, without the leading column `document`. `terms` are the distinct terms that
    are counted and `found` their occurrences: index in `terms`, start, length, one after the other. `size` counts the
    running terms, stop words included. Places count UTF-16 units, as the page's script does.
    """

    id: str
    about: Row
    size: int
    text: str
    rows: dict[str, list[Row]]
    terms: list[str]
    found: list[int]


decode = msgspec.msgpack.Decoder(Article).decode
_encode = msgspec.msgpack.Encoder().encode
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_KINDS = {KIND_OF_UNIT[unit] for unit in DEFAULT_UNITS if unit != "terms"}


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that writes a document's `Article` as MessagePack. There are no options."""
    scan = terms.open(lexicons)

    def view(document: Document) -> bytes:
        place = _places(document.text)
        size = 0
        numbers: dict[str, int] = {}
        found: list[int] = []
        for term in scan(document):
            size += term.kind in RUNNING
            if term.kind in _KINDS:
                found += (numbers.setdefault(term.term, len(numbers)), *place(term.start, term.end))
        about = [document.title, document.published, document.section, ", ".join(document.authors)]
        return _encode(Article(document.id, about, size, document.text, _rows(document, place), list(numbers), found))

    return view


Place = Callable[[int, int], tuple[int, int]]


def _places(text: str) -> Place:
    """The function from start and end in code points to start and length in UTF-16 units."""
    beyond = [match.start() for match in _BEYOND.finditer(text)]
    if not beyond:
        return lambda start, end: (start, end - start)

    def place(start: int, end: int) -> tuple[int, int]:
        first = start + bisect_left(beyond, start)
        return first, end + bisect_left(beyond, end) - first

    return place


def _rows(document: Document, place: Place) -> dict[str, list[Row]]:
    full = {entity.start: entity.canonical for entity in document.entities if entity.label == "PER"}
    return {
        "stripped": _stripped(document),
        "blocks": [[one.role, *place(one.start or 0, one.end or 0)] for one in document.kept],
        "sentences": [[*place(one.start, one.end)] for one in document.sentences],
        "entities": [[one.label, _line(one.canonical), *place(one.start, one.end)] for one in document.entities],
        "persons": [
            [_line(full.get(one.start, one.name)), _line(one.role), *place(one.start, one.end)]
            for one in document.persons
        ],
        "references": [[one.key, one.type, _line(one.text), *place(one.start, one.end)] for one in document.references],
        "statistics": [_figure(one, document.times, place) for one in document.statistics],
    }


def _stripped(document: Document) -> list[Row]:
    """By role, rule and whether they are in the text: how many blocks, and how many characters of the page."""
    blocks: Counter[tuple[str, str, bool]] = Counter()
    characters: Counter[tuple[str, str, bool]] = Counter()
    for one in document.blocks:
        key = (one.role, one.rule, one.start is not None)
        blocks[key] += 1
        characters[key] += one.source_end - one.source_start
    return [[*key, blocks[key], characters[key]] for key in sorted(blocks)]


def _figure(one: Statistic, times: list[Time], place: Place) -> Row:
    change = f"{one.change.direction}-{one.change.mode}" if one.change else None
    time = times[one.period_time] if one.period_time is not None and one.period_time < len(times) else None
    return [
        *(one.kind, one.value, one.low, one.high, one.unit, one.relation, change, _line(one.of)),
        *(_line(one.period), time and (time.resolved or time.value), int(one.vague), _line(one.text)),
        *place(one.start, one.end),
    ]


def _line(text: str | None) -> str | None:
    """A text on one line."""
    return None if text is None else " ".join(text.split())
