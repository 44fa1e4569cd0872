"""Documents for tests of the layers: a text whose lines are its kept blocks."""

import unicodedata

from hocbac_nlp.document import Block, Document, Source


def document(text: str, published: str | None = None) -> Document:
    """A stripped document; every line of the text that is not blank is a kept paragraph."""
    text = unicodedata.normalize("NFC", text)
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line), at, at + len(line), "test"))
        at += len(line) + 1
    return Document(
        {
            "schema": "hocbac/1",
            "id": "test",
            "source": Source(),
            "stages": [],
            "published": published,
            "text": text,
            "blocks": blocks,
        }
    )
