"""Words and their POS, chunk and NER tags, by underthesea's own models.

The tags are those that `underthesea.word_tokenize`, `pos_tag`, `chunk` and `ner` give for a sentence; the
words are spans of the text as written.
"""

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import compress
from typing import Any

from hocbac_nlp.crf import Model
from hocbac_nlp.decoder import Decoder, Part
from hocbac_nlp.models import Models
from hocbac_nlp.templates import CHUNK, NER, POS, Template, features
from hocbac_nlp.tokens import Tokenizer
from hocbac_nlp.words import Segmenter

Span = tuple[int, int]
Words = Sequence[str]

_SEGMENTATION = "word_tokenize/models/ws_crf_vlsp2013_20230727"


class Tagger:
    """underthesea's four models. Use `open_tagger`, which opens them once per process.

    Words are given as written or as underthesea writes them (see `forms`). The methods that take many
    sentences are the fast ones.
    """

    def __init__(self, models: Models) -> None:
        self._models = models
        rules = models.unpickle("text_normalize/tn_rules_2023_07_14.bin")
        self._tokenizer = Tokenizer(models.token_pattern(), rules["character"], rules["token"])
        self._forms: dict[str, str] = {}

    def words(self, text: str) -> list[Span]:
        """The words of a sentence: spans in `text`, any white space counting as a space."""
        return self._split(text)[0]

    def words_pos_all(self, texts: Sequence[str]) -> list[tuple[list[Span], list[str]]]:
        """The words and POS tags of many sentences."""
        split = [self._split(text) for text in texts]
        tags = self._tag_pos([forms for _, forms in split])
        return [(spans, pos) for (spans, _), pos in zip(split, tags, strict=True)]

    def forms(self, text: str, spans: Sequence[Span]) -> list[str]:
        """Words of a sentence as underthesea writes them: spelling normalised, one space between tokens."""
        tokens = self._tokenizer.tokens(text)
        forms: list[list[str]] = [[] for _ in spans]
        at = 0
        for form, start in zip(tokens.forms, tokens.starts, strict=True):
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            if at < len(spans) and spans[at][0] <= start:
                forms[at].append(form)
        return [" ".join(parts) for parts in forms]

    def pos(self, words: Words) -> list[str]:
        """The POS tags of a sentence, given as its words."""
        return self.pos_all([words])[0]

    def pos_all(self, sentences: Sequence[Words]) -> list[list[str]]:
        """The POS tags of many sentences."""
        return self._tag_pos(self._normal(sentences))

    def chunk_ner(self, words: Words, pos: Sequence[str]) -> tuple[list[str], list[str]]:
        """The chunk and NER tags of a sentence, given as its words and their POS tags."""
        chunks, names = self.chunk_ner_all([words], [pos])
        return chunks[0], names[0]

    def chunk_ner_all(
        self, sentences: Sequence[Words], pos: Sequence[Sequence[str]]
    ) -> tuple[list[list[str]], list[list[str]]]:
        """The chunk and NER tags of many sentences."""
        chunks, names = self._chunk_ner.tag(sentences, pos)
        return chunks, names

    def ner_marginals(self, words: Words, pos: Sequence[str]) -> list[dict[str, float]]:
        """For each word of a sentence the probability of each NER label."""
        (forms,) = self._normal([words])
        tagger = self._open(NER)
        rows = tagger.marginals(features(forms, pos, NER))
        return [dict(zip(tagger.labels(), row, strict=True)) for row in rows]

    def _split(self, text: str) -> tuple[list[Span], list[str]]:
        """The words of a sentence: their spans, and how underthesea writes them."""
        tokens = self._tokenizer.tokens(text)
        begins = self._segmenter.begins(tokens.forms)
        spans = list(zip(compress(tokens.starts, begins), compress(tokens.ends, [*begins[1:], True]), strict=True))
        forms: list[str] = []
        for form, begin in zip(tokens.forms, begins, strict=True):
            if begin:
                forms.append(form)
            else:
                forms[-1] += " " + form
        return spans, forms

    def _tag_pos(self, forms: Sequence[Words]) -> list[list[str]]:
        return self._pos.tag(forms)[0]

    def _normal(self, sentences: Sequence[Words]) -> list[list[str]]:
        return [[self._form(word) for word in sentence] for sentence in sentences]

    def _form(self, word: str) -> str:
        """A word as underthesea writes it."""
        form = self._forms.get(word)
        if form is None:
            form = self._forms[word] = " ".join(self._tokenizer.tokens(word + " .").forms[:-1])
        return form

    @cached_property
    def _segmenter(self) -> Segmenter:
        from underthesea_core import CRFFeaturizer

        dictionary = self._models.unpickle(f"{_SEGMENTATION}/dictionary.bin")
        model = Model(self._models.path(f"{_SEGMENTATION}/models.bin"))
        probe = CRFFeaturizer(["T[0].isdigit", "T[0].istitle"], set())

        def traits(token: str) -> tuple[bool, bool]:
            digit, title = probe.process([[[token]]])[0][0]
            return digit.endswith("=True"), title.endswith("=True")

        def exact(tokens: Sequence[str]) -> list[bool]:
            template = self._models.unpickle(f"{_SEGMENTATION}/features.bin")
            tagger = self._load(f"{_SEGMENTATION}/models.bin")
            sentence = CRFFeaturizer(template, dictionary).process([[[token] for token in tokens]])[0]
            return [tag == "B-W" for tag in tagger.tag(sentence)]

        return Segmenter(model, dictionary, traits, exact)

    @cached_property
    def _pos(self) -> Decoder:
        return Decoder([self._part(POS)])

    @cached_property
    def _chunk_ner(self) -> Decoder:
        return Decoder([self._part(CHUNK), self._part(NER)], self._form)

    def _part(self, template: Template) -> Part:
        def exact(words: Words, tags: Sequence[str]) -> list[str]:
            labels: list[str] = self._open(template).tag(features(words, tags, template))
            return labels

        return Part(Model(self._models.path(template.model)), template.constant, exact)

    def _open(self, template: Template) -> Any:
        return self._load(template.model)

    @cache  # noqa: B019
    def _load(self, name: str) -> Any:
        """The tagger of underthesea itself for a model file."""
        from underthesea_core import CRFTagger

        tagger = CRFTagger()
        tagger.load(self._models.path(name))
        return tagger


@cache
def open_tagger() -> Tagger:
    """The tagger of this process."""
    return Tagger(Models())
