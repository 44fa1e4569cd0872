"""From tags to names: the arithmetic around a token-classification model, which needs no model itself.

A *unit* is a stretch of a sentence that gets one tag: a word of the document, or a syllable or mark. A *piece* is
what the model's vocabulary makes of a unit; the tag of a unit is that of its first piece, as models are trained.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hocbac_nlp.document import Label

Span = tuple[int, int]

_UNIT = re.compile(r"\w+|[^\w\s]")
_TAG = re.compile(r"(?:([BIESULM])[-_])?(.+)")
_BEGINS = frozenset("BSU")

MARGIN = 4
"""A window shares one part in this many with the next one, so that every piece is read with what stands around it."""


class Tag(NamedTuple):
    """A label, and whether a name begins with it (`B-PER`) or may go on (`I-PER`)."""

    label: Label
    begins: bool


class Name(NamedTuple):
    """A name that a model found; offsets in the document's text."""

    start: int
    end: int
    label: Label


def tag(name: str, meanings: Mapping[str, Label]) -> Tag | None:
    """What a model's tag says, by the table of labels (`PERSON` -> `PER`); None for those that name nothing here."""
    match = _TAG.fullmatch(name.strip().upper())
    if match is None or match[2] not in meanings:
        return None
    return Tag(meanings[match[2]], match[1] is not None and match[1] in _BEGINS)


def units(text: str, start: int, end: int) -> list[Span]:
    """The syllables, numbers and marks of a stretch of text."""
    return [match.span() for match in _UNIT.finditer(text, start, end)]


def first_pieces(units: Sequence[Span], pieces: Sequence[Span]) -> Iterator[int | None]:
    """For each unit the index of the first piece that reaches into it; None for one that the model does not see.

    Both are in text order. A piece may hold several units: all but the first have none of their own then, and get it.
    """
    at = 0
    for start, end in units:
        while at < len(pieces) and pieces[at][1] <= start:
            at += 1
        yield at if at < len(pieces) and pieces[at][0] < end else None


def windows(size: int, limit: int) -> Iterator[tuple[int, int, int, int]]:
    """Cut `size` pieces into windows of at most `limit`: start, end, and the part of it whose tags count.

    The parts follow each other without a gap.
    """
    shared = limit // MARGIN
    start = counts_from = 0
    while start + limit < size:
        counts_to = start + limit - shared // 2
        yield start, start + limit, counts_from, counts_to
        start, counts_from = start + limit - shared, counts_to
    yield start, size, counts_from, size


def names(text: str, units: Iterable[Span], tags: Iterable[Tag | None]) -> Iterator[Name]:
    """Join tagged units to names. Marks at either end of a name do not belong to it."""
    found: list[Span] = []
    label: Label | None = None
    for span, one in zip(units, tags, strict=True):
        if label is not None and (one is None or one.begins or one.label != label):
            yield from _name(text, found, label)
            found = []
        label = one.label if one is not None else None
        if one is not None:
            found.append(span)
    if label is not None:
        yield from _name(text, found, label)


def _name(text: str, spans: list[Span], label: Label) -> Iterator[Name]:
    lettered = [span for span in spans if any(map(str.isalnum, text[slice(*span)]))]
    if lettered:
        yield Name(lettered[0][0], lettered[-1][1], label)
