"""The full names of bodies: abbreviations spelled out, short forms as the full form of the document."""

import re
from bisect import bisect_left
from collections import Counter
from operator import itemgetter

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import words
from hocbac_nlp.naming.gazetteer import Gazetteer
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.owners import Owners
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.syllables import LOWER, TITLE, UPPER, Syllables, phrase_key


class BodyLexicon:
    """Abbreviations, names known alone, and what stands before an abbreviation in brackets."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.abbreviations = Phrases(
            (row["abbreviation"], row["expansion"]) for row in lexicons.rows("org_abbreviations.tsv")
        )
        self.names = {row["name"]: row["canonical"] for row in lexicons.rows("org_names.tsv")}
        explains = "|".join(map(re.escape, words.written(lexicons, "explains")))
        self.opening = re.compile(rf"\((?:{explains})?:?")


class BodyNames:
    """The full names of the bodies of one document."""

    def __init__(self, mentions: list[Mention], lexicon: BodyLexicon, gazetteer: Gazetteer, owners: Owners) -> None:
        self.mentions = mentions
        self.knowledge = lexicon
        self.gazetteer = gazetteer
        self.owners = owners
        self.spelled = {id(one): self._spell_out(one) for one in mentions if one.label == "ORG"}
        self.offices = self._offices()
        self.defined = self._definitions()
        self.heads: dict[str, tuple[list[tuple[int, str]], list[tuple[str, int]]]] = {}

    def full(self, one: Mention) -> str:
        """The full name of a body, as far as the document tells it."""
        if one.full is not None and one.full.label == "ORG":
            return self.full(one.full)
        spelled = self.spelled[id(one)]
        defined = self.defined.get(one.keys)
        if defined is not None:
            return defined
        body = one.body
        if body is not None and body.bare and body.tail in ("field", "named"):
            return self._full_form(one, spelled)
        owner = self.owners.of(one)
        if owner:
            return f"{spelled} {owner}"
        return self._same_office(one, spelled)

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
        return behind.startswith(")") and self.knowledge.opening.fullmatch(between) is not None


def _is_in_capitals(one: Mention) -> bool:
    """Whether a body's name of several words is written in capitals."""
    words = [word for word in one.text.split() if word.isalpha()]
    return len(words) > 2 and all(word.isupper() for word in words)


def _recased(block: Syllables, at: int) -> str:
    """A word of a line in capitals as it would stand in a sentence."""
    word = block.text[at]
    return {LOWER: word.lower(), TITLE: word.capitalize()}.get(block.shape[at], word)


def _is_abbreviation(block: Syllables, at: int, end: int) -> bool:
    """Whether the syllables are written as an abbreviation is: capitals (the small 'Cty', 'Q.' aside).

    'Tư' is a word ('Tư lệnh'), and a letter beside '&' belongs to a brand ('T&T').
    """
    if block.gap_after(end - 1).startswith("&") or (block.gap[at] == "&" and len(block.text[at]) == 1):
        return False
    if end - at == 1 and block.text[at] == "Tư":
        return False
    return all(block.shape[k] == UPPER or len(block.text[k]) <= 3 for k in range(at, end)) and block.is_capital(at)
