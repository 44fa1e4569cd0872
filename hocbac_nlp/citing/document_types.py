"""Types of official documents and their codes: '05-CT/TW', '30/2020/NĐ-CP', '1234/UBND-VP', '15/2015'.

`reference_types.tsv` lists the type words with the symbols that stand for them in codes. State codes are number,
year where the act is normative, and symbols; Party codes are number, type and issuer. Texts break them by
blanks, drop the stroke of Đ, or write them in small letters.
"""

import re
from dataclasses import dataclass

from hocbac_nlp.citing.issuers import alternation
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.timing.dates import fold

# A symbol: capitals, small letters inside ('TTg', 'CTr'), '&'; a glued 'ngày' is not part of it.
_SYMBOL = r"[A-ZĐƯ](?:(?!ngày)[^\W_]|&(?=[A-ZĐ]))*"
_CODE = re.compile(
    rf"(?P<number>\d{{1,6}}[a-zA-ZđĐ]?)(?: ?//? ?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?P<tail>(?: ?[-/.]{{1,2}} ?| )(?P<first>{_SYMBOL})(?:(?:[-/.]{{1,2}}| [-/] ?|[-/] )(?:{_SYMBOL}))*)?"
)
_SMALL = re.compile(r"[-/](?P<first>[a-zđ&]{2,12})\d{0,2}(?:[-/][a-zđ&]{2,12}\d{0,2}){0,2}(?!\w)")
_MORE_DIGITS = re.compile(r"[.,/-]\d|[\w%]")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a type word stands for, what may make it a citation (`bare`), and who alone issues such documents."""

    type: str
    bare: str
    agency: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """A number with what belongs to it, from `start` to `end`; `lettered` when it has symbols."""

    start: int
    end: int
    number: str
    year: str | None
    lettered: bool

    @property
    def whole(self) -> bool:
        """Whether it is more than a number."""
        return self.lettered or self.year is not None


class DocumentTypes:
    """The type words and their symbols."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("reference_types.tsv")
        self._kinds = {
            fold(row["phrase"]).lower(): Kind(row["type"], row["bare"], row["agency"] or None) for row in rows
        }
        self._symbols: dict[str, tuple[str, ...]] = {}
        for row in rows:
            own = tuple(_plain(symbol) for symbol in row["symbols"].split(",") if symbol)
            self._symbols[row["type"]] = self._symbols.get(row["type"], ()) + own
        self._all = frozenset(symbol for own in self._symbols.values() for symbol in own)
        by_initial: dict[str, list[str]] = {}
        for phrase in (fold(row["phrase"]) for row in rows if not row["phrase"].isupper()):
            by_initial.setdefault(phrase[0], []).append(phrase[1:])
        words = [f"[{first}{first.upper()}](?i:{alternation(rests)})" for first, rests in by_initial.items()]
        self.pattern = "|".join([*words, alternation([row["phrase"] for row in rows if row["phrase"].isupper()])])

    def kind(self, phrase: str) -> Kind:
        """What a type word that `pattern` matched stands for."""
        return self._kinds[" ".join(phrase.lower().split())]

    def code(self, folded: str, type_: str, at: int, end: int, named: bool = False) -> Code | None:
        """The number or code at `at`; with `named` only one whose symbol names the type ('QĐHC' for Quyết định)."""
        match = _CODE.match(folded, at, end)
        if match is None or (named and not self._begins(type_, match["first"])):
            return None
        stop, lettered = match.end(), match["tail"] is not None
        if lettered and " " in match["tail"] and _plain(match["first"]) not in self._all:
            # A blank inside a code is believed only in front of a document type's symbol.
            cut = match["tail"].find(" ")
            stop, lettered = match.start("tail") + cut, cut > 0
        if not lettered:
            small = _SMALL.match(folded, stop, end)
            if small and _plain(small["first"]) in self._symbols[type_]:
                stop, lettered = small.end(), True
            elif _MORE_DIGITS.match(folded, stop, end):
                return None
        return Code(at, stop, match["number"], match["year"], lettered)

    def agency(self, type_: str, code: str) -> str | None:
        """The agency in a code: '05-CT/TW' -> 'TW', '30/2020/NĐ-CP' -> 'CP', '612/UBND-TNMT' -> 'UBND-TNMT'."""
        groups = [group for group in re.split(r"[ /.-]+", code)[1:] if group and not group.isdigit()]
        if groups and _plain(groups[0]) in self._symbols[type_]:
            groups = groups[1:]
        symbol = "-".join(groups).replace("&", "")
        assembly = re.fullmatch(r"(UBTVQH|QH)\d+", symbol)
        return (assembly[1] if assembly else symbol) or None

    def _begins(self, type_: str, symbol: str | None) -> bool:
        return symbol is not None and _plain(symbol).startswith(self._symbols[type_])


def _plain(symbol: str) -> str:
    """A symbol without case and without the stroke of Đ, which texts often drop."""
    return symbol.upper().replace("Đ", "D")
