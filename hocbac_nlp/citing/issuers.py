"""Who issued a document: where the phrase that names the body ends, and which agency it is.

`reference_issuers.tsv` says how a body's name goes on (`tail`), `issuer_words.txt` of which words such names
are made.
"""

import re
from dataclasses import dataclass

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.letters import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.timing.dates import fold

_LEVEL = (
    r"(?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|tp\.?|tx\.?|khu vực|các cấp|cấp tỉnh|cấp huyện)"
)
# A syllable of a place's name: capital and small letters, a district number, or a short abbreviation.
_PLACE_WORD = rf"(?:[{UPPER}](?:[^\W\d_]*[^\W\d_{UPPER}][^\W\d_]*)?|[IVX]{{1,5}}|HCM|BR-VT|TT-Huế|\d{{1,4}})(?!\w)"
_PLACE = rf"(?:TP\.? ?HCM(?!\w)|{_PLACE_WORD}(?:(?: |-| - ){_PLACE_WORD}){{0,4}})"
_ACRONYM = rf"[{UPPER}]{{2,}}(?:[&-][{UPPER}]{{2,}})*(?!\w)"
# Bodies whose numbers only mean something together with the place or the body they belong to.
LOCAL_AGENCIES = frozenset(
    ("TU", "HU", "QU", "ThU", "ĐU", "ĐUK", "CB", "UBND", "HĐND", "VPUBND", "TAND", "VKSND", "BCH", "CA", "LĐLĐ")
)


# A plenum of the Central Committee, as it stands behind the number of its resolution.
SESSION = (
    r"(?i:hội nghị (?:lần thứ [^\W_]+,? )?(?:ban chấp hành |bch )?(?:trung ương|tw)(?: đảng)?)(?!\w)"
    r"(?: ?\d{1,2}(?!\w)| (?i:lần thứ) [^\W_]+)?"
)
_SESSION = re.compile(SESSION)


@dataclass(frozen=True, slots=True)
class Agency:
    """The issuing agency: its symbol as in codes; `owner` is the place of a local body, or the whole name."""

    symbol: str | None
    owner: str | None = None


def alternation(phrases: list[str]) -> str:
    """A pattern for any of the (folded) phrases, the longest first, with any run of blanks between the words."""
    return any_of(phrases, gap=" +")


class Issuers:
    """Finds the end of an issuer phrase, and reads the agency out of it."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("reference_issuers.tsv")
        self._tail = {fold(row["phrase"]).casefold(): row["tail"] for row in rows}
        self._head = re.compile(_bodies([row["phrase"] for row in rows]))
        word = rf"(?:(?i:{alternation(list(map(fold, lexicons.lines('issuer_words.txt'))))})(?!\w)|{_ACRONYM})"
        # A name's own words, joined by blanks, 'và', commas or dashes; a list goes on only with such a word.
        self._name = re.compile(rf" +{word}(?:(?: +|-|, +| +- +| +(?i:và) +| *& *){word})*")
        self._place = re.compile(
            rf"(?: +{_LEVEL}(?: *{_PLACE})?){{1,3}}| +{_PLACE}(?: - {_ACRONYM}|(?: +{_LEVEL}(?: *{_PLACE})?){{0,2}})"
        )
        self._seat = re.compile(rf"(?:{_LEVEL} +)?{_PLACE}$")
        self._unlisted = re.compile(rf"{_ACRONYM}|{_PLACE}")
        self._joint = re.compile(r" +- +|-|, +| +và +")
        self._symbols = sorted(
            ((fold(row["phrase"]).casefold(), row["symbol"]) for row in rows if row["symbol"]),
            key=lambda pair: (-len(pair[0]), pair[0]),
        )

    def end(self, folded: str, start: int, end: int, joint: bool = False) -> int | None:
        """Where the issuer phrase that begins at `start` ends; `joint`: several bodies issue it together."""
        if session := _SESSION.match(folded, start, end):
            return session.end()
        at = self._body(folded, start, end)
        if at is None:
            match = self._unlisted.match(folded, start, end)
            return self._after(self._place, folded, match.end(), end) if match else None
        while joint and (mark := self._joint.match(folded, at, end)):
            more = self._body(folded, mark.end(), end)
            if more is None:
                break
            at = more
        return at

    def beside(self, folded: str, start: int, end: int) -> int | None:
        """The end of a listed body that stands right behind a number ('Thông tư 15 Bộ Công an')."""
        match = self._head.match(folded, start, end)
        if match is None or not folded[start].isupper() or " " not in match[0]:
            return None
        return self._body(folded, start, end)

    def _body(self, folded: str, start: int, end: int) -> int | None:
        """The end of a body's name: heads one behind another, each with what its tail allows."""
        stop: int | None = None
        at = start
        while match := self._head.match(folded, at, end):
            tail = self._tail[" ".join(match[0].split()).casefold()]
            stop = match.end()
            if tail == "name" and not self._head.match(folded, stop + 1, end):
                stop = self._after(self._name, folded, stop, end)
            if tail in ("name", "local") and not self._head.match(folded, stop + 1, end):
                stop = self._after(self._place, folded, stop, end)
            if not folded.startswith(" ", stop):
                break
            at = stop + 1
        return stop

    @staticmethod
    def _after(pattern: re.Pattern[str], folded: str, at: int, end: int) -> int:
        match = pattern.match(folded, at, end)
        return match.end() if match else at

    def go_on(self, folded: str, at: int, end: int) -> int:
        """Where a body's name ends whose own words end at `at`: behind the place that may follow."""
        return self._after(self._place, folded, at, end)

    def agency(self, phrase: str) -> Agency:
        """The agency that an issuer phrase names; without a symbol when the lexicon knows none."""
        folded = " ".join(phrase.split())
        low = folded.casefold()
        for name, symbol in self._symbols:
            at = low.find(name)
            if at >= 0 and _is_word(low, at, at + len(name)):
                owner = folded[at + len(name) :].strip(" ,") if symbol in LOCAL_AGENCIES else ""
                return Agency(symbol, _owner(owner))
        return Agency(None, folded)

    def seat(self, name: str) -> str | None:
        """The place at the end of a body's name."""
        match = self._seat.search(name)
        return match[0] if match else None


def _owner(tail: str) -> str | None:
    """The place in the tail of a local body's name; a bare level word ('tỉnh') names none."""
    return tail if re.search(rf"[{UPPER}\d]", tail) else None


def _is_word(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _bodies(phrases: list[str]) -> str:
    """Any of the names, the longest first: in any case if it has several words, else as the lexicon has it."""
    ordered = sorted({fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    forms = (
        f"(?i:{alternation([phrase])})" if " " in phrase else f"(?:{re.escape(phrase)}|{re.escape(phrase.upper())})"
        for phrase in ordered
    )
    return rf"(?:{'|'.join(forms)})(?!\w)"
