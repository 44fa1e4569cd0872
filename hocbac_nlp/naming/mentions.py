"""A mention on its way to becoming an entity."""

from dataclasses import dataclass, field
from typing import Literal

from hocbac_nlp.document import Label
from hocbac_nlp.naming.organisations import Organisation
from hocbac_nlp.naming.places import Place
from hocbac_nlp.naming.syllables import LOWER, TITLE, Syllables, is_vietnamese

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

_INSIDE = (",", ";", ":", "(", ")")


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
        block = self.block
        stop = self.stop if self.label == "PER" else block.end[self.end - 1]
        return block.source[block.start[self.start] : stop]

    @property
    def stop(self) -> int:
        """Where the mention ends: behind the full stop of an abbreviated given name, if it ends no sentence."""
        stop = self.block.end[self.end - 1]
        return stop + 1 if self.label == "PER" and _is_dotted(self.block, self.end - 1) else stop

    @property
    def offset(self) -> int:
        """Where the mention starts in the document's text."""
        return self.block.start[self.start]


def _is_dotted(block: Syllables, at: int) -> bool:
    """Whether a letter or an abbreviation stands at `at` with its full stop, inside a sentence ('anh Ph., 41 tuổi')."""
    after = at + 1
    if len(block.text[at]) > 3 or after == len(block.text) or block.gap[after][:1] != ".":
        return False
    if len(block.text[at]) > 1 and (block.shape[at] != TITLE or is_vietnamese(block.key[at])):
        return False
    mark = block.gap[after][1:].strip()[:1]
    goes_on = block.shape[after] == LOWER and block.gap[after] != "."
    return mark in _INSIDE if mark else goes_on
