"""People with the post written beside the name: what `extract` puts into `persons`.

A role stands right before the name ('Chủ tịch UBND tỉnh Trần Văn A', with a dash between them too) or behind
it after a comma or a dash ('bà Trần Thị B, Giám đốc Sở Y tế, cho biết'); on a byline it may stand on the line
below the name.
"""

from collections.abc import Callable

from hocbac_nlp.document import Document, Entity, Person
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.posts import Posts
from hocbac_nlp.naming.syllables import NUMBER, Syllables, key

_AGE = key("tuổi")
_FARTHEST = 60
_CITED = (key("theo"), key("cho"))


def open(lexicons: Lexicons) -> Callable[[Document], list[Person]]:
    """Load the post lexicons; the function returns a document's persons in order. It reads `entities` and `tokens`."""
    finder = _Finder(lexicons)

    def find(document: Document) -> list[Person]:
        people = [entity for entity in document.entities if entity.label == "PER"]
        persons: list[Person] = []
        words = {token.start: (token.end, token.pos) for token in document.tokens} if people else {}
        blocks = [(block.start, block.end) for block in document.kept]
        at = 0
        for start, end in blocks:
            if start is None or end is None:
                continue
            inside: list[Entity] = []
            while at < len(document.entities) and document.entities[at].start < end:
                inside.append(document.entities[at])
                at += 1
            if any(entity.label == "PER" for entity in inside):
                persons += finder.find(Syllables(document.text, start, end, words), inside)
        return persons if people else []

    return find


class _Finder:
    def __init__(self, lexicons: Lexicons) -> None:
        self.posts = Posts(lexicons)

    def find(self, block: Syllables, entities: list[Entity]) -> list[Person]:
        """The persons of one block, given its entities."""
        first = {start: index for index, start in enumerate(block.start)}
        last = {end: index + 1 for index, end in enumerate(block.end)}
        ends = {entity.start: entity.end - entity.text.endswith(".") for entity in entities}
        spans = {
            first[entity.start]: (last[ends[entity.start]], entity)
            for entity in entities
            if entity.start in first and ends[entity.start] in last
        }
        persons = []
        floor = 0
        for at, (end, entity) in spans.items():
            if entity.label != "PER":
                continue
            role = self._before(block, floor, at, spans) or self._behind(block, end, spans)
            if role is not None:
                persons.append(_person(block, entity, *role))
                floor = max(end, role[1])
            else:
                floor = end
        return persons

    def _before(
        self, block: Syllables, floor: int, name: int, spans: dict[int, tuple[int, Entity]]
    ) -> tuple[int, int] | None:
        """The role that ends right before the name, from its first post on."""
        edge = _bracket_start(block, name)
        apposed = name > 0 and block.gap[name].strip() == "," and block.gap_after(spans[name][0] - 1).startswith(",")
        if name == 0 or not (edge < name or block.spaced[name] or apposed or block.gap[name].strip() in ("-", "–")):
            return None
        best = None
        at = edge - 1
        while at >= floor and edge - at <= _FARTHEST:
            if self.posts.role_end(block, at, spans) == edge:
                if apposed and not (block.opens[at] or block.key[at - 1] in _CITED or block.is_capital(at)):
                    return None
                best = at
            elif best is None and (block.opens[at] and not block.spaced[at] and block.gap[at].strip()[:1] in ".?!"):
                break
            at -= 1
        return None if best is None else (best, edge)

    def _behind(self, block: Syllables, end: int, spans: dict[int, tuple[int, Entity]]) -> tuple[int, int] | None:
        """The role behind the name: after a comma, a dash or an age in brackets and one of them, or in a bracket."""
        start = end
        bracketed = self._in_brackets(block, end, spans)
        if bracketed is not None:
            return bracketed
        if start < len(block) and _mark(block, start).startswith("("):
            while start < len(block) and ")" not in block.gap[start] and start - end < 12:
                start += 1
            if start == len(block) or block.gap[start].strip() not in ("),", ") ,", ") -", ") –"):
                return None
        elif start == len(block) or _mark(block, start) not in (",", "-", "–"):
            return None
        start = _behind_age(block, start)
        if start == len(block):
            return None
        role = self.posts.role_end(block, start, spans)
        if role == start:
            return None
        if role in spans and spans[role][1].label == "PER" and block.spaced[role]:
            return None
        return start, self.posts.closed_end(block, role, spans)

    def _in_brackets(self, block: Syllables, end: int, spans: dict[int, tuple[int, Entity]]) -> tuple[int, int] | None:
        """The role that fills a bracket behind an age ('A (52 tuổi, Giám đốc X)')."""
        if end == len(block) or _mark(block, end) != "(":
            return None
        start = _behind_age(block, end)
        if start in (end, len(block)):
            return None
        role = self.posts.role_end(block, start, spans)
        if role == start:
            return None
        role = self.posts.closed_end(block, role, spans)
        closed = block.gap_after(role - 1).lstrip().startswith(")")
        return (start, role) if closed else None


def _bracket_start(block: Syllables, at: int) -> int:
    """The first syllable of an abbreviation in brackets right before `at` ('Hiệp hội Thép (VSA) X'), or `at`."""
    if at < len(block) and block.gap[at].strip() == ")":
        for start in range(at - 1, max(0, at - 4), -1):
            if block.gap[start].strip() == "(":
                return start
    return at


def _mark(block: Syllables, at: int) -> str:
    """The mark before syllable `at`, without the full stop of an abbreviated name ('ông H., Giám đốc X')."""
    mark = block.gap[at].strip()
    inside = mark[1:].strip()
    return inside if mark.startswith(".") and inside.startswith((",", "(")) else mark


def _behind_age(block: Syllables, at: int) -> int:
    """The syllable behind an age that a comma closes ('56 tuổi, Bí thư …'), or `at`."""
    end = at + 2
    if end < len(block) and block.shape[at] == NUMBER and block.key[at + 1] == _AGE:
        return end if block.gap[end].strip() in (",", "-", "–") else at
    return at


def _person(block: Syllables, entity: Entity, start: int, end: int) -> Person:
    role_start, role_end = block.start[start], block.end[end - 1]
    return Person(
        text=entity.text,
        start=entity.start,
        end=entity.end,
        name=entity.text,
        role=block.source[role_start:role_end],
        role_start=role_start,
        role_end=role_end,
    )
