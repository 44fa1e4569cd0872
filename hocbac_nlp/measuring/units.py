"""Units: what stands behind a number (or, for money, before it), as one symbol with its whole rate.

The lexicon units.tsv lists the written forms, the symbol of each, and the kind of figure that it makes.
"""

import re
from dataclasses import dataclass

from hocbac_nlp.document import Kind
from hocbac_nlp.lexicon import Lexicons, Row

SPACE = r"[\s\u00a0\u202f]"

_SHORT = {"hour": "h", "second": "s"}
"""Denominators that physics writes with a letter: km/h, m3/s."""

_YEAR = re.compile(rf"{SPACE}(?:19|20)\d\d(?!\d|[.,]\d)")
_MEASURED = re.compile(rf"(?:{SPACE}[^\W\d_]+){{1,2}}(?=/)")
_PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at `start`..`end`; `symbol` with its rate ('VND/person/year'), `base` without ('VND').

    `ambiguous` ones are also the beginning of other words.
    """

    start: int
    end: int
    symbol: str
    kind: Kind
    base: str
    ambiguous: bool = False


class Units:
    """The reader of units, over the lexicon units.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("units.tsv")
        numerators = [row for row in rows if row["kind"] != "per"]
        self._units = _by_form(numerators)
        self._below = _by_form(rows) | _by_form([row for row in rows if row["kind"] == "per"])
        self._guards = {form: _guard(row) for form, row in (self._below | self._units).items()}
        self._unit = re.compile(rf"{SPACE}{{0,2}}(?P<unit>{_alternation(self._units)})")
        below = _alternation(self._below)
        self._rate = re.compile(
            rf"{SPACE}?/{SPACE}?(?:(?P<slash>{below})|(?P<word>[^\W\d_]+))"
            rf"|{SPACE}(?:tính )?(?P<each>trên mỗi|trên một|trên|mỗi|một|1){SPACE}(?P<spoken>{below})"
        )
        money = [form for form, row in self._units.items() if row["kind"] == "money" and not _vietnamese(form)]
        shape = "|".join(re.escape(form) for form in sorted(money, key=len, reverse=True))
        self._prefix = re.compile(rf"(?<!\w)(?P<unit>VN\$|US\$|{shape})\.?{SPACE}?\Z")

    def read(self, text: str, at: int, end: int) -> Unit | None:
        """The unit that opens at `at` (after a space or two), with its rate; None when there is none."""
        match = self._unit.match(text, at, end)
        if match is None:
            return None
        form = match["unit"]
        guard = self._guards[form]
        if guard and guard.match(text, match.end(), end):
            return None
        row = self._units[form]
        base = row["unit"]
        symbol, after = self._rated(base, row["kind"], text, match.end(), end)
        if base == "year" and _YEAR.match(text, match.end(), end):
            return None
        return Unit(match.start("unit"), after, symbol, row["kind"], base, bool(row["not_before"]))  # type: ignore[arg-type]

    def rate(self, text: str, at: int, end: int) -> tuple[str, int]:
        """The rate alone ('/tháng', 'mỗi năm') that opens at `at`, as '/month', and where it ends."""
        return self._rated("", "money", text, at, end)

    def late_rate(self, text: str, at: int, end: int) -> str:
        """The rate behind the thing measured ('15 kg gạo/người/tháng'), as '/person/month'; '' when there is none."""
        noun = _MEASURED.match(text, at, end)
        return self.slash(text, noun.end(), end)[0] if noun else ""

    def slash(self, text: str, at: int, end: int) -> tuple[str, int]:
        """The rate of a count ('200 lượt/ngày'), as '/day', and where it ends; nothing when no slash follows."""
        return self._rated("", "count", text, at, end) if text[at : at + 1] == "/" else ("", at)

    def prefix(self, text: str, start: int, at: int) -> Unit | None:
        """The currency written before a number that opens at `at`: '$10', 'USD 5 tỷ'."""
        lead = max(start, at - 6)
        match = self._prefix.search(text, lead, at)
        if match is None:
            return None
        row = self._units.get(match["unit"])
        symbol = row["unit"] if row else "VND" if match["unit"] == "VN$" else "USD"
        return Unit(match.start(), at, symbol, "money", symbol)

    def _rated(self, symbol: str, kind: str, text: str, at: int, end: int) -> tuple[str, int]:
        """The symbol with the denominators that follow, and where they end."""
        while match := self._rate.match(text, at, end):
            form = match["slash"] or match["spoken"]
            if match["spoken"]:
                guard = self._guards[form]
                below_row = self._below[form]
                loose = match["each"] in ("một", "1") and kind != "money"
                loose = loose or (
                    match["each"] == "trên" and below_row["kind"] == "per" and below_row["unit"] not in _PERIODS
                )
                if loose or (guard and guard.match(text, match.end(), end)):
                    break
            row = self._below.get(form) if form else None
            below = row["unit"] if row else match["word"]
            symbol += f"/{_SHORT.get(below, below) if kind == 'measure' else below}"
            at = match.end()
        return symbol, at


def _vietnamese(form: str) -> bool:
    """Whether a currency's form is a word of running text, which never stands before its number."""
    return (not form.isascii() and form not in "€£¥₫₩₹") or form.islower()


def _by_form(rows: list[Row] | tuple[Row, ...]) -> dict[str, Row]:
    """Rows by written form, in headline capitals too when the form is a word."""
    forms: dict[str, Row] = {}
    for row in rows:
        forms.setdefault(row["surface"], row)
    for row in rows:
        surface = row["surface"]
        if (len(surface) > 2 and surface.islower() and not surface.isascii()) or surface in ("ngày", "ha"):
            forms.setdefault(surface.capitalize(), row)
            forms.setdefault(surface.upper(), row)
    return forms


def _guard(row: Row) -> re.Pattern[str] | None:
    words = row["not_before"].split("|") if row["not_before"] else []
    return re.compile(rf"[\s-](?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None


def _alternation(forms: dict[str, Row]) -> str:
    """The written forms, longest first, branching on the first letter; words end at a word's end."""
    tails: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        boundary = r"(?!\w)" if form[-1].isalnum() else ""
        gaps = re.escape(form[1:]).replace(r"\ ", SPACE)
        tails.setdefault(form[0], []).append(gaps + boundary)
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in tails.items())
