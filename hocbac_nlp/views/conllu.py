"""CoNLL-U (`export --to conllu`): a word a line, with both tag sets, named entities and offsets; no syntax.

Format: https://universaldependencies.org/format.html. Words of several syllables keep their spaces, as in UD
Vietnamese. `MISC` holds `NER=B-ORG`/`I-ORG`, `SpaceAfter=No`, and `TokenRange=start:end` into the record's text.
"""

import re
from collections.abc import Callable, Iterator

from hocbac_nlp.document import Document, Entity, Sentence, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options
from hocbac_nlp.views import universal

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # those that are no white space
_UNSAFE = re.compile(r"[\s/%\x00-\x1f\x7f-\x9f]")


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that writes the sentences of a document."""
    upos = universal.open(lexicons)

    def write(document: Document) -> bytes:
        name = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), document.id)
        lines = [f"# newdoc id = {name}"]
        paragraphs = {block.start for block in document.kept}
        tokens, tags = document.tokens, _ner(document.tokens, document.entities)
        for number, (sentence, first, last) in enumerate(_with_tokens(document.sentences, tokens), 1):
            if sentence.start in paragraphs:
                lines.append("# newpar")
            lines.append(f"# sent_id = {name}-{number}")
            lines.append(f"# text = {_folded(document.text[sentence.start : sentence.end])}")
            for at, token in enumerate(tokens[first:last], first):
                misc = [f"NER={tags[at]}"] if tags[at] else []
                if at + 1 < last and tokens[at + 1].start == token.end:
                    misc.append("SpaceAfter=No")
                misc.append(f"TokenRange={token.start}:{token.end}")
                form = _folded(token.text) or "_"
                pos = token.pos or "_"
                lines.append(f"{at - first + 1}\t{form}\t_\t{upos(token)}\t{pos}\t_\t_\t_\t_\t{'|'.join(misc)}")
            lines.append("")
        return "".join(f"{line}\n" for line in lines).encode() if len(lines) > 1 else b""

    return write


def _with_tokens(sentences: list[Sentence], tokens: list[Token]) -> Iterator[tuple[Sentence, int, int]]:
    """The sentences that have tokens, each with the indices of its first token and of the one after its last."""
    at = 0
    for sentence in sentences:
        first = at
        while at < len(tokens) and tokens[at].start < sentence.end:
            at += 1
        if at > first:
            yield sentence, first, at


def _ner(tokens: list[Token], entities: list[Entity]) -> list[str]:
    """The tag of each token in the scheme B-/I-, empty outside entities; both come in the order of the text."""
    tags = [""] * len(tokens)
    at = 0
    for entity in entities:
        while at < len(tokens) and tokens[at].end <= entity.start:
            at += 1
        prefix = "B"
        while at < len(tokens) and tokens[at].start < entity.end:
            tags[at] = f"{prefix}-{entity.label}"
            prefix = "I"
            at += 1
    return tags


def _folded(text: str) -> str:
    """White space of any kind as single spaces, other control characters left out: CoNLL-U lines need it."""
    return " ".join(_CONTROLS.sub("", text).split())
