"""A set of phrases to look up in a block of syllables: the longest one that starts at a syllable."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from hocbac_nlp.naming.syllables import Syllables, phrase_key

T = TypeVar("T")


class Phrases(dict[str, "_Node[T]"], Generic[T]):
    """Phrases with a value each; a phrase matches whatever its case, spacing and place of the tone mark.

    The keys are those of the syllables that a phrase starts with.
    """

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        super().__init__()
        for phrase, value in entries:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase; one that is there already keeps its first value."""
        nodes: dict[str, _Node[T]] = self
        node: _Node[T] | None = None
        for edge in phrase_key(phrase):
            node = nodes.setdefault(edge, _Node())
            nodes = node.next
        if node is not None and node.value is None:
            node.value = (value, phrase)

    def longest(self, block: Syllables, at: int) -> tuple[int, T, str] | None:
        """The end of the longest phrase that starts at syllable `at`, its value, and its spelling here."""
        node = self.get(block.key[at])
        if node is None:
            return None
        found = None
        size = len(block.key)
        while node is not None:
            at += 1
            if node.value is not None:
                found = (at, *node.value)
            if at == size:
                break
            node = node.next.get(block.edge[at])
        return found


class _Node(Generic[T]):
    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.value: tuple[T, str] | None = None
