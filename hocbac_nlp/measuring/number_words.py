"""Number words: the grammar of spoken Vietnamese numbers, with digits mixed in.

'một trăm hai' is 120, 'ba triệu rưỡi' 3.5 million, '7 tỷ 148 triệu' 7.148 billion, 'ba bốn' 3 to 4. What stays
open in speech stays out: 'ba nghìn năm' is 3000 and then the word for year.
"""

from collections.abc import Iterator
from fractions import Fraction

from hocbac_nlp.measuring.numbers import Atom, Number

_AFTER_FIVE = ("tens", "hundred", "scale", "dozen", "point", "part")


class Run:
    """Number words and digits that follow one another with nothing between: one numeral, or several."""

    def __init__(self, atoms: list[Atom]) -> None:
        self._atoms = atoms

    def numbers(self) -> Iterator[Number]:
        """The numerals that the run holds, in order; words that make none are passed over."""
        if len(self._atoms) == 1 and self._atoms[0].role == "digits":  # most of them
            yield self._made(0, 1, self._value(0), self._value(0))[0]
            return
        at = 0
        while at < len(self._atoms):
            found = self._number(at)
            if found is None:
                at += 1
            else:
                number, at = found
                yield number
                if self._word(at) == "năm" and self._role(at + 1) not in _AFTER_FIVE:
                    at += 1  # the year that the number counts

    def _role(self, at: int) -> str:
        return self._atoms[at].role if at < len(self._atoms) else ""

    def _word(self, at: int) -> str:
        return self._atoms[at].word if at < len(self._atoms) else ""

    def _value(self, at: int) -> Fraction:
        return self._atoms[at].value

    def _made(
        self,
        first: int,
        after: int,
        low: Fraction,
        high: Fraction,
        *,
        scale: int = 1,
        bare: bool = False,
        vague: bool = False,
        half: bool = False,
        suffixed: bool = False,
        num: int | None = None,
        den: int | None = None,
    ) -> tuple[Number, int]:
        """The numeral of the atoms first..after, and `after`."""
        opening = self._atoms[first]
        number = Number(
            opening.start,
            self._atoms[after - 1].end,
            low,
            high,
            scale=scale,
            digits=opening.role == "digits",
            bare=bare,
            vague=vague,
            half=half,
            suffixed=suffixed,
            grouped=opening.raw if after == first + 1 else None,
            num=num,
            den=den,
        )
        return number, after

    def _number(self, at: int) -> tuple[Number, int] | None:
        """The numeral that opens at an atom, and the atom after it."""
        role = self._role(at)
        if role == "few":
            return self._few(at)
        if role == "halved":
            whole, after = self._scales(at + 1)
            return self._made(at, after, whole / 2, whole / 2, scale=int(whole), half=after == at + 1)
        if role in ("scale", "hundred", "dozen"):
            return self._bare(at)
        if self._word(at) == "một" and self._role(at + 1) == "halved":
            return self._made(at, at + 2, Fraction(1, 2), Fraction(1, 2), half=True)
        if role == "digit":
            spread = self._spread(at)
            if spread:
                return spread
            if self._word(at) == "năm" and self._role(at + 1) in ("", "digit", "digits", "few", "bare", "halved"):
                return self._made(at, at + 1, Fraction(5), Fraction(5))
            if self._word(at) == "không" and self._role(at + 1) not in ("point", "hundred"):
                return None
        chain = self._chain(at)
        if chain is None:
            return None
        value, scale, after = chain
        if self._role(after) == "part":
            below = self._chain(after + 1)
            lone = self._role(after + 1) == "last"
            if lone and self._word(after + 1) == "tư":
                below = Fraction(4), 1, after + 2
            if below and below[0] > 0 and value.denominator == 1 and below[0].denominator == 1:
                share = value / below[0]
                return self._made(at, below[2], share, share, num=int(value), den=int(below[0]))
        suffixed = any(atom.role == "suffix" for atom in self._atoms[at:after])
        return self._made(at, after, value, value, scale=scale, suffixed=suffixed)

    def _few(self, at: int) -> tuple[Number, int]:
        after = at + 1
        while self._role(after) in ("digit", "few", "dozen", "hundred", "scale") and self._word(after) not in (
            "năm",
            "một",
        ):
            after += 1
        return self._made(at, after, Fraction(0), Fraction(0), vague=True)

    def _bare(self, at: int) -> tuple[Number, int]:
        """Scale words without a number: 'hàng trăm', 'hàng chục nghìn', and 'tỷ mốt' (1.1 billion)."""
        scale, after = Fraction(1), at
        while self._role(after) in ("scale", "hundred", "dozen"):
            scale *= self._value(after)
            after += 1
        if after == at + 1 and self._role(after) in ("last", "half"):
            value = scale + scale * (self._value(after) / 10 if self._role(after) == "last" else Fraction(1, 2))
            return self._made(at, after + 1, value, value, scale=int(scale))
        return self._made(at, after, scale, scale, scale=int(scale), bare=True)

    def _spread(self, at: int) -> tuple[Number, int] | None:
        """'ba bốn', 'năm bảy', 'hai ba chục nghìn': from one digit to another."""
        if self._role(at + 1) != "digit" or self._word(at + 1) == "năm":
            return None
        low, high = self._value(at), self._value(at + 1)
        if not (low == 5 and high == 7) and (high != low + 1 or low == 0):
            return None
        if self._role(at + 2) in ("tens", "part", "point"):
            return None
        scale, after = Fraction(1), at + 2
        while self._role(after) in ("scale", "hundred", "dozen"):
            scale *= self._value(after)
            after += 1
        return self._made(at, after, low * scale, high * scale, scale=int(scale))

    def _scales(self, at: int) -> tuple[Fraction, int]:
        """The product of the scale words from an atom on: 'nghìn tỷ', 'triệu tỷ'."""
        scale = Fraction(1)
        while self._role(at) in ("scale", "suffix"):
            scale *= self._value(at)
            at += 1
        return scale, at

    def _chain(self, at: int) -> tuple[Fraction, int, int] | None:
        """Groups and their scales, added up: value, the scale it opened with, the atom after."""
        total, last, opening = Fraction(0), Fraction(0), 1
        begin = at
        while True:
            linked = self._role(at) == "link"
            group = self._group(at + linked, inner=last > 0)
            if group is None or (linked and not last):
                break
            value, after = group
            value, after = self._decimals(value, after)
            scale, beyond = self._scales(after)
            if beyond == after:
                if last and not self._closes(at, after, last, linked):
                    break
                single = after == at + 1 and not linked and self._role(at) in ("digit", "last", "tail")
                total += value * last / (1 if self._role(at) == "tail" else 10) if last and single else value
                at = after
                break
            if last and (linked or scale == last or self._role(at) == "tail"):
                break
            merged = bool(last) and scale > last
            if merged and self._role(at) == "digits":
                break
            total = (total + value) * scale if merged else total + value * scale
            last, at = scale, beyond
            if at - begin and opening == 1:
                opening = int(scale)
            if self._role(at) == "half":
                total += scale / 2
                at += 1
                break
        if at == begin:
            return None
        total, at = self._decimals(total, at)
        return total, opening, at

    def _closes(self, at: int, after: int, last: Fraction, linked: bool) -> bool:
        """Whether a group without a scale closes the number: 'một nghìn hai mươi', 'một triệu hai', '1tr2'."""
        if self._role(at) == "digits" or (self._role(at) == "suffix"):
            return False
        if after == at + 1 and not linked:
            return self._role(at) in ("tail", "ten") or self._word(at) not in ("năm", "một", "không")
        return last >= 1000

    def _decimals(self, value: Fraction, at: int) -> tuple[Fraction, int]:
        """'phẩy' or 'chấm' and the decimals, digit by digit or as a number below a hundred."""
        if self._role(at) != "point":
            return value, at
        if self._role(at + 1) == "digits" and self._value(at + 1).denominator == 1:
            written = self._word(at + 1)
            return value + Fraction(int(written), 10 ** len(written)), at + 2
        written, after = "", at + 1
        while self._role(after) == "digit" or self._word(after) == "tư" or (self._role(after) == "last" and written):
            written += str(self._value(after))
            after += 1
        if self._role(after) in ("tens", "ten") or not written:
            group = self._below_hundred(at + 1, inner=True)
            if group is None or not written:
                return value, at
            written, after = str(group[0]), group[1]
        return value + Fraction(int(written), 10 ** len(written)), after

    def _group(self, at: int, inner: bool) -> tuple[Fraction, int] | None:
        """A number below a thousand in words, or digits."""
        role = self._role(at)
        if role == "digits" and not (inner and self._role(at + 1) not in ("scale", "dozen", "hundred")):
            value, after = self._value(at), at + 1
            while self._role(after) in ("dozen", "hundred"):
                value *= self._value(after)
                after += 1
            return value, after
        if role == "tail":
            return self._value(at), at + 1
        if role == "digit" and self._role(at + 1) == "hundred":
            return self._hundreds(at)
        group = self._below_hundred(at, inner)
        if group and self._role(group[1]) == "dozen":
            return group[0] * 10, group[1] + 1
        return group

    def _hundreds(self, at: int) -> tuple[Fraction, int]:
        value, after = self._value(at) * 100, at + 2
        if self._role(after) == "half":
            return value + 50, after + 1
        if self._role(after) == "link" and self._role(after + 1) in ("digit", "last"):
            return value + self._value(after + 1), after + 2
        rest = self._below_hundred(after, inner=True)
        if rest and self._role(rest[1]) == "dozen":
            return value + rest[0] * 10, rest[1] + 1
        if rest is None:
            if self._role(after) == "last":
                return value + self._value(after) * 10, after + 1
            return value, after
        if rest[1] > after + 1 or self._role(after) == "ten":
            return value + rest[0], rest[1]
        if self._word(after) in ("năm", "một", "không") and self._role(after + 1) not in ("scale",):
            return value, after
        return value + rest[0] * 10, rest[1]

    def _below_hundred(self, at: int, inner: bool) -> tuple[Fraction, int] | None:
        role, following = self._role(at), self._role(at + 1)
        closing = following == "last" or (following == "digit" and self._word(at + 1) not in ("năm", "không"))
        if role in ("ten", "twenty"):
            if closing:
                return self._value(at) + self._value(at + 1), at + 2
            return self._value(at), at + 1
        if role == "last":
            return (self._value(at), at + 1) if inner else None
        if role != "digit" or (self._word(at) == "không" and following not in ("point", "digit", "last")):
            return None
        if following == "tens":
            last = self._role(at + 2)
            if last == "last" or (last == "digit" and self._word(at + 2) not in ("năm", "không")):
                return self._value(at) * 10 + self._value(at + 2), at + 3
            return self._value(at) * 10, at + 2
        if closing and (inner or following == "last" or self._value(at + 1) != self._value(at) + 1):
            beyond = self._role(at + 2)
            if beyond not in ("hundred", "tens"):
                return self._value(at) * 10 + self._value(at + 1), at + 2
        return self._value(at), at + 1
