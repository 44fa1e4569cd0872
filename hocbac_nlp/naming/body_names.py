"""The full names of bodies: abbreviations spelled out, short forms as the full form of the document."""

import re
from bisect import bisect_left
from collections import Counter
from operator import itemgetter

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import words
from hocbac_nlp.naming.gazetteer import Gazetteer
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.organisations import Organisation
from hocbac_nlp.naming.owners import Owners
from hocbac_nlp.naming.spelling import Spelling
from hocbac_nlp.naming.syllables import key, phrase_key

_OFFICES = ("field", "level", "place")
_BRANDED = ("named", "strict", "name")
_HOME = "Việt Nam"


class BodyLexicon:
    """How names of bodies are spelled out, and what stands before an abbreviation in brackets."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.spelling = Spelling(lexicons)
        self.legal_forms = frozenset(form.lower() for form in words.written(lexicons, "legal_form"))
        self.companies = words.written(lexicons, "company")
        explains = "|".join(map(re.escape, words.written(lexicons, "explains")))
        self.opening = re.compile(rf"\((?:{explains})?:?")


class BodyNames:
    """The full names of the bodies of one document."""

    def __init__(self, mentions: list[Mention], lexicon: BodyLexicon, gazetteer: Gazetteer, owners: Owners) -> None:
        self.mentions = [one for one in mentions if one.label == "ORG"]
        self.knowledge = lexicon
        self.gazetteer = gazetteer
        self.owners = owners
        self.spelled = {id(one): lexicon.spelling.of(one) for one in self.mentions}
        self.names = Counter(self.spelled.values())
        self.at_home = bool(mentions) and _HOME in mentions[0].block.source
        self.offices = self._offices()
        self.defined = self._definitions()
        self.heads: dict[str, tuple[list[tuple[int, str]], list[tuple[str, int]]]] = {}

    def full(self, one: Mention) -> str:
        """The full name of a body, as far as the document tells it."""
        return self._full(one).replace("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")

    def _full(self, one: Mention) -> str:
        spelled = self.spelled[id(one)]
        brand = self._company(spelled) if one.body is None or one.body.tail == "name" else None
        if brand is not None:
            return brand
        if one.full is not None and one.full.label == "ORG":
            return self._full(one.full)
        defined = self.defined.get(one.keys)
        if defined is not None:
            return defined
        body = one.body
        if body is None:
            return spelled
        if body.bare and body.tail in ("field", "named"):
            return self._full_form(one, spelled)
        inner = self.defined.get(one.keys[body.inner - one.start :]) if body.inner > one.start else None
        if inner is not None:
            return f"{self.knowledge.spelling.of(one, body.inner)} {inner}"
        owner = self.owners.of(one)
        if owner:
            level = len(body.open_level)
            return f"{spelled[:-level]}{spelled[-level:].lower()} {owner}" if level else f"{spelled} {owner}"
        if body.tail in _OFFICES or body.tail == "nation":
            return self._same_office(spelled, body, self.knowledge.spelling.of(one, start=body.inner))
        return self._same_brand(spelled, body.head) if body.tail in _BRANDED else spelled

    def _full_form(self, one: Mention, spelled: str) -> str:
        """What a head alone ('Sở', 'Công ty') means: the body with this head that is named most, or last."""
        fuller, names = self._fuller(spelled)
        if len(names) == 1 or (names and names[0][1] > names[1][1]):
            return names[0][0]
        at = bisect_left(fuller, one.offset, key=itemgetter(0))
        return fuller[at - 1][1] if at else spelled

    def _fuller(self, spelled: str) -> tuple[list[tuple[int, str]], list[tuple[str, int]]]:
        """Where the document names bodies in full whose names begin with a head, and the two named most."""
        if spelled not in self.heads:
            fuller = [
                (other.offset, self.full(other))
                for other in self.mentions
                if other.body is not None
                and not other.body.bare
                and self.spelled[id(other)].lower().startswith(spelled.lower() + " ")
            ]
            self.heads[spelled] = fuller, Counter(name for _, name in fuller).most_common(2)
        return self.heads[spelled]

    def _same_office(self, spelled: str, body: Organisation, inner: str) -> str:
        """The same office with its owner behind it, if the document names it so once ('Sở GD-ĐT Nghệ An').

        The office may close a longer name ('Ban Thường vụ Thành ủy'). A body of state without its country is that of
        Việt Nam, wherever the country is named at all.
        """
        for office in (spelled, inner) if body.inner and body.tail in ("level", "place") else (spelled,):
            longer = self.offices.get(office.lower(), set())
            if len(longer) == 1:
                return spelled.removesuffix(office) + next(iter(longer))
        return spelled

    def _offices(self) -> dict[str, set[str]]:
        """For each office's name without its owner, in lower case, the names with it."""
        offices: dict[str, set[str]] = {}
        for one in self.mentions:
            if one.body is None or one.body.tail not in (*_OFFICES, "nation"):
                continue
            names = [self.spelled[id(one)]]
            if one.body.inner > one.start:
                names.append(self.knowledge.spelling.of(one, start=one.body.inner))
            for name in names:
                parts = name.split()
                for cut in range(1 if one.body.tail == "nation" else 2, len(parts)):
                    if self._is_owner(" ".join(parts[cut:])):
                        offices.setdefault(" ".join(parts[:cut]).lower(), set()).add(name)
        return offices

    def _is_owner(self, owner: str) -> bool:
        keys = phrase_key(owner)
        if keys in self.gazetteer.world:
            return not self.at_home
        while keys:
            if keys in self.gazetteer.provinces or keys in self.gazetteer.districts:
                return True
            keys = keys[1:]
        return False

    def _company(self, brand: str) -> str | None:
        """The company whose name ends with a bare brand: of several the one named most whose kind is a legal form."""
        longer = Counter(
            {
                name: count
                for name, count in self.names.items()
                if name.endswith(" " + brand) and name.lower().startswith(self.knowledge.companies)
            }
        )
        plain = {name: longer[name] for name in longer if self._is_plain(name, brand)}
        if len({name.lower() for name in longer}) == 1 or plain:
            return max(plain or longer, key=longer.__getitem__)
        return None

    def _is_plain(self, name: str, brand: str) -> bool:
        """Whether nothing but a legal form stands between a company's kind and its brand."""
        kind = name[: -len(brand) - 1].lower()
        return any(kind.removeprefix(head).strip() in self.knowledge.legal_forms for head in self.knowledge.companies)

    def _same_brand(self, spelled: str, head: str) -> str:
        """The same company or school with its kind in full ('Công ty Hòa An' -> 'Công ty cổ phần Hòa An').

        Of several the one named most whose kind is a legal form alone; else the name stays as it is.
        """
        brand = spelled[len(head) :].strip()
        if not brand or not spelled.lower().startswith(head.lower() + " "):
            return spelled
        longer: Counter[str] = Counter()
        plain: Counter[str] = Counter()
        for name, count in self.names.items():
            if len(name) > len(spelled) and name.startswith(head + " ") and name.endswith(" " + brand):
                longer[name] = count
                if name[len(head) + 1 : -len(brand) - 1].lower() in self.knowledge.legal_forms:
                    plain[name] = count
        if len({name.lower() for name in longer}) == 1 or plain:
            return (plain or longer).most_common(1)[0][0]
        return spelled

    def _definitions(self) -> dict[tuple[str, ...], str]:
        """Abbreviations and brands that the document explains: 'Tập đoàn Điện lực Việt Nam (EVN)', '… (HoSE: HPG)'."""
        defined: dict[tuple[str, ...], str] = {}
        for at, one in enumerate(self.mentions):
            for other in self.mentions[at + 1 : at + 3]:
                if other.block is not one.block or not self._is_bracketed(one, other):
                    continue
                short, full = (other, one) if len(other.text) < len(one.text) else (one, other)
                known = self.knowledge.spelling.names.get(short.text, short.text)
                if known != short.text and not self.spelled[id(full)].startswith(known):
                    continue
                alone = short.body is None or short.body.tail == "name"
                if (short.text.isupper() or alone) and len(full.text.split()) > 2:
                    defined.setdefault(short.keys, self._explained(short, full))
        return defined

    def _explained(self, short: Mention, full: Mention) -> str:
        """The name that an abbreviation stands for: without the organ before it ('HĐQT Công ty cổ phần X (XYZ)')."""
        initials = [syllable[0] for syllable in full.keys]
        letters = [key(letter)[0] for letter in short.text if letter.isalpha()]
        if full.body is None or not full.body.inner or full.body.tail != "level" or initials[: len(letters)] == letters:
            return self.spelled[id(full)]
        return self.knowledge.spelling.of(full, start=full.body.inner)

    def _is_bracketed(self, one: Mention, other: Mention) -> bool:
        """Whether `other` stands alone in a bracket behind `one`, an exchange's name before it or not."""
        block = one.block
        between = block.source[block.end[one.end - 1] : block.start[other.start]].strip()
        behind = block.gap_after(other.end - 1)
        return behind.startswith(")") and self.knowledge.opening.fullmatch(between) is not None
