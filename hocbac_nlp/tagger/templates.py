"""The features of underthesea's POS, chunk and NER models, written out as its own taggers take them.

The order matters to them: they add weights up in it, and a few sentences are decided by the last digit.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_ENTRY = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](?:\[(\d)\])?(?:\.(\w+))?")


class Template:
    """A model's file, the column of its template that underthesea fills with "X", and its features."""

    def __init__(self, model: str, constant: int, entries: str) -> None:
        self.model = model
        self.constant = constant
        self.entries = [_entry(name) for name in entries.split()]


class Entry(NamedTuple):
    """One feature: `function` of the words or tags from `first` to `last`, counted from the word."""

    name: str
    first: int
    last: int
    column: int
    function: str | None


def _entry(name: str) -> Entry:
    match = _ENTRY.fullmatch(name)
    assert match is not None
    first, last, column, function = match.groups()
    return Entry(name, int(first), int(last or first), int(column or 0), function)


_LOWER = "T[-2].lower T[-1].lower T[0].lower T[1].lower T[2].lower"
_TITLE = "T[0].istitle T[-1].istitle T[1].istitle"
_WORDS = "T[-2] T[-1] T[0] T[1] T[2] T[-2,-1] T[-1,0] T[0,1] T[1,2]"
_TAGS = "T[-2][1] T[-1][1] T[0][1] T[1][1] T[2][1] T[-2,-1][1] T[-1,0][1] T[0,1][1] T[1,2][1]"

POS = Template(
    "pos_tag/pos_crf_2017_10_11.bin",
    1,
    f"{_LOWER} {_TITLE} {_WORDS} T[-3][1] T[-2][1] T[-1][1] T[-3,-2][1] T[-2,-1][1]",
)
CHUNK = Template(
    "chunking/chunk_crf_2017_10_12.bin",
    2,
    f"{_LOWER} {_TITLE} {_WORDS} {_TAGS} T[-3][2] T[-2][2] T[-1][2]",
)
NER = Template(
    "ner/ner_crf_2017_10_12.bin",
    3,
    f"{_LOWER} {_TITLE} T[-2].istitle T[2].istitle {_WORDS} {_TAGS} T[-3][3] T[-2][3] T[-1][3]",
)


def features(words: Sequence[str], tags: Sequence[str], template: Template) -> list[tuple[str, ...]]:
    """The features of every word of a sentence."""
    sources = [tags if at else words for at in range(4)]
    sources[template.constant] = ["X"] * len(words)
    return list(zip(*(_column(entry, sources[entry.column]) for entry in template.entries), strict=True))


def _column(entry: Entry, source: Sequence[str]) -> list[str]:
    """One feature of every word: places before the sentence are BOS, places after it EOS."""
    size = entry.last - entry.first + 1
    texts = [" ".join(source[at : at + size]) for at in range(max(0, entry.first), len(source) - size + 1)]
    if entry.function == "lower":
        texts = [text.lower() for text in texts]
    elif entry.function == "istitle":
        texts = [str(is_title(text)) for text in texts]
    values = ["BOS"] * max(0, -entry.first) + texts + ["EOS"] * len(source)
    return [f"{entry.name}={value}" for value in values[: len(source)]]


def is_title(word: str) -> bool:
    """Whether every part of a word begins with an upper-case letter."""
    return all(part[:1].istitle() for part in word.split(" "))
