"""Word boundaries by underthesea's segmentation model, decoded here.

The model has two labels, so only the difference of their scores matters: a token's score for beginning a word
less its score for going on. It is a sum over features of up to three neighbouring tokens, which is looked up
once per distinct pair of tokens. Sums are taken in another order than underthesea's; a sentence where some
decision is closer than what that can change is left to underthesea's own tagger.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from hocbac_nlp.tagger.crf import MARGIN, Attribute, Model

_PAIR_LIMIT = 150_000
"""How many pairs are kept: about 60 MB."""

_BOS, _EOS = "\0BOS", "\0EOS"
"""Stand for the places before and after a sentence; no token is a NUL and more."""

Vector = Sequence[float]
Third = tuple[str | None, str | None, bool]
"""What a third token may complete: a triple that the model knows, a dictionary word, a capitalised triple."""
Pair = tuple[float, float, float, float, Third | None]
"""What neighbours a, b add to the token after b, to b, to a, and to the token before a."""


class Segmenter:
    """Decides which tokens of a sentence begin a word.

    `dictionary` holds the words of the `is_in_dict` features; `traits` says of a token whether underthesea's
    featurizer takes it for a number and for capitalised; `exact` decides a whole sentence by underthesea's
    own tagger.
    """

    def __init__(
        self,
        model: Model,
        dictionary: Collection[str],
        traits: Callable[[str], tuple[bool, bool]],
        exact: Callable[[Sequence[str]], list[bool]],
    ) -> None:
        self._exact = exact
        begin, inside = model.labels.index("B-W"), model.labels.index("I-W")
        scores = (model.weights[:, begin] - model.weights[:, inside]).tolist()
        self._pairs = _Pairs(_tables(model.attributes, scores), dictionary, traits)
        steps = model.transitions.tolist()
        self._into_begin = steps[begin][begin], steps[inside][begin]
        self._into_inside = steps[begin][inside], steps[inside][inside]

    def begins(self, tokens: Sequence[str]) -> list[bool]:
        """For each token of a sentence whether it begins a word (the first one always does)."""
        if not tokens:
            return []
        found = self._decode(self._scores(tokens))
        return self._exact(tokens) if found is None else found

    def _decode(self, scores: Vector) -> list[bool] | None:
        """The best labels (Viterbi), or `None` when a decision is too close to call."""
        (stay, enter), (leave, rest) = self._into_begin, self._into_inside
        total = scores[0]
        totals = [total]
        for score in scores[1:]:
            a, b = total + stay, total + leave
            total = score + (a if a > enter else enter) - (b if b > rest else rest)
            totals.append(total)
        before_begin, before_inside = enter - stay, rest - leave
        bound = 0.0
        begins = []
        for total in reversed(totals):
            gap = total - bound
            if -MARGIN < gap < MARGIN:
                return None
            begins.append(gap > 0)
            bound = before_begin if gap > 0 else before_inside
        begins.reverse()
        begins[0] = True
        return begins

    def _scores(self, tokens: Sequence[str]) -> Vector:
        """For each token, its score for beginning a word less that for going on."""
        if len(self._pairs) > _PAIR_LIMIT:
            self._pairs.clear()
        row = [_BOS, _BOS, *tokens, _EOS, _EOS]
        pairs = list(map(self._pairs.__getitem__, pairwise(row)))
        scores = [w[0] + x[1] + y[2] + z[3] for w, x, y, z in zip(pairs, pairs[1:], pairs[2:], pairs[3:], strict=False)]
        if len(tokens) > 1:
            scores[-1] += self._pairs.at_end[1]
            scores[-2] += self._pairs.at_end[2]
        for at, pair in enumerate(pairs[:-3]):  # row[at] is tokens[at - 2]
            if pair[4] is not None:
                more = self._pairs.triple(*pair[4], row[at + 2])
                if more is not None:
                    scores[at] += more[0]
                    scores[at - 1] += more[1]
                    scores[at - 2] += more[2]
        return scores


Tables = Mapping[str, Mapping[str, Vector]]
Token = tuple[str, bool, Vector]
"""A token in lower case, whether it is capitalised, and what it adds to its five places."""


class _Pairs(dict[tuple[str, str], Pair]):
    """What pairs of neighbours add, worked out when first asked for."""

    def __init__(
        self,
        tables: tuple[Tables, Tables, Tables],
        dictionary: Collection[str],
        traits: Callable[[str], tuple[bool, bool]],
    ) -> None:
        self._dictionary, self._traits = dictionary, traits
        self._one, two, three = tables
        self._written, self._lower, self._triples = two[""], two["lower"], three[""]
        self._known_starts = {text.rpartition(" ")[0] for text in self._triples}
        self._word_starts = {word.rpartition(" ")[0] for word in dictionary if word.count(" ") == 2}
        # A triple is no word and not capitalised unless `triple` says otherwise: that much is in each pair.
        usual = _sum(three["is_in_dict"]["False"], three["istitle"]["False"])
        self._word_gain = _less(three["is_in_dict"]["True"], three["is_in_dict"]["False"])
        self._title_gain = _less(three["istitle"]["True"], three["istitle"]["False"])
        self._bases = {
            (word, title): _sum(two["is_in_dict"][str(word)], two["istitle"][str(title)], usual)
            for word in (False, True)
            for title in (False, True)
        }
        self._outside = {name: _sum(_edge(two, name), _edge(three, name)) for name in ("BOS", "EOS")}
        self.at_end = _less(_edge(three, "EOS"), usual)
        """What the end of the sentence adds to the last token (1) and the one before (2)."""
        self._tokens: dict[str, Token] = {}

    def clear(self) -> None:
        super().clear()
        self._tokens.clear()

    def triple(self, known: str | None, word: str | None, title: bool, third: str) -> Vector | None:
        """What a triple adds to its third, second and first token beyond the usual, if anything."""
        low, third_title, _ = self._token(third)
        more = None if known is None else self._triples.get(f"{known} {third}")
        if word is not None and f"{word} {low}" in self._dictionary:
            more = self._word_gain if more is None else _sum(more, self._word_gain)
        if title and third_title:
            more = self._title_gain if more is None else _sum(more, self._title_gain)
        return more

    def __missing__(self, key: tuple[str, str]) -> Pair:
        first, second = key
        low_first, title_first, one = self._token(first)
        low_second, title_second, next_one = self._token(second)
        third: Third | None = None
        if first is _BOS:
            more = self._outside["BOS"]
        elif second is _EOS:
            more = self._outside["EOS"]
        else:
            text, low = f"{first} {second}", f"{low_first} {low_second}"
            title = title_first and title_second
            more = self._bases[low in self._dictionary, title]
            if text in self._written:
                more = _sum(more, self._written[text])
            if low in self._lower:
                more = _sum(more, self._lower[low])
            known, word = text in self._known_starts, low in self._word_starts
            if known or word or title:
                third = text if known else None, low if word else None, title
        pair = self[key] = (
            more[0] + one[0],
            more[1] + one[1],
            more[2] + one[2],
            more[3] + one[3] + next_one[4],
            third,
        )
        return pair

    def _token(self, token: str) -> Token:
        entry = self._tokens.get(token)
        if entry is None:
            entry = self._tokens[token] = self._new_token(token)
        return entry

    def _new_token(self, token: str) -> Token:
        if token in (_BOS, _EOS):
            return token, False, _edge(self._one, token[1:])
        digit, title = self._traits(token)
        low = token.lower()
        values = {
            "": token,
            "lower": low,
            "isdigit": str(digit),
            "istitle": str(title),
            "is_in_dict": str(low in self._dictionary),
        }
        found = (self._one[table].get(value) for table, value in values.items())
        return low, title, _sum(*(vector for vector in found if vector is not None))


def _tables(attributes: Iterable[Attribute], scores: Sequence[float]) -> tuple[Tables, Tables, Tables]:
    """The scores of features of one, two and three tokens: function, then value, then the place it begins."""
    tables: tuple[dict[str, dict[str, list[float]]], ...] = ({}, {}, {})
    for table in tables:
        for function in ("", "lower", "isdigit", "istitle", "is_in_dict"):
            table[function] = {value: [0.0] * 5 for value in ("True", "False", "BOS", "EOS")}
    for one in attributes:
        values = tables[one.last - one.first][one.function]
        values.setdefault(one.value, [0.0] * 5)[one.first + 2] = scores[one.row]
    singles, pairs, triples = (
        {function: {value: tuple(row) for value, row in values.items()} for function, values in table.items()}
        for table in tables
    )
    return singles, pairs, triples


def _edge(tables: Tables, name: str) -> Vector:
    """What features whose tokens lie outside the sentence add: their value is BOS or EOS for every function."""
    return _sum(*(table[name] for table in tables.values()))


def _sum(*vectors: Vector) -> Vector:
    return tuple(map(sum, zip(*vectors, strict=True)))


def _less(one: Vector, other: Vector) -> Vector:
    return tuple(a - b for a, b in zip(one, other, strict=True))
