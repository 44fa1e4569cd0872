"""A mention on its way to becoming an entity."""

from dataclasses import dataclass, field
from typing import Literal

from hocbac_nlp.document import Label
from hocbac_nlp.naming.organisations import Organisation
from hocbac_nlp.naming.places import Place
from hocbac_nlp.naming.syllables import Syllables

Cue = Literal[
    "",
    "title",
    "weak title",
    "post",
    "credit",
    "place",
    "list",
    "bracket",
    "source",
    "opens",
    "word",
    "company",
    "address",
]


@dataclass(slots=True)
class Mention:
    """Syllables `start` to `end` of a block that are, or may be, a name.

    `label` is None as long as nothing has decided; `cue` is what stands before; `sure` is false when the
    mention needs its full form elsewhere in the document; `full` is the mention whose short form it is.
    """

    block: Syllables
    start: int
    end: int
    label: Label | None
    rule: str
    cue: Cue = ""
    sure: bool = True
    place: Place | None = None
    body: Organisation | None = None
    full: "Mention | None" = None
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = tuple(self.block.key[self.start : self.end])

    @property
    def text(self) -> str:
        """The mention, verbatim."""
        return self.block.span(self.start, self.end)

    @property
    def offset(self) -> int:
        """Where the mention starts in the document's text."""
        return self.block.start[self.start]
