"""What the document as a whole says about the mentions that one block leaves open."""

import re

from hocbac_nlp.document import Label
from hocbac_nlp.naming.grammar import Grammar
from hocbac_nlp.naming.memory import Memory, is_abbreviation
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.people import is_foreign_run
from hocbac_nlp.naming.shapes import Shapes
from hocbac_nlp.naming.syllables import LONGEST_RUN, LOWER, MIXED, NUMBER, TITLE, UPPER, Syllables, is_vietnamese, key

_OF = key("của")
_AND = key("và")


def resolve(mentions: list[Mention], grammar: Grammar) -> list[Mention]:
    """The mentions that are entities, each with its label.

    Open ones are decided by the same words elsewhere in the document, by a full name that ends with them, by
    a bracket that explains an abbreviation, by the names they are coordinated with, by the words before and
    behind them, and by their shape; runs of several words first, as one word may be the short form of any.
    """
    resolver = _Resolver(mentions, grammar)
    memory = resolver.memory
    for one in mentions:
        if one.label == "LOC":
            memory.recast(one)
        elif one.label == "PER":
            memory.recast_brand(one)
    for shortest, longest in ((2, LONGEST_RUN), (1, 1)):
        for at, one in enumerate(mentions):
            if one.label is None and shortest <= one.end - one.start <= longest:
                before = mentions[at - 1] if at else None
                after = mentions[at + 1] if at + 1 < len(mentions) else None
                resolver.decide(one, before, after)
    for one, other in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        listed = other.cue == "list" or (other.label == "ORG" and is_abbreviation(one) and _joined(one, other))
        if one.label is None and other.label is not None and listed and _fits(one, other.label):
            one.label, one.rule = other.label, "coordination"
    return [one for one in mentions if one.label is not None and memory.stands(one)]


class _Resolver:
    """Decides the open mentions of one document."""

    def __init__(self, mentions: list[Mention], grammar: Grammar) -> None:
        self.grammar = grammar
        self.words = grammar.words
        self.memory = Memory(mentions, grammar)
        self.shapes = Shapes(grammar, self.memory)

    def decide(self, one: Mention, before: Mention | None, after: Mention | None) -> None:
        """Label an open mention, if something decides it."""
        self._trim(one)
        same = self.memory.same.get(one.keys)
        full = self.memory.short.get(one.keys)
        if same is not None and full is not None and same.label == "LOC" and not self._stands_in_place(one):
            same = None
        if self.memory.is_club(one) and not self._stands_in_place(one):
            self.memory.label(one, "ORG", "clubs")
        elif same is not None and (one.cue not in ("opens", "word") or one.end - one.start == 1):
            one.place = same.place if same.label == "LOC" else None
            one.full = same if same.keys != one.keys else None
            self.memory.label(one, same.label or "ORG", "document:same")
        elif full is not None and one.block.shape[one.start] == TITLE:
            self.memory.label(one, "PER", "document:short")
        elif one.cue == "opens" and self.shapes.is_ticker(one):
            self.memory.label(one, "ORG", "ticker")
        elif one.cue in ("opens", "word") or self._is_head(one.block, one.start) or self._is_no_name(one):
            return
        elif self._is_person(one):
            self.memory.label(one, "PER", "foreign_given_names")
        elif self._is_company(one, before):
            self.memory.label(one, "ORG", "org_suffixes" if self._is_suffixed(one) else "foreign_name")
        elif self._is_branch(one):
            self.memory.label(one, "ORG", "brand_place")
        elif one.cue == "list" and before is not None and before.label is not None and self._follows(one, before):
            self.memory.label(one, before.label, "coordination")
        elif after is not None and _is_bracketed_place(one, after):
            self._by_country(one)
        elif not one.start or one.block.shape[one.start - 1] != NUMBER or not one.block.spaced[one.start]:
            self.shapes.decide(one)

    def _is_person(self, one: Mention) -> bool:
        """Whether a foreign given name opens the run, and neither a company's last word nor a place closes it."""
        block, start, end = one.block, one.start, one.end
        if not self.grammar.people.is_foreign_name(block, start, end) or self._is_suffixed(one):
            return False
        place = self.grammar.places.names.longest(block, end - 1)
        return one.cue != "company" and (place is None or place[1][0] != "country")

    def _follows(self, one: Mention, before: Mention) -> bool:
        """Whether a run in a list is of the kind of the name before; between commas two foreign words are a person."""
        if before.label is None or not _fits(one, before.label):
            return False
        block, start, end = one.block, one.start, one.end
        acts = end < len(block) and block.spaced[end] and block.tag[end] == "V"
        if before.label == "LOC" and end - start == 1 and acts and is_foreign_run(block, start, end):
            return False
        parted = before.label == "ORG" and block.gap[start].strip() == ";"
        if parted and self.grammar.people.may_be_name(block, start, end):
            return False
        apposed = block.gap[start].strip() == "," and block.gap_after(end - 1).startswith(",")
        person = end - start == 2 and all(block.shape[k] == TITLE for k in range(start, end))
        return not (before.label == "ORG" and apposed and person and is_foreign_run(block, start, end))

    def _trim(self, one: Mention) -> None:
        """Leave out a sentence's first word before the short name of a person ('Nghe Cở đọc thư')."""
        opens = one.end - one.start == 2 and one.block.opens[one.start] and one.keys not in self.memory.same
        if opens and one.keys[1:] in self.memory.short and one.keys[0] not in self.grammar.people.given:
            one.start += 1
            one.keys = one.keys[1:]
            one.cue = ""

    def _is_suffixed(self, one: Mention) -> bool:
        return one.end - one.start >= 2 and one.block.key[one.end - 1] in self.grammar.suffixes

    def _is_company(self, one: Mention, before: Mention | None) -> bool:
        """Whether a foreign run ends like a company, is spelled like one, or is whom a person works for."""
        block, start, end = one.block, one.start, one.end
        if self._is_suffixed(one) or (end - start >= 2 and block.key[start] == "the"):
            return True
        if not is_foreign_run(block, start, end):
            return False
        if self._is_called_company(one):
            return True
        if end - start < 2:
            return False
        employed = before is not None and before.label == "PER" and before.block is block and before.end == start - 1
        if employed and block.key[start - 1] == _OF:
            return True
        return any(self._is_trademark(block.text[k], block.shape[k]) for k in range(start, end))

    def _is_called_company(self, one: Mention) -> bool:
        """Whether a comma and a company's cue follow ('Farmi, startup …')."""
        block, end = one.block, one.end
        if end >= len(block) or block.gap[end].strip() != "," or block.key[end] not in self.grammar.companies:
            return False
        return self.grammar.companies.longest(block, end) is not None

    def _is_branch(self, one: Mention) -> bool:
        """Whether a brand or an abbreviation stands before a known place ('Herbalife Việt Nam', 'HA Gia Lai')."""
        block, start, end = one.block, one.start, one.end
        for at in range(start + 1, min(end, start + 4)):
            place = self.grammar.places.names.longest(block, at)
            if place is not None and not place[1][1]:
                further = self.grammar.places.names.longest(block, place[0]) if place[0] < end else place
                brand = all(block.shape[k] != TITLE or not is_vietnamese(block.key[k]) for k in range(start, at))
                return brand and further is not None and further[0] == end and len(block.text[start]) > 1
        return False

    def _by_country(self, one: Mention) -> None:
        """A name explained by the unit or country in brackets: a place, or a foreign company or athlete."""
        block, start, end = one.block, one.start, one.end
        foreign = is_foreign_run(block, start, end)
        if one.cue == "place" or (end - start >= 2 and not foreign):
            self.memory.label(one, "LOC", "place_bracket")
        elif foreign and end - start >= 2:
            self.memory.label(one, "PER" if self.memory.sports else "ORG", "place_bracket")
        else:
            self.shapes.decide(one)

    def _is_no_name(self, one: Mention) -> bool:
        """Whether a ship, a plate, a kilometre stone, a code or a word listed as no name stands there ('Internet')."""
        if one.keys[0] in self.words.ship:
            return True
        if one.end - one.start != 1:
            return False
        block, end = one.block, one.end
        if end < len(block) and block.spaced[end] and block.shape[end] == NUMBER and len(block.text[end]) > 3:
            return len(one.text) < 4
        listed = not is_vietnamese(one.keys[0]) and self.grammar.no_names.longest(one.block, one.start) is not None
        return listed or re.match(r"(?:Km|KM|[A-Z])\d", one.text) is not None

    def _is_head(self, block: Syllables, at: int) -> bool:
        return self.grammar.bodies.heads.longest(block, at) is not None

    def _stands_in_place(self, one: Mention) -> bool:
        """Whether a preposition or a noun of place stands right before."""
        block, at = one.block, one.start
        return at > 0 and block.spaced[at] and block.key[at - 1] in self.words.where

    def _is_trademark(self, word: str, shape: int) -> bool:
        """Whether a word of several letters is spelled as no person's name is ('AeroSystems', not 'McKinley')."""
        return (
            shape in (MIXED, UPPER)
            and len(word) > 2
            and word.isalpha()
            and not word.startswith(self.grammar.name_prefixes)
        )


def _is_bracketed_place(one: Mention, after: Mention) -> bool:
    """Whether the unit that a place lies in follows in brackets ('Hướng Linh (Quảng Trị)')."""
    block = one.block
    if after.block is not block or after.label != "LOC" or after.start != one.end:
        return False
    return block.gap[after.start].strip() == "("


def _joined(one: Mention, other: Mention) -> bool:
    """Whether only a comma or 'và' stands between two mentions."""
    block = one.block
    if block is not other.block or other.start - one.end > 1 or other.start < one.end:
        return False
    if other.start == one.end:
        return block.gap[one.end].strip() == ","
    return block.key[one.end] == _AND and block.spaced[one.end] and block.spaced[other.start]


def _fits(one: Mention, label: Label) -> bool:
    """Whether a capitalised run may be of the kind of the name it is coordinated with."""
    size = one.end - one.start
    if one.block.shape[one.start] == LOWER or (size == 1 and len(one.block.text[one.start]) == 1):
        return False
    if label == "PER" and size == 1:
        return one.block.shape[one.start] == TITLE and is_foreign_run(one.block, one.start, one.end)
    return size < 5
