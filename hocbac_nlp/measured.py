"""What a figure is `of`: the phrase that names the thing counted or measured, found over tagged words.

A counted thing follows its number; the base of a share follows the percent sign; a level or a change has
its subject before the verb ('tổng thu ngân sách … đạt 7.148 tỷ đồng, tăng 1,8 lần').
"""

from hocbac_nlp.counted import Counted
from hocbac_nlp.document import Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.surroundings import Surroundings

_HEADS = frozenset({"N", "Nc", "Nu", "Ny", "Nb", "Np", "NY", "NP"})
_WITHIN = _HEADS | {"A", "M"}
_LONGEST = 16


class Measured:
    """The reader of `of` phrases, over the lexicon subject_edges.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        roles: dict[str, set[str]] = {"link": set(), "edge": set(), "front": set()}
        for row in lexicons.rows("subject_edges.tsv"):
            roles[row["role"]].add(row["word"])
        self._links, self._edges, self._fronts = roles["link"], roles["edge"], roles["front"]

    def following(self, around: Surroundings, first: int, end: int) -> str | None:
        """The noun phrase that opens at token `first`: nouns, their attributes, and nouns joined to them."""
        tokens = around.tokens
        while first < len(tokens) and tokens[first].text.lower() in ("các", "những", "số"):
            if tokens[first].text.lower() == "số":
                break
            first += 1
        at = first
        while at < len(tokens) and tokens[at].start < end and at - first < _LONGEST:
            if not self._continues(around, first, at, end):
                break
            at += 1
        while at > first + 1 and tokens[at - 1].pos in ("C", "CC", "CH", "R", "M", "E", "L"):
            at -= 1
        if at == first:
            return None
        return around.text[tokens[first].start : tokens[at - 1].end]

    def _continues(self, around: Surroundings, first: int, at: int, end: int) -> bool:
        """Whether the token at `at` belongs to the noun phrase that opened at `first`."""
        token, word = around.tokens[at], around.tokens[at].text.lower()
        if at == first:
            return word[:1].isalpha() and token.pos not in ("E", "C", "CC", "CH", "R", "P")
        previous = around.tokens[at - 1]
        following = around.tokens[at + 1] if at + 1 < len(around.tokens) else None
        joins = following is not None and following.start < end and following.pos in ("N", "Nc", "Nu")
        if word == ",":
            return joins and previous.pos in ("N", "A") and following is not None and not following.text[:1].isdigit()
        if word in ("và", "hoặc", "-"):
            return joins and previous.pos in ("N", "A")
        if not token.text[:1].isalpha() or word in self._edges or word in ("này", "đó", "nay"):
            return False
        if token.pos in ("R",):
            return word in ("đặc biệt", "rất") and following is not None and following.pos == "A"
        if token.pos == "V":
            return previous.pos in ("N", "Nc") and word in ("dự", "học", "thi", "tham gia", "đăng ký", "nghèo")
        return token.pos in _WITHIN and token.pos != "M"

    def subject(self, around: Surroundings, at: int, start: int) -> tuple[str | None, bool]:
        """The phrase before the verb that leads to a figure at `at`, in the sentence that opens at `start`.

        The second value tells that nothing stands between the figure and a comma or the like: the figure
        then shares the subject of the one before it.
        """
        tokens = around.tokens
        last = around.token_at(at)
        while last > 0 and tokens[last - 1].start >= start and self._is_link(around, last - 1):
            last -= 1
        if last == 0 or tokens[last - 1].start < start:
            return None, last < around.token_at(at) or True
        if not tokens[last - 1].text[-1:].isalnum() and tokens[last - 1].text not in (")", "%", "”", '"'):
            return None, True
        first = last
        while first > 0 and tokens[first - 1].start >= start and last - first < _LONGEST:
            if not self._precedes(around, first - 1):
                break
            first -= 1
        first, last = self._trimmed(around, first, last)
        if first >= last:
            return None, False
        return around.text[tokens[first].start : tokens[last - 1].end], False

    def _is_link(self, around: Surroundings, at: int) -> bool:
        token = around.tokens[at]
        return (
            token.text.lower() in self._links
            or token.pos in ("R", "T")
            or bool(around.times_in(token.start, token.end))
        )

    def _precedes(self, around: Surroundings, at: int) -> bool:
        """Whether the token belongs to the subject phrase that ends behind it."""
        token, word = around.tokens[at], around.tokens[at].text.lower()
        if word in self._edges:
            following = around.tokens[at + 1]
            if word in ("và", "hoặc"):
                before = around.tokens[at - 1] if at else None
                return before is not None and before.pos in ("N", "A", "V") and following.pos in ("N", "V", "A")
            return False
        if token.text == ",":
            before, following = around.tokens[at - 1], around.tokens[at + 1]
            return at > 0 and before.pos in ("N", "A") and following.pos in ("N", "A") and self._list(around, at)
        return token.text[:1].isalnum() or token.text in ("(", ")", "-", "/", "“", "”", "%")

    def _list(self, around: Surroundings, at: int) -> bool:
        """Whether a comma stands in a list that ends with 'và'."""
        words = [token.text.lower() for token in around.tokens[at + 1 : at + 6]]
        return "và" in words

    def _trimmed(self, around: Surroundings, first: int, last: int) -> tuple[int, int]:
        """Without the dates, adverbs and prepositions at either end."""
        tokens = around.tokens
        while first < last and self._front(around, tokens[first]):
            first += 1
        while last > first and around.is_taken(tokens[last - 1].start, tokens[last - 1].end):
            last -= 1
        while last > first and tokens[last - 1].pos in ("R", "E", "C", "CC", "T"):
            last -= 1
        return first, last

    def _front(self, around: Surroundings, token: Token) -> bool:
        return (
            token.text.lower() in self._fronts
            or not token.text[:1].isalnum()
            or token.pos in ("R", "E", "C", "CC", "L", "T")
            or around.is_taken(token.start, token.end)
        )

    def of_count(self, around: Surroundings, counted: Counted, end: int) -> str | None:
        """The counted noun with its attributes."""
        return self.following(around, counted.first, end)
