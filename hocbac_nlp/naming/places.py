"""The grammar of place names: type words with their names, and places known by name."""

import re
from typing import NamedTuple

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.people import People
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, TITLE, UPPER, Syllables, is_vietnamese, key, phrase_shapes
from hocbac_nlp.naming.words import Words

ADMINISTRATIVE = {
    "province",
    "city",
    "town",
    "district",
    "urban district",
    "ward",
    "commune",
    "township",
    "special zone",
}
_LONGEST_NAME = 6
_NUMBER = re.compile(r"\d{1,4}[A-Za-z]{0,2}")
_GLUED = re.compile(r"([A-ZĐ]{2})\d{1,3}[A-Za-z]?")
_STONE = re.compile(r"[Kk][Mm]\d")
_SEA = key("biển")
_MIDLAND = key("trung")
_CHANNEL = key("kênh")
_NUMBERED = key("số")
_MONTH = key("tháng")
_AT = (key("tại"), key("ở"))


class Place(NamedTuple):
    """A place name: syllables `start` to `end`, its kind, and where its name begins behind the type word."""

    start: int
    end: int
    level: str
    name: int
    rule: str


class TypeWord(NamedTuple):
    """A word that opens a place name: the kind of place, and what may follow."""

    level: str
    number: bool
    named: bool
    dash: bool


class Places:
    """Reads place names; the lists are the type, province, district and world lexicons."""

    def __init__(self, lexicons: Lexicons, people: People, words: Words) -> None:
        self.words = words
        self.people = people
        self.types: Phrases[TypeWord] = Phrases()
        for row in lexicons.rows("place_types.tsv"):
            takes = row["takes"].split()
            self.types.add(
                row["type"].rstrip("."),
                TypeWord(row["level"], "number" in takes, "name" in takes, "dash" in takes),
            )
        self.names: Phrases[tuple[str, bool, str]] = Phrases()
        for row in lexicons.rows("provinces.tsv"):
            for name in (row["name"], *filter(None, row["alias"].split(";"))):
                self.names.add(name, (row["level"], False, "provinces"))
        world = lexicons.rows("world_places.tsv")
        for row in sorted(world, key=lambda row: row["name"][0].isupper()):
            self.names.add(row["name"], (row["kind"], bool(row["word"]), "world_places"))
        for row in lexicons.rows("districts.tsv"):
            self.names.add(row["name"], (row["level"], len(row["name"].split()) == 1, "districts"))
        self.namesakes = Phrases((name, True) for name in lexicons.lines("namesakes.txt"))
        self.blockers = Phrases((word, True) for word in lexicons.lines("name_blockers.txt"))

    def typed(self, block: Syllables, at: int, person_first: bool = False) -> Place | None:
        """The place that a type word at `at` opens ('huyện Hòa Bình', 'quốc lộ 1A', 'Q.1').

        With `person_first` a person's full name
        behind the type word is no place.
        """
        found = self.types.longest(block, at)
        if found is None:
            return None
        name, kind, _ = found
        size = len(block)
        if name == size or not self._follows(block, at, name) or block.key[name] in self.words.ship:
            return None
        if block.key[at] in self.words.word_ending and block.shape[at] == LOWER and not block.word_end[at]:
            return None
        if kind.number and block.key[name] == _NUMBERED and name + 1 < size and block.shape[name + 1] == NUMBER:
            return Place(at, name + 2, kind.level, name, "place_types")
        if kind.level == "works" and block.is_capital(name) and self._is_located(block, name):
            return None
        dated = kind.level == "works" and name - at > 1 and self._date_road_end(block, name) > name + 1
        if dated and block.shape[name] == NUMBER:
            return Place(at, self._date_road_end(block, name), kind.level, name, "place_types")
        if kind.number and block.shape[name] == NUMBER and self._is_number(block, name, kind):
            end = self._date_road_end(block, name) if kind.level == "road" else name + 1
            if end < size and block.spaced[end] and block.key[end] in self.words.unit:
                return None
            if block.key[at] in self.words.lane and end < size and block.spaced[end] and block.is_capital(end):
                end = min(block.run_end(end), end + _LONGEST_NAME)
            return Place(at, end, kind.level, name, "place_types")
        if kind.level == "road" and block.shape[name] == UPPER and name in range(at + 1, size):
            inner = self.typed(block, name)
            if inner is not None and inner.level == "road":
                return Place(at, inner.end, kind.level, inner.name, "place_types")
        if not kind.named and not kind.dash:
            return None
        if block.key[at] == _CHANNEL and block.shape[name] == UPPER and block.text[name].isalpha():
            return None
        if kind.level in (*ADMINISTRATIVE, "water", "land") and self._is_country(block, name):
            return None
        if self._is_described(block, at, name, kind):
            return None
        if name - at == 1 and block.gap[name] == ". " and not is_vietnamese(block.key[name]):
            return None
        if len(block.text[at]) == len(block.text[name]) == 1 and block.shape[name] != NUMBER:
            return None
        if person_first and self.people.is_full_name(block, name, block.run_end(name)):
            run = block.run_end(name)
            known = self.names.longest(block, name) or self.namesakes.longest(block, name)
            holder = known is not None and self.people.is_full_name(block, known[0], run)
            if run - name >= 3 and not holder and (known is None or known[0] < run):
                return None
        if block.key[name - 1] in self.words.memorial and self._namesake_end(block, name) > name:
            return Place(at, self._namesake_end(block, name), kind.level, name, "place_types")
        end = self.name_end(block, name, kind)
        if end > name and _begins_word(block, end - 1) and kind.level not in ADMINISTRATIVE:
            end -= 1
        if kind.dash and end > name:
            dashed = self.dashed_end(block, end)
            if not kind.named and dashed == end:
                return None
            end = dashed
        if end == name:
            return None
        return Place(at, end, kind.level, name, "place_types")

    def _namesake_end(self, block: Syllables, at: int) -> int:
        """The end of the title and name of whom a memorial site remembers ('Chủ tịch Hồ Chí Minh'), or `at`."""
        found = self.people.posts.longest(block, at) or self.people.titles.longest(block, at)
        name = found[0] if found is not None and block.is_capital(at) else at
        if name == len(block) or not block.spaced[name] or not block.is_capital(name):
            return at
        run, leader = block.run_end(name), self.people.leader_end(block, name)
        if self.people.is_full_name(block, name, run):
            return run
        return leader if leader > name else at

    def _is_located(self, block: Syllables, at: int) -> bool:
        """Whether a road, a unit or a kilometre stone stands behind a facility's type word ('trạm thu phí QL 18')."""
        found = self.types.longest(block, at)
        located = found is not None and (
            found[1].level == "road" or (found[0] < len(block) and not block.spaced[found[0]])
        )
        return _STONE.match(block.text[at]) is not None or (located and self.typed(block, at) is not None)

    def glued(self, block: Syllables, at: int) -> Place | None:
        """The road whose abbreviated type word and number are one syllable ('QL1A', 'ĐT741')."""
        found = _GLUED.fullmatch(block.text[at])
        kind = self.types.get(key(found[1])) if found is not None else None
        if kind is None or kind.value is None or kind.value[0].level != "road":
            return None
        return Place(at, at + 1, "road", at, "place_types")

    def _is_described(self, block: Syllables, at: int, name: int, kind: TypeWord) -> bool:
        """Whether a word for sea or plain only describes a known unit or region ('trên biển Cô Tô')."""
        found = self.names.longest(block, name)
        if found is None:
            return False
        at_sea = name - at == 1 and block.key[at] == _SEA and found[1][0] in ADMINISTRATIVE
        return at_sea or (kind.level == "region" and found[1][0] == "region" and block.key[name] == _MIDLAND)

    def _is_country(self, block: Syllables, at: int) -> bool:
        found = self.names.longest(block, at)
        if found is None or found[1][0] != "country" or found[1][1]:
            return False
        return found[0] - at > 1 or not is_vietnamese(block.key[at])

    def opened(self, block: Syllables, at: int) -> Place | None:
        """The place that a capitalised type word opens; inside a sentence 'Hồ' or 'Châu' is rather a surname."""
        found = self.types.longest(block, at)
        if found is None:
            return None
        people = self.people
        in_names = block.key[at] in people.surnames or block.key[at] in people.given
        surname = found[0] - at == 1 and in_names and not block.opens[at]
        return None if surname and found[1].level not in ADMINISTRATIVE else self.typed(block, at)

    def _date_road_end(self, block: Syllables, name: int) -> int:
        """The end of a road's number, or of the date that a road is named after ('đường 3/2', '30 Tháng 4')."""
        end, size = name + 1, len(block)
        if end < size and block.gap[end] in ("-", "/") and len(block.text[end]) <= 2 and block.shape[end] == NUMBER:
            return end + 1
        if end + 1 < size and block.key[end] == _MONTH and block.shape[end] == TITLE and block.spaced[end + 1]:
            return end + 2
        return end

    def _follows(self, block: Syllables, at: int, name: int) -> bool:
        """Whether the name stands right behind the type word; abbreviations may have a full stop."""
        short = name - at == 1 and len(block.text[at]) <= 3 and block.is_capital(at)
        if len(block.text[at]) <= 2 and not short:
            return block.key[at] not in self.words.short_type and block.spaced[name]
        return block.spaced[name] or (short and block.gap[name] in (".", ". "))

    def _is_number(self, block: Syllables, at: int, kind: TypeWord) -> bool:
        text = block.text[at]
        if not _NUMBER.fullmatch(text) or (kind.level not in ("road", "works") and len(text) > 2):
            return False
        return block.gap_after(at) not in (".", ",", "/") or at + 1 == len(block) or (block.shape[at + 1] != NUMBER)

    def name_end(self, block: Syllables, at: int, kind: TypeWord | None = None) -> int:
        """The end of the proper name at `at` behind a type word, before a person's name; `at` if none."""
        if not block.is_capital(at):
            return at
        run = min(block.run_end(at), at + 2 * _LONGEST_NAME)
        known = self.names.longest(block, at)
        reach = known[0] if known else at
        if known and reach < run and "\n" in block.gap[reach]:
            return reach
        if reach >= run:
            return self._with_number(block, reach, kind)
        if run - reach >= 2 and reach > at and not any(is_vietnamese(block.key[k]) for k in range(reach, run)):
            return reach
        namesake = self.namesakes.longest(block, at)
        if namesake is not None and namesake[0] >= reach:
            reach = namesake[0]
        administrative = kind is not None and kind.level in ADMINISTRATIVE
        blocker = self.blockers.longest(block, at)
        blocked = blocker is not None and (blocker[0] - at > 1 or block.key[at] in self.words.never)
        if blocked and not administrative and reach == at:
            return at
        if self.people.posts.longest(block, at) is not None and reach == at:
            return at
        person = self.people.name_inside(block, max(at + 1, reach), run, 2 if reach > at else 3)
        if person == run and reach > at and run > reach and self._starts_other(block, reach):
            person = reach
        end = min(person, at + _LONGEST_NAME)
        for k in range(max(at + 1, reach), end):
            if self._starts_other(block, k):
                end = k
                break
        return self._with_number(block, end, kind)

    def _starts_other(self, block: Syllables, at: int) -> bool:
        post = self.people.posts.longest(block, at)
        if post is not None and post[0] - at > 1:
            return True
        kind = self.types.longest(block, at)
        return kind is not None and kind[1].level in ADMINISTRATIVE and kind[0] - at > 1

    def _with_number(self, block: Syllables, end: int, kind: TypeWord | None) -> int:
        """`end`, moved behind a number that belongs to the name ('thôn Phú Bình 2,')."""
        if end < len(block) and block.spaced[end] and block.shape[end] == NUMBER and len(block.text[end]) <= 2:
            level = kind.level if kind else ""
            after = block.gap_after(end)
            closed = after == "" or after.lstrip()[:1] in tuple(",.;:()-–")
            goes_on = end + 1 < len(block) and block.tag[end + 1][:1] in ("V", "R", "E", "C")
            if level not in ADMINISTRATIVE - {"ward"} and (closed or goes_on):
                return end + 1
        return end

    def dashed_end(self, block: Syllables, end: int) -> int:
        """`end`, moved behind names joined by dashes ('Bến Thành - Suối Tiên')."""
        size = len(block)
        while end < size and block.gap[end].strip() in ("-", "–") and block.is_capital(end):
            if self.people.posts.longest(block, end) is not None:
                break
            further = self.name_end(block, end)
            if further == end:
                break
            end = further
        return end

    def known(self, block: Syllables, at: int) -> Place | None:
        """The place known by name that starts at `at`, if it is written as a name there."""
        found = self.names.longest(block, at)
        if found is None:
            return None
        end, (level, word, rule), spelling = found
        if not self._is_written_so(block, at, end, spelling):
            return None
        if end - at == 1 and _begins_word(block, at):
            return None
        bracketed = block.gap[at].endswith("(") and block.gap_after(end - 1).startswith(")")
        followed = end < len(block) and block.spaced[end] and block.is_capital(end)
        if followed and level == "country" and not block.opens[at] and not is_vietnamese(block.key[end]):
            followed = False
        if word and not bracketed and (block.opens[at] or (followed and not self._is_posted_to(block, at, end))):
            return None
        goes_on = end < len(block) and block.spaced[end] and block.shape[end] == TITLE
        if goes_on and level == "country" and self._is_posted_to(block, at, end):
            return Place(at, end, level, at, rule)
        if end - at == 1 and goes_on and (is_vietnamese(block.key[end]) or level != "country"):
            return None
        if end < len(block) and block.spaced[end] and block.key[end] in self.words.side and block.is_capital(end):
            further = end + 1
            if further == len(block) or not block.spaced[further] or not block.is_capital(further):
                return Place(at, further, "", at, "place_sides")
        return Place(at, end, level, at, rule)

    def _is_posted_to(self, block: Syllables, at: int, end: int) -> bool:
        """Whether a country stands behind 'tại' or 'ở', and a full name behind it ('Đại sứ tại Lào | Lê Thị Hoa')."""
        run = block.run_end(end)
        inside = at > 0 and block.spaced[at] and block.key[at - 1] in _AT
        return inside and run - end >= 3 and self.people.is_full_name(block, end, run)

    def _is_written_so(self, block: Syllables, at: int, end: int, spelling: str) -> bool:
        """Whether the syllables are capitals where the lexicon has capitals."""
        wanted = phrase_shapes(spelling)
        for k, shape in zip(range(at, end), wanted, strict=False):
            if shape != LOWER and block.shape[k] not in (TITLE, UPPER, MIXED) and not (k > at and block.gap[k]):
                return False
            if shape != LOWER and block.shape[k] == LOWER and block.gap[k] != "-":
                return False
        return block.is_capital(at) or wanted[0] == LOWER

    def is_plural(self, block: Syllables, at: int, level: str) -> bool:
        """Whether a counting word stands before the type word at `at` ('các xã A và B')."""
        if not at or not block.spaced[at]:
            return False
        return block.key[at - 1] in self.words.counting or (level in ADMINISTRATIVE and block.shape[at - 1] == NUMBER)


def _begins_word(block: Syllables, at: int) -> bool:
    """Whether a Vietnamese syllable begins a longer word; behind a foreign one the tagger is not believed."""
    return block.begins_longer_word(at) and is_vietnamese(block.key[at])
