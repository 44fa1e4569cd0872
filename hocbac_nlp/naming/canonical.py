"""The name under which the mentions of one thing are counted.

- PER: the fullest name in the document; Hồ Chí Minh for all his names.
- ORG: abbreviations spelled out, a short form as the full form of the document, and the owner of a level
  word ('UBND tỉnh') where the document names exactly one.
- LOC: what the gazetteer knows.
"""

from hocbac_nlp.document import Document, Entity
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.body_names import BodyLexicon, BodyNames
from hocbac_nlp.naming.gazetteer import Gazetteer
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.owners import LevelWords, Owners
from hocbac_nlp.naming.person_names import PersonNames
from hocbac_nlp.naming.wards import Wards


class Canonical:
    """Turns decided mentions into entities with their canonical names."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.gazetteer = Gazetteer(lexicons)
        self.bodies = BodyLexicon(lexicons)
        self.levels = LevelWords(lexicons)
        self.wards = Wards(self.gazetteer, self.levels.of_level)

    def entities(self, document: Document, mentions: list[Mention]) -> list[Entity]:
        """The entities of a document, in order."""
        naming = _Naming(self, document.published, mentions)
        entities = naming.entities()
        self.wards.fill(document.text, entities, naming.owners.provinces, document.published)
        return entities


class _Naming:
    """The canonical names of one document's mentions."""

    def __init__(self, canonical: Canonical, published: str | None, mentions: list[Mention]) -> None:
        self.gazetteer = canonical.gazetteer
        self.published = published
        self.mentions = mentions
        self.people = PersonNames(mentions)
        self.owners = Owners(mentions, canonical.levels, canonical.gazetteer)
        self.bodies = BodyNames(mentions, canonical.bodies, canonical.gazetteer, self.owners)
        self.levels = self._typed_levels()

    def entities(self) -> list[Entity]:
        return [self._entity(one) for one in self.mentions]

    def _entity(self, one: Mention) -> Entity:
        start, end = one.offset, one.stop
        text = one.block.source[start:end]
        if one.label == "PER":
            return Entity(text, start, end, "PER", self.people.full(one), one.rule)
        if one.label == "ORG":
            return Entity(text, start, end, "ORG", self.bodies.full(one), one.rule)
        level = one.place.level if one.place is not None and one.place.name > one.start else None
        levels = self.levels.get(one.keys, set())
        if level is None and len(levels) == 1:
            level = next(iter(levels))
        facts = self.gazetteer.facts(
            one.block, one.start, one.end, one.place, level, self.owners.provinces, self.published
        )
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

    def _typed_levels(self) -> dict[tuple[str, ...], set[str]]:
        """For each name of a place the levels that its type words give it in the document."""
        levels: dict[tuple[str, ...], set[str]] = {}
        for one in self.mentions:
            place = one.place
            if one.label == "LOC" and place is not None and place.start < place.name < one.end:
                keys = tuple(one.block.key[max(place.name, one.start) : one.end])
                levels.setdefault(keys, set()).add(place.level)
        return levels
