"""Flat views of records: one JSON object per item of a layer, or a choice of fields."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import Any, get_args

import msgspec

from hocbac_nlp.document import LAYERS, Document
from hocbac_nlp.errors import UsageError

Row = dict[str, Any]

ROW_LAYERS = ("stages", "blocks", *(name for name, layer in LAYERS.items() if layer.stage not in ("reader", "strip")))
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
        objects: Iterator[Row] = iter([document.fields()]) if layer is None else rows(document, layer)
        if fields:
            objects = ({name: one.get(name) for name in fields} for one in objects)
        return b"".join(encode(one) + b"\n" for one in objects)

    return write


def unknown(layer: str | None, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the fields that this version does not know: a user's own, or misspelt ones."""
    known = {"id", "title", "published", "sentence", *_columns(layer)} if layer else LAYERS
    return tuple(name for name in fields if name not in known)


def rows(document: Document, layer: str) -> Iterator[Row]:
    """Yield one flat object per item: the document's id, title and date, the item, the sentence it stands in.

    All rows of a layer have the same columns, null where an item has nothing; nested members are joined by `_`
    (`change_direction`). Members that this version does not know come last.
    """
    getattr(document, layer)  # a missing or damaged layer is the document's failure
    about = {name: document.value(name) for name in ("id", "title", "published")}
    text = document.text if "text" in document else ""
    sentence = _sentences(document, text)
    for item in msgspec.to_builtins(document.value(layer)):
        columns = _columns(layer)
        row = about | columns | {name: v for name, v in _flat(item).items() if v is not None or name in columns}
        start = item.get("start")
        if start is not None:
            row.setdefault("text", text[start : item["end"]])
            if sentence and layer not in ("blocks", "sentences"):
                row["sentence"] = sentence(start)
        yield row


def _sentences(document: Document, text: str) -> Callable[[int], str | None] | None:
    """The function from an offset to the sentence around it; None when the record has no sentences."""
    if "sentences" not in document:
        return None
    from bisect import bisect_right

    sentences = document.sentences
    starts = [sentence.start for sentence in sentences]

    def at(offset: int) -> str | None:
        index = bisect_right(starts, offset) - 1
        return text[sentences[index].start : sentences[index].end] if index >= 0 else None

    return at


@cache
def _columns(layer: str) -> Row:
    """The columns that every row of the layer has, with what they hold when an item has nothing to say."""
    (item_type,) = get_args(LAYERS[layer].type)
    columns: Row = {}
    for field in msgspec.structs.fields(item_type):
        nested = [
            type_ for type_ in get_args(field.type) if isinstance(type_, type) and issubclass(type_, msgspec.Struct)
        ]
        for name in chain.from_iterable(type_.__struct_encode_fields__ for type_ in nested):
            columns[f"{field.encode_name}_{name}"] = None
        if not nested:
            columns[field.encode_name] = None if field.default is msgspec.NODEFAULT else field.default
    return columns


def _flat(value: Row, prefix: str = "") -> Row:
    flat: Row = {}
    for name, member in value.items():
        if isinstance(member, dict):
            flat |= _flat(member, f"{prefix}{name}_")
        else:
            flat[prefix + name] = member
    return flat


def field_names(given: str) -> tuple[str, ...]:
    """The names in a `--fields a,b` value."""
    return tuple(name for name in re.split(r"[,\s]+", given) if name)
