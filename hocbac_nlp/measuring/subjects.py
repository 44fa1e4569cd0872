"""Subjects: the phrase before the verb that leads to a figure ('tổng thu ngân sách … đạt hơn 7.148 tỷ đồng').

From the figure back, over the verb and what stands between, to the words that name the thing: a noun that
heads a measure ('tỷ lệ', 'lãi suất') if there is one, else the subject of the clause or the object beside.
"""

from hocbac_nlp.document import Kind, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.noun_phrases import NOMINAL
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.word_roles import by_role

_LONGEST = 14
_OWNER = 4
"""Words that an owner after 'của' may have to stay in the phrase."""
_INSIDE = frozenset('()-/“”%"&')
_NAMES = ("Np", "Ny")
_BEFORE_NAMES = frozenset(("và", "từ", "ở", "tại"))


class Subjects:
    """The reader of subjects, over subject_edges.tsv, measure_nouns.txt and figure_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        edges = by_role(lexicons, "subject_edges.tsv")
        self._copulas, self._links = edges["copula"], edges["link"]
        self._edges, self._fronts = edges["edge"], edges["front"]
        self._measures = frozenset(lexicons.lines("measure_nouns.txt"))
        self._roles = by_role(lexicons, "figure_words.tsv")

    def find(
        self, around: Surroundings, begin: int, start: int, barrier: int, kind: Kind, linked: bool
    ) -> tuple[str | None, bool]:
        """The phrase before the verb that leads to a figure; True when it shares that of the figure before."""
        tokens = around.tokens
        at = around.token_at(begin) - 1
        if at >= 0 and tokens[at].end > begin:
            linked, at = True, at - 1
        while at >= 0 and tokens[at].start >= max(start, barrier):
            if kind == "money" and self._is_payment(tokens, at):
                return tokens[at].text, False
            steps = self._link(around, at, linked)
            if not steps:
                break
            linked = linked or tokens[at].text.lower() in self._copulas
            at -= steps
        if at >= 0 and linked and start < barrier == tokens[at].end and tokens[at].pos in ("N", "Nc"):
            head = self._measure_noun(around, self._region(around, at, start), at + 1)
            verbs = self._copulas | {"từ"}
            if head is not None and not any(one.text.lower() in verbs for one in tokens[head : at + 1]):
                first, last = self._trimmed(around, head, at + 1)
                return _balanced(around.text[tokens[first].start : tokens[last - 1].end]) or None, False
        if at < 0 or tokens[at].start < max(start, barrier):
            return None, True
        if tokens[at].pos == "V" and tokens[at].text.lower() in self._edges:
            first = self._region(around, at, max(start, barrier))
            if tokens[at].text.lower() not in self._roles["moving"] or tokens[first].text.lower() not in self._measures:
                return None, True
            at -= 1
        if tokens[at].text == "," and linked and barrier <= start and at > 0:
            at -= 1
        if tokens[at].text == "(" and linked:
            return self._clause_head(around, at, start), False
        if tokens[at].text in ("(", ")") and at > 0 and tokens[at - 1].start < barrier:
            return None, True
        if tokens[at].text == "(" or (tokens[at].text == ":" and at - 1 > 0):
            at -= 1
        elif (not tokens[at].text[-1].isalnum() and tokens[at].text not in (")", "%", "”", '"')) or tokens[at].text in (
            "và",
            "hoặc",
        ):
            return None, True
        first = self._region(around, at, max(start, barrier))
        compared = next((i for i in range(first, at + 1) if tokens[i].text.lower() in self._roles["comparing"]), None)
        if compared is not None and compared - first > 1:
            at, linked = compared - 1, True
        elif compared is not None and barrier > start:
            return None, True
        head = first if linked and at - first < 3 else self._measure_noun(around, first, at + 1)
        if all(one.pos in ("V", "A", "R") and one.text.isalpha() for one in tokens[first : at + 1]):
            head = None
        if head is None and tokens[first].start >= barrier > start and around.token_at(barrier) >= first - 1:
            beyond = self._region(around, first, start)
            head = self._measure_noun(around, beyond, first)
        late = self._late_measure(around, first, at + 1)
        if late is not None:
            first, last = late, at + 1
        elif head is not None:
            first, last = head, at + 1
        else:
            first, last = self._narrowed(around, first, at + 1, linked, kind)
        first, last = self._trimmed(around, first, last)
        lone = last - first == 1 and kind == "money" and tokens[first].pos == "V" and tokens[first].text.isalpha()
        moment = last - first == 1 and tokens[first].text.lower() in self._roles["moment"]
        if first >= last or lone or moment:
            return None, True
        phrase = _balanced(around.text[tokens[first].start : tokens[last - 1].end])
        shorter, _, verb = phrase.rpartition(" ")
        if shorter and verb in self._roles["glued"]:
            phrase = shorter
        return phrase or None, False

    def _clause_head(self, around: Surroundings, at: int, start: int) -> str | None:
        """What the sentence that a bracket at token `at` remarks on begins with, up to its verb group."""
        tokens = around.tokens
        first = last = around.token_at(start)
        while last < at and tokens[last].pos not in ("R", "T") and tokens[last].text.lower() not in self._copulas:
            last += 1
        return around.text[tokens[first].start : tokens[last - 1].end] if first < last else None

    def _region(self, around: Surroundings, at: int, start: int) -> int:
        """The first token of the stretch without a break that ends at token `at`."""
        tokens, first = around.tokens, at
        while first > 0 and tokens[first - 1].start >= start and at - first < _LONGEST:
            if not self._precedes(around, first - 1):
                break
            first -= 1
        return first

    def _measure_noun(self, around: Surroundings, first: int, last: int) -> int | None:
        """The first token of first..last that is the head of a measure ('tỷ lệ', 'lãi suất')."""
        tokens = around.tokens
        for at in range(first, last):
            word = tokens[at].text.lower()
            if word in self._measures and (at == first or self._opens(tokens[at - 1])):
                return at
        return None

    def _late_measure(self, around: Surroundings, first: int, last: int) -> int | None:
        """The first token of the measure that closes first..last as an apposition: '… cho ông Nam | số tiền'."""
        tokens = around.tokens
        for at in (last - 1, last - 2):
            if at <= first or tokens[at - 1].text.lower() in self._measures:
                continue
            words = " ".join(one.text.lower() for one in tokens[at:last])
            if words in self._roles["apposition"] and tokens[at - 1].pos in ("N", "Np", "M", "V"):
                return at
        return None

    def _is_payment(self, tokens: list[Token], at: int) -> bool:
        """Whether the money pays a fine, a prize, a gift, as a verb behind an auxiliary says ('bị phạt 5 triệu')."""
        if tokens[at].pos != "V" or tokens[at].text.lower() not in self._roles["payment"] or not at:
            return False
        before = tokens[at - 1]
        clause = not before.text[0].isalnum() and tokens[at].text.isalpha()
        return clause or before.pos == "R" or before.text.lower() in ("được", "bị", "phải")

    def _link(self, around: Surroundings, at: int, linked: bool) -> int:
        """How many tokens, the last one at `at`, stand between a subject and its figure."""
        tokens = around.tokens
        token, word = tokens[at], tokens[at].text.lower()
        previous = tokens[at - 1].text.lower() if at else ""
        if word in self._roles["moment"] and previous in self._roles["every"]:
            return 2
        if linked and word in self._roles["level"]:
            return 0
        if previous in self._roles["dimension"] and around.text[tokens[at - 1].end : token.start].isspace():
            return 0
        if word in self._copulas or word in self._links or token.pos in ("R", "T"):
            return 1
        if token.pos == "V" and previous in ("được", "bị"):
            return 2
        return int(around.is_taken(token.start, token.end))

    def _precedes(self, around: Surroundings, at: int) -> bool:
        """Whether the token at `at` belongs to the subject phrase that ends behind it."""
        tokens = around.tokens
        token, word = tokens[at], tokens[at].text.lower()
        if word in ("và", "hoặc", ","):
            before, following = tokens[at - 1] if at else None, tokens[at + 1]
            if before is not None and before.pos in _NAMES and following.pos in _NAMES:
                return self._lists_places(tokens, at)
            if before is None or before.pos not in ("N", "A", "V") or following.pos not in ("N", "A", "V"):
                return False
            if around.is_taken(before.start, before.end):
                return False
            joined = {one.text.lower() for one in tokens[at + 1 : at + 6]} & {"và", "hoặc"}
            twins = before.pos == following.pos and at + 2 < len(tokens) and self._link(around, at + 2, False) > 0
            return word != "," or bool(joined) or twins
        if word in self._edges or (at and f"{tokens[at - 1].text.lower()} {word}" in self._edges):
            return False
        return token.text[:1].isalnum() or token.text in _INSIDE

    def _lists_places(self, tokens: list[Token], at: int) -> bool:
        """Whether names up to the one before `at` are a list of places behind a preposition ('ở Hà Nội, Huế và …')."""
        while at > 0 and (tokens[at].pos in _NAMES or tokens[at].text in (",", "và")):
            at -= 1
        return tokens[at].text.lower() in _BEFORE_NAMES

    def _narrowed(self, around: Surroundings, first: int, last: int, linked: bool, kind: Kind) -> tuple[int, int]:
        """The part of the clause first..last that names the measured thing."""
        tokens = around.tokens
        if linked:
            return first, last
        if kind == "duration":
            at = last
            while at > first and tokens[at - 1].pos in (*NOMINAL, "V"):
                at -= 1
            verbs = [index for index in range(at, last) if tokens[index].pos == "V"]
            return (verbs[0] if verbs else at, last) if at < last else (first, last)
        end = last
        if tokens[last - 1].pos == "V" and last - first > 1:
            if " " in tokens[last - 1].text:
                return last - 1, last
            end = last - 1
            while end > first + 1 and tokens[end - 1].pos in ("R", "T"):
                end -= 1
        at = end
        while at > first and (
            tokens[at - 1].pos in (*NOMINAL, "M")
            or tokens[at - 1].text in ("của", "-")
            or (at - 1 > first and at < end and tokens[at].pos == "Np" and tokens[at - 1].text.lower() in _BEFORE_NAMES)
        ):
            at -= 1
        return (at, end) if at < end else (first, last)

    def _opens(self, previous: Token) -> bool:
        """Whether a noun phrase may open behind this token."""
        return (
            previous.pos not in ("N", "Nc", "A", "M")
            or not previous.text[0].isalnum()
            or previous.text in self._roles["level"]
        )

    def _trimmed(self, around: Surroundings, first: int, last: int) -> tuple[int, int]:
        """Without the dates, adverbs and prepositions at either end, and without place and owner if long."""
        tokens = around.tokens
        while first < last and self._is_front(around, tokens[first]):
            first += 1
        for at in range(first + 1, last):
            word = tokens[at].text.lower()
            if word in self._roles["place"] and all(one.pos == "V" and one.text.isalpha() for one in tokens[first:at]):
                first = at + 1
                continue
            if (
                (
                    word in self._roles["place"]
                    and (tokens[at].pos == "E" or word == "theo")
                    and "thời gian" not in tokens[first].text.lower()
                )
                or (word == "của" and len(around.text[tokens[at].end : tokens[last - 1].end].split()) > _OWNER)
                or (
                    around.is_taken(tokens[at].start, tokens[at].end)
                    and not around.is_taken(tokens[last - 1].start, tokens[last - 1].end)
                )
            ):
                last = at
                break
        while last > first and (
            around.is_taken(tokens[last - 1].start, tokens[last - 1].end)
            or tokens[last - 1].pos in ("R", "E", "C", "CC", "T")
            or tokens[last - 1].text.lower() in self._fronts
            or tokens[last - 1].text in ("(", "-", "“")
        ):
            last -= 1
        return first, last

    def _is_front(self, around: Surroundings, token: Token) -> bool:
        return (
            token.text.lower() in self._fronts
            or (not token.text[0].isalnum() and token.text not in ("“", '"'))
            or token.pos in ("R", "E", "C", "CC", "L", "T", "P")
            or around.is_taken(token.start, token.end)
        )


def _balanced(phrase: str) -> str:
    """A phrase without the brackets and quotation marks at its ends whose partner stands outside it."""
    if phrase.count("(") != phrase.count(")"):
        phrase = phrase.strip("()")
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.strip("“”")
    if phrase.count('"') % 2:
        phrase = phrase.strip('"')
    return phrase.strip()
