"""Sentences decoded side by side: where their words stand in the arrays, and the best labels (Viterbi)."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from hocbac_nlp.tagger.crf import MARGIN, Floats

Ints = npt.NDArray[np.intp]
Sentence = Sequence[str]

BOS, EOS = 1, 2
"""Rows of every table: the places outside the sentence. Row 0 is for values that no model knows."""

_BATCH_LIMIT = 20_000
"""How many words are decoded at once: about 15 MB."""


class Batch:
    """Sentences side by side, longest first: `cells` are their words, ordered by position, then by sentence.

    A cell is given as an offset into the rows of all sentences, each with two rows before and after it.
    """

    def __init__(self, lengths: list[int]) -> None:
        self.lengths = lengths
        self.active = np.bincount(lengths)[:0:-1].cumsum()[::-1]
        """How many sentences have a word at each position."""
        firsts = np.cumsum([2, *[length + 4 for length in lengths[:-1]]])
        counts = self.active.tolist()
        self.cells = np.concatenate([firsts[:count] + at for at, count in enumerate(counts)])
        self.time = np.repeat(np.arange(len(counts)), self.active)
        self.ends: list[int] = self.active.cumsum().tolist()

    def rows(self, sentences: Iterable[Iterable[int]]) -> Ints:
        """The rows of all sentences, with those for the places outside around each."""
        rows: list[int] = []
        for sentence in sentences:
            rows += (BOS, BOS, *sentence, EOS, EOS)
        return np.array(rows)

    def split(self, best: Ints, close: npt.NDArray[np.bool_], names: list[str]) -> Iterable[list[str] | None]:
        """The labels of each sentence; `None` if some choice in it was too close."""
        begins = np.array([0, *self.ends[:-1]])
        labels = [names[label] for label in best.tolist()]
        ties = set(np.flatnonzero(close).tolist())
        for at, length in enumerate(self.lengths):
            cells = (begins[:length] + at).tolist()
            yield None if ties and not ties.isdisjoint(cells) else [labels[cell] for cell in cells]


def batches(sentences: Sequence[Sentence]) -> Iterator[list[int]]:
    """The numbers of the sentences that are not empty, in batches, longest first in each."""
    batch: list[int] = []
    words = 0
    for at, sentence in enumerate(sentences):
        words += len(sentence)
        if batch and words > _BATCH_LIMIT:
            yield sorted(batch, key=lambda one: -len(sentences[one]))
            batch, words = [], len(sentence)
        if sentence:
            batch.append(at)
    if batch:
        yield sorted(batch, key=lambda one: -len(sentences[one]))


def viterbi(totals: Floats, steps: Floats, batch: Batch) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The best label of each cell, and whether the choice there was too close to call.

    `totals[label, cell]` are the scores, which are overwritten; `steps[from, to, 0]` the transitions.
    """
    ends, counts = batch.ends, batch.active.tolist()
    for at in range(1, len(counts)):
        here, before, count = ends[at - 1], ends[at - 1] - counts[at - 1], counts[at]
        totals[:, here : here + count] += (totals[:, None, before : before + count] + steps).max(axis=0)
    best = np.zeros(totals.shape[1], dtype=np.intp)
    for at in range(len(counts) - 1, -1, -1):
        start, end = ends[at] - counts[at], ends[at]
        if at + 1 < len(counts):
            following = counts[at + 1]
            totals[:, start : start + following] += steps[:, best[end : end + following], 0]
        totals[:, start:end].argmax(axis=0, out=best[start:end])
    bar = totals[best, np.arange(len(best))] - MARGIN
    return best, (totals > bar).sum(axis=0) > 1
