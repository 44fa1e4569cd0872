"""The parts of a body's name: fields, proper names, lower-case words, connectors, the body it belongs to."""

from hocbac_nlp.naming.organisation_lower import LowerWords
from hocbac_nlp.naming.people import is_foreign_run
from hocbac_nlp.naming.syllables import LOWER, NUMBER, UPPER, is_vietnamese, key

DEEPEST = 3
_AND = key("và")
_DASHES = ("-", "–")


class NameParts(LowerWords):
    """Takes the parts of one name behind its head, from left to right; `at` is the end of what is taken."""

    def _nested(self) -> bool:
        """The body that this one belongs to, directly behind ('Ban Thường vụ' + 'Huyện ủy')."""
        if self.depth == DEEPEST or not self._spaced_here() or not self.block.is_capital(self.at):
            return False
        inner = self.grammar.parse(self.block, self.at, self.depth + 1, outer=self)
        if inner is None or (inner.bare and not inner.sure):
            return False
        if " " not in inner.head and self._is_person(self.at):
            return False
        owned = inner.end < self.size and self.block.spaced[inner.end] and self.block.is_capital(inner.end)
        if inner.bare and inner.head == "Trung ương" and owned and self.head.tail == "named":
            return False
        self.inner, self.at = self.at, inner.end
        self.open_level = inner.open_level
        self.named = True
        self.closed = True
        return True

    def _fields_and_words(self) -> None:
        """Capitalised words of the name, with fields, closed-list words and connectors between them."""
        block = self.block
        while self.at < self.size and not self.closed:
            at = self.at
            if not self._spaced_here():
                if not self._connector() and not self._abbreviated():
                    break
                continue
            if self._level_here():
                break
            if block.is_capital(at):
                if at > self.body and (self._nested() or self._behind_country()):
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

    def _behind_country(self) -> bool:
        """Whether a country has just closed the name of a body of state ('Bộ Ngoại giao Trung Quốc')."""
        if self.head.tail == "named":
            return False
        places = self.grammar.places
        found = (places.known(self.block, start) for start in range(max(self.body, self.at - 3), self.at))
        return any(one is not None and one.end == self.at and one.level == "country" for one in found)

    def _is_last(self, at: int) -> bool:
        """Whether one syllable alone follows ('Dầu khí Việt Nam-PVC')."""
        block = self.block
        return at + 1 >= len(block) or not (block.spaced[at + 1] and block.is_capital(at + 1))

    def _abbreviated(self) -> bool:
        """Take a bracket that shortens what stands before it in the name ('Cục Thi hành án dân sự (THADS) tỉnh')."""
        block, at = self.block, self.at
        after = at + 1
        if block.gap[at].strip() != "(" or after >= self.size or block.gap[after].strip() != ")":
            return False
        letters = [key(letter)[0] for letter in block.text[at] if letter.isalpha()]
        first = at - len(letters)
        if first <= self.start or letters != [word[0] for word in block.key[first:at]]:
            return False
        further = block.is_capital(after) or self.grammar.levels.longest(block, after) is not None
        if not further or self.grammar.people.posts.longest(block, after) is not None:
            return False
        self.at = self.behind_bracket = after
        return True

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
        words = self.grammar.inner.longest(block, at)
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
            and is_vietnamese(block.key[at])
        ):
            end += 1
        self.at = min(end, self.size)
        self.named = True

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
        if block.gap[at] == "-" and block.shape[follow] == UPPER != block.shape[at - 1] and self._is_last(follow):
            return False
        if not block.is_capital(follow):
            return False
        if self._is_person(follow) or self._is_post(follow):
            return False
        head, field = self.grammar.heads.longest(block, follow), self.grammar.fields.longest(block, follow)
        if head is not None and not tight and (field is None or field[0] <= head[0]):
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
        if not tight and not both and field is None and is_foreign_run(block, follow, follow + 1):
            return False
        if self.head.tail == "level" and joined and self.at == self.body:
            return False
        if joined and not self._names_a_field(follow):
            return False
        self.at = follow
        self._capital_word()
        return True
