"""The administrative units that a document names: what a level word alone ('UBND tỉnh') refers to."""

from collections import Counter
from collections.abc import Iterable

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.gazetteer import Gazetteer
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.syllables import phrase_key

_FAR = 2
_CITY = "Hồ Chí Minh"


class LevelWords:
    """The words for the levels of administrative units, from `level_words.tsv`."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("level_words.tsv")
        self.of_level = {row["level"]: row["word"] for row in rows}
        self.words = frozenset(self.of_level.values())
        self.shortened = {row["short"]: row["word"] for row in rows if row["short"]}
        self.of_body = {phrase_key(body): row["word"] for row in rows for body in row["bodies"].split(";") if body}

    def spelled(self, word: str) -> str:
        """A level word in lower case and in full."""
        return self.shortened.get(word.lower().rstrip("."), word.lower())


class Owners:
    """The units and provinces of one document."""

    def __init__(self, mentions: list[Mention], levels: LevelWords, gazetteer: Gazetteer) -> None:
        self.mentions = mentions
        self.words = levels
        self.gazetteer = gazetteer
        self.provinces = self._provinces()
        self.owners = self._owners()

    def of(self, one: Mention) -> str:
        """The name of the unit that owns a body named by its level alone, or an empty string."""
        if one.body is None:
            return ""
        level = one.body.open_level
        if not level:
            level = self.words.of_body.get(phrase_key(" ".join(one.text.split()[-2:])), "")
        owner = self.owners.get(self.words.spelled(level), "")
        return f"thành phố {owner}" if owner == _CITY and not one.body.open_level else owner

    def _owners(self) -> dict[str, str]:
        """For each level word the unit of that level that the document means: the only one, or by far the first."""
        named: dict[str, Counter[str]] = {}
        for one in self.mentions:
            for level, name in self._units(one):
                named.setdefault(level, Counter())[name] += 1
        if "tỉnh" not in named:
            named["tỉnh"] = Counter(name for name in self.provinces if self.gazetteer.by_name[name].level == "province")
        owners = {}
        for level, names in named.items():
            (first, count), *others = names.most_common(2) or [("", 0)]
            if first and all(count > _FAR * other for _, other in others):
                owners[level] = first
        return owners

    def _units(self, one: Mention) -> Iterable[tuple[str, str]]:
        """The administrative units with their level words in a mention, bodies' names included."""
        if one.label == "LOC" and one.place is not None and one.place.name > one.start:
            facts = self.gazetteer.facts(one.block, one.start, one.end, one.place, one.place.level, (), None)
            if one.place.level in self.words.of_level and not facts.canonical.isdigit():
                yield self.words.of_level[one.place.level], facts.canonical
        elif one.label == "ORG" and one.body is not None and not one.body.open_level:
            words = _words(one)
            for size in (1, 2):
                for at in range(1, len(words) - 1):
                    level = self.words.spelled(" ".join(words[at : at + size]))
                    rest = " ".join(words[at + size :])
                    if level in self.words.words and rest[:1].isupper():
                        yield level, self.gazetteer.province_of(phrase_key(rest)) or rest
            for at in range(len(words) - 2):
                unit = self.words.of_body.get(phrase_key(" ".join(words[at : at + 2])))
                if unit is not None and words[at + 2][:1].isupper():
                    yield unit, " ".join(words[at + 2 :])

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


def _words(one: Mention) -> list[str]:
    return one.text.replace("TP.", "TP ").replace("TX.", "TX ").split()
