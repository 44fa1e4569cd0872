"""Flat views of records: one JSON object per item of a layer, or a choice of fields."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from hocbac_nlp.document import LAYERS, Document
from hocbac_nlp.errors import UsageError

ROW_LAYERS = tuple(
    name
    for name in LAYERS
    if name not in ("schema", "id", "source", "title", "section", "published", "authors")
    and name not in ("author_role", "text")
)
"""The layers that `--rows` takes: those that are lists of items."""


def writer(layer: str | None, fields: tuple[str, ...]) -> Callable[[Document], bytes]:
    """Return the function that writes a record's rows of `layer` (or, without one, the record) as JSONL.

    `fields` chooses the members to write, in that order; a member that an item lacks is null.
    Raises `UsageError` for a layer that does not exist.
    """
    if layer is not None and layer not in ROW_LAYERS:
        raise UsageError(f"--rows {layer}: no such layer; there are {', '.join(ROW_LAYERS)}")
    encode = msgspec.json.Encoder().encode

    def write(document: Document) -> bytes:
        objects = [_record(document)] if layer is None else rows(document, layer)
        if fields:
            objects = ({name: one.get(name) for name in fields} for one in objects)
        return b"".join(encode(one) + b"\n" for one in objects)

    return write


def rows(document: Document, layer: str) -> Iterator[dict[str, Any]]:
    """Yield one flat object per item: the document's id, title and date, the item, the sentence it stands in.

    Nested members are joined by `_` (`change_direction`); a member named like one of the document's gets the
    layer's name in front (`persons_role` stays `role`, an item's own `id` would be `persons_id`).
    """
    text: str = document.text if "text" in document else ""
    sentences = document.sentences if "sentences" in document else []
    known = {name: document.value(name) for name in ("id", "title", "published")}
    at = 0
    for item in _items(document, layer):
        row = dict(known)
        for name, value in _flat(item):
            row[f"{layer}_{name}" if name in known else name] = value
        start = item.get("start")
        if layer != "blocks" and start is not None and sentences and "sentence" not in row:
            if sentences[at].start > start:
                at = 0
            while at + 1 < len(sentences) and sentences[at + 1].start <= start:
                at += 1
            row["sentence"] = text[sentences[at].start : sentences[at].end]
        if "text" not in row and start is not None:
            row["text"] = text[start : item["end"]]
        yield row


def _items(document: Document, layer: str) -> list[dict[str, Any]]:
    getattr(document, layer)  # a missing or damaged layer is the document's failure
    items: list[dict[str, Any]] = msgspec.to_builtins(document.value(layer))
    return items


def _record(document: Document) -> dict[str, Any]:
    return document.fields()


def _flat(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, member in value.items():
        if isinstance(member, dict):
            yield from _flat(member, f"{prefix}{name}_")
        else:
            yield prefix + name, member


def field_names(given: str) -> tuple[str, ...]:
    """The names in a `--fields a,b` value."""
    return tuple(name for name in re.split(r"[,\s]+", given) if name)
