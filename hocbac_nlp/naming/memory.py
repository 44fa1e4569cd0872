"""What the sure mentions of a document tell about the others: names in full, brands, clubs, explained abbreviations."""

import itertools
from functools import cached_property

from hocbac_nlp.document import Label
from hocbac_nlp.naming.grammar import Grammar
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.people import is_foreign_run
from hocbac_nlp.naming.syllables import MIXED, TITLE, UPPER, is_vietnamese, tag_before


class Memory:
    """What the sure mentions of a document have decided."""

    def __init__(self, mentions: list[Mention], grammar: Grammar) -> None:
        self.grammar = grammar
        self.words = grammar.words
        self.same: dict[tuple[str, ...], Mention] = {}
        self.short: dict[tuple[str, ...], Mention] = {}
        self.brands: dict[tuple[str, ...], Mention] = {}
        self.heads: set[str] = set()
        self.mentions = mentions
        for one in mentions:
            if one.label is not None and one.sure:
                self._remember(one)
        self._foresee(mentions)
        self._explain(mentions)
        source = mentions[0].block.source if mentions else ""
        self.sports = sum(word in source for word in grammar.sports) >= 3
        self.clubs = self._clubs(mentions) if self.sports else {}
        self.stocks = any(word in source for word in grammar.stocks)

    def label(self, one: Mention, label: Label, rule: str) -> None:
        """Decide an open mention, and remember it."""
        one.label, one.rule, one.sure = label, rule, True
        self.same.setdefault(one.keys, one)
        if rule == "org_suffixes":
            self.same.setdefault(one.keys[:-1], one)
        if label == "PER" and len(one.keys) > 1:
            self._remember_parts(one)

    def _remember(self, one: Mention) -> None:
        if one.label == "PER" and len(one.keys) == 1 and one.cue == "post":
            return
        self.same.setdefault(one.keys, one)
        if one.label == "PER":
            self._remember_parts(one)
        if one.place is not None and one.place.name > one.place.start:
            self.same.setdefault(tuple(one.block.key[one.place.name : one.end]), one)
        if one.body is not None and not one.body.bare:
            self.heads.add(one.body.head)
            self.heads.add(one.body.head.split()[0])
            if one.body.tail == "named":
                self._remember_brand(one)

    def _remember_parts(self, one: Mention) -> None:
        """The ends of a person's name name the person again, and the first part of a foreign name."""
        if len(one.keys) > 1 and is_foreign_run(one.block, one.start, one.end):
            self.short.setdefault(one.keys[:1], one)
        for size in range(1, len(one.keys)):
            self.short.setdefault(one.keys[-size:], one)

    def _remember_brand(self, one: Mention) -> None:
        """The proper name that closes a company's name is the company again ('Lam Giang')."""
        block, start = one.block, one.end
        while start > one.start and block.shape[start - 1] == TITLE and block.spaced[start - 1]:
            start -= 1
        brand = tuple(block.key[start : one.end])
        last = one.end - 1
        if (
            last > one.start
            and block.is_capital(last)
            and len(block.text[last]) > 2
            and not is_vietnamese(block.key[last])
        ):
            self.brands.setdefault(one.keys[-1:], one)
            self.same.setdefault(one.keys[-1:], one)
        for size in range(2, min(len(brand), 4) + 1):
            if self.grammar.places.names.longest(block, one.end - size) is None:
                self.same.setdefault(brand[-size:], one)

    def _foresee(self, mentions: list[Mention]) -> None:
        """Note the parts of open names that begin with a surname, for the short mentions before them."""
        for one in mentions:
            waits = one.label is None and one.cue not in ("opens", "word") and 2 <= len(one.keys) <= 3
            if (
                waits
                and self.grammar.people.may_be_name(one.block, one.start, one.end)
                and any(not is_vietnamese(part) for part in one.keys)
            ):
                self.short.setdefault(one.keys[:1], one)
                self.short.setdefault(one.keys[-1:], one)

    def _clubs(self, mentions: list[Mention]) -> dict[tuple[str, ...], Mention]:
        """Clubs by the place that closes their name: in a sports report the place alone is the club."""
        clubs: dict[tuple[str, ...], Mention] = {}
        for one in mentions:
            if one.label != "ORG" or one.body is None or one.body.tail not in ("name", "named"):
                continue
            for size in range(2, min(len(one.keys), 4)):
                place = self.grammar.places.names.longest(one.block, one.end - size)
                if place is not None and place[0] == one.end and place[1][0] != "country":
                    clubs.setdefault(one.keys[-size:], one)
        return clubs

    def _explain(self, mentions: list[Mention]) -> None:
        """Abbreviations explained in brackets, before or behind the full name, are bodies."""
        for one, other in itertools.pairwise(mentions):
            if other.block is not one.block or other.start != one.end:
                continue
            if "(" not in one.block.gap[other.start] or len(one.block.gap[other.start].strip()) > 1:
                continue
            full, short = (one, other) if one.label == "ORG" else (other, one)
            if full.label == "ORG" and short.label is None and is_abbreviation(short):
                short.label, short.rule, short.sure = "ORG", "explained", True
                self._remember(short)

    def stands(self, one: Mention) -> bool:
        """Whether a decided mention is an entity: a head alone needs its full form in the document."""
        if one.sure or one.body is None:
            return True
        return one.body.head in self.heads

    def recast(self, one: Mention) -> None:
        """A bare place name that is the short name of a club in a sports report is the club."""
        block, at = one.block, one.start
        bare = one.label == "LOC" and one.place is not None and one.place.name == at
        somewhere = at > 0 and block.spaced[at] and block.key[at - 1] in self.words.where
        country = one.place is not None and one.place.level == "country"
        person = one.keys in self.short and (not country or self._is_introduced(one))
        if bare and len(one.keys) == 1 and person and not somewhere:
            one.label, one.rule, one.place = "PER", "document:short", None
        elif bare and not somewhere and (one.keys in self.clubs or self.is_club(one) or self._plays(one)):
            one.label, one.rule, one.place = "ORG", "document:club", None
            one.full = self.clubs.get(one.keys)

    def _is_introduced(self, one: Mention) -> bool:
        """Whether a country's name is rather the given name of a person named in full before ('Tố Nga … Nga').

        Nowhere in the document may the country stand behind a preposition or a noun of its own.
        """
        full = self.short[one.keys]
        given = one.keys[0] in self.grammar.people.given and full.keys[-1] == one.keys[0]
        if not given or self.sports or full.offset > one.offset:
            return False
        return one.keys not in self.abroad

    @cached_property
    def abroad(self) -> set[tuple[str, ...]]:
        """The names of one syllable that stand for a place behind a preposition or a noun, before any is recast."""
        places = (one for one in self.mentions if one.label == "LOC" and len(one.keys) == 1)
        return {one.keys for one in places if self._is_land(one)}

    def is_club(self, one: Mention) -> bool:
        """Whether a report on sport names a listed club."""
        return self.sports and one.keys in self.grammar.clubs

    def _is_land(self, one: Mention) -> bool:
        """Whether a preposition of place or a noun stands right before a name ('tại Nga', 'thị trường Nga')."""
        block, at = one.block, one.start
        return block.spaced[at] and (block.key[at - 1] in self.words.where or tag_before(block, at) == "N")

    def _plays(self, one: Mention) -> bool:
        """Whether a city or province wins, loses or is played against."""
        block, start, end = one.block, one.start, one.end
        if not self.sports or one.place is None or one.place.level not in ("city", "municipality", "province", "town"):
            return False
        before = block.key[start - 1] if start and block.spaced[start] else ""
        after = block.key[end] if end < len(block) and block.spaced[end] else ""
        return before in self.words.beaten or after in self.words.beats

    def recast_brand(self, one: Mention) -> None:
        """One foreign word behind a post that a company is named after is the company ('nhà sáng lập Farmi')."""
        if one.cue in ("post", "weak title") and one.keys in self.brands:
            one.label, one.rule, one.full = "ORG", "document:same", self.brands[one.keys]


def is_abbreviation(one: Mention) -> bool:
    """Whether a mention is one syllable or two of capitals."""
    block = one.block
    return one.end - one.start <= 2 and all(block.shape[k] in (UPPER, MIXED) for k in range(one.start, one.end))
