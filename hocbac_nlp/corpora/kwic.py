"""Key word in context: every occurrence of a term, with what stands before and after it in its block."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from hocbac_nlp.corpora import query
from hocbac_nlp.corpora.query import Query
from hocbac_nlp.document import Document
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import terminal
from hocbac_nlp.views.rows import field_names

CONTEXT = 60
"""How many characters of context a row holds on either side."""

Span = tuple[int, int]


def open(lexicons: Lexicons, options: Mapping[str, Any]) -> Callable[[Document], bytes]:
    """Return the view that writes a row per occurrence, as JSONL, or aligned in `width` columns if that is given.

    Options: `term`, `regex` (whether it is a regular expression, which is looked for in each sentence), `units`,
    `canonical`, `fields` (the members of a row to write), `width`.
    """
    find = _by_pattern(options["term"]) if options.get("regex") else _by_term(lexicons, options)
    width: int | None = options.get("width")
    fields = field_names(options.get("fields") or "")
    encode = msgspec.json.Encoder().encode

    def view(document: Document) -> bytes:
        rows = _rows(document, find(document))
        if width is None:
            chosen = ({name: row.get(name) for name in fields} for row in rows) if fields else rows
            return b"".join(encode(row) + b"\n" for row in chosen)
        return "".join(_aligned(row, width) + "\n" for row in rows).encode()

    return view


def _by_term(lexicons: Lexicons, options: Mapping[str, Any]) -> Callable[[Document], Iterator[Span]]:
    scan, wanted = query.scanner(lexicons, options), Query(options["term"])
    return lambda document: ((match.start, match.end) for match in wanted.find(scan(document)))


def _by_pattern(given: str) -> Callable[[Document], Iterator[Span]]:
    matches = query.pattern(given)

    def find(document: Document) -> Iterator[Span]:
        text = document.text.replace("\n", " ")  # a line break inside a block counts as a space
        for sentence in document.sentences:
            yield from matches(text, sentence.start, sentence.end)

    return find


def _rows(document: Document, spans: Iterator[Span]) -> Iterator[dict[str, Any]]:
    text = document.text
    known = {name: document.value(name) for name in ("id", "title", "published")}
    blocks = [(block.start or 0, block.end or 0) for block in document.kept]
    at = 0
    for start, end in spans:
        while at + 1 < len(blocks) and blocks[at + 1][0] <= start:
            at += 1
        first, last = blocks[at]
        yield known | {
            "left": text[max(first, start - CONTEXT) : start],
            "text": text[start:end],
            "right": text[end : min(last, end + CONTEXT)],
            "start": start,
            "end": end,
        }


def _aligned(row: dict[str, Any], width: int) -> str:
    """One line: the document's id, what stands before, the term, what stands after; the terms under each other."""
    left, text, right, id = (terminal.shown(row[part]).replace("\n", " ") for part in ("left", "text", "right", "id"))
    name = width // 5
    side = (width - name) * 2 // 5
    label = id if len(id) <= name else "…" + id[1 - name :]
    return f"{label:<{name}}  {left[-side:]:>{side}}{text}{right}"[:width].rstrip()
