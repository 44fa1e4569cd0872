"""Quantities: a numeral with its unit, its range and the words that say how exact it is, read from a string.

>>> parse("năm nghìn bảy trăm tỷ đồng").value
5700000000000
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from hocbac_nlp.document import Kind, Relation
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.digits import Habit, habit_of
from hocbac_nlp.measuring.figures import Figure, Figures, plain
from hocbac_nlp.measuring.modifiers import Modifiers


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a quantity says, in plain numbers.

    `value` is null for a range, which has `low` and `high`, and for a vague amount. `exact` is the value as
    a fraction of integers. `num` and `den` are the parts of a fraction. `kind` is null for a bare number.
    """

    value: int | float | None
    low: int | float | None
    high: int | float | None
    unit: str | None
    kind: Kind | None
    relation: Relation
    num: int | None
    den: int | None
    vague: bool
    exact: Fraction | None


@cache
def _default() -> tuple[Figures, Modifiers]:
    lexicons = Lexicons()
    return Figures(lexicons), Modifiers(lexicons)


def scan(text: str, habit: Habit | None = None) -> Iterator[Figure]:
    """The figures of a text in order, with the packaged lexicons; `habit` is read off the text by default."""
    yield from _default()[0].scan(text, habit or habit_of(text), 0, len(text))


_SIGN = re.compile(r"(?i)(?:âm|trừ|[-−–])\s*")
_OPENING = re.compile(r"(?i)(?:(?:từ|giữa|khoảng|tổng cộng)\s+)*")
_FROM = re.compile(r"(?i)(?:từ|giữa)\s\Z")
_NOUGHT = re.compile(r"(?i)không\s(?!phẩy|chấm|trăm)")
_QUOTIENT = re.compile(r"(?i)(.+)\s(?:trên|chia)\s(.+)")
_SUM = re.compile(r"(?i)(.+)\svà\s(.+\sphần\s[^\s]+)(\s.+)?")


def parse(text: str, habit: Habit | None = None) -> Quantity | None:
    """Read one quantity: number, unit, range and modifiers, in digits or words, with the packaged lexicons.

    Returns None when the text is no quantity, or more than one. `habit` says how digits are separated; the
    Vietnamese way by default.
    """
    text = " ".join(text.split())
    sign = _SIGN.match(text)
    body = text[sign.end() :] if sign else text
    if body.lower() == "không":
        return _quantity(Fraction(0), Fraction(0))
    factor = -1 if sign else 1
    separators = habit or Habit()
    nought = _NOUGHT.match(body)
    return (
        _parsed(body, separators, factor)
        or _spoken_parts(body, separators, factor)
        or (_parsed(f"0 {body[nought.end() :]}", separators, factor) if nought else None)
    )


def _spoken_parts(body: str, habit: Habit, sign: int) -> Quantity | None:
    """'hai trên mười lăm' and 'năm chia tám' (fractions), 'hai mươi ba và một phần năm' (a whole and a part)."""
    if parts := _QUOTIENT.fullmatch(body):
        above, below = (_parsed(part, habit, 1) for part in parts.groups())
        if above and below and above.exact is not None and below.exact and not above.unit and not below.unit:
            share = sign * above.exact / below.exact
            return replace(_quantity(share, share), kind="fraction", num=int(above.exact), den=int(below.exact))
    if parts := _SUM.fullmatch(body):
        whole, part = _parsed(parts[1], habit, 1), _parsed(parts[2] + (parts[3] or ""), habit, 1)
        if whole and part and whole.exact is not None and part.exact is not None and not whole.unit:
            total = sign * (whole.exact + part.exact)
            return replace(_quantity(total, total), unit=part.unit, kind=part.kind if part.unit else None)
    return None


def _parsed(body: str, habit: Habit, sign: int) -> Quantity | None:
    """The quantity that a text is, when a numeral with what belongs to it fills it."""
    figures, modifiers = _default()
    found = list(figures.scan(body, habit, 0, len(body)))
    if not found:
        return None
    figure = found[0]
    start = figure.start
    if led := _FROM.search(body, 0, start):
        start = led.start()
    before = modifiers.bound(body, 0, start)
    start = before.start if before else start
    figure, rest = _with_cents(figure, found[1:], body)
    after = modifiers.after(body, figure.end, len(body))
    stop = after.end if after else figure.end
    lead = _OPENING.match(body)
    if rest or (lead and start > lead.end()) or body[stop:].strip(" .") or figure.first.bare:
        return None
    relation = after.relation if after else before.relation if before else "="
    low, high = (-figure.high, -figure.low) if sign < 0 else (figure.low, figure.high)
    return _quantity(low, high, figure, relation)


def _with_cents(figure: Figure, rest: Sequence[Figure], text: str) -> tuple[Figure, Sequence[Figure]]:
    """'2 đô la và 23 xen', 'hai đô 23': the hundredths that follow an amount of foreign money."""
    if not rest or figure.unit is None or figure.unit.kind != "money" or figure.unit.base == "VND":
        return figure, rest
    second = rest[0]
    gap = text[figure.end : second.start].strip()
    named = re.match(r"\s*(?:xen|xu|cents?)(?!\w)", text[second.end :])
    if gap not in ("", "và") or second.unit or second.low >= 100 or not (named or not text[second.end :].strip()):
        return figure, rest
    value = figure.low + second.low / 100
    return replace(figure, low=value, high=value, end=second.end + (named.end() if named else 0)), rest[1:]


def _quantity(low: Fraction, high: Fraction, figure: Figure | None = None, relation: Relation = "=") -> Quantity:
    unit = figure.unit if figure else None
    vague = bool(figure and figure.first.vague)
    single = low == high and not vague
    fraction = bool(figure and figure.den)
    return Quantity(
        value=plain(low) if single else None,
        low=None if low == high else plain(low),
        high=None if low == high else plain(high),
        unit=unit.symbol if unit else None,
        kind=unit.kind if unit else "fraction" if fraction else None,
        relation=relation,
        num=figure.num if figure else None,
        den=figure.den if figure else None,
        vague=vague,
        exact=low if single else None,
    )
