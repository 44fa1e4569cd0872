"""The record: one JSON object per document, and its layers as typed values.

A `Document` keeps every field as the JSON it came with until a stage reads or replaces it. So a layer that
nobody replaced is written back byte for byte, fields that this version does not know included, at any depth.

`layers` has the types of the layers; they can be imported from here as well.
"""

from collections.abc import Iterator
from typing import Any, Generic, Literal, TypeVar, overload

import msgspec
from msgspec import Raw

from hocbac_nlp.errors import DocumentError
from hocbac_nlp.layers import (
    Block,
    Change,
    Entity,
    Keyword,
    Kind,
    Label,
    Person,
    Reference,
    Relation,
    Role,
    Sentence,
    Source,
    StageRun,
    Statistic,
    Time,
    Token,
)

__all__ = [
    "LAYERS",
    "SCHEMA",
    "Block",
    "Change",
    "Document",
    "Entity",
    "Keyword",
    "Kind",
    "Label",
    "Layer",
    "Person",
    "Reference",
    "Relation",
    "Role",
    "Sentence",
    "Source",
    "StageRun",
    "Statistic",
    "Time",
    "Token",
    "dumps",
    "json_schema",
    "loads",
]

SCHEMA = "hocbac/1"

T = TypeVar("T")


class Layer(Generic[T]):
    """A field of the record that is decoded when first read, and written back untouched unless set.

    Reading one that the record lacks raises `DocumentError`: the stage that assigns it has not run, or the
    record was cut by another tool.
    """

    def __init__(self, type_: type[T] | Any, stage: str) -> None:
        self.type = type_
        self.stage = stage
        self._decoder = msgspec.json.Decoder(type_)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, document: None, owner: type) -> "Layer[T]": ...
    @overload
    def __get__(self, document: "Document", owner: type) -> T: ...
    def __get__(self, document: "Document | None", owner: type) -> "Layer[T] | T":
        if document is None:
            return self
        try:
            value: T = document._decoded[self.name]
        except KeyError:
            value = document._decoded[self.name] = self._decode(document)
        return value

    def __set__(self, document: "Document", value: T) -> None:
        document._fields[self.name] = document._decoded[self.name] = value

    def _decode(self, document: "Document") -> T:
        raw = document._fields.get(self.name)
        if raw is None:
            code: Literal["no_text", "bad_json"] = "no_text" if self.name == "text" else "bad_json"
            raise DocumentError(code, f"the record has no {self.name!r}, which the {self.stage} stage assigns")
        try:
            value: T = self._decoder.decode(raw)
            return value
        except (msgspec.MsgspecError, RecursionError) as error:
            raise DocumentError("bad_json", f"field {self.name!r}: {error}") from error


class Document:
    """One record. Its attributes are the fields of the contract, in the order in which they are written."""

    schema = Layer[str](str, "reader")
    id = Layer[str](str, "reader")
    source = Layer[Source](Source, "reader")
    stages = Layer[list[StageRun]](list[StageRun], "reader")
    title = Layer[str | None](str | None, "strip")
    section = Layer[str | None](str | None, "strip")
    published = Layer[str | None](str | None, "strip")
    authors = Layer[list[str]](list[str], "strip")
    author_role = Layer[str | None](str | None, "strip")
    text = Layer[str](str, "strip")
    blocks = Layer[list[Block]](list[Block], "strip")
    sentences = Layer[list[Sentence]](list[Sentence], "segment")
    tokens = Layer[list[Token]](list[Token], "segment")
    entities = Layer[list[Entity]](list[Entity], "extract")
    persons = Layer[list[Person]](list[Person], "extract")
    references = Layer[list[Reference]](list[Reference], "extract")
    times = Layer[list[Time]](list[Time], "extract")
    statistics = Layer[list[Statistic]](list[Statistic], "extract")
    keywords = Layer[list[Keyword]](list[Keyword], "keywords")

    def __init__(self, fields: dict[str, Any]) -> None:
        """Take fields as values or as `msgspec.Raw` JSON."""
        self.hints: object = None
        """What the reader saw besides the text (the tags of an HTML page), for `strip`; never written."""
        self.page: str | None = None
        """The page that `source_start` and `source_end` count in, while it is at hand; never written."""
        self._fields = fields
        self._decoded = {name: value for name, value in fields.items() if not isinstance(value, Raw)}

    def __contains__(self, field: str) -> bool:
        return field in self._fields

    def value(self, field: str) -> Any:
        """The field as plain JSON data, whatever its type; None when it is absent."""
        raw = self._fields.get(field)
        return msgspec.json.decode(raw) if isinstance(raw, Raw) else raw

    def rename(self, field: str, name: str) -> None:
        """Move a field, if it is there, to another name."""
        if field in self._fields:
            self._fields[name] = self._fields.pop(field)
            self._decoded.pop(field, None)

    def drop(self, field: str) -> None:
        """Remove a field, if it is there."""
        self._fields.pop(field, None)
        self._decoded.pop(field, None)

    @property
    def kept(self) -> Iterator[Block]:
        """The blocks that make up `text`, in order."""
        return (block for block in self.blocks if block.start is not None)

    def fields(self) -> dict[str, Any]:
        """All fields in the order of the contract, then the unknown ones in the order they came."""
        mine = self._fields
        ordered = {name: mine[name] for name in LAYERS if name in mine}
        ordered.update(mine)
        return ordered


LAYERS: dict[str, Layer[Any]] = {name: layer for name, layer in vars(Document).items() if isinstance(layer, Layer)}

_fields_decoder = msgspec.json.Decoder(dict[str, Raw])
_encoder = msgspec.json.Encoder()


def loads(line: bytes) -> Document:
    """Read one record from a line of JSONL. Raises `DocumentError` (`bad_json`, `encoding`)."""
    try:
        line.decode("utf-8")
        fields = _fields_decoder.decode(line)
        if b"\\u" in line:
            msgspec.json.decode(line)  # refuses escapes that are no character (lone surrogates)
    except UnicodeDecodeError as error:
        raise DocumentError("encoding", f"byte {error.start} is not UTF-8") from error
    except msgspec.MsgspecError as error:
        raise DocumentError("bad_json", f"not a JSON object: {error}") from error
    except RecursionError as error:
        raise DocumentError("bad_json", "nested too deeply") from error
    return Document(dict(fields))


def dumps(document: Document) -> bytes:
    """Write a record as one line of JSON, without the line feed."""
    return _encoder.encode(document.fields())


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record; layers whose stage has not run are absent."""
    types = [layer.type for layer in LAYERS.values()]
    schemas, definitions = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    properties = dict(zip(LAYERS, schemas, strict=True))
    properties["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A hocbac-nlp record",
        "type": "object",
        "properties": properties,
        "required": ["schema", "id", "source", "stages"],
        "$defs": definitions,
    }
