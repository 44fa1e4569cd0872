"""The record: one JSON object per document, and its layers as typed values.

A `Document` keeps every field as the JSON it came with until a stage reads or replaces it. So a layer that
nobody replaced is written back byte for byte, fields that this version does not know included, at any depth.

All offsets count code points; `end` is exclusive. `start`/`end` point into `text` (the article),
`source_start`/`source_end` into the page.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Generic, Literal, TypeVar, overload

import msgspec
from msgspec import Meta, Raw, Struct

from hocbac_nlp.errors import DocumentError

SCHEMA = "hocbac/1"

Role = Literal[
    "title",
    "section",
    "dateline",
    "lead",
    "heading",
    "paragraph",
    "question",
    "answer",
    "caption",
    "byline",
    "furniture",
]
Label = Literal["PER", "ORG", "LOC"]
Kind = Literal["percent", "count", "money", "measure", "multiple", "fraction", "duration"]
Relation = Literal["=", ">", ">=", "<", "<=", "~"]
Offset = Annotated[int, Meta(ge=0)]


class Source(Struct):
    """The input file; every member is null for a document that came as JSONL."""

    path: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    encoding: str | None = None
    view: Literal["text", "html"] | None = None
    nfc: bool | None = None


class StageRun(Struct):
    """A stage that ran: the tool's version, the digest of the lexicons, the options that were not the default."""

    name: str
    version: str
    lexicons: str
    options: dict[str, Any]


class Block(Struct, gc=False):
    """A line, or the lines of one hard-wrapped paragraph; `start` and `end` are null when it was dropped."""

    role: Role
    start: Offset | None
    end: Offset | None
    source_start: Offset
    source_end: Offset
    rule: str
    duplicate_of: Offset | None = None


class Sentence(Struct, gc=False):
    """A sentence inside one block."""

    start: Offset
    end: Offset


class Token(Struct, gc=False):
    """A word, multi-syllable ones with their spaces; `pos` is underthesea's tag."""

    text: str
    start: Offset
    end: Offset
    pos: str


class Entity(Struct, omit_defaults=True):
    """A named mention. `canonical` is the name under which mentions of one thing are counted.

    The members after `rule` are for places: `level` and `parent` of the unit, its official `code`, and the
    province and ward it belongs to since July 2025.
    """

    text: str
    start: Offset
    end: Offset
    label: Label
    canonical: str
    rule: str
    level: str | None = None
    parent: str | None = None
    code: str | None = None
    province: str | None = None
    ward: str | None = None


class Person(Struct):
    """A person with the post written beside the name."""

    text: str
    start: Offset
    end: Offset
    name: str
    role: str
    role_start: Offset
    role_end: Offset


class Reference(Struct, omit_defaults=True):
    """An official document that is cited; `key` joins the mentions of one document."""

    text: str
    start: Offset
    end: Offset
    type: str
    number: str | None
    code: str | None
    issuer: str | None
    date: str | None
    term: str | None
    name: str | None
    key: str
    rule: str | None = None


class Time(Struct, omit_defaults=True):
    """A date or period; `resolved` is the full date of a partial one, `relative` marks deictic ones."""

    text: str
    start: Offset
    end: Offset
    value: str | None
    resolved: str | None = None
    relative: bool = False
    lunar: bool = False
    rule: str | None = None


class Change(Struct):
    """How a figure moved: up or down, by an amount or to a level."""

    direction: Literal["up", "down"]
    mode: Literal["by", "to"]


class Statistic(Struct, omit_defaults=True):
    """A figure: what it is worth, in which unit, and `of` what.

    `num` and `den` are the parts of a fraction written x/y; `period_time` is the index in `times` of the
    expression in `period`; `vague` marks amounts that name no number.
    """

    text: str
    start: Offset
    end: Offset
    kind: Kind
    value: int | float | None
    low: int | float | None
    high: int | float | None
    unit: str | None
    relation: Relation
    change: Change | None
    of: str | None
    base: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    period: str | None = None
    period_time: int | None = None
    num: int | None = None
    den: int | None = None
    quoted: bool = False
    vague: bool = False
    rule: str | None = None


class Keyword(Struct):
    """A term of the document: how often, per million terms, and where."""

    term: str
    count: int
    per_million: float
    spans: list[tuple[int, int]]


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
