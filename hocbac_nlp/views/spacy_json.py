"""spaCy's JSON (`export --to spacy`): one object per document that `Doc.from_json` reads.

Entities are in `doc.ents` and, with their canonical names as `kb_id_`, in `doc.spans["entities"]`; the other layers
are span groups of their own names. `record`, which spaCy passes over, holds the metadata and each layer's items:
`record["statistics"][i]` is what is known of `doc.spans["statistics"][i]`. (Custom attributes in the JSON would make
`Doc.from_json` fail for everyone who has not registered them first.)
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import msgspec

from hocbac_nlp.document import Document, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options
from hocbac_nlp.views import universal

LABELS = {"entities": "label", "persons": "role", "references": "type", "times": "value", "statistics": "kind"}
"""The layers that become span groups, and the member that labels their spans."""
METADATA = ("id", "source", "title", "section", "published", "authors", "author_role")


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that writes a document as a line of JSON."""
    upos = universal.open(lexicons)

    def write(document: Document) -> bytes:
        items = {layer: list(_items(document, layer)) for layer in LABELS}
        cuts = {at for layer in items.values() for one in layer for at in (one["start"], one["end"])}
        cuts |= {at for sentence in document.sentences for at in (sentence.start, sentence.end)}
        tokens = [
            {"id": number, "start": start, "end": end, "tag": token.pos if token else "_SP", "pos": pos}
            for number, (start, end, token) in enumerate(_tokens(document, cuts))
            for pos in [upos(token) if token else "SPACE"]
        ]
        doc = {
            "text": document.text,
            "ents": [{name: one[name] for name in ("start", "end", "label")} for one in items["entities"]],
            "sents": [{"start": one.start, "end": one.end} for one in document.sentences],
            "tokens": tokens,
            "spans": {layer: [_span(layer, one) for one in found] for layer, found in items.items()},
            "record": {name: document.value(name) for name in METADATA} | items,
        }
        return msgspec.json.encode(doc) + b"\n"

    return write


def _items(document: Document, layer: str) -> Iterator[dict[str, Any]]:
    getattr(document, layer)  # a missing or damaged layer is the document's failure
    yield from msgspec.to_builtins(document.value(layer))


def _span(layer: str, item: dict[str, Any]) -> dict[str, Any]:
    name = {"entities": "canonical", "persons": "name", "references": "key"}.get(layer, "")
    label = item[LABELS[layer]] or "relative"
    return {"start": item["start"], "end": item["end"], "label": label, "kb_id": item.get(name) or ""}


def _tokens(document: Document, cuts: set[int]) -> Iterator[tuple[int, int, Token | None]]:
    """The tokens as spaCy has them: together they are the whole text but for one space after each.

    A token is divided where an item begins or ends inside it, for spaCy's spans are made of whole tokens. What
    stands between tokens besides one space is a token of its own, without a `Token`.
    """
    text, at = document.text, 0

    def between(end: int) -> Iterator[tuple[int, int, None]]:
        start = at + (0 < at < end and text[at] == " ")
        if start < end:
            yield start, end, None

    for token in document.tokens:
        inner = [cut for cut in range(token.start + 1, token.end) if cut in cuts]
        for start, end in pairwise([token.start, *inner, token.end]):
            piece = text[start:end]
            start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            if start < end:
                yield from between(start)
                yield start, end, token
                at = end
    yield from between(len(text))
