"""Multi-word terms of a text or a corpus: which repeated sequences of terms are entries of their own.

Stop words are applied here, after the sequences are formed: a term neither begins nor ends with one, and inside it
stand only those that link its parts (`term_links.txt`). What is left is ranked and collapsed as `ngrams` says, with
two rules of language on top:

- A list ("cơ quan, đơn vị") is a term only if each of its members hardly occurs outside it, as in a set formula
  ("tư tưởng, đạo đức, phong cách Hồ Chí Minh"). So either the list is an entry or its members are.
- Any other term consists of words: a name or a document is a term already, and what precedes it changes.
- A word or name that hardly occurs outside one term is no entry of its own.
- Several words that spell what is one word elsewhere are no term: the segmenter is not always of one mind.

"Hardly" is a third of the occurrences or less.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hocbac_nlp.corpora import ngrams
from hocbac_nlp.corpora.ngrams import Gram, Sequences
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.terms import RUNNING, Kind, Term, show

LEAST = 3
"""A sequence is repeated when it occurs this often."""
MOSTLY = Fraction(2, 3)

CONTENT: frozenset[Kind] = RUNNING - {"stop"}
COORDINATORS = frozenset(("và", "hoặc", "hay"))

Repeated = Callable[[Sequences, int], Mapping[Gram, int]]
"""Counts the repeated sequences: `ngrams.repeated`, or an engine that gives the same."""


class Vocabulary:
    """Numbers for terms: each string and kind has one; boundaries are -1."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, Kind]] = []
        self._numbers: dict[tuple[str, Kind], int] = {}

    def number(self, term: str, kind: Kind) -> int:
        """The number of a term."""
        if kind == "break":
            return -1
        number = self._numbers.setdefault((term, kind), len(self.entries))
        if number == len(self.entries):
            self.entries.append((term, kind))
        return number

    def sequence(self, terms: Iterable[Term]) -> list[int]:
        """The numbers of a document's terms."""
        return [self.number(term.term, term.kind) for term in terms]

    def show(self, gram: Gram) -> str:
        """A sequence as a string."""
        return show([self.entries[item] for item in gram])


@dataclass(frozen=True)
class Selection:
    """The entries: multi-word terms with their counts, and the numbers of single terms that are none."""

    terms: Mapping[Gram, int]
    covered: frozenset[int]


@dataclass(frozen=True)
class Selector:
    """Chooses the multi-word terms of texts."""

    links: frozenset[str]
    repeated: Repeated = ngrams.repeated

    @classmethod
    def load(cls, lexicons: Lexicons, repeated: Repeated = ngrams.repeated) -> "Selector":
        """Load the words that may link the parts of a term."""
        return cls(frozenset(lexicons.lines("term_links.txt")), repeated)

    def select(self, sequences: Sequences, vocabulary: Vocabulary, singles: Mapping[int, int]) -> Selection:
        """Find the terms of the sequences, in which the single terms occur as often as `singles` says."""
        entries = vocabulary.entries
        found = {
            gram: count
            for gram, count in self.repeated(sequences, LEAST).items()
            if self._well_formed(parts := [entries[item] for item in gram])
            and (not _is_list(parts) or _inseparable(gram, count, entries, singles))
        }
        words = {term for term, kind in entries if kind in CONTENT}
        found = {gram: count for gram, count in found.items() if vocabulary.show(gram) not in words}
        values = ngrams.c_values(found, lambda gram: sum(entries[item][1] != "mark" for item in gram))
        inner = ngrams.nested(found, MOSTLY)
        ranking = sorted(found.keys() - inner, key=lambda gram: (-values[gram], [entries[item] for item in gram]))
        kept = ngrams.shortest(ngrams.collapse(sequences, found, ranking, LEAST))
        covered = {item for gram in kept for item in gram if found[gram] >= MOSTLY * singles.get(item, 0)}
        alone = {entries[item][0] for item in singles if entries[item][1] in CONTENT and item not in covered}
        return Selection(
            {gram: found[gram] for gram in kept},
            frozenset(item for item in covered if entries[item][0] not in alone),
        )

    def _well_formed(self, parts: list[tuple[str, Kind]]) -> bool:
        inside = CONTENT if _is_list(parts) else {"word"}
        return all(part[1] in inside for part in (parts[0], parts[-1])) and all(
            kind in inside or kind == "mark" or term in self.links for term, kind in parts
        )


def _is_list(parts: list[tuple[str, Kind]]) -> bool:
    return any(term == "," or term in COORDINATORS for term, _ in parts)


def _inseparable(gram: Gram, count: int, entries: list[tuple[str, Kind]], singles: Mapping[int, int]) -> bool:
    return all(count >= MOSTLY * singles[item] for item in gram if entries[item][1] in CONTENT)
