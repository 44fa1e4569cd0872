"""The `strip` stage: the article of a page, the role of every line, and what the page says about itself."""

from collections.abc import Iterable
from typing import Any

from hocbac_nlp.document import Block, Document
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options, Step
from hocbac_nlp.stripping.claims import Claims
from hocbac_nlp.stripping.html import HtmlHints
from hocbac_nlp.stripping.lines import Line, split, visible
from hocbac_nlp.stripping.marks import Marker
from hocbac_nlp.stripping.roles import Reading, Roles

KEPT = frozenset({"title", "lead", "heading", "paragraph", "question", "answer", "caption"})


def open(lexicons: Lexicons, options: Options) -> Step:
    """Return the function that strips one document.

    On entry `document.text` is the page. The step sets `blocks` and `text`, and the metadata fields that the
    document does not bring along. Options: `keep` and `drop`, the roles that make or don't make the text.
    """
    roles = Roles(lexicons)
    marker = Marker(lexicons)
    kept = (KEPT | set(options.get("keep") or ())) - set(options.get("drop") or ())

    def strip(document: Document) -> None:
        page = document.text
        if isinstance(hints := document.hints, HtmlHints):
            claims = Claims(hints.titles, hints.published, hints.authors, hints.sections)
            reading = roles.read(page, split(page, marker.read(hints)), claims)
        else:
            reading = roles.read(page, split(page))
        document.blocks, document.text = _blocks(page, reading.lines, kept)
        for field, value in _metadata(reading).items():
            if field not in document:
                setattr(document, field, value)

    return strip


def _metadata(reading: Reading) -> dict[str, Any]:
    return {
        "title": reading.title,
        "section": reading.section,
        "published": reading.published,
        "authors": reading.authors,
        "author_role": reading.author_role,
    }


def _blocks(page: str, lines: Iterable[Line], kept: frozenset[str]) -> tuple[list[Block], str]:
    """The blocks of a page, and the text of the kept ones joined by line feeds."""
    blocks: list[Block] = []
    pieces: list[str] = []
    captions: dict[str, int] = {}
    at = 0
    for line in lines:
        role = line.role or "furniture"
        first = None
        if role == "caption":
            shown = visible(line.text)
            first = captions.setdefault(shown, len(blocks))
            first = first if first != len(blocks) else None
        if role in kept and first is None:
            piece = page[line.start : line.end]
            blocks.append(Block(role, at, at + len(piece), line.start, line.end, line.rule))
            pieces.append(piece)
            at += len(piece) + 1
        else:
            blocks.append(Block(role, None, None, line.start, line.end, line.rule, first))
    return blocks, "\n".join(pieces)
