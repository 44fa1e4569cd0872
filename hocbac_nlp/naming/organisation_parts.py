"""The parts of a body's name: fields, proper names, lower-case words, connectors, the body it belongs to."""

from typing import TYPE_CHECKING, NamedTuple

from hocbac_nlp.naming.people import is_foreign_run
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, TITLE, UPPER, Syllables, is_vietnamese, key, keys

if TYPE_CHECKING:
    from hocbac_nlp.naming.organisations import Organisations

_LONGEST = 26
_BRIDGE = 9
DEEPEST = 3
_AND = key("và")
_NOT_IN_NAMES = keys(
    "ngày năm tháng hôm sáng chiều tối trưa đêm tuần quý thời giai lúc khi nơi nguồn người theo số từng bên phía mỗi"
    " hàng đầu cuối toàn hai ba nay qua trước sau này đó cũ mới riêng chung đang đã sẽ vốn dịp đợt lần nhằm khoảng"
    " nhiều ít đông cao thấp lớn nhỏ khác gần xa trên dưới trong ngoài giữa thêm cùng kỳ khóa nhiệm mức giá tổng"
)
_ABOUT = key("về")
_NATIONAL = tuple(tuple(map(key, words.split())) for words in ("quốc gia", "quốc tế", "liên ngành", "trung ương"))
_NUMBERED = key("số")
_ASSOCIATIONS = keys("hiệp hội liên tổng câu cục vụ")
_SCOPES = keys("quốc việt trung toàn châu thế")
_AFTER_WORD = {key("phần"): (key("hóa"),)}
_DASHES = ("-", "–")
_NAMED_AFTER = keys("học thcs thpt non sở thông trường viện chuyên trú tuồng kịch chèo")
_PREDICATE = keys("và đã đang sẽ là có cho ở tại trong của được bị với vẫn cũng về do thông mới thừa tổ phát")


class Head(NamedTuple):
    """A head word: what follows it, whether it opens a name in lower case, whether it is one by itself."""

    tail: str
    lower: bool
    alone: str


class NameParts:
    """Takes the parts of one name behind its head, from left to right; `at` is the end of what is taken."""

    def __init__(
        self,
        grammar: "Organisations",
        block: Syllables,
        start: int,
        at: int,
        head: Head,
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
        self.field_end = 0
        self.closed = False
        self.described = False

    def _spaced_here(self) -> bool:
        return self.at < self.size and self.block.spaced[self.at]

    def _nested(self) -> bool:
        """The body that this one belongs to, directly behind ('Ban Thường vụ' + 'Huyện ủy')."""
        if self.depth == DEEPEST or not self._spaced_here() or not self.block.is_capital(self.at):
            return False
        inner = self.grammar.parse(self.block, self.at, self.depth + 1)
        if inner is None or (inner.bare and not inner.sure):
            return False
        if " " not in inner.head and self._is_person(self.at):
            return False
        self.at = inner.end
        self.open_level = inner.open_level
        self.named = True
        self.closed = True
        return True

    def _fields_and_words(self) -> None:
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
                self._capital_word()
            elif block.shape[at] == LOWER:
                if block.key[at] == _AND:
                    if not self._connector() and not self._joined_words():
                        break
                elif self._region() or self._numbered() or self._concern():
                    continue
                elif self._previous_is_place() or self.at == self.body or not self._lower_word():
                    break
            elif block.shape[at] == NUMBER and self.named and self._number_fits(at):
                self.at += 1
            else:
                break

    def _capital_word(self) -> None:
        """Take a capitalised syllable, with the rest of its field, place or word."""
        block, at = self.block, self.at
        field = self.grammar.fields.longest(block, at)
        place = self.grammar.places.known(block, at)
        end = at + 1
        if field is not None:
            end = self.field_end = field[0]
        verb = self.grammar.verbs.longest(block, at)
        if verb is not None and not block.is_capital(verb[0] - 1):
            end = max(end, verb[0])
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
        block = self.block
        found = self.grammar.words.longest(block, self.at)
        foreign = block.shape[self.at - 1] in (TITLE, MIXED) and not is_vietnamese(block.key[self.at - 1])
        if self.described or (foreign and (found is None or block.key[self.at] not in _SCOPES)):
            return False
        if found is None:
            return self._bridge() or self._common_tail()
        word_end = block.word_end[self.at]
        if word_end > block.end[found[0] - 1] and found[0] - self.at == 1:
            return self._ends_in_verb() and self._objects()
        after = found[0]
        if after < self.size and block.spaced[after] and block.key[after] in _AFTER_WORD.get(block.key[after - 1], ()):
            return False
        if block.key[after - 1] == _NUMBERED and after < self.size and block.shape[after] == NUMBER:
            return False
        self.at = after
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

    def _joined_words(self) -> bool:
        """Take 'và' and lower-case words of the list, behind such words ('người khuyết tật và trẻ mồ côi')."""
        block, after = self.block, self.at + 1
        if after >= self.size or block.shape[self.at - 1] != LOWER or block.shape[after] != LOWER:
            return False
        found = self.grammar.words.longest(block, after)
        if found is None or self.field_end == self.at:
            return False
        self.at = found[0]
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

    def _common_tail(self) -> bool:
        """Take a noun that no list knows, behind a common word of the name ('Cục Tần số vô tuyến điện').

        A name that a listed field closes is complete.
        """
        block, at = self.block, self.at
        if self.head.tail not in ("field", "named", "level") or not self.named or self.field_end == at:
            return False
        if block.key[at] in _NOT_IN_NAMES or not block.word_end[at]:
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
            if not joins and (block.tag[at] not in ("N", "V", "A") or block.key[at] in _NOT_IN_NAMES):
                break
            if self.grammar.levels.longest(block, at) is not None or self.grammar.places.typed(block, at) is not None:
                break
            last = block.word_end[at]
            at += 1
            while at < self.size and block.start[at] < last and block.shape[at] == LOWER:
                at += 1
        reached = (
            at < self.size
            and block.spaced[at]
            and (self.grammar.levels.longest(block, at) is not None or self.grammar.places.known(block, at) is not None)
        )
        if at == self.at or block.key[at - 1] == _AND:
            return False
        if not reached:
            return self._object_nouns()
        self.at = at
        return True

    def _object_nouns(self) -> bool:
        """Take the verbs, then the nouns, that follow a verb in a name ('Trung tâm Quản lý điều hành giao thông')."""
        block, at, nouns = self.block, self.at, 0
        while at < self.size and at - self.at < _BRIDGE and block.spaced[at] and block.shape[at] == LOWER:
            tag = block.tag[at]
            if block.key[at] in _NOT_IN_NAMES or not block.word_end[at] or tag not in ("N", "V"):
                break
            if (tag == "V" and nouns) or self.grammar.people.titles.longest(block, at) is not None:
                break
            nouns += tag == "N"
            last = block.word_end[at]
            while at < self.size and block.start[at] < last and block.shape[at] == LOWER:
                at += 1
        if not nouns:
            return False
        self.at, self.described = at, True
        return True

    def _concern(self) -> bool:
        """Take 'về' and what a national body is about ('Ủy ban Quốc gia về Người cao tuổi')."""
        block, at = self.block, self.at
        if block.key[at] != _ABOUT or tuple(block.key[at - 2 : at]) not in _NATIONAL or at + 1 >= self.size:
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
        if block.key[at] == _ABOUT and at + 1 < self.size and self.grammar.words.longest(block, at + 1):
            at += 1
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
        if not joined and mark not in ("-", "–", "&", "/") and not (mark == "," and self._enumerates(follow)):
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
        known = self.grammar.name(block, follow)
        if known is not None:
            if not self._previous_is_place() or mark not in _DASHES or self.head.tail not in ("named", "field"):
                return False
            self.at = known.end
            return True
        both = False
        if self._previous_is_place() or self.grammar.places.known(block, follow) is not None:
            both = self._previous_is_place() and self.grammar.places.known(block, follow) is not None
            if not tight and not (both and mark in _DASHES and self.head.tail in ("named", "field")):
                return False
        if not tight and not both and is_foreign_run(block, follow, follow + 1):
            return False
        if self.head.tail == "level" and joined and self.at == self.body:
            return False
        if joined and not self._names_a_field(follow):
            return False
        self.at = follow
        self._capital_word()
        return True

    def _enumerates(self, at: int) -> bool:
        """Whether the words behind a comma and a further one behind 'và' name the fields of an association."""
        block, end = self.block, at
        if self.head.tail != "named" or key(self.spelling.split()[0]) not in _ASSOCIATIONS:
            return False
        while end < self.size and end - at <= 4 and block.spaced[end + 1 if end == at else end]:
            end += 1
            if end + 1 < self.size and block.key[end] == _AND:
                both = (at, end + 1)
                heads = any(self.grammar.heads.longest(block, k) or self.grammar.name(block, k) for k in both)
                return not heads and block.is_capital(end + 1) and self.grammar.places.known(block, at) is None
        return False

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
        if len(block.text[at]) > 3:
            return False
        if self.head.tail in ("named", "strict") and block.tag[at + 1][:1] in ("V", "R", "E", "C"):
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

    def _level_here(self) -> bool:
        block, found = self.block, self.grammar.levels.longest(self.block, self.at)
        if found is None or not self._is_level_word(found[0]):
            return False
        goes_on = found[0] < len(block) and block.spaced[found[0]] and block.is_capital(found[0])
        if found[1] == "trung ương" and goes_on and self.head.tail == "named":
            return self.grammar.heads.longest(block, found[0]) is not None and not block.is_capital(self.at)
        return True

    def _is_level_word(self, end: int) -> bool:
        """Whether the level word up to `end` is no part of a longer word ('tỉnh lộ', 'khu vực')."""
        block = self.block
        if block.shape[self.at] in (UPPER,) and len(block.text[self.at]) > 3:
            return False
        word_end = block.word_end[self.at]
        return not (word_end > block.end[end - 1] and end < len(block) and block.shape[end] == LOWER)
