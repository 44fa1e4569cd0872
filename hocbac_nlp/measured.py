"""What a figure is `of`: the phrase that names the thing counted or measured, found over tagged words.

A counted thing follows its number, the base of a share its percent sign, an activity its years. A level or a
change has its subject before the verb ('tổng thu ngân sách … đạt 7.148 tỷ đồng, tăng 1,8 lần'), and figures
that follow after a comma share it.
"""

import re

from hocbac_nlp.counted import Counted
from hocbac_nlp.document import Kind, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.surroundings import Surroundings

_HEADS = frozenset({"N", "Nc", "Nu", "Ny", "Nb", "Np", "NY", "NP"})
_NOMINAL = _HEADS | {"A"}
_FUNCTION = frozenset({"E", "C", "CC", "CH", "R", "P", "T", "L", "M", "I"})
_LONGEST = 14
_OWNER = 4
"""Words that an owner after 'của' may have to stay in the phrase."""
_PLACES = frozenset({"tại", "ở", "từ", "theo", "trong"})
_COUNTERS = frozenset("con lượt chiếc cái".split())
_PERSONS = frozenset("người em cháu".split())
_TIMELY = frozenset("năm tháng ngày tuần quý lúc hôm nơi khi kỳ".split())
_EVERY = frozenset("mỗi hằng hàng có từng".split())
_COMPARING = frozenset({"so", "so với", "hơn", "cao hơn", "thấp hơn", "nhanh hơn", "chậm hơn"})
_AROUND = frozenset("sau trước trên dưới trong ngoài này đó nay cuối đầu giữa mỗi từng cùng bên trồng".split())
_BASES = frozenset({"mức", "bình quân", "trung bình", "tỷ lệ", "tỉ lệ", "trần", "mốc", "ngưỡng"})
_OPENING_YEARS = frozenset(
    {"sau", "qua", "kết", "quả", "nhìn", "lại", "trong", "kỷ", "niệm", "đúng", "tròn", "gần", "hơn"}
)


class Measured:
    """The reader of `of` phrases, over subject_edges.tsv and measure_nouns.txt."""

    def __init__(self, lexicons: Lexicons) -> None:
        roles: dict[str, set[str]] = {"copula": set(), "link": set(), "edge": set(), "front": set()}
        for row in lexicons.rows("subject_edges.tsv"):
            roles[row["role"]].add(row["word"])
        self._copulas, self._links = roles["copula"], roles["link"]
        self._edges, self._fronts = roles["edge"], roles["front"]
        self._nouns = frozenset(lexicons.lines("count_nouns.txt"))
        self._measures = frozenset(lexicons.lines("measure_nouns.txt"))

    def of(
        self,
        around: Surroundings,
        kind: Kind,
        counted: Counted | None,
        changed: bool,
        large: bool,
        span: tuple[int, int],
        sentence: tuple[int, int],
        before: tuple[int, str | None],
    ) -> tuple[str | None, str | None]:
        """The phrase that the figure at `span` measures, and the topic that later figures may share.

        `large` tells a count that no team scores (index points); `before` is where the figure before it in
        the sentence ends, and its topic.
        """
        begin, stop = span
        own = self._noun_phrase(around, counted.first, sentence[1], counted) if counted else None
        if kind == "fraction" and counted is not None:
            return own if own and "," in own else around.text[counted.start : counted.end], own
        if counted is not None and kind == "count":
            noun = around.text[counted.start : counted.end].lower()
            subject, shared = self._subject(around, begin, sentence[0], before[0], kind, changed)
            subject = before[1] if subject is None and shared and changed else subject
            if (
                (noun in _COUNTERS and not self._is_acted_on(around, begin, sentence[0]))
                or (noun in _PERSONS and changed)
                or (noun == "điểm" and (large or changed))
                or (subject is not None and self._is_amount(subject))
            ):
                return subject or own, subject or own
            return own, own
        direct = None
        if kind == "duration":
            direct = self._activity(around, begin, stop, sentence)
        elif kind not in ("multiple", "count"):
            direct = self._direct(around, stop, sentence[1], kind == "measure")
        if direct and kind != "percent":
            return direct, direct
        subject, shared = self._subject(around, begin, sentence[0], before[0], kind, changed)
        if subject is None and shared:
            subject = before[1]
        return direct or subject or own, subject or direct or own

    def _is_amount(self, subject: str) -> bool:
        """Whether a phrase names an amount, so that a count behind its verb is its size ('số hộ … còn 12 hộ')."""
        words = subject.lower().split()
        return words[0] in ("số", "tổng", "lượng") or " ".join(words[:2]) in ("chỉ tiêu", "tổng số", "số lượng")

    def _is_acted_on(self, around: Surroundings, begin: int, start: int) -> bool:
        """Whether a verb of doing leads to the number ('đền 22 con'), so that what stands before is no subject."""
        at = around.token_at(begin) - 1
        while at >= 0 and around.tokens[at].start >= start and around.tokens[at].pos in ("R", "T"):
            at -= 1
        if at < 0 or around.tokens[at].start < start:
            return True
        return around.tokens[at].pos == "V" and around.tokens[at].text.lower() not in self._copulas

    # What follows the figure

    def _direct(self, around: Surroundings, stop: int, end: int, measure: bool) -> str | None:
        """The noun phrase right behind a unit: '100% cán bộ', '500 tấn gạo', '2 tỷ đồng tiền mặt'."""
        tokens, first = around.tokens, around.token_at(stop)
        if first >= len(tokens) or tokens[first].start >= end or around.text[stop : tokens[first].start].strip():
            return None
        plural = tokens[first].text.lower() in ("các", "những")
        first += plural
        if first >= len(tokens) or tokens[first].start >= end:
            return None
        token, word = tokens[first], tokens[first].text.lower()
        if not word[0].isalpha() or word in _AROUND or token.pos in _FUNCTION - {"L"}:
            return None
        if token.pos not in _HEADS and not (measure or word in self._measures or " " in word):
            return None
        if not plural and (word in self._copulas or word in self._edges or word in ("so", "trở lên")):
            return None
        return self._noun_phrase(around, first, end, None)

    def _activity(self, around: Surroundings, begin: int, stop: int, sentence: tuple[int, int]) -> str | None:
        """What took the years: 'sau 1 năm thực hiện Chỉ thị 05', '127 năm ngày sinh của Bác'."""
        tokens, first = around.tokens, around.token_at(stop)
        if (
            first >= len(tokens)
            or tokens[first].start >= sentence[1]
            or around.text[stop : tokens[first].start].strip()
        ):
            return None
        lead = around.text[max(sentence[0], begin - 12) : begin].lower().split()
        token = tokens[first]
        anniversary = token.text.lower().startswith("ngày")
        if not anniversary and (
            token.pos != "V"
            or not token.text[0].islower()
            or not (not lead or lead[-1].strip('“"') in _OPENING_YEARS or lead[-1] == "kết")
        ):
            return None
        if token.text.lower() in ("qua", "trước", "sau", "nay", "tới", "làm việc", "gần đây", "liên tục"):
            return None
        last = first
        while last < len(tokens) and tokens[last].start < sentence[1] and last - first < _LONGEST:
            word = tokens[last].text.lower()
            if word in ("của", "về", "tại", "ở", "trên", "do", "để") and not anniversary:
                break
            if tokens[last].text == ",":
                if last + 1 >= len(tokens) or tokens[last + 1].pos != "V":
                    break
            elif not tokens[last].text[0].isalnum() and tokens[last].text not in ("-", "/"):
                break
            last += 1
        return around.text[token.start : tokens[last - 1].end] if last > first else None

    def _noun_phrase(self, around: Surroundings, first: int, end: int, counted: Counted | None) -> str | None:
        """The noun phrase that opens at token `first`: nouns, their attributes, and nouns joined to them."""
        tokens, at = around.tokens, first
        start = counted.start if counted else tokens[first].start
        if counted and counted.after > first:
            at = counted.after - 1
        while at < len(tokens) and tokens[at].start < end and at - first < 8:
            if at > first and not self._continues(around, at, end, counted):
                break
            at += 1
        while at > first + 1 and (tokens[at - 1].pos in _FUNCTION or not tokens[at - 1].text[0].isalnum()):
            at -= 1
        stop = max(tokens[at - 1].end if at > first else 0, counted.end if counted else 0)
        return around.text[start:stop].rstrip(' .,;:)”"') or None

    def _continues(self, around: Surroundings, at: int, end: int, counted: Counted | None) -> bool:
        """Whether the token at `at` still belongs to the noun phrase that it follows."""
        tokens = around.tokens
        token, word, previous = tokens[at], tokens[at].text.lower(), tokens[at - 1]
        following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].start < end else None
        if word in (",", "và", "hoặc"):
            if following is None:
                return False
            other = following.text.lower()
            if other not in self._nouns and (following.pos != "N" or not following.text[0].islower()):
                return False
            beyond = tokens[at + 2].text if at + 2 < len(tokens) and tokens[at + 2].start < end else ""
            akin = other in self._nouns or other.split()[0] == previous.text.lower().split()[0]
            return (word != "," or akin) and other not in self._measures and not beyond[:1].isdigit()
        if not token.text[:1].isalpha() or word in self._edges or word in ("này", "đó", "nay", "trong", "số"):
            return False
        if token.pos == "R":
            return word == "đặc biệt" and following is not None and following.pos == "A"
        if counted is not None and not counted.classifier and " " not in around.text[counted.start : counted.end]:
            return token.pos == "N" and " " not in word and previous.end <= counted.end
        if token.pos == "V":
            tight = counted is not None and counted.classifier and previous.end <= counted.end
            measure = previous.text.lower() in self._measures
            return ((tight or measure) and " " in word) or word in (
                "dự",
                "học",
                "thi",
                "mắc",
                "dự thi",
                "tham gia",
                "nghèo",
                "chiếu",
                "sản xuất",
                "thải",
            )
        if token.pos == "A" and " " in word and previous.pos == "A":
            return False
        return token.pos in _NOMINAL and word not in self._copulas

    # What stands before the figure

    def _subject(
        self, around: Surroundings, begin: int, start: int, barrier: int, kind: Kind, linked: bool
    ) -> tuple[str | None, bool]:
        """The phrase before the verb that leads to a figure; True when it shares that of the figure before."""
        tokens = around.tokens
        at = around.token_at(begin) - 1
        if at >= 0 and tokens[at].end > begin:
            linked, at = True, at - 1
        while at >= 0 and tokens[at].start >= max(start, barrier):
            steps = self._link(around, at, linked)
            if not steps:
                break
            linked = linked or tokens[at].text.lower() in self._copulas
            at -= steps
        if at < 0 or tokens[at].start < max(start, barrier):
            return None, True
        if tokens[at].text == "(" and linked:
            return self._clause_head(around, at, start), False
        if tokens[at].text == "(":
            at -= 1
        elif (not tokens[at].text[-1].isalnum() and tokens[at].text not in (")", "%", "”", '"')) or tokens[at].text in (
            "và",
            "hoặc",
        ):
            return None, True
        first = self._region(around, at, max(start, barrier))
        compared = next((i for i in range(first, at + 1) if tokens[i].text.lower() in _COMPARING), None)
        if compared is not None and compared - first > 1:
            at, linked = compared - 1, True
        elif compared is not None and barrier > start:
            return None, True
        head = self._measure_noun(around, first, at + 1)
        if head is None and tokens[first].start >= barrier > start and around.token_at(barrier) >= first - 1:
            beyond = self._region(around, first, start)
            head = self._measure_noun(around, beyond, first)
        if head is not None:
            first, last = head, at + 1
        else:
            first, last = self._narrowed(around, first, at + 1, linked, kind)
        first, last = self._trimmed(around, first, last)
        if first >= last:
            return None, True
        phrase = around.text[tokens[first].start : tokens[last - 1].end]
        return _balanced(phrase) or None, False

    def _clause_head(self, around: Surroundings, at: int, start: int) -> str | None:
        """What the sentence that a bracket at token `at` remarks on begins with, up to its verb group."""
        tokens = around.tokens
        first = last = around.token_at(start)
        while last < at and tokens[last].pos not in ("R", "T") and tokens[last].text.lower() not in self._copulas:
            last += 1
        first, last = self._trimmed(around, first, last)
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

    def _link(self, around: Surroundings, at: int, linked: bool) -> int:
        """How many tokens, the last one at `at`, stand between a subject and its figure."""
        tokens = around.tokens
        token, word = tokens[at], tokens[at].text.lower()
        previous = tokens[at - 1].text.lower() if at else ""
        if word in _TIMELY and previous in _EVERY:
            return 2
        if linked and word in _BASES:
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
            if before is None or before.pos not in ("N", "A", "V") or following.pos not in ("N", "A", "V"):
                return False
            joined = {one.text.lower() for one in tokens[at + 1 : at + 6]} & {"và", "hoặc"}
            twins = before.pos == following.pos and at + 2 < len(tokens) and self._link(around, at + 2, False) > 0
            return word != "," or bool(joined) or twins
        if word in self._edges:
            return False
        return token.text[:1].isalnum() or token.text in ("(", ")", "-", "/", "“", "”", "%", '"', "&")

    def _narrowed(self, around: Surroundings, first: int, last: int, linked: bool, kind: Kind) -> tuple[int, int]:
        """The part of the clause first..last that names the measured thing."""
        tokens = around.tokens
        if linked:
            return first, last
        if kind == "duration":
            at = last
            while at > first and tokens[at - 1].pos in (*_NOMINAL, "V"):
                at -= 1
            verbs = [index for index in range(at, last) if tokens[index].pos == "V"]
            return (verbs[0] if verbs else at, last) if at < last else (first, last)
        end = last
        if tokens[last - 1].pos == "V" and last - first > 1:
            if " " in tokens[last - 1].text or tokens[last - 2].pos not in ("N", "Np", "NP"):
                return last - 1, last
            end = last - 1
        at = end
        while at > first and (tokens[at - 1].pos in (*_NOMINAL, "M") or tokens[at - 1].text in ("của", "-")):
            at -= 1
        return (at, end) if at < end else (first, last)

    def _opens(self, previous: Token) -> bool:
        """Whether a noun phrase may open behind this token."""
        return previous.pos not in ("N", "Nc", "A", "M") or not previous.text[0].isalnum() or previous.text in _BASES

    def _trimmed(self, around: Surroundings, first: int, last: int) -> tuple[int, int]:
        """Without the dates, adverbs and prepositions at either end, and without place and owner if long."""
        tokens = around.tokens
        while first < last and self._is_front(around, tokens[first]):
            first += 1
        for at in range(first + 1, last):
            word = tokens[at].text.lower()
            if (
                (
                    word in _PLACES
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
