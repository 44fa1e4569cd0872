"""Near-duplicate documents in a batch: the same story saved from several sites, or saved twice.

Two documents are near duplicates when their texts share at least `threshold` of all their word shingles (runs of
five syllables; Jaccard). MinHash signatures with locality-sensitive hashing propose the pairs (rensa); each is then
checked exactly, so what is reported does not depend on estimates. Near duplicates of near duplicates are one group.
"""

import re
import tempfile
from array import array
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from hocbac_nlp.document import Document, loads
from hocbac_nlp.running.work import Done

SHINGLE = 5
PERMUTATIONS = 128
SEED = 1
SURE = 0.999
"""How likely a pair at the threshold has to be proposed."""

Row = dict[str, Any]


class Duplicates:
    """Takes the documents of a batch one by one; knows the groups when all are in.

    Memory per document: about 8 bytes a word. With `keep_records`, the records wait in a temporary file.
    """

    def __init__(self, threshold: float, keep_records: bool = False) -> None:
        from rensa import RMinHash, RMinHashLSH

        self.threshold = threshold
        self._signature = RMinHash
        self._index = RMinHashLSH(threshold, PERMUTATIONS, bands(threshold))
        self._shingles: list[array[int]] = []
        self._facts: list[Row] = []
        self._parents: list[int] = []
        self._records = tempfile.TemporaryFile() if keep_records else None  # noqa: SIM115 (lives as long as this)

    def __len__(self) -> int:
        return len(self._facts)

    def take(self, done: Done) -> None:
        """Add a document, and join it with those before it that it repeats."""
        document = loads(done.data.rstrip(b"\n"))
        number = len(self)
        mine = shingles(document)
        facts = ("id", "title", "published")
        self._facts.append({name: getattr(document, name) if name in document else None for name in facts})
        if self._records:
            self._records.write(done.data)
        self._parents.append(number)
        self._shingles.append(array("Q", sorted(mine)))
        if not mine:
            return
        signature = self._signature(PERMUTATIONS, SEED)
        signature.update([shingle.to_bytes(8, "little") for shingle in mine])
        for other in self._index.query(signature):
            if self._root(other) != self._root(number) and jaccard(mine, self._shingles[other]) >= self.threshold:
                self._parents[self._root(number)] = self._root(other)
        self._index.insert(number, signature)

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def groups(self) -> Iterator[list[int]]:
        """The groups of two documents and more, by their first document; in each the earliest comes first.

        The earliest is the one with the earliest `published`; undated ones come last, then the order of input
        decides.
        """
        members: dict[int, list[int]] = {}
        for number in range(len(self)):
            members.setdefault(self._root(number), []).append(number)
        for group in sorted(members.values()):
            if len(group) > 1:
                yield sorted(group, key=self._age)

    def _age(self, number: int) -> tuple[bool, str, int]:
        published = self._facts[number]["published"]
        return published is None, published or "", number

    def rows(self) -> Iterator[Row]:
        """One row per group: the document to keep, and all of them with their similarity to that one."""
        for number, group in enumerate(self.groups(), 1):
            first = set(self._shingles[group[0]])
            documents = [
                self._facts[one] | {"similarity": round(jaccard(first, self._shingles[one]), 4)} for one in group
            ]
            yield {"group": number, "keep": documents[0]["id"], "documents": documents}

    def kept(self) -> Iterator[bytes]:
        """The records but those that repeat an earlier one, in the order of input, as they came."""
        assert self._records is not None
        dropped = {one for group in self.groups() for one in group[1:]}
        self._records.seek(0)
        for number, record in enumerate(self._records):
            if number not in dropped:
                yield record


def bands(threshold: float) -> int:
    """The fewest bands of the signature that propose a pair at the threshold with near certainty."""
    return next(
        count
        for count in (4, 8, 16, 32, 64, PERMUTATIONS)
        if count == PERMUTATIONS or 1 - (1 - threshold ** (PERMUTATIONS // count)) ** count >= SURE
    )


def shingles(document: Document) -> set[int]:
    """The runs of five syllables in the text, lower-cased and without punctuation, as 64-bit hashes.

    A shorter text is one shingle; an empty one has none.
    """
    words = re.findall(r"\w+", document.text.lower())
    if not words:
        return set()
    runs = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    return {int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "little") for run in runs}


def jaccard(mine: set[int], theirs: "array[int]") -> float:
    """The share of the shingles of both that they have in common."""
    common = sum(map(mine.__contains__, theirs))
    return common / (len(mine) + len(theirs) - common) if mine or theirs else 0.0
