"""How the name of a body closes: a level word, a place, a region, a seat."""

from hocbac_nlp.naming.organisation_parts import NameParts
from hocbac_nlp.naming.places import ADMINISTRATIVE, Place
from hocbac_nlp.naming.syllables import LOWER, NUMBER, key

_IN = frozenset(key(word) for word in ("tại", "ở"))
_AT = (key("tại"),)
_INSTITUTE = key("viện")
_SEATED = frozenset(("named", "level", "field"))
_ZONE = key("vực")


class NameEnd(NameParts):
    """Takes what closes a name."""

    def _close(self) -> None:
        """A level word and a place at the end of the name."""
        if self.closed:
            return
        block = self.block
        if not self._spaced_here() and not (self.at < self.size and self._abbreviated()):
            return
        found = self.grammar.levels.longest(block, self.at)
        if found is not None and self._is_level_word(found[0]):
            end, level, _ = found
            place = self.grammar.places.typed(block, self.at, person_first=True)
            if place is not None and place.end > end:
                self.at = self._wider_end(self._before_holder(place))
                self.named = True
                return
            if level in ("h", "q", "p", "t", "vùng", "khối", "thôn", "bản", "ấp", "làng", "buôn", "xóm"):
                return
            if level == "cấp cao":
                self.at, self.named = end, True
                self._seat()
                return
            if level == "trung ương":
                place = self.grammar.places.known(block, end) if end < len(block) and block.spaced[end] else None
                if place is not None and self.head.tail == "named":
                    self.at, self.named = place.end, True
                    return
            if level == "cơ sở" and not (end < len(block) and block.spaced[end] and block.is_capital(end)):
                return
            if end < len(block) and block.spaced[end] and block.is_capital(end) and level in ("khu vực", "cơ sở"):
                name = self.grammar.places.name_end(block, end)
                self.at = self.grammar.places.dashed_end(block, name)
                self.named = True
                return
            if (
                end < len(block)
                and block.spaced[end]
                and block.shape[end] == NUMBER
                and level in ("khu vực", "trung ương")
            ):
                end += 1
            self.at = end
            self.open_level = level
            return
        if block.is_capital(self.at) and self.head.tail in ("level", "place", "field", "named", "khoi"):
            if self._nested():
                return
            place = self.grammar.places.known(block, self.at)
            if place is not None:
                self.at, self.named = place.end, True
                return
            typed = self.grammar.places.typed(block, self.at, person_first=True)
            if typed is not None and typed.level in ADMINISTRATIVE:
                self.at, self.named = typed.end, True
                return
        if block.shape[self.at] == LOWER and self.head.tail in ("field", "named", "place"):
            site = self.grammar.places.typed(block, self.at)
            if site is not None and site.level in ("zone", "works") and self.named:
                self.at = site.end
                return
        if block.shape[self.at] == LOWER and self.head.tail in ("level", "place"):
            self._region()
        if self.head.tail in _SEATED and self._sits_abroad():
            self._seat()

    def _before_holder(self, place: Place) -> int:
        """The end of a unit, before the holder of a post ('Chủ tịch UBND xã Tà Rụt | Côn Sơ').

        A name of four syllables that no list has is not a unit's.
        """
        unknown = self.grammar.places.names.longest(self.block, place.name) is None
        holder = unknown and place.end - place.name == 4 and self.block.run_end(place.name) == place.end
        return place.end - 2 if holder and self._behind_post() else place.end

    def _wider_end(self, end: int) -> int:
        """`end` of a unit, moved behind the units that it lies in ('TAND quận 6 TP.HCM', 'UBND xã A huyện B')."""
        block = self.block
        while end < self.size and block.spaced[end]:
            place = self.grammar.places.typed(block, end, person_first=True)
            if place is None or place.level not in ADMINISTRATIVE:
                break
            end = place.end
        return end

    def _seat(self) -> None:
        """The seat that belongs to the name ('TAND Cấp cao tại TP.HCM', 'Đại sứ quán Việt Nam tại Lào')."""
        block, after = self.block, self.at + 1
        institute = block.key[self.start] == _INSTITUTE
        if (
            after < self.size
            and block.key[self.at] in (_AT if institute else _IN)
            and block.spaced[self.at]
            and block.spaced[after]
        ):
            places, bodies = self.grammar.places, self.grammar
            seat = places.typed(block, after) or places.known(block, after) or bodies.name(block, after)
            if seat is not None:
                self.at = seat.end

    def _sits_abroad(self) -> bool:
        """Whether the head is of the kind whose seat belongs to the name ('TAND Cấp cao tại TP.HCM')."""
        if self.spelling.endswith("cấp cao"):
            return True
        return self.named and key(self.spelling.split()[0]) in self.words.seated

    def _numbered_seat(self) -> None:
        """The province behind the number of a court or prosecution ('TAND khu vực 1 - Hà Nội')."""
        block, at = self.block, self.at
        if at >= self.size or block.gap[at].strip() not in ("-", "–") or block.shape[at - 1] != NUMBER:
            return
        if block.key[at - 2] == _ZONE and (place := self.grammar.places.known(block, at)) is not None:
            self.at = place.end
