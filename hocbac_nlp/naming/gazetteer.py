"""What is known of a place: its official name, level, parent, code, and the province it belongs to since 2025.

A name that several places bear is resolved by what the document says (its type word, the unit named behind
it, a province that the document names); where that leaves a choice, the facts stay open.
"""

from collections.abc import Iterable
from typing import NamedTuple

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.places import ADMINISTRATIVE, Place
from hocbac_nlp.naming.syllables import Syllables, is_vietnamese, key, phrase_key

DISTRICTS = ("city", "town", "district", "urban district", "ward", "commune", "township")
_AREA = key("vùng")
MERGER = "2025-07-01"


class Facts(NamedTuple):
    """The canonical name of a place, and what is known for sure beside it."""

    canonical: str
    level: str | None = None
    parent: str | None = None
    code: str | None = None
    province: str | None = None


class _Province(NamedTuple):
    name: str
    level: str
    code: str
    since: str
    code_since: str


class Gazetteer:
    """Facts about places; the lists are the province, district, world and place-type lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.provinces: dict[tuple[str, ...], _Province] = {}
        for row in lexicons.rows("provinces.tsv"):
            province = _Province(row["name"], row["level"], row["code"], row["since"], row["code_since"])
            for name in (row["name"], *filter(None, row["alias"].split(";"))):
                self.provinces.setdefault(phrase_key(name), province)
        self.by_name = {one.name: one for one in self.provinces.values()}
        self.districts: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        for row in lexicons.rows("districts.tsv"):
            entry = (row["name"], row["level"], row["parent"])
            self.districts.setdefault(phrase_key(row["name"]), []).append(entry)
        self.world = {
            phrase_key(row["name"]): (row["canonical"], row["kind"]) for row in lexicons.rows("world_places.tsv")
        }
        self.spelled = Phrases(
            (row["abbreviation"], row["expansion"]) for row in lexicons.rows("place_abbreviations.tsv")
        )

    def province_of(self, keys: tuple[str, ...]) -> str | None:
        """The official name of the province that is spelled like this."""
        found = self.provinces.get(keys)
        return found.name if found else None

    def facts(
        self,
        block: Syllables,
        start: int,
        end: int,
        place: Place | None,
        level: str | None,
        named: Iterable[str],
        published: str | None,
    ) -> Facts:
        """The facts about the place at syllables `start` to `end`.

        `level` is what its type word says, here or elsewhere in the document; `named` holds the provinces
        that the document names, `published` its date (ISO 8601) if known.
        """
        name = place.name if place is not None and start <= place.name < end else start
        keys = (block.key[name], *block.edge[name + 1 : end])
        text = " ".join(block.span(name, end).split())
        if level is not None and name > start and (level not in ADMINISTRATIVE or text.isdigit()):
            if keys in self.world:
                canonical, kind = self.world[keys]
                return Facts(canonical, kind)
            if level in ("land", "water", "island") and 2 * sum(map(is_vietnamese, keys)) < len(keys):
                return Facts(text, level)
            alone = level in ("hamlet", "village", "block") or block.key[start] == _AREA
            canonical = text if alone and not text.isdigit() else self._typed_name(block, start, name, text)
            return Facts(canonical, level)
        province = self.provinces.get(keys)
        if province is not None and self._is_province(province, keys, level):
            return self._province_facts(province, published)
        if province is not None and level not in DISTRICTS:
            return Facts(province.name)
        units = [unit for unit in self.districts.get(keys, ()) if level is None or unit[1] == level]
        if level is None and keys in self.world and not units:
            canonical, kind = self.world[keys]
            return Facts(canonical, kind)
        if units and level in (None, *DISTRICTS[:4]):
            return self._district_facts(units, set(named))
        return Facts(_titled(text), level)

    def _is_province(self, province: _Province, keys: tuple[str, ...], level: str | None) -> bool:
        """Whether the name means the province: by its type word, or because nothing else bears the name
        but its own capital.
        """
        if level == "province":
            return province.level == "province"
        if level == "city":
            return province.level == "municipality"
        if level is not None:
            return False
        others = self.districts.get(keys, ())
        return all(parent == province.name and kind in ("city", "town") for _, kind, parent in others)

    def _province_facts(self, province: _Province, published: str | None) -> Facts:
        code: str | None = province.code or province.code_since
        if province.code_since and province.code != province.code_since:
            if published is None:
                code = None
            elif published[:10] >= MERGER:
                code = province.code_since
        return Facts(province.name, province.level, None, code, province.since)

    def _district_facts(self, units: list[tuple[str, str, str]], named: set[str]) -> Facts:
        name = units[0][0]
        fitting = [unit for unit in units if unit[2] in named] or (units if len(units) == 1 else [])
        levels = {unit[1] for unit in (fitting or units)}
        parents = {unit[2] for unit in fitting}
        parent = parents.pop() if len(parents) == 1 else None
        since = self.by_name[parent].since if parent is not None else None
        return Facts(name, levels.pop() if len(levels) == 1 else None, parent, None, since)

    def _typed_name(self, block: Syllables, start: int, name: int, text: str) -> str:
        """The name with its type word spelled out: a road's number or a bridge's name says nothing alone."""
        found = self.spelled.longest(block, start)
        if found is not None and found[0] <= name:
            kind = found[1]
        else:
            kind = " ".join(block.span(start, name).split())
            kind = kind[0].lower() + kind[1:]
        return f"{kind} {text}"


def _titled(text: str) -> str:
    """A name in capitals in the usual case."""
    if text.isupper() and len(text) > 3:
        return " ".join(word.capitalize() for word in text.split())
    return text
