"""The name of a body spelled out: abbreviations, the case of its fields, without the brackets inside it."""

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import words
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.syllables import LOWER, MIXED, TITLE, UPPER, Syllables, is_vietnamese


class Spelling:
    """Spells the names of bodies out."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.abbreviations = Phrases(
            (row["abbreviation"], row["expansion"]) for row in lexicons.rows("org_abbreviations.tsv")
        )
        self.fields = Phrases((field, field) for field in lexicons.lines("org_fields.txt"))
        self.media = words.phrases(lexicons, "medium")
        self.names = {
            row["name"]: row["canonical"] for name in ("clubs.tsv", "org_names.tsv") for row in lexicons.rows(name)
        }

    def of(self, one: Mention, end: int | None = None, *, start: int | None = None) -> str:
        """The spelled-out name of a mention, or of the part of it from syllable `start` to `end`."""
        text = " ".join(one.text.split())
        if text in self.names:
            return self.names[text]
        start, end = start or one.start, end or one.end
        start = self._behind_medium(one.block, start, end)
        pieces = self._pieces(one, start, end)
        if one.body is not None and one.body.tail == "joint":
            pieces.insert(0, "Bộ ")
        spelled = " ".join("".join(pieces).split()).replace("’", "'")
        return spelled[:1].upper() + spelled[1:]

    def _pieces(self, one: Mention, start: int, end: int) -> list[str]:
        block, at = one.block, start
        capitals = _is_in_capitals(one)
        named_by_field = one.body is not None and one.body.tail == "field"
        pieces: list[str] = []
        expanded = False
        while at < end:
            gap = block.gap[at] if at > start else ""
            if gap.strip() == "(":
                at += 1
                continue
            if gap.strip() == ")" or (gap.strip() == "." and expanded):
                gap = " "
            word, after = _recased(block, at) if capitals else block.text[at], at + 1
            short = self.abbreviations.longest(block, at)
            field = self.fields.longest(block, at) if named_by_field and block.is_capital(at) else None
            if short is not None and short[0] <= end and _is_abbreviation(block, at, short[0]):
                after, word, _ = short
                if at == start:
                    word = word[0].upper() + word[1:]
            elif field is not None and field[0] <= end and block.span(at, field[0]).lower() == field[1].lower():
                after, word, _ = field
            pieces.append(gap + word)
            expanded = short is not None and word != block.text[at]
            at = after
        return pieces

    def _behind_medium(self, block: Syllables, start: int, end: int) -> int:
        """Where a foreign medium's own name begins ('Tạp chí Der Spiegel'), or `start`."""
        found = self.media.longest(block, start)
        if found is None or found[0] >= end:
            return start
        own = range(found[0], end)
        foreign = all(block.shape[k] in (TITLE, MIXED) and not is_vietnamese(block.key[k]) for k in own)
        return found[0] if foreign else start


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
    if end - at > 1 and block.shape[at] == UPPER:
        return True
    return all(block.shape[k] == UPPER or len(block.text[k]) <= 3 for k in range(at, end)) and block.is_capital(at)
