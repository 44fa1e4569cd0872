"""The lower-case words inside a body's name: listed ones, verbs and their objects, and what leads on to a place."""

from hocbac_nlp.naming.organisation_edges import NameEdges
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, TITLE, is_vietnamese, key

_BRIDGE = 9
_LONGEST_PHRASE = 14
_AND = key("và")
_ABOUT = key("về")
_NUMBERED = key("số")
_PRINTED = ("báo", "tạp chí")
_POINTING = frozenset(key(word) for word in ("này", "ấy", "đó"))
_AFTER_WORD = {key("phần"): (key("hóa"),)}


class LowerWords(NameEdges):
    """Takes lower-case words that belong to a name, or none of them."""

    def _lower_word(self) -> bool:
        """Take a lower-case word of the closed list, if the name goes on or may close with it."""
        block = self.block
        found = self.grammar.inner.longest(block, self.at)
        foreign = block.shape[self.at - 1] in (TITLE, MIXED) and not is_vietnamese(block.key[self.at - 1])
        if self.at + 1 < self.size and block.spaced[self.at + 1] and block.key[self.at + 1] in _POINTING:
            return False
        if self.described or (foreign and (found is None or block.key[self.at] not in self.words.scope)):
            return False
        if found is None:
            return self._bridge() or self._common_tail()
        word_end = block.word_end[self.at]
        goes_on = found[0] < self.size and block.shape[found[0]] == LOWER
        if word_end > block.end[found[0] - 1] and found[0] - self.at == 1 and goes_on:
            return self._ends_in_verb() and self._objects()
        after = found[0]
        if after < self.size and block.spaced[after] and block.key[after] in _AFTER_WORD.get(block.key[after - 1], ()):
            return False
        numbered = after < self.size and block.shape[after] == NUMBER
        if block.key[after - 1] == _NUMBERED and (numbered or block.is_capital(after - 2)):
            return False
        self.at = after
        return True

    def _phrase(self) -> None:
        """Take the lower-case noun phrase that is the whole name behind a head ('Đội tham mưu', 'Ban bầu cử').

        A place, a level word or a mark must close it; a verb opens it only where a post says that a body is meant.
        """
        block, at = self.block, self.at
        if not block.is_capital(self.start) or any(map(block.is_capital, range(self.body, at))):
            return
        posted = self._behind_post()
        while at < self.size and at - self.at < _LONGEST_PHRASE and block.spaced[at] and block.shape[at] == LOWER:
            joins = block.key[at] == _AND and at > self.at
            noun = block.tag[at] == "N" or (block.tag[at] in ("V", "A") and (posted or at > self.at))
            if not joins and (not noun or block.key[at] in self.words.outside | self.words.role_predicate):
                break
            if self.grammar.levels.longest(block, at) is not None or self.grammar.places.typed(block, at) is not None:
                break
            at = self._past_word(at)
        if at == self.at or block.key[at - 1] == _AND:
            return
        closed = block.gap_after(at - 1).strip()[:1] in (",", "(", ")") if posted else False
        if self._owner_at(at) or closed:
            self.at, self.named = at, True

    def _past_word(self, at: int) -> int:
        """The index behind the lower-case word that begins at `at`."""
        last = self.block.word_end[at]
        at += 1
        while at < self.size and self.block.start[at] < last and self.block.shape[at] == LOWER:
            at += 1
        return at

    def _owner_at(self, at: int) -> bool:
        """Whether a level word or a known place begins at `at`: whose the body is."""
        if at >= self.size or not self.block.spaced[at]:
            return False
        levels, places = self.grammar.levels, self.grammar.places
        return levels.longest(self.block, at) is not None or places.known(self.block, at) is not None

    def _region(self) -> bool:
        """Take a region whose name starts in lower case ('Điện lực miền Bắc')."""
        place = self.grammar.places.known(self.block, self.at)
        if place is None or not (self.named or self.head.tail == "place" or self.body - self.start > 2):
            return False
        self.at, self.named = place.end, True
        return True

    def _numbered(self) -> bool:
        """Take 'số' and a number ('Đội Cảnh sát giao thông số 2')."""
        block, after = self.block, self.at + 1
        if (
            self.spelling.lower() in _PRINTED
            or block.key[self.at] != _NUMBERED
            or after >= self.size
            or block.shape[after] != NUMBER
        ):
            return False
        self.at = after + 1
        self.named = True
        return True

    def _joined_words(self) -> bool:
        """Take 'và' and lower-case words of the list, behind such words ('người khuyết tật và trẻ mồ côi')."""
        block, after = self.block, self.at + 1
        if (
            self.at == self.body
            or after >= self.size
            or block.shape[self.at - 1] != LOWER
            or block.shape[after] != LOWER
        ):
            return False
        found = self.grammar.inner.longest(block, after)
        if found is None or self.field_end == self.at:
            return False
        self.at = found[0]
        return True

    def _ends_in_verb(self) -> bool:
        """Whether the last word taken is a verb, so that what it is about must follow ('Ban Bảo vệ …')."""
        for at in range(max(self.body, self.at - 2), self.at):
            found = self.grammar.verbs.longest(self.block, at)
            if found is not None and found[0] == self.at and self.block.is_capital(at):
                return True
        return False

    def _objects(self) -> bool:
        """Take the nouns and verbs behind a verb in a name ('Hội đồng Phối hợp phổ biến giáo dục pháp luật')."""
        block, at = self.block, self.at
        while at < self.size and at - self.at < _BRIDGE and block.spaced[at] and block.shape[at] == LOWER:
            joins = block.key[at] == _AND and at > self.at
            if not joins and (block.tag[at] not in ("N", "V", "A") or block.key[at] in self.words.outside):
                break
            if self.grammar.levels.longest(block, at) is not None or self.grammar.places.typed(block, at) is not None:
                break
            at = self._past_word(at)
        if at == self.at or block.key[at - 1] == _AND:
            return False
        if not self._owner_at(at):
            return self._object_nouns()
        self.at = at
        return True

    def _bridge(self) -> bool:
        """Take one or two nouns that no list knows, between capitalised words ('Giống vật nuôi Miền Trung')."""
        block, at = self.block, self.at
        if self.head.tail not in ("named", "field") or not self.named:
            return False
        parted = block.word_end[at] > block.end[at] and at + 1 < self.size and block.is_capital(at + 1)
        if parted and block.tag[at] == "N" and self.grammar.places.known(block, at + 1) is None:
            self.at = at + 1  # the tagger has parted 'Nội thất Hòa An' behind its first syllable
            return True
        for _ in range(2):
            if at >= self.size or block.shape[at] != LOWER or block.tag[at] not in ("N", "A") or not block.spaced[at]:
                break
            if any(
                words.longest(block, at) is not None
                for words in (self.grammar.people.posts, self.grammar.people.titles, self.grammar.places.types)
            ):
                return False
            last = block.word_end[at]
            while at < self.size and block.start[at] < last:
                at += 1
        if at == self.at or at >= self.size or not block.spaced[at] or not block.is_capital(at):
            return False
        if self._is_person(at) or self.grammar.heads.longest(block, at) is not None:
            return False
        self.at = at
        return True

    def _common_tail(self) -> bool:
        """Take a noun that no list knows, behind a common word of the name ('Cục Tần số vô tuyến điện').

        A name that a listed field closes is complete.
        """
        block, at = self.block, self.at
        if self.head.tail not in ("field", "named", "level") or not self.named or self.field_end == at:
            return False
        if block.key[at] in self.words.outside or not block.word_end[at]:
            return False
        if self._ends_in_verb():
            return self._objects()
        if block.shape[at - 1] != LOWER or block.tag[at] not in ("N", "A") or self.head.tail == "level":
            return False
        lists = (self.grammar.people.posts, self.grammar.people.titles, self.grammar.places.types)
        if any(words.longest(block, at) is not None for words in lists):
            return False
        last = block.word_end[at]
        while at < self.size and block.start[at] < last and block.shape[at] == LOWER:
            at += 1
        self.at = at
        return True

    def _object_nouns(self) -> bool:
        """Take the verbs, then the nouns, that follow a verb in a name ('Trung tâm Quản lý điều hành giao thông')."""
        block, at, nouns = self.block, self.at, 0
        while at < self.size and at - self.at < _BRIDGE and block.spaced[at] and block.shape[at] == LOWER:
            tag = block.tag[at]
            if block.key[at] in self.words.outside or not block.word_end[at] or tag not in ("N", "V"):
                break
            if (tag == "V" and nouns) or self.grammar.people.titles.longest(block, at) is not None:
                break
            nouns += tag == "N"
            at = self._past_word(at)
        if not nouns:
            return False
        self.at, self.described = at, True
        return True

    def _concern(self) -> bool:
        """Take 'về' and what a national body is about ('Ủy ban Quốc gia về Người cao tuổi')."""
        block, at = self.block, self.at
        if block.key[at] != _ABOUT or at + 1 >= self.size:
            return False
        national = self.grammar.national.longest(block, max(self.start, at - 2))
        if national is None or national[0] != at:
            return False
        start = at
        self.at = at + 1
        if block.is_capital(self.at):
            return True
        if self._object_nouns():
            return True
        self.at = start
        return False

    def _lower_words(self, must_reach: bool) -> None:
        """Lower-case words of the list between a head and its proper name ('công ty cổ phần đầu tư X')."""
        block = self.block
        at = self.at
        if block.key[at] == _AND:
            return
        if block.key[at] == _ABOUT and at + 1 < self.size and self.grammar.inner.longest(block, at + 1):
            at += 1
        while at < self.size and at - self.at <= _BRIDGE and (block.spaced[at] or block.gap[at] in (", ", " - ")):
            if block.shape[at] != LOWER:
                break
            if block.key[at] == _AND:
                at += 1
                continue
            found = self.grammar.inner.longest(block, at)
            if found is None:
                break
            at = found[0]
        if at == self.at:
            return
        reached = at < self.size and block.spaced[at] and (block.is_capital(at) or block.shape[at] == NUMBER)
        level = at < self.size and self.grammar.levels.longest(block, at) is not None and block.spaced[at]
        if block.key[at - 1] == _AND and not reached:
            return
        if reached or level or (not must_reach and block.is_capital(self.start)):
            self.at = at
            self.named = self.named or block.is_capital(self.start)
