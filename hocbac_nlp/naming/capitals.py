"""Lines written in capitals: letter case says nothing there, so the lexicons and the document say what a name is."""

from collections.abc import Iterable

from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.organisations import Organisations
from hocbac_nlp.naming.people import People
from hocbac_nlp.naming.places import Places
from hocbac_nlp.naming.syllables import LOWER, MIXED, TITLE, UPPER, Syllables, is_vietnamese

_FEWEST = 4
_SHARE = 0.8


def is_in_capitals(block: Syllables) -> bool:
    """Whether nearly all words of a block of some length are written in capitals."""
    if block.shape.count(UPPER) < _FEWEST:
        return False
    words = [shape for text, shape in zip(block.text, block.shape, strict=True) if len(text) > 1 and text.isalpha()]
    capitals = sum(shape == UPPER for shape in words)
    return capitals >= _FEWEST and capitals >= _SHARE * len(words)


class Capitals:
    """Gives the syllables of a line in capitals the case they would have in a sentence."""

    def __init__(self, people: People, places: Places, bodies: Organisations) -> None:
        self.people = people
        self.places = places
        self.bodies = bodies

    def recase(self, block: Syllables, mentions: Iterable[Mention]) -> None:
        """Change the shapes of `block`; `mentions` are the names found in the rest of the document."""
        names = {one.keys for one in mentions if one.label == "PER" and one.end - one.start > 1}
        names |= {
            tuple(one.block.key[one.place.name : one.end])
            for one in mentions
            if one.place is not None and one.label == "LOC" and one.place.name < one.end
        }
        longest = max((len(keys) for keys in names), default=0)
        size = len(block)
        plain = [
            shape if shape not in (UPPER, TITLE, MIXED) or self._is_abbreviation(block, at) else LOWER
            for at, shape in enumerate(block.shape)
        ]
        at = 0
        while at < size:
            end = self._name_end(block, at, names, longest)
            if end > at:
                plain[at:end] = [TITLE if shape == LOWER else shape for shape in plain[at:end]]
                at = end
                continue
            end = self._body_end(block, at, plain)
            at = max(end, at + 1)
        block.shape[:] = plain

    def _is_abbreviation(self, block: Syllables, at: int) -> bool:
        text = block.text[at]
        if block.key[at] in self.bodies.heads and self.bodies.heads.longest(block, at) is not None:
            return not is_vietnamese(block.key[at])
        return len(text) > 1 and not is_vietnamese(block.key[at])

    def _name_end(self, block: Syllables, at: int, names: set[tuple[str, ...]], longest: int) -> int:
        """The end of a place, or of a person's name, that starts at `at`; `at` if none does."""
        for end in range(min(at + longest, len(block)), at, -1):
            if tuple(block.key[at:end]) in names:
                return end
        place = self.places.names.longest(block, at)
        if place is not None and place[0] - at > 1 and not self._is_type_word(block, at):
            return place[0]
        if block.key[at] in self.people.surnames and not self.people.surnames[block.key[at]]:
            for end in range(min(at + 4, len(block)), at + 2, -1):
                inside = block.key[at + 1] in self.people.middle and block.key[end - 1] in self.people.given
                if inside and all(block.spaced[k] for k in range(at + 1, end)):
                    return end
        return at

    def _is_type_word(self, block: Syllables, at: int) -> bool:
        return self.places.types.longest(block, at) is not None

    def _body_end(self, block: Syllables, at: int, plain: list[int]) -> int:
        """Mark the head of a body and the field behind it; the end of what was marked."""
        head = self.bodies.heads.longest(block, at)
        if head is None:
            return at
        end = head[0]
        field = self.bodies.fields.longest(block, end) if end < len(block) and block.spaced[end] else None
        if end - at == 1 and field is None and head[1].tail != "level" and head[1].tail != "whole":
            return at
        if plain[at] == LOWER:
            plain[at] = TITLE
        if field is None:
            return end
        plain[end] = TITLE if plain[end] == LOWER else plain[end]
        return field[0]
