"""The grammar of posts: a post word, the body or field behind it, and further posts joined to it.

'Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Bác Ái' is one role. The bodies and places in it are the document's
entities, so the role ends where they end.
"""

from collections.abc import Mapping

from hocbac_nlp.document import Entity
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import words
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, UPPER, Syllables, key

_AND = key("và")
_THIS = key("này")
_CONCURRENTLY = key("kiêm")
_CHARGE = ("phụ", "trách")
_DEPARTMENTS = frozenset(key(word) for word in ("phòng", "khoa", "bộ"))
_LONGEST_NAME = 26
_LONGEST_ROLE = 60
_LONGEST_TAIL = 9


class Posts:
    """Reads roles; the lists are the post lexicon and the words of bodies."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.posts = Phrases((post, True) for post in lexicons.lines("posts.txt"))
        self.near = words.open(lexicons)
        self.workplaces = words.phrases(lexicons, "workplace")
        self.inner = Phrases((word, True) for word in lexicons.lines("org_words.txt"))
        self.fields = Phrases((field, True) for field in lexicons.lines("org_fields.txt"))

    def role_end(self, block: Syllables, at: int, entities: Mapping[int, tuple[int, Entity]]) -> int:
        """The end of the role whose first post starts at syllable `at`, or `at`.

        `entities` maps the first syllable of an entity to its end and itself.
        """
        end = self._post_end(block, at, entities)
        if end == at:
            return at
        end, has_body = self._tail(block, end, entities)
        while end < min(len(block), at + _LONGEST_ROLE):
            further = self._joined(block, end, entities, has_body)
            if further == end:
                break
            end, has_body = self._tail(block, further, entities)
        return end

    def _post_end(self, block: Syllables, at: int, entities: Mapping[int, tuple[int, Entity]]) -> int:
        """The end of a post at `at`, 'nguyên' and 'cựu' included, before a body that its last word opens."""
        start = at
        if block.key[at] in self.near.former and at + 1 < len(block) and block.spaced[at + 1]:
            start = at + 1
        found = self.posts.longest(block, start)
        if found is None:
            return at
        opened = (k for k in range(start + 1, found[0]) if k in entities and entities[k][0] > found[0])
        return next(opened, found[0])

    def _joined(self, block: Syllables, end: int, entities: Mapping[int, tuple[int, Entity]], has_body: bool) -> int:
        """The end of a further post or body that a comma, 'kiêm' or a dash joins to the role."""
        gap = block.gap[end].strip()
        start = end
        if gap == "(" and self._is_abbreviated(block, end) and end + 1 in entities:
            return entities[end + 1][0] if entities[end + 1][1].label == "ORG" else end
        if gap == "," and block.key[end] == _CONCURRENTLY and end + 1 < len(block) and block.spaced[end + 1]:
            start = end + 1
        elif block.spaced[end] and block.key[end] in (_CONCURRENTLY, _AND) and end + 1 < len(block):
            start = end + 1
            if not block.spaced[start] or (block.key[end] == _AND and not block.is_capital(start)):
                return end
        elif gap != ",":
            return end
        post = self._post_end(block, start, entities)
        if post > start:
            return post
        if (
            gap == ","
            and (not has_body or self._is_department(block, end, entities))
            and start in entities
            and entities[start][1].label == "ORG"
        ):
            return entities[start][0]
        if gap == "," and start in entities and block.key[entities[start][0] - 1] == "viên":
            return entities[start][0]
        return end

    def _is_department(self, block: Syllables, end: int, entities: Mapping[int, tuple[int, Entity]]) -> bool:
        """Whether the body that ends at `end` is a department in lower case ('Trưởng phòng Y, Sở Z')."""
        reach = range(max(0, end - _LONGEST_NAME), end)
        start = next((k for k in reach if k in entities and entities[k][0] == end), end)
        return start < end and block.shape[start] == LOWER and block.key[start] in _DEPARTMENTS

    def _tail(self, block: Syllables, at: int, entities: Mapping[int, tuple[int, Entity]]) -> tuple[int, bool]:
        """The end of what belongs to the post ending at `at`, and whether a body is in it."""
        end = at
        has_body = False
        size = min(len(block), at + _LONGEST_ROLE)
        while end < size:
            if end in entities and (block.spaced[end] or self._is_dash(block, end, at)):
                after, entity = entities[end]
                if entity.label == "PER":
                    break
                has_body = has_body or entity.label == "ORG"
                end = after
                continue
            if not block.spaced[end]:
                if not self._is_dash(block, end, at) or end in entities:
                    break
                end = self._word_end(block, end, size, entities)
                continue
            if self.posts.longest(block, end) is not None and block.key[end] not in self.near.role_level:
                break
            word = block.key[end]
            if block.is_capital(end):
                end = self._word_end(block, end, size, entities)
            elif word in self.near.owner and self._workplace_end(block, end + 1) > end:
                end = self._workplace_end(block, end + 1)
            elif word in self.near.owner or word == _AND:
                if end + 1 == size or not (end + 1 in entities or block.is_capital(end + 1)):
                    break
                if end + 1 in entities and entities[end + 1][1].label == "PER":
                    break
                if word == _AND and (end + 1 in entities or end == at):
                    break
                end += 1
            elif word in self.near.role_level or (block.shape[end] == NUMBER and end > at):
                end += 1
            elif end + 1 < size and block.text[end : end + 2] == list(_CHARGE):
                end += 2
            else:
                found = (
                    self.inner.longest(block, end)
                    or self.fields.longest(block, end)
                    or self.workplaces.longest(block, end)
                )
                if found is None:
                    break
                end = found[0]
        return end, has_body

    def _is_abbreviated(self, block: Syllables, at: int) -> bool:
        """Whether an abbreviation in brackets and a comma are at syllable `at` ('Đội tham mưu (PC67), Công an X')."""
        return block.shape[at] in (UPPER, MIXED) and block.gap_after(at).strip() == "),"

    def _workplace_end(self, block: Syllables, at: int) -> int:
        """The end of a place of work without a name ('cơ quan này', 'công ty'), or 0."""
        found = self.workplaces.longest(block, at) if at < len(block) and block.spaced[at] else None
        if found is None or (found[0] < len(block) and block.spaced[found[0]] and block.is_capital(found[0])):
            return 0
        end = found[0]
        return end + 1 if end < len(block) and block.spaced[end] and block.key[end] == _THIS else end

    def _word_end(self, block: Syllables, at: int, size: int, entities: Mapping[int, tuple[int, Entity]]) -> int:
        """The end of the word that the capitalised syllable `at` begins."""
        end, last = at + 1, block.word_end[at] if block.begins_longer_word(at) else 0
        while end < size and block.start[end] < last and end not in entities:
            end += 1
        return end

    def _is_dash(self, block: Syllables, end: int, at: int) -> bool:
        """Whether a dash inside a field stands before syllable `end` ('Tư pháp - Hộ tịch')."""
        if block.gap[end].strip() not in ("-", "–", "&") or end == at or not block.is_capital(end):
            return False
        return block.is_capital(end - 1) or (block.shape[end - 1] == LOWER and self.posts.longest(block, end) is None)

    def closed_end(self, block: Syllables, end: int, entities: Mapping[int, tuple[int, Entity]]) -> int:
        """`end` of a role behind a name, moved to the comma or dash that closes the apposition.

        Words that no list knows ('gói thầu XL02', 'khu dân cư') belong to the role when no predicate is
        among them and the apposition is closed.
        """
        size = len(block)
        at, words = end, 0
        while at < size and block.spaced[at] and words < _LONGEST_TAIL:
            if block.shape[at] == LOWER and block.key[at] in self.near.role_predicate:
                return end
            at = entities[at][0] if at in entities else at + 1
            words += 1
        if at == end or words == _LONGEST_TAIL:
            return end
        closing = block.gap[at].strip() if at < size else block.tail.strip()
        return at if closing[:1] in (",", "-", "–", ")", ";") else end
