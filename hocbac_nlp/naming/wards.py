"""The ward or commune that a former one belongs to since the merger of July 2025.

underthesea's package brings the table of the mergers. A ward that was divided, and a name that several wards of
which the text could speak bore, leave a choice: nothing is said then.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from hocbac_nlp.document import Entity
from hocbac_nlp.naming.gazetteer import DISTRICTS, MERGER, Gazetteer
from hocbac_nlp.naming.syllables import phrase_key
from hocbac_nlp.tagger.models import package_folder

_WARDS = ("ward", "commune", "township")
_JOINTS = (",", "(", "-", "–", "thuộc", ", thuộc", "của")


class Wards:
    """Looks former wards up; `types` gives the type word of each level ('commune' -> 'xã')."""

    def __init__(self, gazetteer: Gazetteer, types: Mapping[str, str]) -> None:
        self.types = types
        self.provinces = gazetteer.by_name
        self.districts: dict[str, set[str]] = {}
        for units in gazetteer.districts.values():
            for name, level, province in units:
                self.districts.setdefault(province, set()).add(f"{types[level]} {name}")
        self.districts.setdefault("Hồ Chí Minh", set()).update(f"quận {number}" for number in range(1, 13))
        self.since = lru_cache(maxsize=4096)(self._since)

    def fill(self, text: str, entities: Sequence[Entity], provinces: Sequence[str], published: str | None) -> None:
        """Set `parent`, `province` and `ward` of former wards, as far as the text fixes them.

        The district and province stand behind the ward ('phường Khai Quang, thành phố Vĩnh Yên'), or the text names
        one province only and is older than the merger: on later pages a ward without a district is one of today.
        """
        old = published is not None and published[:10] < MERGER
        for at, one in enumerate(entities):
            if one.level not in _WARDS:
                continue
            district, province = self._behind(text, entities, at)
            if province is None and old and len(provinces) == 1:
                province = provinces[0]
            if province is None or not (old or district is not None):
                continue
            if district is not None:
                one.parent = district.canonical
            one.province = self.provinces[province].since
            one.ward = self.since(self._typed(one), self._typed(district) if district else None, province)

    def _behind(self, text: str, entities: Sequence[Entity], at: int) -> tuple[Entity | None, str | None]:
        """The district and the province named right behind a ward."""
        district, end = None, entities[at].end
        for one in entities[at + 1 : at + 3]:
            if one.label != "LOC" or text[end : one.start].strip() not in _JOINTS:
                break
            if district is None and one.level in DISTRICTS and one.level not in _WARDS:
                district = one
            elif one.canonical in self.provinces and one.level in (None, "province", "municipality"):
                return district, one.canonical
            end = one.end
        return district, district.parent if district is not None else None

    def _typed(self, one: Entity) -> str:
        kind = self.types[one.level or ""]
        return one.canonical if one.canonical.startswith(kind + " ") else f"{kind} {one.canonical}"

    def _since(self, ward: str, district: str | None, province: str) -> str | None:
        """The unit with its type word ('phường Vĩnh Phúc'), or None if the table leaves a choice."""
        if district is not None and district not in self.districts.get(province, set()):
            return None
        wanted, behind = phrase_key(ward), phrase_key(district or "")
        namesakes = [one for one in _mergers().get(province, ()) if phrase_key(one.old_ward) == wanted]
        # The table has the districts of 2025; of a district that was gone by then any ward of the name may be meant.
        inside = [one for one in namesakes if phrase_key(one.old_district) == behind] or namesakes
        found = {one.new_ward if one.mapping_type != "divided" else "" for one in inside}
        kind, _, name = found.pop().partition(" ") if len(found) == 1 else ("", "", "")
        return f"{kind.lower()} {name}" if name else None


class _Merger(msgspec.Struct):
    """A former ward, or a part of one that was divided, and the ward it belongs to now."""

    old_province: str
    old_district: str
    old_ward: str
    new_ward: str
    mapping_type: str


class _Table(msgspec.Struct):
    ward_mapping: list[_Merger]


@cache
def _mergers() -> dict[str, list[_Merger]]:
    """The table of mergers by the name of the former province; empty where the installed version has none.

    The file is read as it lies there: importing underthesea would take longer than all else at start-up.
    """
    path = package_folder() / "address/data/mapping.json"
    table = msgspec.json.decode(path.read_bytes(), type=_Table).ward_mapping if path.is_file() else []
    provinces: dict[str, list[_Merger]] = {}
    for merger in table:
        name = merger.old_province.removeprefix("Tỉnh ").removeprefix("Thành phố ")
        provinces.setdefault(name, []).append(merger)
    return provinces
