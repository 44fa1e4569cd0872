"""Two ways to drive underthesea's models: decoded here, and through its own functions.

`Decoded` is the fast one. `Stock` is for versions of underthesea whose models are not the known ones: slow, but
right whatever they are.
"""

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import compress
from typing import Any, Protocol

from hocbac_nlp.tagger.crf import Model
from hocbac_nlp.tagger.decoder import Decoder, Part
from hocbac_nlp.tagger.models import Models
from hocbac_nlp.tagger.templates import CHUNK, NER, POS, Template, features
from hocbac_nlp.tagger.tokens import Tokenizer, origins
from hocbac_nlp.tagger.words import Segmenter

Span = tuple[int, int]
Words = Sequence[str]
"""The words of a sentence. Those called forms are spelled as underthesea spells them, tokens one space apart."""

_FORM_LIMIT = 100_000
"""How many spellings are kept: about 15 MB."""

_SEGMENTATION = "word_tokenize/models/ws_crf_vlsp2013_20230727"


class Engine(Protocol):
    """What tags by underthesea's models."""

    def split(self, text: str) -> tuple[list[Span], list[str]]:
        """The words of a sentence: their spans in `text` and their forms."""

    def form(self, word: str) -> str:
        """The form of a word as written."""

    def pos(self, sentences: Sequence[Words]) -> list[list[str]]:
        """The POS tags of sentences given as forms."""

    def chunk_ner(self, sentences: Sequence[Words], pos: Sequence[Words]) -> tuple[list[list[str]], list[list[str]]]:
        """The chunk and the NER tags of sentences given as words, as written or as forms."""


class Decoded:
    """underthesea's models, decoded here."""

    def __init__(self, models: Models) -> None:
        self._models = models
        rules = models.unpickle("text_normalize/tn_rules_2023_07_14.bin")
        self._tokenizer = Tokenizer(models.token_pattern(), rules["character"], rules["token"])
        self._forms: dict[str, str] = {}

    def split(self, text: str) -> tuple[list[Span], list[str]]:
        """The spans and forms of the words of a sentence."""
        tokens = self._tokenizer.tokens(text)
        begins = self._segmenter.begins(tokens.forms)
        spans = zip(compress(tokens.starts, begins), compress(tokens.ends, [*begins[1:], True]), strict=True)
        forms: list[str] = []
        for form, begin in zip(tokens.forms, begins, strict=True):
            if begin:
                forms.append(form)
            else:
                forms[-1] += " " + form
        return list(spans), forms

    def form(self, word: str) -> str:
        """The form of a word, read as in the middle of a sentence, where an abbreviation keeps its dot."""
        if len(self._forms) > _FORM_LIMIT:
            self._forms.clear()
        form = self._forms.get(word)
        if form is None:
            form = self._forms[word] = " ".join(self._tokenizer.tokens(word + " .").forms[:-1])
        return form

    def pos(self, sentences: Sequence[Words]) -> list[list[str]]:
        """The POS tags of sentences given as forms."""
        return self._pos.tag(sentences)[0]

    def chunk_ner(self, sentences: Sequence[Words], pos: Sequence[Words]) -> tuple[list[list[str]], list[list[str]]]:
        """The chunk and NER tags of sentences."""
        chunks, names = self._chunk_ner.tag(sentences, pos)
        return chunks, names

    @cached_property
    def _segmenter(self) -> Segmenter:
        from underthesea_core import CRFFeaturizer

        dictionary = self._models.unpickle(f"{_SEGMENTATION}/dictionary.bin")
        probe = CRFFeaturizer(["T[0].isdigit", "T[0].istitle"], set())

        def traits(token: str) -> tuple[bool, bool]:
            digit, title = probe.process([[[token]]])[0][0]
            return digit.endswith("=True"), title.endswith("=True")

        @cache
        def featurizer() -> Any:
            return CRFFeaturizer(self._models.unpickle(f"{_SEGMENTATION}/features.bin"), dictionary)

        def exact(tokens: Sequence[str]) -> list[bool]:
            sentence = featurizer().process([[[token] for token in tokens]])[0]
            tags = self._own_tagger(f"{_SEGMENTATION}/models.bin").tag(sentence)
            return [at == 0 or tag == "B-W" for at, tag in enumerate(tags)]

        return Segmenter(Model(self._models.path(f"{_SEGMENTATION}/models.bin")), dictionary, traits, exact)

    @cached_property
    def _pos(self) -> Decoder:
        return Decoder([self._part(POS)])

    @cached_property
    def _chunk_ner(self) -> Decoder:
        return Decoder([self._part(CHUNK), self._part(NER)], self.form)

    def _part(self, template: Template) -> Part:
        def exact(words: Words, tags: Words) -> list[str]:
            labels: list[str] = self._own_tagger(template.model).tag(features(words, tags, template))
            return labels

        return Part(Model(self._models.path(template.model)), template.constant, exact)

    @cache  # noqa: B019 (there is one engine in a process)
    def _own_tagger(self, name: str) -> Any:
        """The tagger that underthesea itself uses for a model file."""
        from underthesea_core import CRFTagger

        tagger = CRFTagger()
        tagger.load(self._models.path(name))
        return tagger


class Stock:
    """underthesea's own functions, one sentence at a time."""

    def split(self, text: str) -> tuple[list[Span], list[str]]:
        """The spans and forms of the words of a sentence."""
        from underthesea import word_tokenize

        forms: list[str] = word_tokenize(text)
        tokens = self._tokens(text)
        return [self._span(form, tokens) for form in forms], forms

    def form(self, word: str) -> str:
        """The form of a word, read as in the middle of a sentence, where an abbreviation keeps its dot."""
        from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

        return " ".join(tokenize(word + " .")[:-1])

    def pos(self, sentences: Sequence[Words]) -> list[list[str]]:
        """The POS tags of sentences given as forms."""
        from underthesea.pipeline.pos_tag.model_crf import CRFPOSTagPredictor

        predictor = CRFPOSTagPredictor.Instance()
        return [[tag for _, tag in predictor.predict(sentence)] for sentence in sentences]

    def chunk_ner(self, sentences: Sequence[Words], pos: Sequence[Words]) -> tuple[list[list[str]], list[list[str]]]:
        """The chunk and NER tags of sentences."""
        from underthesea.pipeline.chunking.model_crf import CRFChunkingPredictor
        from underthesea.pipeline.ner.model_crf import CRFNERPredictor

        chunker, namer = CRFChunkingPredictor.Instance(), CRFNERPredictor.Instance()
        chunks, names = [], []
        for sentence, tags in zip(sentences, pos, strict=True):
            rows = list(zip(map(self.form, sentence), tags, strict=True))
            tagged = chunker.predict(rows) if rows else []
            chunks.append([tag for _, _, tag in tagged])
            names.append([tag for *_, tag in namer.predict(tagged)] if rows else [])
        return chunks, names

    def _tokens(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The tokens of a text: the form of each and its span in `text`."""
        from underthesea.pipeline.text_normalize.character_normalize import normalize_characters_in_text
        from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

        normal = normalize_characters_in_text(text)
        places = origins(text)
        end = 0
        for written, form in zip(tokenize(text, use_token_normalize=False), tokenize(text), strict=True):
            start = normal.index(written, end)
            end = start + len(written)
            yield form, places[start], places[end]

    def _span(self, form: str, tokens: Iterator[tuple[str, int, int]]) -> Span:
        """The span of a word: of the next tokens, up to the one that completes it."""
        text, start, end = next(tokens)
        while text != form:
            more, _, end = next(tokens)
            text += " " + more
        return start, end
