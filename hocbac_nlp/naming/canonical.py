"""The name under which the mentions of one thing are counted.

- PER: the fullest name in the document; Hồ Chí Minh for all his names.
- ORG: abbreviations spelled out, a short form as the full form of the document, and the owner of a level
  word ('UBND tỉnh') where the document names exactly one.
- LOC: what the gazetteer knows.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from hocbac_nlp.document import Document, Entity
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.gazetteer import Gazetteer
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.syllables import LOWER, TITLE, UPPER, Syllables, phrase_key

_LEADER = "Hồ Chí Minh"
_IMPLIED = {
    "tỉnh ủy": "tỉnh",
    "tỉnh đoàn": "tỉnh",
    "thành ủy": "thành phố",
    "thành đoàn": "thành phố",
    "huyện ủy": "huyện",
    "huyện đoàn": "huyện",
    "quận ủy": "quận",
    "quận đoàn": "quận",
    "thị ủy": "thị xã",
    "thị đoàn": "thị xã",
}
_UNIT = {
    "province": "tỉnh",
    "municipality": "thành phố",
    "city": "thành phố",
    "town": "thị xã",
    "district": "huyện",
    "urban district": "quận",
    "ward": "phường",
    "commune": "xã",
    "township": "thị trấn",
    "special zone": "đặc khu",
}
_OPENING = re.compile(r"\((?:tên viết tắt|viết tắt|gọi tắt là|sau đây gọi là|HoSE|HOSE|HNX|UPCoM|UPCOM|mã|mã CK)?:?")
_SHORT_LEVELS = {"tp": "thành phố", "tx": "thị xã", "h": "huyện", "q": "quận", "p": "phường", "t": "tỉnh"}


class Canonical:
    """Turns decided mentions into entities with their canonical names."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.gazetteer = Gazetteer(lexicons)
        self.abbreviations = Phrases(
            (row["abbreviation"], row["expansion"]) for row in lexicons.rows("org_abbreviations.tsv")
        )
        self.names = {row["name"]: row["canonical"] for row in lexicons.rows("org_names.tsv")}

    def entities(self, document: Document, mentions: list[Mention]) -> list[Entity]:
        """The entities of a document, in order."""
        return _Naming(self, document.published, mentions).entities()


class _Naming:
    """The canonical names of one document's mentions."""

    def __init__(self, canonical: Canonical, published: str | None, mentions: list[Mention]) -> None:
        self.knowledge = canonical
        self.gazetteer = canonical.gazetteer
        self.published = published
        self.mentions = mentions
        self.people = self._full_names()
        self.levels = self._typed_levels()
        self.provinces = self._provinces()
        self.owners = self._owners()
        self.spelled = {id(one): self._spell_out(one) for one in mentions if one.label == "ORG"}
        self.offices = self._offices()
        self.defined = self._definitions()
        self.heads: dict[str, tuple[list[tuple[int, str]], list[tuple[str, int]]]] = {}

    def entities(self) -> list[Entity]:
        return [self._entity(one) for one in self.mentions]

    def _entity(self, one: Mention) -> Entity:
        start, end = one.block.start[one.start], one.block.end[one.end - 1]
        text = one.text
        if one.label == "PER":
            return Entity(text, start, end, "PER", self._person(one), one.rule)
        if one.label == "ORG":
            return Entity(text, start, end, "ORG", self._body(one), one.rule)
        level = one.place.level if one.place is not None and one.place.name > one.start else None
        levels = self.levels.get(one.keys, set())
        if level is None and len(levels) == 1:
            level = next(iter(levels))
        facts = self.gazetteer.facts(one.block, one.start, one.end, one.place, level, self.provinces, self.published)
        return Entity(
            text,
            start,
            end,
            "LOC",
            facts.canonical,
            one.rule,
            level=facts.level,
            parent=facts.parent,
            code=facts.code,
            province=facts.province,
        )

    # -- people --------------------------------------------------------------------------------------------

    def _full_names(self) -> dict[tuple[str, ...], dict[tuple[str, ...], list[Mention]]]:
        """For each ending of a person's name the full names that end so, with their mentions in order."""
        endings: dict[tuple[str, ...], dict[tuple[str, ...], list[Mention]]] = {}
        for one in self.mentions:
            if one.label == "PER":
                for size in range(1, len(one.keys) + 1):
                    endings.setdefault(one.keys[-size:], {}).setdefault(one.keys, []).append(one)
        return {
            ending: {
                keys: ones
                for keys, ones in names.items()
                if not any(len(other) > len(keys) and other[-len(keys) :] == keys for other in names)
            }
            for ending, names in endings.items()
        }

    def _person(self, one: Mention) -> str:
        if one.rule == "hcm_names":
            return _LEADER
        names = self.people[one.keys]
        firsts = [ones[0] for ones in names.values()]
        best = firsts[0]
        if len(firsts) > 1:
            before = [self._last_before(ones, one) for ones in names.values()]
            named = [full for full in before if full is not None]
            best = max(named, key=_position) if named else one
        return _usual_case(best.block, best.start, best.end)

    def _last_before(self, ones: list[Mention], one: Mention) -> Mention | None:
        at = bisect_left(ones, _position(one), key=_position)
        return ones[at - 1] if at else None

    # -- bodies --------------------------------------------------------------------------------------------

    def _body(self, one: Mention) -> str:
        if one.full is not None and one.full.label == "ORG":
            return self._body(one.full)
        spelled = self.spelled[id(one)]
        defined = self.defined.get(one.keys)
        if defined is not None:
            return defined
        body = one.body
        if body is not None and body.bare and body.tail in ("field", "named"):
            return self._full_form(one, spelled)
        owner = self._owner(one)
        if owner:
            return f"{spelled} {owner}"
        return self._same_office(one, spelled)

    def _full_form(self, one: Mention, spelled: str) -> str:
        """What a head alone ('Sở', 'Công ty') means: the body with this head that is named most, or last."""
        fuller, names = self._fuller(spelled)
        if len(names) == 1 or (names and names[0][1] > names[1][1]):
            return names[0][0]
        at = bisect_left(fuller, _position(one), key=lambda named: named[0])
        return fuller[at - 1][1] if at else spelled

    def _fuller(self, spelled: str) -> tuple[list[tuple[int, str]], list[tuple[str, int]]]:
        """Where the document names bodies in full whose names begin with a head, and the two named most."""
        if spelled not in self.heads:
            fuller = [
                (_position(other), self._body(other))
                for other in self.mentions
                if other.label == "ORG"
                and other.body is not None
                and not other.body.bare
                and self.spelled[id(other)].lower().startswith(spelled.lower() + " ")
            ]
            self.heads[spelled] = fuller, Counter(name for _, name in fuller).most_common(2)
        return self.heads[spelled]

    def _same_office(self, one: Mention, spelled: str) -> str:
        """The same office with its province behind it, if the document names it so once ('Sở GD-ĐT Nghệ An')."""
        if one.body is None or one.body.tail != "field" or not spelled.startswith(("Sở ", "Phòng ")):
            return spelled
        longer = self.offices.get(spelled, set())
        return next(iter(longer)) if len(longer) == 1 else spelled

    def _offices(self) -> dict[str, set[str]]:
        """For each office's name without its owner the names with it."""
        offices: dict[str, set[str]] = {}
        for name in set(self.spelled.values()):
            words = name.split()
            for cut in range(2, len(words)):
                if self._is_owner(" ".join(words[cut:])):
                    offices.setdefault(" ".join(words[:cut]), set()).add(name)
        return offices

    def _is_owner(self, words: str) -> bool:
        keys = phrase_key(words)
        while keys:
            if keys in self.gazetteer.provinces or keys in self.gazetteer.districts:
                return True
            keys = keys[1:]
        return False

    def _owner(self, one: Mention) -> str:
        """The name of the unit that owns a body named by its level alone, or an empty string."""
        if one.body is None:
            return ""
        level = one.body.open_level.lower()
        if not level:
            last = " ".join(one.text.split()[-2:]).lower()
            level = next((unit for head, unit in _IMPLIED.items() if phrase_key(last) == phrase_key(head)), "")
        level = _SHORT_LEVELS.get(level.rstrip("."), level)
        return self.owners.get(level, "") if level else ""

    def _owners(self) -> dict[str, str]:
        """For each level word the one unit of that level that the document names, if it is one."""
        named: dict[str, dict[str, None]] = {}
        for one in self.mentions:
            for level, name in self._units(one):
                named.setdefault(level, {})[name] = None
        if "tỉnh" not in named:
            named["tỉnh"] = dict.fromkeys(
                name for name in self.provinces if self.gazetteer.by_name[name].level == "province"
            )
        return {level: next(iter(names)) for level, names in named.items() if len(names) == 1}

    def _units(self, one: Mention) -> Iterable[tuple[str, str]]:
        """The administrative units with their level words in a mention, bodies' names included."""
        if one.label == "LOC" and one.place is not None and one.place.name > one.start:
            facts = self.gazetteer.facts(one.block, one.start, one.end, one.place, one.place.level, (), None)
            if one.place.level in _UNIT and not facts.canonical.isdigit():
                yield _UNIT[one.place.level], facts.canonical
        elif one.label == "ORG" and one.body is not None and not one.body.open_level:
            words = self._words(one)
            for size in (1, 2):
                for at in range(1, len(words) - 1):
                    level = " ".join(words[at : at + size]).lower()
                    level = _SHORT_LEVELS.get(level.rstrip("."), level)
                    rest = " ".join(words[at + size :])
                    if level in _UNIT.values() and rest[:1].isupper():
                        yield level, self.gazetteer.province_of(phrase_key(rest)) or rest
            last = " ".join(words[:2]).lower()
            for head, unit in _IMPLIED.items():
                for at in range(len(words) - 2):
                    last = " ".join(words[at : at + 2])
                    if phrase_key(last) == phrase_key(head) and words[at + 2][:1].isupper():
                        yield unit, " ".join(words[at + 2 :])

    def _typed_levels(self) -> dict[tuple[str, ...], set[str]]:
        """For each name of a place the levels that its type words give it in the document."""
        levels: dict[tuple[str, ...], set[str]] = {}
        for one in self.mentions:
            place = one.place
            if one.label == "LOC" and place is not None and place.start < place.name < one.end:
                keys = tuple(one.block.key[max(place.name, one.start) : one.end])
                levels.setdefault(keys, set()).add(place.level)
        return levels

    def _words(self, one: Mention) -> list[str]:
        return one.text.replace("TP.", "TP ").replace("TX.", "TX ").split()

    def _provinces(self) -> list[str]:
        """The provinces that the document names, in places and in bodies' names."""
        names: dict[str, None] = {}
        for one in self.mentions:
            found = None
            if one.label == "LOC":
                start = one.place.name if one.place is not None and one.place.name < one.end else one.start
                found = self.gazetteer.province_of((one.block.key[start], *one.block.edge[start + 1 : one.end]))
            elif one.label == "ORG":
                for at in range(one.start + 1, one.end):
                    keys = (one.block.key[at], *one.block.edge[at + 1 : one.end])
                    found = found or self.gazetteer.province_of(keys)
            if found is not None:
                names[found] = None
        return list(names)

    def _spell_out(self, one: Mention) -> str:
        """The name with its abbreviations spelled out and the case of its head as in names."""
        block = one.block
        text = " ".join(one.text.split())
        if text in self.knowledge.names:
            return self.knowledge.names[text]
        pieces: list[str] = []
        expanded = False
        capitals = _is_in_capitals(one)
        at = one.start
        while at < one.end:
            gap = block.gap[at] if at > one.start else ""
            found = self.knowledge.abbreviations.longest(block, at)
            end = at + 1
            word = _recased(block, at) if capitals else block.text[at]
            if found is not None and found[0] <= one.end and _is_abbreviation(block, at, found[0]):
                end, word, _ = found
                if at == one.start:
                    word = word[0].upper() + word[1:]
            if gap == "." and expanded:
                gap = " "
            pieces.append(gap + word)
            expanded = found is not None and word != block.text[at]
            at = end
        if one.body is not None and one.body.tail == "joint":
            pieces.insert(0, "Bộ ")
        spelled = " ".join("".join(pieces).split())
        return spelled[:1].upper() + spelled[1:]

    def _definitions(self) -> dict[tuple[str, ...], str]:
        """Abbreviations that the document explains: 'Tập đoàn Điện lực Việt Nam (EVN)', '… (HoSE: HPG)'."""
        defined: dict[tuple[str, ...], str] = {}
        bodies = [one for one in self.mentions if one.label == "ORG"]
        for at, one in enumerate(bodies):
            for other in bodies[at + 1 : at + 3]:
                if other.block is not one.block or not self._is_bracketed(one, other):
                    continue
                short, full = (other, one) if len(other.text) < len(one.text) else (one, other)
                if short.text.isupper() and len(full.text.split()) > 2:
                    defined.setdefault(short.keys, self.spelled[id(full)])
        return defined

    def _is_bracketed(self, one: Mention, other: Mention) -> bool:
        """Whether `other` stands alone in a bracket behind `one`, an exchange's name before it or not."""
        block = one.block
        between = block.source[block.end[one.end - 1] : block.start[other.start]].strip()
        behind = block.gap_after(other.end - 1)
        return behind.startswith(")") and _OPENING.fullmatch(between) is not None


def _is_in_capitals(one: Mention) -> bool:
    """Whether a body's name of several words is written in capitals."""
    words = [word for word in one.text.split() if word.isalpha()]
    return len(words) > 2 and all(word.isupper() for word in words)


def _recased(block: Syllables, at: int) -> str:
    """A word of a line in capitals as it would stand in a sentence."""
    word = block.text[at]
    return {LOWER: word.lower(), TITLE: word.capitalize()}.get(block.shape[at], word)


def _position(one: Mention) -> int:
    return one.block.start[one.start]


def _is_abbreviation(block: Syllables, at: int, end: int) -> bool:
    """Whether the syllables are written as an abbreviation is: capitals (the small 'Cty', 'Q.' aside).

    'Tư' is a word ('Tư lệnh'), and a letter beside '&' belongs to a brand ('T&T').
    """
    if block.gap_after(end - 1).startswith("&") or (block.gap[at] == "&" and len(block.text[at]) == 1):
        return False
    if end - at == 1 and block.text[at] == "Tư":
        return False
    return all(block.shape[k] == UPPER or len(block.text[k]) <= 3 for k in range(at, end)) and block.is_capital(at)


def _usual_case(block: Syllables, start: int, end: int) -> str:
    """The name with single spaces, a name in capitals in title case."""
    text = " ".join(block.span(start, end).split())
    if text.isupper() and " " in text:
        return " ".join(word.capitalize() for word in text.split())
    return text
