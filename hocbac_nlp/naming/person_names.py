"""The full names of people: a short mention is the fullest name of the document that has it."""

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.syllables import is_vietnamese

LEADER = "Hồ Chí Minh"
_offset = attrgetter("offset")


class PersonNames:
    """The full names of the people of one document."""

    def __init__(self, mentions: list[Mention]) -> None:
        self.people = self._full_names(mentions)

    def _full_names(self, mentions: list[Mention]) -> dict[tuple[str, ...], dict[tuple[str, ...], list[Mention]]]:
        """For each short form of a person's name the full names that have it, with their mentions in order."""
        endings: dict[tuple[str, ...], dict[tuple[str, ...], list[Mention]]] = {}
        for one in mentions:
            if one.label == "PER":
                for ending in _short_forms(one.keys):
                    endings.setdefault(ending, {}).setdefault(one.keys, []).append(one)
        return {
            ending: {
                keys: ones
                for keys, ones in names.items()
                if not any(len(other) > len(keys) and keys in _short_forms(other) for other in names)
            }
            for ending, names in endings.items()
        }

    def full(self, one: Mention) -> str:
        """The full name of a person; of several that end alike the one named last before."""
        if one.rule == "hcm_names":
            return LEADER
        names = self.people[one.keys]
        firsts = [ones[0] for ones in names.values()]
        best = firsts[0]
        if len(firsts) > 1:
            before = [self._last_before(ones, one) for ones in names.values()]
            named = [full for full in before if full is not None]
            best = max(named, key=_offset) if named else one
        return _usual_case(best)

    def _last_before(self, ones: list[Mention], one: Mention) -> Mention | None:
        at = bisect_left(ones, one.offset, key=_offset)
        return ones[at - 1] if at else None


def _short_forms(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The endings of a name, itself included, and the first part of a foreign one ('Chen' of 'Chen Guo Hua')."""
    for size in range(1, len(keys) + 1):
        yield keys[-size:]
    if len(keys) > 1 and not all(map(is_vietnamese, keys)):
        yield keys[:1]


def _usual_case(one: Mention) -> str:
    """The name with single spaces, a name in capitals in title case."""
    text = " ".join(one.text.split())
    if text.isupper() and " " in text:
        return " ".join(word.capitalize() for word in text.split())
    return text
