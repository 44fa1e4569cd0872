"""The `segment` stage: sentences, and words with their POS tags.

Sentences never cross a block. Every character of the kept text that is no white space lies in exactly one
token, and every token in exactly one sentence; a line break inside a block counts as a space.
"""

from hocbac_nlp.document import Document, Sentence, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options, Step
from hocbac_nlp.tagger.sentences import Splitter
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
        pieces = [text[sentence.start : sentence.end] for sentence in sentences]
        tagged = tagger.words_pos_all(pieces)
        document.sentences = sentences
        document.tokens = [
            Token(piece[start:end], sentence.start + start, sentence.start + end, pos)
            for sentence, piece, (spans, tags) in zip(sentences, pieces, tagged, strict=True)
            for (start, end), pos in zip(spans, tags, strict=True)
        ]

    return segment
