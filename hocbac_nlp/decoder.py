"""POS, chunk and NER tags by underthesea's models, decoded here for many sentences at once.

A word's score for each label is a sum over features of the words (and tags) around it. What one word adds to
the places around it is summed once and kept; the scores of all words are then gathered in a few array
operations, and the best labels found (Viterbi) with the sentences side by side. Sums are taken in another order
than underthesea's; a sentence in which a decision is closer than that can change goes to its own tagger.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hocbac_nlp.crf import MARGIN, Attribute, Floats, Model
from hocbac_nlp.templates import is_title

Ints = npt.NDArray[np.intp]
Sentence = Sequence[str]

_NOTHING, _BOS, _EOS = 0, 1, 2
"""Rows of every table: a value that the model does not know, and the places outside the sentence."""

_PLACES = 5
"""A feature begins at -2 to 2, counted from the word that it is about; its place in a table is two more."""

_WORD_LIMIT = 100_000
"""How many distinct words are kept: about 15 MB."""


class _Table:
    """Vectors of values: `vectors[row, place]` is what a value weighs for each label, beginning there."""

    def __init__(self, attributes: Iterable[Attribute], model: Model) -> None:
        self.rows: dict[str, int] = {}
        places, rows, sources = [], [], []
        names = ["", "=BOS", "=EOS"]
        chosen = list(attributes)
        self.rows = {name: row for row, name in enumerate(names)}
        for attribute in chosen:
            key = f"{attribute.function}={attribute.value}"
            rows.append(self.rows.setdefault(key, len(self.rows)))
            places.append(attribute.first + 2)
            sources.append(attribute.row)
        self.vectors: Floats = np.zeros((len(self.rows), _PLACES, len(model.labels)))
        self.vectors[rows, places] = model.weights[sources]


class Decoder:
    """Tags sentences by one model.

    `constant` is the column of the model's template in which underthesea writes "X" for every word; `exact`
    tags one sentence (words, tags) by underthesea's own tagger.
    """

    def __init__(self, model: Model, constant: int, exact: Callable[[Sentence, Sentence], list[str]]) -> None:
        self._exact = exact
        self._labels = model.labels
        kinds: dict[tuple[bool, bool], list[Attribute]] = {}
        fixed: list[Attribute] = []
        for one in model.attributes:
            kind = (one.column == 0, one.first == one.last)
            (fixed if one.column == constant else kinds.setdefault(kind, [])).append(one)
        self._word_features = _Table(kinds.get((True, True), ()), model)
        self._word_pairs = _Table(kinds.get((True, False), ()), model)
        self._tags = _Table(kinds.get((False, True), ()), model)
        self._tag_pairs = _Table(kinds.get((False, False), ()), model)
        self._fixed = _fixed_scores(fixed, model)
        self._steps = model.transitions[:, :, None]  # from, to, sentence
        self._reset()

    def tag(self, sentences: Sequence[Sentence], tags: Sequence[Sentence]) -> list[list[str]]:
        """The labels of each sentence, given as its words and (for chunks and names) their POS tags."""
        if len(self._rows) > _WORD_LIMIT:
            self._reset()
        order = sorted(range(len(sentences)), key=lambda at: -len(sentences[at]))
        order = [at for at in order if sentences[at]]
        result: list[list[str]] = [[] for _ in sentences]
        if order:
            found = self._decode([sentences[at] for at in order], [tags[at] for at in order])
            for at, labels in zip(order, found, strict=True):
                result[at] = self._exact(sentences[at], tags[at]) if labels is None else labels
        return result

    def _reset(self) -> None:
        """Forget all words."""
        self._rows: dict[str, int] = {}
        self._vectors: Floats = np.zeros((256, _PLACES, len(self._labels)))
        self._alike: dict[tuple[int, ...], int] = {}
        self._row_of([""] * 3)
        for name in ("BOS", "EOS"):
            self._row_of([f"lower={name}", f"istitle={name}", f"={name}"])

    def _row(self, word: str) -> int:
        """The row of a word, worked out when first asked for."""
        row = self._rows.get(word)
        if row is None:
            values = [f"lower={word.lower()}", f"istitle={is_title(word)}", f"={word}"]
            row = self._rows[word] = self._row_of(values)
        return row

    def _row_of(self, values: list[str]) -> int:
        """The row for these values; words that the model does not tell apart share one."""
        key = tuple(self._word_features.rows.get(value, _NOTHING) for value in values)
        row = self._alike.setdefault(key, len(self._alike))
        if row == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._vectors[row] = self._word_features.vectors[list(key)].sum(axis=0)
        return row

    def _decode(self, sentences: list[Sentence], tags: list[Sentence]) -> list[list[str] | None]:
        """The labels of each sentence, longest sentence first; `None` where a decision is too close to call."""
        lengths = np.array([len(sentence) for sentence in sentences])
        # active[t]: how many sentences have a word number t; cells are ordered by t, then by sentence.
        active = np.bincount(lengths)[::-1].cumsum()[::-1][1:]
        scores = self._scores(sentences, tags, lengths, active)
        best, close = _viterbi(scores, self._steps, active)
        begins = np.concatenate([[0], active.cumsum()])
        labels = [self._labels[one] for one in best.tolist()]
        found: list[list[str] | None] = []
        tied = set((np.flatnonzero(close)).tolist())
        for at, length in enumerate(lengths.tolist()):
            cells = (begins[:length] + at).tolist()
            found.append(None if tied and not tied.isdisjoint(cells) else [labels[cell] for cell in cells])
        return found

    def _scores(self, sentences: list[Sentence], tags: list[Sentence], lengths: Ints, active: Ints) -> Floats:
        """`[label, cell]`: the score of each label for each word, before transitions."""
        words: list[int] = []
        pairs: list[int] = []
        row, pair_rows = self._row, self._word_pairs.rows
        for sentence in sentences:
            words += (_BOS, _BOS, *map(row, sentence), _EOS, _EOS)
            pairs += (_BOS, _BOS, *[pair_rows.get(f"={a} {b}", _NOTHING) for a, b in pairwise(sentence)])
            pairs += (_EOS, _EOS, _NOTHING)
        firsts = np.concatenate([[0], (lengths + 4).cumsum()[:-1]]) + 2
        at = np.concatenate([firsts[:count] + t for t, count in enumerate(active.tolist())])
        time = np.repeat(np.arange(len(active)), active)
        scores = self._fixed[np.minimum(time, len(self._fixed) - 1)]
        _gather(scores, self._vectors, np.array(words), at)
        _gather_few(scores, self._word_pairs.vectors, np.array(pairs), at)
        if len(self._tags.rows) > 3:
            ids, id_pairs = self._tag_rows(tags)
            _gather(scores, self._tags.vectors, ids, at)
            _gather_few(scores, self._tag_pairs.vectors, id_pairs, at)
        return np.ascontiguousarray(scores.T)

    def _tag_rows(self, tags: list[Sentence]) -> tuple[Ints, Ints]:
        one, two = self._tags.rows, self._tag_pairs.rows
        ids: list[int] = []
        pairs: list[int] = []
        for sentence in tags:
            ids += (_BOS, _BOS, *[one.get(f"={tag}", _NOTHING) for tag in sentence], _EOS, _EOS)
            pairs += (_BOS, _BOS, *[two.get(f"={a} {b}", _NOTHING) for a, b in pairwise(sentence)])
            pairs += (_EOS, _EOS, _NOTHING)
        return np.array(ids), np.array(pairs)


def _fixed_scores(attributes: list[Attribute], model: Model) -> Floats:
    """What the column of "X" adds to the first, second, third and every later word."""
    scores = np.zeros((4, len(model.labels)))
    for one in attributes:
        for at in range(4):
            outside = at + one.first < 0
            if one.value == ("BOS" if outside else "X" if one.first == one.last else "X X"):
                scores[at] += model.weights[one.row]
    return scores


def _gather(scores: Floats, vectors: Floats, rows: Ints, at: Ints) -> None:
    """Add to each cell what the values at the five places around it weigh."""
    for place in range(_PLACES):
        scores += vectors[rows[at + (place - 2)], place]


def _gather_few(scores: Floats, vectors: Floats, rows: Ints, at: Ints) -> None:
    """The same for pairs of neighbours, of which few are known and none begins at 2."""
    for place in range(_PLACES - 1):
        chosen = rows[at + (place - 2)]
        cells = np.flatnonzero(chosen)
        scores[cells] += vectors[chosen[cells], place]


def _viterbi(scores: Floats, steps: Floats, active: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The best label of each cell, and whether the choice there was too close to call.

    `scores[label, cell]`, the cells ordered by position and then by sentence, longest first; `active[t]`
    sentences have a position t. `steps[from, to, 0]` are the transitions.
    """
    ends = active.cumsum().tolist()
    counts = active.tolist()
    totals = scores
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
    gap = totals[best, np.arange(len(best))] - MARGIN
    return best, (totals > gap).sum(axis=0) > 1
