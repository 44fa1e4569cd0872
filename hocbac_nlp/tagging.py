"""Words and their POS, chunk and NER tags, by underthesea's own models.

The tags are those that `underthesea.word_tokenize`, `pos_tag`, `chunk` and `ner` give for a sentence; the
words are spans of the text as written.
"""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any

from hocbac_nlp.models import Models
from hocbac_nlp.tokens import Tokenizer

Span = tuple[int, int]


class Tagger:
    """underthesea's four models. Use `open_tagger`, which opens them once per process."""

    def __init__(self, models: Models) -> None:
        self._models = models
        rules = models.unpickle("text_normalize/tn_rules_2023_07_14.bin")
        self._tokenizer = Tokenizer(models.token_pattern(), rules["character"], rules["token"])
        self._forms: dict[str, str] = {}

    def words(self, text: str) -> list[Span]:
        """The words of a sentence: spans in `text`, any white space counting as a space."""
        tokens = list(self._tokenizer.tokens(text))
        features = self._featurizer.process([[[token] for token, _, _ in tokens]])[0]
        spans: list[Span] = []
        for (_, start, end), tag in zip(tokens, self._segmenter.tag(features), strict=True):
            if tag == "I-W" and spans:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        return spans

    def pos(self, words: Sequence[str]) -> list[str]:
        """The POS tags of a sentence, given as its words."""
        forms = [self._form(word) for word in words]
        tags: list[str] = self._pos.tag(_features(forms, ["X"] * len(forms), POS))
        return tags

    def chunk_ner(self, words: Sequence[str], pos: Sequence[str]) -> tuple[list[str], list[str]]:
        """The chunk and NER tags of a sentence, given as its words and their POS tags."""
        forms = [self._form(word) for word in words]
        return (
            self._chunk.tag(_features(forms, pos, CHUNK)),
            self._ner.tag(_features(forms, pos, NER)),
        )

    def _form(self, word: str) -> str:
        """A word as underthesea writes it: tokens normalised, one space between them."""
        form = self._forms.get(word)
        if form is None:
            form = " ".join(token for token, _, _ in self._tokenizer.tokens(word + " ."))[:-2]
            self._forms[word] = form
        return form

    @cached_property
    def _featurizer(self) -> Any:
        from underthesea_core import CRFFeaturizer

        folder = "word_tokenize/models/ws_crf_vlsp2013_20230727"
        return CRFFeaturizer(
            self._models.unpickle(f"{folder}/features.bin"), self._models.unpickle(f"{folder}/dictionary.bin")
        )

    @cached_property
    def _segmenter(self) -> Any:
        return self._open("word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin")

    @cached_property
    def _pos(self) -> Any:
        return self._open("pos_tag/pos_crf_2017_10_11.bin")

    @cached_property
    def _chunk(self) -> Any:
        return self._open("chunking/chunk_crf_2017_10_12.bin")

    @cached_property
    def _ner(self) -> Any:
        return self._open("ner/ner_crf_2017_10_12.bin")

    def _open(self, name: str) -> Any:
        from underthesea_core import CRFTagger

        tagger = CRFTagger()
        tagger.load(self._models.path(name))
        return tagger


@cache
def open_tagger() -> Tagger:
    """The tagger of this process."""
    return Tagger(Models())


# Template entries: (name, column, first, last, function)
def _template(text: str) -> list[tuple[str, int, int, int | None, str]]:
    entries = []
    for name in text.split():
        inside, _, rest = name[2:].partition("]")
        first, _, last = inside.partition(",")
        column = 1 if rest.startswith("[") else 0
        constant = rest.startswith(("[2]", "[3]"))
        entries.append(
            (
                name,
                2 if constant else column,
                int(first),
                int(last) if last else None,
                rest.rpartition(".")[2] if "." in rest else "",
            )
        )
    return entries


_WORDS = (
    """T[-2].lower T[-1].lower T[0].lower T[1].lower T[2].lower T[0].istitle T[-1].istitle T[1].istitle"""
)
_FORMS = """T[-2] T[-1] T[0] T[1] T[2] T[-2,-1] T[-1,0] T[0,1] T[1,2]"""
_TAGS = """T[-2][1] T[-1][1] T[0][1] T[1][1] T[2][1] T[-2,-1][1] T[-1,0][1] T[0,1][1] T[1,2][1]"""
POS = _template(f"{_WORDS} {_FORMS} T[-3][1] T[-2][1] T[-1][1] T[-3,-2][1] T[-2,-1][1]")
CHUNK = _template(f"{_WORDS} {_FORMS} {_TAGS} T[-3][2] T[-2][2] T[-1][2]")
NER = _template(f"{_WORDS} T[-2].istitle T[2].istitle {_FORMS} {_TAGS} T[-3][3] T[-2][3] T[-1][3]")


def _features(
    words: Sequence[str], tags: Sequence[str], template: list[tuple[str, int, int, int | None, str]]
) -> list[list[str]]:
    columns = (words, tags, ["X"] * len(words))
    return [
        [f"{entry[0]}={_value(columns[entry[1]], at, *entry[2:])}" for entry in template]
        for at in range(len(words))
    ]


def _value(column: Sequence[str], at: int, first: int, last: int | None, function: str) -> str:
    if at + first < 0:
        return "BOS"
    if at + first >= len(column) or (last is not None and at + last >= len(column)):
        return "EOS"
    text = column[at + first] if last is None else " ".join(column[at + first : at + last + 1])
    if function == "lower":
        return text.lower()
    if function == "istitle":
        return str(all(part and part[0].istitle() for part in text.split(" ")))
    return text
