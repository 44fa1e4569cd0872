"""What follows the head of a body's name, kind of head by kind."""

from typing import NamedTuple

from hocbac_nlp.naming.organisation_end import NameEnd
from hocbac_nlp.naming.organisation_parts import DEEPEST
from hocbac_nlp.naming.syllables import LOWER, NUMBER, key

_AND = key("và")
_GRADE = key("cấp")
_ALL = key("các")


class Organisation(NamedTuple):
    """The name of a body: its syllables, the head that opened it, and how it closes.

    `open_level` is the level word that closes it without a place ('UBND tỉnh'), `bare` says that nothing
    followed the head, `sure` that the name stands without help from the rest of the document; `inner` is where the
    body begins that it belongs to, 0 without one.
    """

    start: int
    end: int
    head: str
    tail: str
    open_level: str
    bare: bool
    sure: bool
    rule: str
    inner: int = 0


class NameReader(NameEnd):
    """Reads one name from its head on."""

    def read(self) -> Organisation | None:
        """The name, or None if nothing that the head needs follows."""
        tail = self.head.tail
        if tail in ("level", "place"):
            self._level_tail()
        elif tail == "field":
            self._field_tail()
        elif tail == "fieldonly":
            if self._spaced_here() and self.grammar.fields.longest(self.block, self.at) is not None:
                self._field_tail()
        elif tail == "named":
            self._named_tail()
        elif tail == "strict":
            self._strict_tail()
        elif tail == "nation":
            self._nation_tail()
        elif tail in ("unit", "unit2"):
            self._unit_tail()
        elif tail == "khoi":
            self._block_tail()
        elif tail == "team":
            self._team_tail()
        if tail in ("field", "named", "strict", "unit") and not self.closed and self._spaced_here():
            before = self.at
            self._phrase()
            if self.at > before:
                self._close()
        return self._result()

    def _result(self) -> Organisation | None:
        self._numbered_seat()
        bare = self.at == self.body
        lower = not self.block.is_capital(self.start)
        needs_name = lower and self.head.tail not in ("whole",)
        if needs_name and not self.named:
            return None
        sure = not bare or self.head.alone in ("yes", "list", "post")
        if bare and (not self.head.alone or (self.head.alone == "list" and not self._shares_tail())):
            return None
        if bare and self.head.alone == "post" and not self._behind_post():
            return None
        if bare and self.body - self.start == 1 and self._is_part_of_word():
            return None
        if self.head.tail in ("level", "place") and self._is_of_every_level():
            return None
        return Organisation(
            self.start,
            self.at,
            self.spelling,
            self.head.tail,
            self.open_level,
            bare,
            sure,
            "org_heads",
            self.inner,
        )

    def _is_of_every_level(self) -> bool:
        """Whether the name speaks of a kind of bodies ('HĐND các cấp', 'UBND cấp xã')."""
        block, after = self.block, self.at + 1
        if self.open_level and self._lists_levels():
            return True
        if not self._spaced_here() or after >= self.size or block.key[self.at] not in self.words.every:
            return False
        return block.key[self.at] != _GRADE or self.grammar.levels.longest(block, after) is not None

    def _lists_levels(self) -> bool:
        """Whether further level words follow in a list ('công an phường, xã, thị trấn')."""
        block, at = self.block, self.at
        if at >= self.size or block.gap[at].strip() not in (",", "/"):
            return False
        further = self.grammar.levels.longest(block, at)
        if further is None or block.is_capital(at):
            return False
        end = further[0]
        return not (end < len(block) and block.spaced[end] and (block.is_capital(end) or block.shape[end] == NUMBER))

    def _shares_tail(self) -> bool:
        """Whether the next body of a list closes for this one too ('HĐND, UBND tỉnh')."""
        block = self.block
        if self.at >= self.size or self.depth == DEEPEST:
            return False
        following = self.at + 1 if block.key[self.at] == _AND and block.spaced[self.at] else self.at
        if following == self.at and block.gap[self.at].strip() not in (",", "-", "–"):
            return False
        if following >= self.size or not block.is_capital(following):
            return False
        other = self.grammar.parse(block, following, self.depth + 1)
        return other is not None and not (other.bare and other.tail != "level")

    def _is_part_of_word(self) -> bool:
        """Whether a one-syllable head only begins a longer word ('Ban đầu', 'Bộ phận')."""
        word_end = self.block.word_end[self.start]
        return word_end > self.block.end[self.start]

    def _level_tail(self) -> None:
        if self._nested():
            return
        if self.head.tail == "level" and self.at < self.size and self.block.spaced[self.at]:
            self._fields_and_words()
        self._close()

    def _field_tail(self) -> None:
        if self._nested():
            return
        found = self.grammar.fields.longest(self.block, self.at) if self._spaced_here() else None
        if found is not None and self.block.is_capital(self.at):
            self.at = self.field_end = found[0]
            self.named = True
            self._fields_and_words()
        elif self._spaced_here() and self.block.is_capital(self.at):
            self._fields_and_words()
        elif self._spaced_here():
            self._lower_words(must_reach=True)
            if self.at > self.body:
                self._fields_and_words()
        if self.at > self.body:
            self._close()

    def _named_tail(self) -> None:
        if self._spaced_here() and self.block.shape[self.at] == NUMBER and self._number_fits(self.at):
            self.at += 1
            self.named = True
        elif self._spaced_here():
            self._lower_words(must_reach=False)
        self._fields_and_words()
        if self.at > self.body or self.head.alone or self.body - self.start > 2:
            self._close()

    def _strict_tail(self) -> None:
        if self._spaced_here() and self.block.is_capital(self.at):
            if self.block.text[self.at] in ("AI", "BOT", "TV"):
                return
            found = self.grammar.fields.longest(self.block, self.at)
            if found is not None:
                self.at, self.named = found[0], True
            self._fields_and_words()
            self._close()
        elif self._spaced_here() and self._behind_post():
            field = self.grammar.fields.longest(self.block, self.at)
            self.at = field[0] if field is not None else self.at
            if field is not None and not self._nested():
                self.at = self.body

    def _nation_tail(self) -> None:
        """'Quốc hội', 'Chính phủ', with a country at most."""
        if self._spaced_here():
            place = self.grammar.places.known(self.block, self.at)
            if place is not None and place.level == "country":
                self.at, self.named = place.end, True

    def _unit_tail(self) -> None:
        block = self.block
        self.at = self._armed_end()
        if self._spaced_here() and block.shape[self.at] == NUMBER:
            self.at += 1
            self.named = True
            self._fields_and_words()
            self._close()
        elif self._spaced_here() and (self._numbered() or (block.is_capital(self.at) and self.head.tail == "unit")):
            self._fields_and_words()
            self._close()

    def _armed_end(self) -> int:
        """The syllable of a unit's number behind its arm ('Lữ đoàn tàu ngầm 189'), or where the reader stands."""
        block, at = self.block, self.at
        while at < self.size and at - self.at < 5 and block.spaced[at] and block.shape[at] == LOWER:
            if self.head.tail != "unit" or block.tag[at] in ("C", "E", "R"):
                return self.at
            at += 1
        armed = self.at + 2 <= at < self.size and block.spaced[at] and block.shape[at] == NUMBER
        closed = armed and not (at + 1 < self.size and block.spaced[at + 1] and block.tag[at + 1] in ("N", "Nu", "Ny"))
        return at if closed else self.at

    def _block_tail(self) -> None:
        """'Đảng ủy Khối các cơ quan Thành phố', 'Đảng bộ Khối Doanh nghiệp tỉnh'."""
        block = self.block
        while self._spaced_here() and block.key[self.at] in self.words.bloc:
            self.at += 1
        if self.at > self.body and block.key[self.at - 1] in (_AND, _ALL):
            self.at = self.body
        self._close()

    def _team_tail(self) -> None:
        """A national team with its country ('đội tuyển Việt Nam', 'ĐT nữ Thái Lan', 'đội tuyển U23 Việt Nam')."""
        block = self.block
        at = self.at
        while at < self.size and (block.key[at] in self.words.team or block.text[at][:1] == "U") and at - self.at < 6:
            at += 1
        if at < self.size and block.spaced[at]:
            place = self.grammar.places.known(block, at)
            if place is not None:
                self.at, self.named = place.end, True
