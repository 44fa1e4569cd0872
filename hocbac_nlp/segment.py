"""The `segment` stage: sentences, and words with their POS tags.

Sentences never cross a block. Every character of the kept text that is no white space lies in exactly one
token, and every token in exactly one sentence; a line break inside a block counts as a space.
"""

from hocbac_nlp.document import Document, Sentence, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.sentences import Splitter
from hocbac_nlp.stage import Options, Step
from hocbac_nlp.tagging import open_tagger


def open(lexicons: Lexicons, options: Options) -> Step:
    """Return the step that assigns `sentences` and `tokens`; it takes no options."""
    splitter = Splitter(lexicons)
    tagger = open_tagger()

    def segment(document: Document) -> None:
        text = document.text
        sentences = [
            Sentence(block.start + start, block.start + end)
            for block in document.kept
            if block.start is not None and block.end is not None
            for start, end in splitter.spans(text[block.start : block.end])
        ]
        tokens: list[Token] = []
        for sentence in sentences:
            offset = sentence.start
            piece = text[offset : sentence.end]
            spans = tagger.words(piece)
            words = [piece[start:end] for start, end in spans]
            tokens += [
                Token(word, offset + start, offset + end, pos)
                for word, (start, end), pos in zip(words, spans, tagger.pos(words), strict=True)
            ]
        document.sentences = sentences
        document.tokens = tokens

    return segment
