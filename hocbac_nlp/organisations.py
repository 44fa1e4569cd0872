"""The grammar of the names of bodies: a head word, and what belongs to the name behind it.

A name is read from its head to the right. A field of work, a proper name, lower-case words of a closed list,
the body it belongs to, a level word and a place may follow; a person's name, another sentence part or the
head of a coordinated body ends it.
"""

from typing import NamedTuple

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.people import People, is_foreign_run
from hocbac_nlp.phrases import Phrases
from hocbac_nlp.places import ADMINISTRATIVE, Places
from hocbac_nlp.syllables import LOWER, NUMBER, TITLE, UPPER, WEB, Syllables, is_vietnamese, key, keys

_LONGEST = 26
_BRIDGE = 9
_DEEPEST = 3
_AND = key("và")
_NUMBERED = key("số")
_GRADE = key("cấp")
_EVERY = keys("các cấp những")
_DASHES = ("-", "–")
_LEVELS = (
    "tỉnh|thành phố|tp|thị xã|tx|huyện|quận|phường|xã|thị trấn|cấp cao|khu vực|cơ sở|trung ương|tw|thôn|bản|ấp|"
    "làng|khối|tổ dân phố|khu phố|khóm|xóm|buôn|đặc khu|vùng|h|q|p|t.ư|tư"
)
_IN = frozenset(key(word) for word in ("tại", "ở"))
_NAMED_AFTER = keys("học thcs thpt non sở thông trường viện chuyên trú tuồng kịch chèo")
_SEATED = frozenset(("named", "level"))


class Organisation(NamedTuple):
    """The name of a body: its syllables, the head that opened it, and how it closes.

    `open_level` is the level word that closes it without a place ('UBND tỉnh'), `bare` says that nothing
    followed the head, `sure` that the name stands without help from the rest of the document.
    """

    start: int
    end: int
    head: str
    tail: str
    open_level: str
    bare: bool
    sure: bool
    rule: str


class _Head(NamedTuple):
    tail: str
    lower: bool
    alone: str


class Organisations:
    """Reads names of bodies; the lists are the head, field, word and name lexicons of bodies."""

    def __init__(self, lexicons: Lexicons, places: Places, people: People) -> None:
        self.places = places
        self.people = people
        self.heads: Phrases[_Head] = Phrases()
        self.lower_heads: Phrases[_Head] = Phrases()
        for row in lexicons.rows("org_heads.tsv"):
            head = _Head(row["tail"], bool(row["lower"]), row["alone"])
            lower_row = row["head"][0].islower()
            if not lower_row:
                for spelling in _central(row["head"]):
                    self.heads.add(spelling, head)
            if head.lower:
                self.lower_heads.add(row["head"], head)
        self.fields = Phrases((field, True) for field in lexicons.lines("org_fields.txt"))
        self.words = Phrases((word, True) for word in lexicons.lines("org_words.txt"))
        self.levels = Phrases((level, level) for level in _LEVELS.split("|"))
        self.known = Phrases((row["name"], row["canonical"]) for row in lexicons.rows("org_names.tsv"))

    def parse(self, block: Syllables, at: int, depth: int = 0) -> Organisation | None:
        """The body whose name starts at syllable `at`; `depth` counts the bodies around it."""
        capital = block.is_capital(at)
        found = (self.heads if capital else self.lower_heads).longest(block, at)
        if found is None or (not capital and not block.word_end[at]):
            return None
        start_tail, head, spelling = found
        if capital and not self._cased(block, at, start_tail, spelling):
            return None
        return _Reader(self, block, at, start_tail, head, spelling, depth).read()

    def _cased(self, block: Syllables, at: int, end: int, spelling: str) -> bool:
        """A lower-case ending of a capital head is fine; 'ĐẢNG' abbreviations need their capitals."""
        if end - at == 1 and spelling.isupper() and len(spelling) > 1:
            return block.shape[at] == UPPER
        return True

    def name(self, block: Syllables, at: int) -> Organisation | None:
        """The body known by its name alone ('Vietcombank', 'ASEAN') that starts at `at`."""
        found = self.known.longest(block, at)
        if found is None:
            return None
        end, canonical, spelling = found
        text = block.span(at, end)
        if spelling.isupper() != text.isupper() and (text.islower() or spelling.isupper()):
            return None
        if not all(block.is_capital(k) or block.shape[k] == NUMBER for k in range(at, end) if block.gap[k] != "."):
            if not any(letter.isupper() for letter in text):
                return None
            if text.split()[-1] != spelling.split()[-1]:
                return None
        if end < len(block) and block.spaced[end] and block.shape[end] == TITLE and spelling.isalpha():
            further = block.run_end(at)
            if is_vietnamese(block.key[at]) and further > end and " " in spelling:
                return None
        return Organisation(at, end, canonical, "name", "", False, True, "org_names")


def _central(head: str) -> tuple[str, ...]:
    """A head with the usual abbreviations of 'Trung ương'."""
    return tuple(dict.fromkeys(head.replace("Trung ương", short) for short in ("Trung ương", "T.Ư", "TƯ", "TW")))


class _Reader:
    """Reads one name from its head on."""

    def __init__(
        self,
        grammar: Organisations,
        block: Syllables,
        start: int,
        at: int,
        head: _Head,
        spelling: str,
        depth: int,
    ) -> None:
        self.grammar = grammar
        self.block = block
        self.start = start
        self.at = at
        self.body = at
        self.head = head
        self.spelling = spelling
        self.depth = depth
        self.size = min(len(block), start + _LONGEST)
        self.open_level = ""
        self.named = False
        self.closed = False

    def read(self) -> Organisation | None:
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
        return self._result()

    def _result(self) -> Organisation | None:
        bare = self.at == self.body
        lower = not self.block.is_capital(self.start)
        needs_name = lower and self.head.tail not in ("whole",)
        if needs_name and not self.named:
            return None
        sure = not bare or self.head.alone == "yes"
        if bare and not self.head.alone:
            return None
        if bare and self.body - self.start == 1 and self._is_part_of_word():
            return None
        if self.head.tail in ("level", "place") and not self.open_level and self._is_of_every_level():
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
        )

    def _is_of_every_level(self) -> bool:
        """Whether the name speaks of a kind of bodies ('HĐND các cấp', 'UBND cấp xã')."""
        block, after = self.block, self.at + 1
        if not self._spaced_here() or after >= self.size or block.key[self.at] not in _EVERY:
            return False
        return block.key[self.at] != _GRADE or self.grammar.levels.longest(block, after) is not None

    def _is_part_of_word(self) -> bool:
        """Whether a one-syllable head only begins a longer word ('Ban đầu', 'Bộ phận')."""
        word_end = self.block.word_end[self.start]
        return word_end > self.block.end[self.start]

    # -- tails ---------------------------------------------------------------------------------------------

    def _level_tail(self) -> None:
        if self._nested():
            return
        if self.head.tail == "level" and self.at < self.size and self.block.spaced[self.at]:
            self._fields_and_words(False)
        self._close()

    def _field_tail(self) -> None:
        if self._nested():
            return
        found = self.grammar.fields.longest(self.block, self.at) if self._spaced_here() else None
        if found is not None and (self.block.is_capital(self.at) or self.spelling[0].islower() is False):
            if not self.block.is_capital(self.at):
                found = None
        if found is not None:
            self.at = found[0]
            self.named = True
            self._fields_and_words(True)
        elif self._spaced_here() and self.block.is_capital(self.at):
            self._fields_and_words(True)
        elif self._spaced_here():
            self._lower_words(must_reach=True)
            if self.at > self.body:
                self._fields_and_words(True)
        if self.at > self.body:
            self._close()

    def _named_tail(self) -> None:
        if self._spaced_here():
            self._lower_words(must_reach=False)
        self._fields_and_words(True)
        if self.at > self.body or self.head.alone:
            self._close()

    def _strict_tail(self) -> None:
        if self._spaced_here() and self.block.is_capital(self.at):
            if self.block.text[self.at] in ("AI", "BOT", "TV"):
                return
            found = self.grammar.fields.longest(self.block, self.at)
            if found is not None:
                self.at, self.named = found[0], True
            self._fields_and_words(True)
            self._close()

    def _nation_tail(self) -> None:
        """'Quốc hội', 'Chính phủ', with a country at most."""
        if self._spaced_here():
            place = self.grammar.places.known(self.block, self.at)
            if place is not None and place.level == "country":
                self.at, self.named = place.end, True

    def _unit_tail(self) -> None:
        block = self.block
        if self._spaced_here() and block.shape[self.at] == NUMBER:
            self.at += 1
            self.named = True
            self._fields_and_words(True)
            self._close()
        elif self._spaced_here() and self._numbered():
            self._fields_and_words(True)
            self._close()
        elif self._spaced_here() and block.is_capital(self.at) and self.head.tail == "unit":
            self._fields_and_words(True)
            self._close()

    def _block_tail(self) -> None:
        """'Đảng ủy Khối các cơ quan Thành phố', 'Đảng bộ Khối Doanh nghiệp tỉnh'."""
        block = self.block
        words = keys("các cơ quan doanh nghiệp đảng và trường đại học cao đẳng")
        while self._spaced_here() and block.key[self.at] in words:
            self.at += 1
        if self.at > self.body and block.key[self.at - 1] in (_AND, key("các")):
            self.at = self.body
        self._close()

    def _team_tail(self) -> None:
        """A national team with its country ('đội tuyển Việt Nam', 'ĐT nữ Thái Lan', 'đội tuyển U23 Việt Nam')."""
        block = self.block
        at = self.at
        extra = keys("nữ nam bóng đá quốc gia futsal olympic trẻ u")
        while at < self.size and (block.key[at] in extra or block.text[at][:1] == "U") and at - self.at < 4:
            at += 1
        if at < self.size and block.spaced[at]:
            place = self.grammar.places.known(block, at)
            if place is not None:
                self.at, self.named = place.end, True

    # -- parts ---------------------------------------------------------------------------------------------

    def _spaced_here(self) -> bool:
        return self.at < self.size and self.block.spaced[self.at]

    def _nested(self) -> bool:
        """The body that this one belongs to, directly behind ('Ban Thường vụ' + 'Huyện ủy')."""
        if self.depth == _DEEPEST or not self._spaced_here() or not self.block.is_capital(self.at):
            return False
        inner = self.grammar.parse(self.block, self.at, self.depth + 1)
        if inner is None or (inner.bare and not inner.sure):
            return False
        self.at = inner.end
        self.open_level = inner.open_level
        self.named = True
        self.closed = True
        return True

    def _fields_and_words(self, names: bool) -> None:
        """Capitalised words of the name, with fields, closed-list words and connectors between them."""
        block = self.block
        while self.at < self.size and not self.closed:
            at = self.at
            if not block.spaced[at]:
                if not self._connector():
                    break
                continue
            if self._level_here():
                break
            if block.is_capital(at):
                if at > self.body and self._nested():
                    break
                if self._is_person(at) or self._is_post(at):
                    break
                if not names and not self._may_stand_behind(at):
                    break
                self._capital_word()
            elif block.shape[at] == LOWER:
                if block.key[at] == _AND:
                    if not self._connector():
                        break
                elif self._region() or self._numbered():
                    continue
                elif self._previous_is_place():
                    break
                elif self.at == self.body or not self._lower_word():
                    break
            elif block.shape[at] == NUMBER and self.named and self._number_fits(at):
                self.at += 1
            else:
                break

    def _may_stand_behind(self, at: int) -> bool:
        """What a body with a level takes behind it: a place or the name of what it belongs to."""
        return True

    def _capital_word(self) -> None:
        """Take a capitalised syllable, with the rest of its field, place or word."""
        block, at = self.block, self.at
        field = self.grammar.fields.longest(block, at)
        place = self.grammar.places.known(block, at)
        end = at + 1
        if field is not None:
            end = field[0]
        words = self.grammar.words.longest(block, at)
        if words is not None and words[0] > end and not block.is_capital(words[0] - 1):
            end = words[0]
        if place is not None and place.end >= end:
            end = place.end
        word_end = block.word_end[at]
        while (
            end < self.size
            and block.start[end] < word_end
            and block.spaced[end]
            and block.shape[end] == LOWER
            and field is None
            and place is None
        ):
            end += 1
        self.at = min(end, self.size)
        self.named = True

    def _lower_word(self) -> bool:
        """Take a lower-case word of the closed list, if the name goes on or may close with it."""
        found = self.grammar.words.longest(self.block, self.at)
        if found is None:
            return self._bridge()
        word_end = self.block.word_end[self.at]
        if word_end > self.block.end[found[0] - 1] and found[0] - self.at == 1:
            return False
        self.at = found[0]
        return True

    def _region(self) -> bool:
        """Take a region whose name starts in lower case ('Điện lực miền Bắc')."""
        place = self.grammar.places.known(self.block, self.at)
        if place is None or not self.named:
            return False
        self.at = place.end
        return True

    def _numbered(self) -> bool:
        """Take 'số' and a number ('Đội Cảnh sát giao thông số 2')."""
        block, after = self.block, self.at + 1
        if block.key[self.at] != _NUMBERED or after >= self.size or block.shape[after] != NUMBER:
            return False
        self.at = after + 1
        self.named = True
        return True

    def _bridge(self) -> bool:
        """Take one or two nouns that no list knows, between capitalised words ('Giống vật nuôi Miền Trung')."""
        block, at = self.block, self.at
        if self.head.tail not in ("named", "field") or not self.named:
            return False
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

    def _lower_words(self, must_reach: bool) -> None:
        """Lower-case words of the list between a head and its proper name ('công ty cổ phần đầu tư X')."""
        block = self.block
        at = self.at
        while at < self.size and at - self.at <= _BRIDGE and (block.spaced[at] or block.gap[at] in (", ", " - ")):
            if block.shape[at] != LOWER:
                break
            if block.key[at] == _AND:
                at += 1
                continue
            found = self.grammar.words.longest(block, at)
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

    def _connector(self) -> bool:
        """Take 'và', a dash or a comma inside the name, if a further part of the same name follows."""
        block, at = self.block, self.at
        mark = block.gap[at].strip()
        joined = block.key[at] == _AND and block.spaced[at]
        follow = at + 1 if joined else at
        if not self.named or follow >= self.size or self.open_level:
            return False
        if joined and not block.spaced[follow]:
            return False
        if not joined and mark not in ("-", "–", "&", "/"):
            return False
        if self.head.tail in ("whole", "unit", "unit2", "place"):
            return False
        tight = not joined and block.gap[at] in ("-", "&", "/")
        if not block.is_capital(follow):
            return False
        if self._is_person(follow) or self._is_post(follow):
            return False
        if self.grammar.heads.longest(block, follow) is not None and not tight:
            return False
        if self.grammar.people.titles.longest(block, follow) is not None and not tight:
            return False
        if self._previous_is_place() or self.grammar.places.known(block, follow) is not None:
            both = self._previous_is_place() and self.grammar.places.known(block, follow) is not None
            if not tight and not (both and mark in _DASHES and self.head.tail in ("named", "field")):
                return False
        if self.grammar.name(block, follow) is not None:
            return False
        if not tight and is_foreign_run(block, follow, follow + 1):
            return False
        if self.head.tail == "level" and joined and self.at == self.body:
            return False
        if joined and not self._names_a_field(follow):
            return False
        self.at = follow
        self._capital_word()
        return True

    def _names_a_field(self, at: int) -> bool:
        """Whether the words at `at` go on as a field of work rather than as another name."""
        block = self.block
        if self.grammar.fields.longest(block, at) is not None:
            return True
        run = block.run_end(at)
        return run - at == 1 or (run < len(block) and block.shape[run] == LOWER and run - at <= 2)

    def _previous_is_place(self) -> bool:
        block = self.block
        for start in range(max(self.start, self.at - 3), self.at):
            place = self.grammar.places.known(block, start)
            if place is not None and place.end == self.at:
                return True
        return False

    def _number_fits(self, at: int) -> bool:
        block = self.block
        after = block.gap_after(at)
        if after in (".", ",", "/") and at + 1 < len(block) and block.shape[at + 1] == NUMBER:
            return False
        follows_noun = at + 1 < len(block) and block.spaced[at + 1] and block.shape[at + 1] == LOWER
        if self.head.tail == "level":
            return False
        if not follows_noun:
            return after == "" or not after.startswith("/")
        if len(block.text[at]) > 2:
            return False
        if self.head.tail == "named" and block.tag[at + 1][:1] in ("V", "R", "E", "C"):
            return True
        return (
            self.grammar.words.longest(block, at + 1) is None
            and (block.shape[at - 1] != LOWER or self.head.tail == "named")
            and block.key[at + 1] in _PREDICATE
        )

    def _is_person(self, at: int) -> bool:
        """Whether a person's name begins at `at` and closes the capitalised run."""
        block = self.block
        run = block.run_end(at)
        if not self.named and self.head.tail in ("named", "strict", "unit") and not self._behind_post():
            return False
        people = self.grammar.people
        if self._known_reach(at) >= run:
            return False
        if not people.is_full_name(block, at, run):
            return False
        if self.head.tail in ("named", "strict", "unit"):
            return self._behind_post() and not self._awaits_name(at)
        return run - at >= 3 or self.named

    def _awaits_name(self, at: int) -> bool:
        """Whether a school's or hospital's kind has just been read: the name behind it is its own."""
        return self.block.key[at - 1] in _NAMED_AFTER

    def _behind_post(self) -> bool:
        """Whether a post ends right before the head ('Giám đốc Trung tâm')."""
        block = self.block
        for start in range(max(0, self.start - 4), self.start):
            post = self.grammar.people.posts.longest(block, start)
            if post is not None and post[0] == self.start and block.spaced[self.start]:
                return True
        return False

    def _known_reach(self, at: int) -> int:
        found = self.grammar.places.names.longest(self.block, at)
        namesake = self.grammar.places.namesakes.longest(self.block, at)
        field = self.grammar.fields.longest(self.block, at)
        return max(hit[0] if hit else at for hit in (found, namesake, field))

    def _is_post(self, at: int) -> bool:
        post = self.grammar.people.posts.longest(self.block, at)
        return post is not None and post[0] - at > 1

    # -- closing -------------------------------------------------------------------------------------------

    def _level_here(self) -> bool:
        found = self.grammar.levels.longest(self.block, self.at)
        return found is not None and self._is_level_word(found[0])

    def _is_level_word(self, end: int) -> bool:
        """Whether the level word up to `end` is no part of a longer word ('tỉnh lộ', 'khu vực')."""
        block = self.block
        if block.shape[self.at] in (UPPER,) and len(block.text[self.at]) > 3:
            return False
        word_end = block.word_end[self.at]
        return not (word_end > block.end[end - 1] and end < len(block) and block.shape[end] == LOWER)

    def _close(self) -> None:
        """A level word and a place at the end of the name."""
        if self.closed:
            return
        block = self.block
        if self.at >= self.size:
            return
        if not block.spaced[self.at]:
            return
        found = self.grammar.levels.longest(block, self.at)
        if found is not None and self._is_level_word(found[0]):
            end, level, _ = found
            place = self.grammar.places.typed(block, self.at, person_first=True)
            if place is not None and place.end > end and self._place_fits(place.end):
                self.at = place.end
                self.named = True
                return
            if level in ("h", "q", "p", "t", "vùng", "khối", "thôn", "bản", "ấp", "làng", "buôn", "xóm"):
                return
            if level == "cấp cao":
                self.at, self.named = end, True
                self._seat()
                return
            if level == "cơ sở" and not (end < len(block) and block.spaced[end] and block.is_capital(end)):
                return
            if end < len(block) and block.spaced[end] and block.is_capital(end) and level in ("khu vực", "cơ sở"):
                name = self.grammar.places.name_end(block, end)
                self.at = name
                self.named = True
                return
            if end < len(block) and block.spaced[end] and block.shape[end] == NUMBER and level == "khu vực":
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
        if self.head.tail in _SEATED and self._sits_abroad():
            self._seat()

    def _seat(self) -> None:
        """The seat that belongs to the name ('TAND Cấp cao tại TP.HCM', 'Đại sứ quán Việt Nam tại Lào')."""
        block, after = self.block, self.at + 1
        if after < self.size and block.key[self.at] in _IN and block.spaced[self.at] and block.spaced[after]:
            place = self.grammar.places.typed(block, after) or self.grammar.places.known(block, after)
            if place is not None:
                self.at = place.end

    def _place_fits(self, end: int) -> bool:
        return end <= self.size

    def _sits_abroad(self) -> bool:
        """Whether the head is of the kind whose seat belongs to the name ('TAND Cấp cao tại TP.HCM')."""
        if self.spelling.endswith("cấp cao"):
            return True
        return self.named and key(self.spelling.split()[0]) in _SEAT_HEADS


_SEAT_HEADS = frozenset(key(word) for word in ("Đại", "ĐSQ", "Tổng", "Lãnh", "Văn", "Phái"))
_PREDICATE = keys("và đã đang sẽ là có cho ở tại trong của được bị với vẫn cũng về do thông mới thừa tổ phát")
