"""The layers of a record as typed values: what the stages assign, one Struct an item.

All offsets count code points; `end` is exclusive. `start`/`end` point into `text` (the article),
`source_start`/`source_end` into the page.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

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
