"""From documents to a corpus: what a run over inputs gives is added up, with multi-word terms found on the way."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Literal

from hocbac_nlp.corpora import ngrams, term_counts
from hocbac_nlp.corpora.corpus import Corpus, Group, Spool
from hocbac_nlp.corpora.multiword import Repeated, Selection, Selector, Vocabulary
from hocbac_nlp.corpora.ngrams import Tagger
from hocbac_nlp.corpora.term_counts import Counts
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.work import Done
from hocbac_nlp.terms import KIND_OF_UNIT, Kind, Unit

Engine = Literal["python", "duckdb"]
ENGINES: tuple[Engine, ...] = ("python", "duckdb")


def view_options(units: tuple[Unit, ...], canonical: bool, by: str | None) -> dict[str, Any]:
    """The options of the `term_counts` view that a `Gatherer` for these units needs."""
    return {"units": list(units), "canonical": canonical, "by": by, "order": "terms" in units}


class Gatherer:
    """Adds documents to a corpus. `name` makes a document's part from its group; by default it is the group."""

    def __init__(self, corpus: Corpus, units: tuple[Unit, ...]) -> None:
        self._corpus = corpus
        self._kinds: frozenset[Kind] = frozenset(KIND_OF_UNIT[unit] for unit in units if unit != "terms")
        self._texts = _Texts() if "terms" in units else None

    def sink(self, name: Callable[[Group], Group] = lambda group: group) -> Callable[[Done], None]:
        """The function that takes the results of a run."""

        def add(done: Done) -> None:
            counts = term_counts.decode(done.data)
            part = name(counts.group)
            if self._texts is None:
                self._corpus.add(part, counts.size, counts.terms, counts.numbers)
            else:
                self._texts.add(part, counts)

        return add

    def finish(self, lexicons: Lexicons, engine: Engine = "python") -> None:
        """Find the multi-word terms, when they are asked for: the corpus is complete after that.

        Raises `UsageError` when the engine is not installed.
        """
        if self._texts is not None:
            self._texts.count(self._corpus, Selector.load(lexicons, _repeated(engine)), self._kinds)


def _repeated(engine: Engine) -> Repeated:
    if engine == "python":
        return ngrams.repeated
    from hocbac_nlp.corpora import duckdb_ngrams

    return duckdb_ngrams.repeated


class _Texts:
    """The documents as sequences of terms, in a temporary file."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._singles: Counter[int] = Counter()
        self._spool = Spool()
        self._heads: list[tuple[Group, int]] = []

    def add(self, name: Group, counts: Counts) -> None:
        numbers = [self._vocabulary.number(*entry) for entry in zip(counts.terms, counts.kinds, strict=True)]
        sequence = array("i", (numbers[index] if index >= 0 else -1 for index in counts.numbers))
        self._singles.update(sequence)
        self._spool.add(sequence)
        self._heads.append((name, counts.size))

    def count(self, corpus: Corpus, selector: Selector, kinds: frozenset[Kind]) -> None:
        """Choose the multi-word terms and add all documents, with them, to the corpus."""
        del self._singles[-1]
        selection = selector.select(lambda: self._spool, self._vocabulary, self._singles)
        tagger = Tagger(selection.terms)
        for (name, size), sequence in zip(self._heads, self._spool, strict=True):
            tally = Counter(self._strings(sequence, selection, tagger, kinds))
            corpus.add(name, size, tally.keys(), tally.values())
        self._spool.close()

    def _strings(
        self, sequence: "array[int]", selection: Selection, tagger: Tagger, kinds: frozenset[Kind]
    ) -> Iterable[str]:
        """The terms of a document, as often as they occur."""
        entries = self._vocabulary.entries
        for item in sequence:
            if item >= 0 and entries[item][1] in kinds and item not in selection.covered:
                yield entries[item][0]
        for _, gram in tagger.all(sequence):
            yield self._vocabulary.show(gram)
