"""The ward or commune that a former one belongs to since the merger of July 2025.

underthesea's `convert_address` knows the mergers of wards within a district and province. Where its table does not
have the pair of ward and district it takes any ward of the name, and of a ward that was divided it takes one part;
what it says is believed only where neither can have happened.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from hocbac_nlp.document import Entity
from hocbac_nlp.naming.gazetteer import DISTRICTS, MERGER, Gazetteer

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
        districts = self.districts.get(province, set())
        if district is not None and district not in districts:
            return None
        anywhere = _converted(f"{ward}, {province}")
        found = _converted(f"{ward}, {district}, {province}") if district is not None else anywhere
        if found != anywhere:
            return found
        everywhere = {_converted(f"{ward}, {one}, {province}") for one in districts} if found is not None else set()
        return found if everywhere == {found} else None


def _converted(address: str) -> str | None:
    """What the table gives for an address of the time before, if it is one whole unit of today."""
    from underthesea import convert_address

    result = convert_address(address)
    if result.mapping_type is None or result.mapping_type.value == "divided":
        return None
    kind, _, name = result.new.ward.partition(" ")
    return f"{kind.lower()} {name}"
