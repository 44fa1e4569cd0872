"""What an open run is by its own shape and the words right before and behind it."""

from hocbac_nlp.naming.grammar import Grammar
from hocbac_nlp.naming.memory import Memory
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.people import is_foreign_run
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, TITLE, UPPER, tag_before

_QUOTES = tuple("\"“”‘'’«»")


class Shapes:
    """Decides runs that nothing else in the document decides."""

    def __init__(self, grammar: Grammar, memory: Memory) -> None:
        self.grammar = grammar
        self.words = grammar.words
        self.memory = memory

    def decide(self, one: Mention) -> None:
        """Label an open run, or leave it."""
        block, start, end = one.block, one.start, one.end
        size = end - start
        before = block.key[start - 1] if start and block.spaced[start] else ""
        after = block.key[end] if end < len(block) and block.spaced[end] else ""
        if one.cue == "company" and (size > 1 or self._may_be_brand(one)):
            self.memory.label(one, "ORG", "company_cues")
        elif block.key[start] in self.grammar.prefixes and size >= 2:
            self.memory.label(one, "LOC", "place_prefixes")
        elif size >= 2 and block.key[end - 1] in self.grammar.suffixes:
            self.memory.label(one, "ORG", "org_suffixes")
        elif (
            one.cue == "place" and size >= 2 and (before in self.words.whither or not is_foreign_run(block, start, end))
        ):
            self.memory.label(one, "LOC", "place_preposition")
        elif before in self.words.produce and block.key[start] not in self.words.birth_order:
            return
        elif size == 2 and self._reads_as_given_name(one):
            self.memory.label(one, "PER", "given_names")
        elif size == 1 and len(block.text[start]) == 1:
            if block.gap_after(start).startswith(".") and before in self.words.agent:
                self.memory.label(one, "PER", "initial")
        elif size == 1 and block.shape[start] == UPPER:
            if self.is_ticker(one):
                self.memory.label(one, "ORG", "ticker")
            elif len(block.text[start]) >= 3 and before in self.words.agent:
                self.memory.label(one, "ORG", "abbreviation")
        elif size == 1 and block.shape[start] == MIXED and not self.grammar.people.may_be_name(block, start, end):
            self.memory.label(one, "ORG", "mixed_case")
        elif self.grammar.people.may_be_name(block, start, end):
            self.memory.label(one, "PER", "surnames")
        elif size == 2 and block.key[start] in self.words.birth_order:
            self.memory.label(one, "PER", "birth_order")
        elif 2 <= size <= 4 and not is_foreign_run(block, start, end):
            placed = one.cue == "" and not block.opens[start] and before not in self.words.goods
            if placed and tag_before(block, start) == "N":
                self.memory.label(one, "LOC", "place_noun")
        elif is_foreign_run(block, start, end):
            if size == 1 and end < len(block) and block.shape[end] == NUMBER and block.gap[end].strip() in ("", "-"):
                return
            if before in self.words.goods or self._is_title(one):
                return
            titled = all(block.shape[k] in (TITLE, LOWER) for k in range(start, end))
            if size >= 2 and titled and (size <= 3 or self._has_particle(one)):
                self.memory.label(one, "PER", "foreign_name")
            elif size == 1 and one.cue == "place" and before in self.words.whither:
                self.memory.label(one, "LOC", "place_preposition")
            elif size == 1 and (
                after in self.words.human_verb
                or (after and self.grammar.acts.longest(block, end) is not None)
                or (self.memory.sports and before not in self.words.where and tag_before(block, start) != "N")
            ):
                self.memory.label(one, "PER", "foreign_name")
            elif size == 1 and block.key[start] in self.grammar.people.foreign and block.shape[start] == TITLE:
                self.memory.label(one, "PER", "foreign_given_names")
            elif size == 1 and (before in self.words.agent or (after and tag_before(block, start) not in ("N", "Np"))):
                self.memory.label(one, "ORG", "foreign_name")

    def _has_particle(self, one: Mention) -> bool:
        """Whether a lower-case part lengthens a foreign name ('Ursula von der Leyen')."""
        return any(one.block.shape[k] == LOWER for k in range(one.start, one.end))

    def _is_title(self, one: Mention) -> bool:
        """Whether foreign words alone in quotation marks, or four of them in brackets, name a work or a slogan."""
        block = one.block
        opening, closing = block.gap[one.start][-1:], block.gap_after(one.end - 1)[:1]
        if opening in _QUOTES and closing in _QUOTES:
            return True
        return opening == "(" and closing == ")" and one.end - one.start > 3

    def _may_be_brand(self, one: Mention) -> bool:
        """Whether one capitalised word behind a company's cue is more than a sentence's first word."""
        return len(one.text) > 1 and one.keys[0] not in self.grammar.openers

    def is_ticker(self, one: Mention) -> bool:
        """Three capitals in a report on the stock market."""
        text = one.text
        return self.memory.stocks and len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()

    def _reads_as_given_name(self, one: Mention) -> bool:
        """Two given-name syllables, the last of them rare in place names ('Mỹ Linh', 'Thu Trang')."""
        given = self.grammar.people.given
        return all(k in given for k in one.keys) and (self.memory.sports or one.keys[-1] not in self.words.place_like)
