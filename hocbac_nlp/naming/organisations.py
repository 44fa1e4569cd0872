"""The grammar of the names of bodies: a head word, and what belongs to the name behind it.

A name is read from its head to the right. A field of work, a proper name, lower-case words of a closed list,
the body it belongs to, a level word and a place may follow; a person's name, another sentence part or the
head of a coordinated body ends it.
"""

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.organisation_edges import Head, NameEdges
from hocbac_nlp.naming.organisation_names import NameReader, Organisation
from hocbac_nlp.naming.people import People
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.places import Places
from hocbac_nlp.naming.syllables import NUMBER, TITLE, UPPER, Syllables, is_vietnamese
from hocbac_nlp.naming.words import Words, phrases, written

__all__ = ["Organisation", "Organisations"]

_SHORT = Head("level", lower=False, alone="doc")


class Organisations:
    """Reads names of bodies; the lists are the head, field, word and name lexicons of bodies."""

    def __init__(self, lexicons: Lexicons, places: Places, people: People, words: Words) -> None:
        self.words = words
        self.places = places
        self.people = people
        self.heads: Phrases[Head] = Phrases()
        self.lower_heads: Phrases[Head] = Phrases()
        for row in lexicons.rows("org_heads.tsv"):
            head = Head(row["tail"], bool(row["lower"]), row["alone"])
            lower_row = row["head"][0].islower()
            if not lower_row:
                for spelling in _central(row["head"]):
                    self.heads.add(spelling, head)
            if head.lower:
                self.lower_heads.add(row["head"], head)
        self.fields = Phrases((field, True) for field in lexicons.lines("org_fields.txt"))
        self.inner = Phrases((word, True) for word in lexicons.lines("org_words.txt"))
        self.verbs = Phrases((verb, True) for verb in lexicons.lines("org_verbs.txt"))
        self.levels = phrases(lexicons, "level")
        self.short_heads = written(lexicons, "short_head")
        self.national = phrases(lexicons, "national")
        self.known = Phrases((row["name"], row["canonical"]) for row in lexicons.rows("org_names.tsv"))

    def parse(
        self, block: Syllables, at: int, depth: int = 0, *, in_post: bool = False, outer: NameEdges | None = None
    ) -> Organisation | None:
        """The body whose name starts at syllable `at`; `depth` counts the bodies around it.

        `outer` is the reader of the body that this one may own.
        A lower-case head begins a word, unless it closes a post ('trưởng phòng Nội vụ').
        """
        capital = block.is_capital(at)
        found = (self.heads if capital else self.lower_heads).longest(block, at)
        if found is None and capital and self._is_short_head(block, at):
            found = (at + 1, _SHORT, block.text[at])
        if found is None or not (capital or in_post or block.word_end[at]):
            return None
        start_tail, head, spelling = found
        if capital and not self._cased(block, at, start_tail, spelling):
            return None
        return NameReader(self, block, at, start_tail, head, spelling, depth, outer).read()

    def _is_short_head(self, block: Syllables, at: int) -> bool:
        """Whether an abbreviation that no list has begins as those of bodies do ('VPĐKĐĐ', 'BQLKCN')."""
        return block.shape[at] == UPPER and len(block.text[at]) > 3 and block.text[at].startswith(self.short_heads)

    def _cased(self, block: Syllables, at: int, end: int, spelling: str) -> bool:
        """A lower-case ending of a capital head is fine; 'ĐẢNG' abbreviations need their capitals."""
        if end - at == 1 and spelling.isupper() and len(spelling) > 1:
            return block.shape[at] == UPPER
        return True

    def name(self, block: Syllables, at: int) -> Organisation | None:
        """The body known by its name alone ('Vietcombank', 'ASEAN') that starts at `at`."""
        found = self.known.longest(block, at)
        if found is None:
            return None
        end, canonical, spelling = found
        text = block.span(at, end)
        if spelling.isupper() != text.isupper() and (text.islower() or spelling.isupper()):
            return None
        if not all(block.is_capital(k) or block.shape[k] == NUMBER for k in range(at, end) if block.gap[k] != "."):
            if not any(letter.isupper() for letter in text):
                return None
            if text.split()[-1] != spelling.split()[-1]:
                return None
        if end < len(block) and block.spaced[end] and block.shape[end] == TITLE and spelling.isalpha():
            further = block.run_end(at)
            if is_vietnamese(block.key[at]) and further > end and " " in spelling:
                return None
        return Organisation(at, end, canonical, "name", "", False, True, "org_names")


def _central(head: str) -> tuple[str, ...]:
    """A head with the usual abbreviations of 'Trung ương'."""
    return tuple(dict.fromkeys(head.replace("Trung ương", short) for short in ("Trung ương", "T.Ư", "TƯ", "TW")))
