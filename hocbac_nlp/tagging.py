"""Words and their POS, chunk and NER tags, by underthesea's own models.

The tags are those that `underthesea.word_tokenize`, `pos_tag`, `chunk` and `ner` give for a sentence; the words
are spans of the text as written. Only runs of more than 200 characters without white space may come out
otherwise: they are read in pieces, for underthesea's time grows with their square.
"""

import warnings
from collections.abc import Sequence
from functools import cache

from hocbac_nlp.tagger.engines import Decoded, Engine, Span, Stock, Words
from hocbac_nlp.tagger.models import Models


class Tagger:
    """Tags sentences. The methods for many sentences at once are the fast ones.

    Use `open_tagger`, which opens the models once per process; each is read when it is first needed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def words(self, text: str) -> list[Span]:
        """The words of a sentence: spans in `text`, any white space counting as a space."""
        return self._engine.split(text)[0]

    def words_pos_all(self, texts: Sequence[str]) -> list[tuple[list[Span], list[str]]]:
        """The words and POS tags of many sentences."""
        split = [self._engine.split(text) for text in texts]
        tags = self._engine.pos([forms for _, forms in split])
        return [(spans, pos) for (spans, _), pos in zip(split, tags, strict=True)]

    def forms(self, text: str, spans: Sequence[Span]) -> list[str]:
        """Words of a sentence as underthesea spells them.

        The other methods take words as written, too, but a few can only be told from their surroundings:
        "Q." is one token, but two where the sentence ends.
        """
        known = dict(zip(*self._engine.split(text), strict=True))
        return [known.get(span) or self._engine.form(text[span[0] : span[1]]) for span in spans]

    def pos(self, words: Words) -> list[str]:
        """The POS tags of a sentence, given as its words."""
        return self.pos_all([words])[0]

    def pos_all(self, sentences: Sequence[Words]) -> list[list[str]]:
        """The POS tags of many sentences."""
        return self._engine.pos([[self._engine.form(word) for word in sentence] for sentence in sentences])

    def chunk_ner(self, words: Words, pos: Words) -> tuple[list[str], list[str]]:
        """The chunk and NER tags of a sentence, given as its words and their POS tags."""
        chunks, names = self.chunk_ner_all([words], [pos])
        return chunks[0], names[0]

    def chunk_ner_all(
        self, sentences: Sequence[Words], pos: Sequence[Words]
    ) -> tuple[list[list[str]], list[list[str]]]:
        """The chunk and NER tags of many sentences."""
        return self._engine.chunk_ner(sentences, pos)


@cache
def open_tagger() -> Tagger:
    """The tagger of this process.

    Warns and falls back on underthesea's own functions when the installed models are not the known ones.
    Raises `FatalError` when underthesea is not installed.
    """
    models = Models()
    if not models.strange:
        return Tagger(Decoded(models))
    warnings.warn(
        f"the models of underthesea {models.version} are not those of a version that hocbac-nlp knows "
        f"({', '.join(models.strange)}): tagging through its own functions, which is about thirty times slower",
        RuntimeWarning,
        stacklevel=2,
    )
    return Tagger(Stock())
