"""Noun phrases: what opens behind a figure, found over tagged words ('100% cán bộ, đảng viên', '3 con bò')."""

from hocbac_nlp.document import Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.counted import Counted
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.word_roles import by_role

HEADS = frozenset({"N", "Nc", "Nu", "Ny", "Nb", "Np", "NY", "NP", "FW"})
"""Tags of nouns, names and foreign words."""
NOMINAL = HEADS | {"A"}
_FUNCTION = frozenset({"E", "C", "CC", "CH", "R", "P", "T", "L", "M", "I"})
_LONGEST = 8
_TRAILING = ' .,;:)”"'


class NounPhrases:
    """The reader of noun phrases, over count_nouns.txt, measure_nouns.txt, subject_edges.tsv, figure_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        edges, roles = by_role(lexicons, "subject_edges.tsv"), by_role(lexicons, "figure_words.tsv")
        self._copulas, self._edges = edges["copula"], edges["edge"]
        self._never, self._amounts = roles["no_noun"], roles["amount"]
        self._attributes, self._beside = roles["attribute"], roles["beside"] | roles["moment"]
        self._nouns = frozenset(lexicons.lines("count_nouns.txt"))
        self._measures = frozenset(lexicons.lines("measure_nouns.txt"))
        links = edges["copula"] | edges["edge"] | edges["link"] | {"so", "trở lên"}
        self._closing = links - self._measures - roles["fund"]
        """With what no noun phrase opens behind a unit."""

    def is_measure(self, phrase: str) -> bool:
        """Whether a phrase opens with a noun that heads a measure ('mức phạt')."""
        words = phrase.lower().split()
        return words[0] in self._measures or " ".join(words[:2]) in self._measures

    def direct(self, around: Surroundings, stop: int, end: int, measure: bool) -> str | None:
        """The noun phrase right behind a unit: '100% cán bộ', '500 tấn gạo', '2 tỷ đồng tiền mặt'."""
        tokens, first = around.tokens, around.token_at(stop)
        if first >= len(tokens) or tokens[first].start >= end or around.text[stop : tokens[first].start].strip():
            return None
        if tokens[first].text.lower() in ("trong", "của") and first + 1 < len(tokens):
            if tokens[first + 1].text.lower().split()[0] not in self._amounts:
                return None
            first += 1
        plural = tokens[first].text.lower() in ("các", "những")
        first += plural
        if first >= len(tokens) or tokens[first].start >= end:
            return None
        token, word = tokens[first], tokens[first].text.lower()
        function = token.pos in _FUNCTION - {"L"} and word not in self._amounts
        if not word[0].isalpha() or word in self._beside or (function and not plural):
            return None
        likely = plural or (measure and (token.pos != "V" or " " in word))
        if token.pos not in HEADS and not (likely or word in self._measures or word in self._nouns or " " in word):
            return None
        if not plural and word in self._closing:
            return None
        return self.phrase(around, first, end, None)

    def phrase(self, around: Surroundings, first: int, end: int, counted: Counted | None) -> str | None:
        """The noun phrase that opens at token `first`: nouns, their attributes, and nouns joined to them."""
        tokens, at = around.tokens, first
        start = counted.start if counted else tokens[first].start
        if counted and counted.after > first:
            at = counted.after - 1
        while at < len(tokens) and tokens[at].start < end and at - first < _LONGEST:
            merged = counted is not None and counted.after == counted.first
            if (at > first or merged) and not self._continues(around, at, end, counted):
                break
            at += 1
        while at > first + 1 and self._trails(tokens[at - 1]):
            at -= 1
        stop = max(tokens[at - 1].end if at > first else 0, counted.end if counted else 0)
        return around.text[start:stop].rstrip(_TRAILING) or None

    def _trails(self, token: Token) -> bool:
        """Whether a token can't close a noun phrase."""
        listed = token.text.lower() in self._nouns
        return not token.text[0].isalnum() or (token.pos in _FUNCTION and not listed)

    def _continues(self, around: Surroundings, at: int, end: int, counted: Counted | None) -> bool:
        """Whether the token at `at` still belongs to the noun phrase that it follows."""
        tokens = around.tokens
        token, word, previous = tokens[at], tokens[at].text.lower(), tokens[at - 1]
        following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].start < end else None
        if word in (",", "và", "hoặc"):
            if following is None or (counted is not None and counted.lone):
                return False
            other = following.text.lower()
            if other not in self._nouns and (following.pos != "N" or not following.text[0].islower()):
                return False
            beyond = tokens[at + 2].text if at + 2 < len(tokens) and tokens[at + 2].start < end else ""
            akin = other in self._nouns or other.split()[0] == previous.text.lower().split()[0]
            return (word != "," or akin) and other not in self._measures and not beyond[:1].isdigit()
        if not token.text[:1].isalpha() or word in self._edges or word in self._never:
            return False
        if token.pos == "R":
            return word == "đặc biệt" and following is not None and following.pos == "A"
        if counted is not None and not counted.classifier and " " not in around.text[counted.start : counted.end]:
            near = previous.end <= counted.end or previous.text in (",", "và", "hoặc")
            noun = (token.pos in ("N", "Nc") and " " not in word) or word in self._nouns
            behind = token.pos in ("N", "Np", "Ny") and previous.text.lower() in self._attributes
            return behind or (near and (noun or word in self._attributes))
        if token.pos == "V":
            tight = counted is not None and counted.classifier and previous.end <= counted.end
            measure = previous.text.lower() in self._measures
            return ((tight or measure) and " " in word) or word in self._attributes
        if token.pos == "A" and " " in word and previous.pos == "A":
            return False
        return token.pos in NOMINAL and word not in self._copulas
