"""The table of a corpus's names: who, where, which body, and which official document, over all its documents.

Mentions of one row share label and canonical name, compared without regard to case, white space and the place of
the tone mark (`Toà`, `Tòa`); places also `level` and `parent`, so that a province and a district of one name stay
apart; official documents share their key. Every row quotes its best mention: of those that hold the canonical name
the ones in running text rather than in a title or caption, of these the longest, then the one in the earliest dated
document; the document's id and the offset decide between equals. So a row does not depend on the order of the input.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from hocbac_nlp.document import Document, Entity, Reference
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.syllables import phrase_key
from hocbac_nlp.running.work import Done

DOCUMENT = "document"
LABELS = ("PER", "LOC", "ORG", DOCUMENT)
"""What a row may be, in the order of the table."""

_RUNNING = frozenset(("lead", "paragraph", "question", "answer"))
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)")
_UNDATED = "~"  # sorts behind every date

Row = dict[str, Any]


class Best(Struct, array_like=True, order=True):
    """A mention to quote. The least is the best: members are in the order in which they decide.

    `partial` is whether the canonical name is not in it, `apart` whether it stands outside of running text; `name` is
    what a reader calls the thing.
    """

    partial: bool
    apart: bool
    shortness: int
    date: str
    id: str
    start: int
    end: int
    text: str
    sentence: str
    sentence_start: int
    sentence_end: int
    rule: str
    name: str


class Named(Struct, array_like=True):
    """What one document says of one row: how often, under which names, as written how, and its best mention."""

    label: str
    canonical: str
    level: str | None
    parent: str | None
    variants: dict[str, int]
    best: Best


class Names(Struct, array_like=True):
    """What one document adds to the table; `date` is that of its publication, if it is known."""

    date: str | None
    named: list[Named]


_decode = msgspec.msgpack.Decoder(Names).decode


def open(lexicons: Lexicons, options: Mapping[str, Any]) -> Callable[[Document], bytes]:
    """Return the view that writes a document's `Names`. Option: `label`, the only label to look at (or None)."""
    wanted: str | None = options.get("label")
    encode = msgspec.msgpack.Encoder().encode

    def view(document: Document) -> bytes:
        date = _date(document.published)
        read = _Reader(document, date or _UNDATED)
        found: dict[tuple[str | None, ...], Named] = {}
        for one in read.entities() if wanted != DOCUMENT else ():
            if wanted in (None, one.label):
                _join(found, one)
        for one in read.references() if wanted in (None, DOCUMENT) else ():
            _join(found, one)
        return encode(Names(date, list(found.values())))

    return view


class _Reader:
    """The mentions of a document, each as what it adds to the table."""

    def __init__(self, document: Document, date: str) -> None:
        self.document = document
        self.date = date
        self.text = document.text
        self.sentences = document.sentences
        self.sentence_starts = [sentence.start for sentence in self.sentences]
        self.blocks = [(block.start or 0, block.role in _RUNNING) for block in document.kept]

    def entities(self) -> Iterator[Named]:
        for one in self.document.entities:
            canonical = _folded(one.canonical)
            partial = _joined(canonical) not in _joined(one.text)
            best = self._best(one, partial, canonical)
            level, parent = (one.level, one.parent) if one.label == "LOC" else (None, None)
            yield Named(one.label, canonical, level, parent, {_folded(one.text): 1}, best)

    def references(self) -> Iterator[Named]:
        for one in self.document.references:
            text = _folded(one.text)
            named = text.lower().startswith(one.type.lower())
            best = self._best(one, False, text if named else f"{one.type} {text}")
            yield Named(DOCUMENT, one.key, None, None, {text: 1}, best)

    def _best(self, one: Entity | Reference, partial: bool, name: str) -> Best:
        block = bisect_right(self.blocks, (one.start, True)) - 1
        running = block >= 0 and self.blocks[block][1]
        at = bisect_right(self.sentence_starts, one.start) - 1
        start, end = (self.sentences[at].start, self.sentences[at].end) if at >= 0 else (one.start, one.end)
        end = max(end, one.end)
        order = (partial, not running, -len(_folded(one.text)), self.date, self.document.id)
        return Best(*order, one.start, one.end, one.text, self.text[start:end], start, end, one.rule or "", name)


def _join(found: dict[tuple[str | None, ...], Named], one: Named) -> None:
    """Add a mention to those of its name in the same document."""
    mine = found.setdefault((one.label, one.canonical, one.level, one.parent), one)
    if mine is not one:
        for text, count in one.variants.items():
            mine.variants[text] = mine.variants.get(text, 0) + count
        mine.best = min(mine.best, one.best)


class EntityTable:
    """Adds up documents by name. Memory grows with the distinct names and their spellings, not with the documents."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str | None, ...], _Sum] = {}

    def take(self, done: Done) -> None:
        """Add the result of one document."""
        names = _decode(done.data)
        here: set[tuple[str | None, ...]] = set()
        for one in names.named:
            key = (one.label, _key(one), one.level, one.parent)
            row = self._rows.get(key)
            if row is None:
                row = self._rows[key] = _Sum(one.best)
            row.add(one, names.date, first=key not in here)
            here.add(key)

    def rows(self, top: int | None = None) -> Iterator[Row]:
        """The rows: people, places, bodies, official documents; of each what is mentioned most comes first.

        Then more documents, then the name decide. `top` is how many of each label to give.
        """
        rows = [row.row(label or "", level, parent) for (label, _, level, parent), row in self._rows.items()]
        rows.sort(key=_order)
        given: Counter[str] = Counter()
        for row in rows:
            given[row["label"]] += 1
            if top is None or given[row["label"]] <= top:
                yield row


class _Sum:
    """What all documents say of one row."""

    __slots__ = ("best", "canonical", "doc_freq", "first", "last", "variants")

    def __init__(self, best: Best) -> None:
        self.best = best
        self.canonical: Counter[str] = Counter()
        self.variants: Counter[str] = Counter()
        self.doc_freq = 0
        self.first: str | None = None
        self.last: str | None = None

    def add(self, one: Named, date: str | None, first: bool) -> None:
        self.canonical[one.canonical] += sum(one.variants.values())
        self.variants.update(one.variants)
        self.best = min(self.best, one.best)
        self.doc_freq += first
        if date is not None:
            self.first = min(self.first or date, date)
            self.last = max(self.last or date, date)

    def row(self, label: str, level: str | None, parent: str | None) -> Row:
        best = self.best
        (canonical, _), *_ = _most_first(self.canonical)
        is_document = label == DOCUMENT
        return {
            "label": label,
            "canonical": best.name if is_document else canonical,
            "key": canonical if is_document else None,
            "level": level,
            "parent": parent,
            "count": self.variants.total(),
            "doc_freq": self.doc_freq,
            "first": self.first,
            "last": self.last,
            "variants": [{"text": text, "count": count} for text, count in _most_first(self.variants)],
            "best_id": best.id,
            "best_text": best.text,
            "best_start": best.start,
            "best_end": best.end,
            "best_rule": best.rule or None,
            "best_sentence": best.sentence,
            "best_sentence_start": best.sentence_start,
            "best_sentence_end": best.sentence_end,
        }


def _order(row: Row) -> tuple[Any, ...]:
    at = LABELS.index(row["label"])
    return (
        at,
        -row["count"],
        -row["doc_freq"],
        row["canonical"],
        row["key"] or "",
        row["level"] or "",
        row["parent"] or "",
    )


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _key(one: Named) -> str:
    """What mentions of one row have in common: of official documents the key as it is, else the folded name."""
    return one.canonical if one.label == DOCUMENT else _joined(one.canonical) or one.canonical


def _joined(name: str) -> str:
    return " ".join(phrase_key(name))


def _folded(text: str) -> str:
    """The text with every run of white space as one space: a name may stand on two lines."""
    return " ".join(text.split())


def _date(published: str | None) -> str | None:
    """The day (month, year) of a date in ISO 8601; None for anything else."""
    match = _DATE.match(published or "")
    return match[0] if match else None
