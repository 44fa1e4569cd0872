"""A corpus as counts: documents or groups of documents (its parts), each with the terms that it has.

Parts that are single documents go to a temporary file as they come, so memory grows with the vocabulary and not with
the text. Nothing that is read out depends on the order in which documents were added.
"""

import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import IO, NamedTuple, Self

from hocbac_nlp.corpora.dispersion import Spreads

Group = str | None


class Part(NamedTuple):
    """A part of the corpus: its documents and running terms, which terms it has (as numbers) and how often."""

    name: Group
    documents: int
    size: int
    terms: "array[int]"
    counts: "array[int]"


class Spool:
    """Arrays of integers in a temporary file, that is gone when closed."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="hocbac-nlp-")  # noqa: SIM115 (closed by `close`)
        self._at: array[int] = array("q", [0])

    def __len__(self) -> int:
        return len(self._at) - 1

    def add(self, numbers: "array[int]") -> None:
        """Append an array of type `i`."""
        self._file.seek(0, 2)
        numbers.tofile(self._file)
        self._at.append(self._at[-1] + len(numbers))

    def read(self, index: int) -> "array[int]":
        """The array that was added as number `index`."""
        numbers = array("i")
        self._file.seek(self._at[index] * numbers.itemsize)
        numbers.fromfile(self._file, self._at[index + 1] - self._at[index])
        return numbers

    def __iter__(self) -> Iterator["array[int]"]:
        return map(self.read, range(len(self)))

    def close(self) -> None:
        """Delete the file."""
        self._file.close()


class Corpus:
    """Counts of a corpus. Terms are numbered in the order in which they come."""

    def __init__(self, grouped: bool = False) -> None:
        """With `grouped`, documents of one group are one part; else each document is a part."""
        self.grouped = grouped
        self._found: Counter[int] = Counter()  # in how many documents
        self._again: Counter[int] = Counter()  # how often after the first time in a document
        self.documents = 0
        self.size = 0
        self._numbers = _Numbers()
        self._names: list[Group] = []
        self._sizes: array[int] = array("q")
        self._spool = Spool()
        self._groups: dict[Group, Counter[int]] = {}
        self._group_sizes: Counter[Group] = Counter()
        self._group_documents: Counter[Group] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._spool.close()

    def add(self, group: Group, size: int, terms: Iterable[str], counts: Iterable[int]) -> None:
        """Add a document: the name of its part, its running terms, its distinct terms and how often each occurs."""
        self.documents += 1
        self.size += size
        numbers = array("i", map(self._numbers.__getitem__, terms))
        amounts = array("i", counts)
        self._found.update(numbers)
        again = self._again
        for number, count in zip(numbers, amounts, strict=True):
            if count > 1:
                again[number] += count - 1
        if self.grouped:
            members = self._groups.setdefault(group, Counter())
            for number, count in zip(numbers, amounts, strict=True):
                members[number] += count
            self._group_sizes[group] += size
            self._group_documents[group] += 1
        else:
            self._names.append(group)
            self._sizes.append(size)
            self._spool.add(numbers + amounts)

    @property
    def nameless(self) -> bool:
        """Whether there are documents, and none of a group with a name."""
        return self._groups.keys() == {None}

    @cached_property
    def strings(self) -> list[str]:
        """The terms by number, when all documents are there."""
        return list(self._numbers)

    @cached_property
    def doc_freq(self) -> list[int]:
        """In how many documents each term occurs, by number."""
        return [self._found[number] for number in range(len(self._numbers))]

    @cached_property
    def frequency(self) -> list[int]:
        """How often each term occurs, by number."""
        return [self._found[number] + self._again[number] for number in range(len(self._numbers))]

    def parts(self) -> Iterator[Part]:
        """The parts, sorted by name, None last; documents of one name are one part, those without a name are not."""
        if self.grouped:
            for name in sorted(self._groups, key=_order):
                yield _part(name, self._group_documents[name], self._group_sizes[name], self._groups[name])
            return
        indices = sorted(range(len(self._names)), key=lambda index: _order(self._names[index]))
        for name, same in groupby(indices, key=self._names.__getitem__):
            if name is None:
                yield from map(self._read, same)
            else:
                yield _joined(name, [self._read(index) for index in same])

    def _read(self, index: int) -> Part:
        numbers = self._spool.read(index)
        half = len(numbers) // 2
        return Part(self._names[index], 1, self._sizes[index], numbers[:half], numbers[half:])

    def whole(self) -> Part:
        """The corpus as one part, without a name."""
        return Part(None, self.documents, self.size, array("i", range(len(self.frequency))), array("q", self.frequency))

    def spreads(self) -> Spreads:
        """The dispersion of all terms over the parts."""
        spreads = Spreads(self.frequency, self.size)
        for part in self.parts():
            spreads.add(part.size, part.terms, part.counts)
        return spreads


class _Numbers(dict[str, int]):
    """A number for every term that is asked for: the first gets 0."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def _part(name: Group, documents: int, size: int, counts: Mapping[int, int]) -> Part:
    return Part(name, documents, size, array("i", counts), array("q", counts.values()))


def _joined(name: Group, parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    counts: Counter[int] = Counter()
    for part in parts:
        counts.update(dict(zip(part.terms, part.counts, strict=True)))
    return _part(name, len(parts), sum(part.size for part in parts), counts)


def _order(name: Group) -> tuple[bool, str]:
    return name is None, name or ""
