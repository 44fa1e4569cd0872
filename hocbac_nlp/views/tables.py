"""The layers as tables: which columns there are, and the rows of a document.

The tables of items have the columns of `--rows` and `item`, the item's number in its layer, so that (`id`, `item`)
is a key. Tokens, sentences and blocks leave out what would be repeated for each: title, date and sentence.
"""

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin

import msgspec

from hocbac_nlp.document import LAYERS, Document
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options
from hocbac_nlp.views.rows import ROW_LAYERS, rows

DOCUMENTS = "documents"
TABLES = (DOCUMENTS, *(layer for layer in ROW_LAYERS if layer != "stages"))
SHORT = ("blocks", "sentences", "tokens")
"""The tables whose rows do not repeat the title, the date and the sentence."""


@dataclass(frozen=True)
class Column:
    """A column: its name, its type in SQL, and the value where an item does not have it."""

    name: str
    type: str
    default: Any = None


Rows = dict[str, list[list[Any]]]
"""Rows by table."""


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that gives a document's `Rows`, encoded as JSON."""

    def write(document: Document) -> bytes:
        return msgspec.json.encode({table: list(_rows(document, table)) for table in TABLES})

    return write


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order."""
    if table == DOCUMENTS:
        strip = (Column(name, _type(layer.type)) for name, layer in LAYERS.items() if _is_metadata(name))
        return (Column("id", "VARCHAR"), *strip, *_members("source"), Column("other", "VARCHAR"))
    repeated = [] if table in SHORT else [Column("title", "VARCHAR"), Column("published", "VARCHAR")]
    mine = list(_members(table))
    text = [] if any(one.name == "text" for one in mine) or table == "keywords" else [Column("text", "VARCHAR")]
    sentence = [] if table in (*SHORT, "keywords") else [Column("sentence", "VARCHAR")]
    return (Column("id", "VARCHAR"), Column("item", "BIGINT"), *repeated, *mine, *text, *sentence)


def _is_metadata(name: str) -> bool:
    return LAYERS[name].stage == "strip" and name != "blocks"


def _members(layer: str) -> Iterator[Column]:
    """The columns for the members of a layer's items; those of a member that is an object are joined by `_`."""
    item = LAYERS[layer].type
    item = get_args(item)[0] if get_origin(item) is list else item
    prefix = f"{layer}_" if layer == "source" else ""
    for field in msgspec.structs.fields(item):
        nested = [one for one in (field.type, *get_args(field.type)) if isinstance(one, type(msgspec.Struct))]
        if nested:
            inner = msgspec.structs.fields(nested[0])
            yield from (Column(f"{field.encode_name}_{one.encode_name}", _type(one.type)) for one in inner)
        else:
            default = None if field.default is msgspec.NODEFAULT else field.default
            yield Column(prefix + field.encode_name, _type(field.type), default)


def _type(annotation: Any) -> str:
    """The SQL type for a Python one; a union takes the widest of its members."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is list:
        return f"{_type(inner[0])}[]"
    if origin is tuple:
        return f"{_type(inner[0])}[]"
    if origin in (Union, types.UnionType):
        kinds = {_type(one) for one in inner if one is not type(None)}
        return "DOUBLE" if "DOUBLE" in kinds else kinds.pop()
    if hasattr(annotation, "__metadata__"):
        return _type(origin if inner == () else inner[0])
    return {bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE"}.get(annotation, "VARCHAR")


def _rows(document: Document, table: str) -> Iterator[list[Any]]:
    names = columns(table)
    if table == DOCUMENTS:
        yield _document_row(document)
    elif table != "keywords" or table in document:
        for number, row in enumerate(rows(document, table)):
            row["item"] = number
            yield [_fitting(row.get(one.name, one.default), one.type) for one in names]


def _document_row(document: Document) -> list[Any]:
    """The metadata, the source, and in `other` the fields that the record brought along, as JSON."""
    source = document.value("source") or {}
    source = {f"source_{name}": value for name, value in msgspec.to_builtins(source).items()}
    other = {name: value for name, value in document.fields().items() if name not in LAYERS}
    known = {one.name: document.value(one.name) for one in columns(DOCUMENTS) if one.name in LAYERS} | source
    known["other"] = msgspec.json.encode(other).decode() if other else None
    return [_fitting(known.get(one.name), one.type) for one in columns(DOCUMENTS)]


def _fitting(value: Any, type: str) -> Any:
    return float(value) if type == "DOUBLE" and value is not None else value
