"""POS, chunk and NER tags by underthesea's models, decoded here for many sentences at once.

A word's score for each label is a sum over features of the words (and tags) around it. What one word adds to
the places around it is summed once and kept; the scores of all words are then gathered in a few array
operations, and the best labels found (Viterbi) with the sentences side by side. Sums are taken in another order
than underthesea's; a sentence in which a decision is closer than that can change goes to its own tagger.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from hocbac_nlp.tagger.batches import BOS, EOS, Batch, Ints, Sentence, batches, viterbi
from hocbac_nlp.tagger.crf import Attribute, Floats, Model
from hocbac_nlp.tagger.templates import is_title

_PLACES = 5
"""A feature begins at -2 to 2, counted from the word that it is about; its place in a table is two more."""

_WORD_LIMIT = 100_000
"""How many distinct words are kept: about 15 MB."""


class Part(NamedTuple):
    """A model to tag by; the template column in which underthesea writes "X" for every word; and its own
    tagger, which takes the words and tags of one sentence.
    """

    model: Model
    constant: int
    exact: Callable[[Sentence, Sentence], list[str]]


class Decoder:
    """Tags sentences by several models that read the same words and tags.

    `normal` turns a word as given into what the models know.
    """

    def __init__(self, parts: Sequence[Part], normal: Callable[[str], str] = str) -> None:
        self._parts, self._normal = parts, normal
        widths = [len(part.model.labels) for part in parts]
        self._columns = [slice(sum(widths[:at]), sum(widths[: at + 1])) for at in range(len(parts))]
        chosen = [
            (attribute, column, part)
            for part, column in zip(parts, self._columns, strict=True)
            for attribute in part.model.attributes
        ]

        def table(of_words: bool, single: bool) -> "_Table":
            return _Table(
                (
                    (one, column, part.model.weights)
                    for one, column, part in chosen
                    if one.column != part.constant
                    and (one.column == 0) == of_words
                    and (one.first == one.last) == single
                ),
                sum(widths),
            )

        self._word_pairs = table(of_words=True, single=False)
        self._vocabulary = _Vocabulary(table(of_words=True, single=True), self._word_pairs, normal)
        self._tags, self._tag_pairs = table(False, True), table(False, False)
        self._joined_tags = _joined(self._tags, self._tag_pairs)
        self._fixed = np.concatenate([_fixed_scores(part) for part in parts], axis=1)

    def tag(self, sentences: Sequence[Sentence], tags: Sequence[Sentence] | None = None) -> list[list[list[str]]]:
        """For each model the labels of each sentence, given as words and, if the models read them, tags."""
        if len(self._vocabulary) > _WORD_LIMIT:
            self._vocabulary.clear()
        results: list[list[list[str]]] = [[[] for _ in sentences] for _ in self._parts]
        for order in batches(sentences):
            self._tag(order, sentences, tags, results)
        return results

    def _tag(
        self,
        order: list[int],
        sentences: Sequence[Sentence],
        tags: Sequence[Sentence] | None,
        results: list[list[list[str]]],
    ) -> None:
        """Fill in the results for the sentences with the numbers in `order`."""
        batch = Batch([len(sentences[at]) for at in order])
        scores = self._scores([sentences[at] for at in order], [tags[at] for at in order] if tags else None, batch)
        for part, column, result in zip(self._parts, self._columns, results, strict=True):
            best, close = viterbi(scores[column], part.model.transitions[:, :, None], batch)
            for at, labels in zip(order, batch.split(best, close, part.model.labels), strict=True):
                result[at] = labels or part.exact(
                    [self._normal(word) for word in sentences[at]], tags[at] if tags else ()
                )

    def _scores(self, sentences: list[Sentence], tags: list[Sentence] | None, batch: Batch) -> Floats:
        """`[label, cell]`: the score of each label for each word, before transitions."""
        scores = self._fixed[np.minimum(batch.time, len(self._fixed) - 1)]
        words = batch.rows(map(self._vocabulary.__getitem__, sentence) for sentence in sentences)
        _add(scores, self._vocabulary.vectors, words, batch.cells)
        _add_known(scores, self._word_pairs.vectors, self._vocabulary.pairs(words), batch.cells)
        if tags:
            known = self._tags.rows
            one = batch.rows([known.get(f"={tag}", 0) for tag in sentence] for sentence in tags)
            _add(scores, self._tags.vectors, one, batch.cells)
            two = self._joined_tags[one[:-1], one[1:]]
            _add_known(scores, self._tag_pairs.vectors, two, batch.cells)
        return np.ascontiguousarray(scores.T)


class _Table:
    """Vectors of values: `vectors[row, place]` is what a value adds to each label, beginning at that place."""

    def __init__(self, chosen: Iterable[tuple[Attribute, slice, Floats]], width: int) -> None:
        self.rows = {"": 0, "=BOS": BOS, "=EOS": EOS}
        found = [
            (
                self.rows.setdefault(f"{one.function}={one.value}", len(self.rows)),
                one.first + 2,
                column,
                weights[one.row],
            )
            for one, column, weights in chosen
        ]
        self.vectors: Floats = np.zeros((len(self.rows), _PLACES, width))
        for row, place, column, weight in found:
            self.vectors[row, place, column] = weight


class _Vocabulary(dict[str, int]):
    """The row of each word in `vectors`, worked out when first asked for. Words that no model tells apart
    share a row.
    """

    def __init__(self, values: _Table, pairs: _Table, normal: Callable[[str], str]) -> None:
        self._values, self._normal = values, normal
        # A pair is known by its words joined with a space, and words may have spaces: each split counts.
        splits = [
            (text[1:at], text[at + 1 :], row)
            for text, row in pairs.rows.items()
            for at in range(2, len(text) - 1)
            if text[at] == " "
        ]
        self._firsts = {first: at for at, first in enumerate(dict.fromkeys(split[0] for split in splits), 1)}
        self._seconds = {second: at for at, second in enumerate(dict.fromkeys(split[1] for split in splits), 1)}
        codes = [self._firsts[first] * len(splits) + self._seconds[second] for first, second, _ in splits]
        order = np.argsort(codes)
        self._codes, self._factor = np.array(codes)[order], len(splits)
        self._pair_rows = np.array([row for _, _, row in splits])[order]
        self.clear()

    def clear(self) -> None:
        super().clear()
        self._alike: dict[tuple[int, ...], int] = {}
        self.vectors: Floats = np.zeros((256, *self._values.vectors.shape[1:]))
        self._parts: Ints = np.zeros((256, 2), dtype=np.intp)
        for name in ("", "BOS", "EOS"):
            self._row(name, [f"lower={name}", f"istitle={name}", f"={name}"] if name else [])

    def __missing__(self, word: str) -> int:
        form = self._normal(word)
        row = self[word] = self._row(form, [f"lower={form.lower()}", f"istitle={is_title(form)}", f"={form}"])
        return row

    def pairs(self, words: Ints) -> Ints:
        """The row of each word and the next in the table of pairs."""
        first, second = self._parts[words[:-1], 0], self._parts[words[1:], 1]
        rows = np.where(words[1:] == EOS, EOS, 0)
        rows[words[:-1] == BOS] = BOS
        at = np.flatnonzero((first > 0) & (second > 0))
        codes = first[at] * self._factor + second[at]
        found = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        known = self._codes[found] == codes
        rows[at[known]] = self._pair_rows[found[known]]
        return rows

    def _row(self, form: str, values: list[str]) -> int:
        parts = self._firsts.get(form, 0), self._seconds.get(form, 0)
        rows = [self._values.rows.get(value, 0) for value in values]
        key = (*parts, *rows)
        row = self._alike.get(key)
        if row is None:
            row = self._alike[key] = len(self._alike)
            if row == len(self.vectors):
                self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
                self._parts = np.concatenate([self._parts, np.zeros_like(self._parts)])
            self.vectors[row] = self._values.vectors[rows].sum(axis=0)
            self._parts[row] = parts
        return row


def _joined(tags: _Table, pairs: _Table) -> Ints:
    """The row of each pair of tags in the table of pairs, by the rows of the two tags."""
    joined = np.zeros((len(tags.rows), len(tags.rows)), dtype=np.intp)
    for first, row in tags.rows.items():
        for second, column in tags.rows.items():
            joined[row, column] = pairs.rows.get(f"{first} {second[1:]}", 0)
    joined[:, EOS] = EOS
    joined[BOS, :] = BOS
    return joined


def _fixed_scores(part: Part) -> Floats:
    """What the column of "X" adds to the first, second, third and every later word."""
    scores = np.zeros((4, len(part.model.labels)))
    for one in part.model.attributes:
        for at in range(4):
            value = "BOS" if at + one.first < 0 else "X" if one.first == one.last else "X X"
            if one.column == part.constant and one.value == value:
                scores[at] += part.model.weights[one.row]
    return scores


def _add(scores: Floats, vectors: Floats, rows: Ints, cells: Ints) -> None:
    """Add to each cell what the values at the five places around it weigh."""
    for place in range(_PLACES):
        scores += vectors[rows[cells + (place - 2)], place]


def _add_known(scores: Floats, vectors: Floats, rows: Ints, cells: Ints) -> None:
    """The same for pairs of neighbours, of which few are known and none begins at 2."""
    for place in range(_PLACES - 1):
        chosen = rows[cells + (place - 2)]
        known = np.flatnonzero(chosen)
        scores[known] += vectors[chosen[known], place]
