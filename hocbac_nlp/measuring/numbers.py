"""Numbers and the atoms that they are read from."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral at `start`..`end` (code points); `low` and `high` differ for 'ba bốn' (3 to 4).

    `scale` is the product of its scale words; `bare` says that it is nothing but scale words ('trăm',
    'triệu'); `vague` that it names no number ('vài chục'). `grouped` is the other reading of '2,250'.
    `num` and `den` are the parts of a spelled-out fraction. `digits` says that it opens with a digit.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    scale: int = 1
    digits: bool = False
    bare: bool = False
    vague: bool = False
    half: bool = False
    suffixed: bool = False
    grouped: Fraction | None = None
    num: int | None = None
    den: int | None = None


@dataclass(frozen=True, slots=True)
class Atom:
    """A number word or a run of digits."""

    role: str
    value: Fraction
    start: int
    end: int
    word: str
    raw: Fraction | None = None
