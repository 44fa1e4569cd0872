"""What the document as a whole says about the mentions that one block leaves open."""

import itertools
import re

from hocbac_nlp.document import Label
from hocbac_nlp.naming.grammar import Grammar
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.people import is_foreign_run
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, TITLE, UPPER, Syllables, is_vietnamese, key, keys

_HUMAN = keys("nói kể cười đáp ghi sút đánh ấn kiến sinh bật dứt tung hát viết nhớ")
_AGENTS = keys("trên của với theo tại do từ cho và là gồm như bởi hãng giữa cùng")
_WHERE = keys("ở tại đến về từ qua sang tới vào sân tỉnh phố khách")
_BEATEN = keys("thua thắng hạ bại gặp tiếp hòa giúp cầm")
_BEATS = keys("thắng thua hòa dẫn nhấn gỡ")
_WHERE_TO = keys("ở tại đến sang tới")
_OF = key("của")
_AND = key("và")
_NAME_PREFIXES = ("Mc", "Mac", "De", "Di", "La", "Le", "O'", "O’", "D'", "D’")
_BIRTH_ORDER = keys("hai ba tư năm sáu bảy tám chín mười út")
_PLACE_LIKE = keys(
    "an bình hòa phú tân long mỹ thạnh phước lộc vĩnh xuân sơn hưng thành đông tây nam bắc trung thượng hạ hải"
    " giang hà lâm thủy kim đại yên ninh khánh quảng thái châu thịnh lợi thuận hội khê phong lập trạch mai thọ"
    " lương quang đức nghĩa điền phúc hợp cường tiến minh thắng lĩnh hậu đô trung xá la thạch hiệp tường tiên"
)
_SPORTS = ("HLV", "V-League", "V.League", "bàn thắng", "ghi bàn", "trận đấu", "CLB", "cầu thủ", "vòng đấu", "tỷ số")
_STOCKS = ("cổ phiếu", "chứng khoán", "HoSE", "HOSE")


def resolve(mentions: list[Mention], grammar: Grammar) -> list[Mention]:
    """The mentions that are entities, each with its label.

    Open ones are decided by the same words elsewhere in the document, by a full name that ends with them, by
    a bracket that explains an abbreviation, by the names they are coordinated with, by the words before and
    behind them, and by their shape.
    """
    document = _Memory(mentions, grammar)
    for at, one in enumerate(mentions):
        if one.label == "LOC":
            document.recast(one)
        elif one.label == "PER":
            document.recast_brand(one)
        if one.label is None:
            before = mentions[at - 1] if at else None
            after = mentions[at + 1] if at + 1 < len(mentions) else None
            document.decide(one, before, after)
    for one, other in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        listed = other.cue == "list" or (other.label == "ORG" and _is_abbreviation(one) and _joined(one, other))
        if one.label is None and other.label is not None and listed and _fits(one, other.label):
            one.label, one.rule = other.label, "coordination"
    return [one for one in mentions if one.label is not None and document.stands(one)]


class _Memory:
    """What the sure mentions of a document have decided."""

    def __init__(self, mentions: list[Mention], grammar: Grammar) -> None:
        self.grammar = grammar
        self.same: dict[tuple[str, ...], Mention] = {}
        self.short: dict[tuple[str, ...], Mention] = {}
        self.brands: dict[tuple[str, ...], Mention] = {}
        self.heads: set[str] = set()
        for one in mentions:
            if one.label is not None and one.sure:
                self._remember(one)
        self._foresee(mentions)
        self._explain(mentions)
        source = mentions[0].block.source if mentions else ""
        self.sports = sum(word in source for word in _SPORTS) >= 3
        self.clubs = self._clubs(mentions) if self.sports else {}
        self.stocks = any(word in source for word in _STOCKS)

    def _foresee(self, mentions: list[Mention]) -> None:
        """Note the parts of open names that begin with a surname, for the short mentions before them."""
        for one in mentions:
            waits = one.label is None and one.cue not in ("opens", "word") and 2 <= len(one.keys) <= 3
            if waits and self._reads_as_name(one) and any(not is_vietnamese(part) for part in one.keys):
                self.short.setdefault(one.keys[:1], one)
                self.short.setdefault(one.keys[-1:], one)

    def _clubs(self, mentions: list[Mention]) -> dict[tuple[str, ...], Mention]:
        """Clubs by the place that closes their name: in a sports report the place alone is the club."""
        clubs: dict[tuple[str, ...], Mention] = {}
        for one in mentions:
            if one.label != "ORG" or one.body is None or one.body.tail not in ("name", "named"):
                continue
            for size in range(2, min(len(one.keys), 4)):
                place = self.grammar.places.names.longest(one.block, one.end - size)
                if place is not None and place[0] == one.end and place[1][0] != "country":
                    clubs.setdefault(one.keys[-size:], one)
        return clubs

    def recast(self, one: Mention) -> None:
        """A bare place name that is the short name of a club in a sports report is the club."""
        block, at = one.block, one.start
        bare = one.label == "LOC" and one.place is not None and one.place.name == at
        somewhere = at > 0 and block.spaced[at] and block.key[at - 1] in _WHERE
        country = one.place is not None and one.place.level == "country"
        if bare and len(one.keys) == 1 and one.keys in self.short and not country and not somewhere:
            one.label, one.rule, one.place = "PER", "document:short", None
        elif bare and not somewhere and (one.keys in self.clubs or (self.sports and _plays(one))):
            one.label, one.rule, one.place = "ORG", "document:club", None
            one.full = self.clubs.get(one.keys)

    def recast_brand(self, one: Mention) -> None:
        """One foreign word behind a post that a company is named after is the company ('nhà sáng lập Farmi')."""
        if one.cue in ("post", "weak title") and one.keys in self.brands:
            one.label, one.rule, one.full = "ORG", "document:same", self.brands[one.keys]

    def _remember(self, one: Mention) -> None:
        if one.label == "PER" and len(one.keys) == 1 and one.cue == "post":
            return
        self.same.setdefault(one.keys, one)
        if one.label == "PER" and len(one.keys) > 1 and is_foreign_run(one.block, one.start, one.end):
            self.short.setdefault(one.keys[:1], one)
        if one.label == "PER":
            for size in range(1, len(one.keys)):
                self.short.setdefault(one.keys[-size:], one)
        if one.place is not None and one.place.name > one.place.start:
            self.same.setdefault(tuple(one.block.key[one.place.name : one.end]), one)
        if one.body is not None and not one.body.bare:
            self.heads.add(one.body.head)
            self.heads.add(one.body.head.split()[0])
            if one.body.tail == "named":
                self._remember_brand(one)

    def _remember_brand(self, one: Mention) -> None:
        """The proper name that closes a company's name is the company again ('Lam Giang')."""
        block, start = one.block, one.end
        while start > one.start and block.shape[start - 1] == TITLE and block.spaced[start - 1]:
            start -= 1
        brand = tuple(block.key[start : one.end])
        last = one.end - 1
        if (
            last > one.start
            and block.is_capital(last)
            and len(block.text[last]) > 2
            and not is_vietnamese(block.key[last])
        ):
            self.brands.setdefault(one.keys[-1:], one)
            self.same.setdefault(one.keys[-1:], one)
        for size in range(2, min(len(brand), 4) + 1):
            if self.grammar.places.names.longest(block, one.end - size) is None:
                self.same.setdefault(brand[-size:], one)

    def _explain(self, mentions: list[Mention]) -> None:
        """Abbreviations explained in brackets, before or behind the full name, are bodies."""
        for one, other in itertools.pairwise(mentions):
            if other.block is not one.block or other.start != one.end:
                continue
            if "(" not in one.block.gap[other.start] or len(one.block.gap[other.start].strip()) > 1:
                continue
            full, short = (one, other) if one.label == "ORG" else (other, one)
            if full.label == "ORG" and short.label is None and _is_abbreviation(short):
                short.label, short.rule, short.sure = "ORG", "explained", True
                self._remember(short)

    def stands(self, one: Mention) -> bool:
        """Whether a decided mention is an entity: a head alone needs its full form in the document."""
        if one.sure or one.body is None:
            return True
        return one.body.head in self.heads

    def decide(self, one: Mention, before: Mention | None, after: Mention | None) -> None:
        """Label an open mention, if something decides it."""
        self._trim(one)
        same = self.same.get(one.keys)
        full = self.short.get(one.keys)
        if same is not None and full is not None and same.label == "LOC" and not _stands_in_place(one):
            same = None
        if same is not None and (one.cue not in ("opens", "word") or one.end - one.start == 1):
            one.place = same.place if same.label == "LOC" else None
            one.full = same if same.keys != one.keys else None
            self._label(one, same.label or "ORG", "document:same")
        elif full is not None and one.block.shape[one.start] == TITLE:
            self._label(one, "PER", "document:short")
        elif one.cue == "opens" and self._is_ticker(one):
            self._label(one, "ORG", "ticker")
        elif one.cue in ("opens", "word") or self._is_head(one.block, one.start) or _is_mark(one):
            return
        elif self._is_company(one, before):
            self._label(one, "ORG", "org_suffixes" if self._is_suffixed(one) else "foreign_name")
        elif self._is_branch(one):
            self._label(one, "ORG", "brand_place")
        elif one.cue == "list" and before is not None and before.label is not None and _fits(one, before.label):
            self._label(one, before.label, "coordination")
        elif after is not None and _is_bracketed_place(one, after):
            self._by_country(one)
        elif not one.start or one.block.shape[one.start - 1] != NUMBER or not one.block.spaced[one.start]:
            self._by_shape(one)

    def _trim(self, one: Mention) -> None:
        """Leave out a sentence's first word before the short name of a person ('Nghe Cở đọc thư')."""
        opens = one.end - one.start == 2 and one.block.opens[one.start] and one.keys not in self.same
        if opens and one.keys[1:] in self.short and one.keys[0] not in self.grammar.people.given:
            one.start += 1
            one.keys = one.keys[1:]
            one.cue = ""

    def _is_suffixed(self, one: Mention) -> bool:
        return one.end - one.start >= 2 and one.block.key[one.end - 1] in self.grammar.suffixes

    def _is_company(self, one: Mention, before: Mention | None) -> bool:
        """Whether a foreign run ends like a company, is spelled like one, or is whom a person works for."""
        block, start, end = one.block, one.start, one.end
        if self._is_suffixed(one) or (end - start >= 2 and block.key[start] == "the"):
            return True
        if not is_foreign_run(block, start, end):
            return False
        if self._is_called_company(one):
            return True
        if end - start < 2:
            return False
        employed = before is not None and before.label == "PER" and before.block is block and before.end == start - 1
        if employed and block.key[start - 1] == _OF:
            return True
        return any(_is_trademark(block.text[k], block.shape[k]) for k in range(start, end))

    def _is_called_company(self, one: Mention) -> bool:
        """Whether a comma and a company's cue follow ('Farmi, startup …')."""
        block, end = one.block, one.end
        if end >= len(block) or block.gap[end].strip() != "," or block.key[end] not in self.grammar.companies:
            return False
        return self.grammar.companies.longest(block, end) is not None

    def _is_branch(self, one: Mention) -> bool:
        """Whether a brand or an abbreviation stands before a known place ('Herbalife Việt Nam', 'HA Gia Lai')."""
        block, start, end = one.block, one.start, one.end
        for at in range(start + 1, min(end, start + 4)):
            place = self.grammar.places.names.longest(block, at)
            if place is not None and not place[1][1]:
                further = self.grammar.places.names.longest(block, place[0]) if place[0] < end else place
                brand = all(block.shape[k] != TITLE or not is_vietnamese(block.key[k]) for k in range(start, at))
                return brand and further is not None and further[0] == end and len(block.text[start]) > 1
        return False

    def _by_country(self, one: Mention) -> None:
        """A name explained by the unit or country in brackets: a place, or a foreign company or athlete."""
        block, start, end = one.block, one.start, one.end
        foreign = is_foreign_run(block, start, end)
        if one.cue == "place" or (end - start >= 2 and not foreign):
            self._label(one, "LOC", "place_bracket")
        elif foreign and end - start >= 2:
            self._label(one, "PER" if self.sports else "ORG", "place_bracket")
        else:
            self._by_shape(one)

    def _by_shape(self, one: Mention) -> None:
        block, start, end = one.block, one.start, one.end
        size = end - start
        before = block.key[start - 1] if start and block.spaced[start] else ""
        after = block.key[end] if end < len(block) and block.spaced[end] else ""
        if one.cue == "company" and (size > 1 or self._may_be_brand(one)):
            self._label(one, "ORG", "company_cues")
        elif block.key[start] in self.grammar.prefixes and size >= 2:
            self._label(one, "LOC", "place_prefixes")
        elif size >= 2 and block.key[end - 1] in self.grammar.suffixes:
            self._label(one, "ORG", "org_suffixes")
        elif one.cue == "place" and size >= 2 and (before in _WHERE_TO or not is_foreign_run(block, start, end)):
            self._label(one, "LOC", "place_preposition")
        elif size == 2 and self._reads_as_given_name(one):
            self._label(one, "PER", "given_names")
        elif size == 1 and len(block.text[start]) == 1:
            if block.gap_after(start).startswith(".") and before in _AGENTS:
                self._label(one, "PER", "initial")
        elif size == 1 and block.shape[start] == UPPER:
            if self._is_ticker(one):
                self._label(one, "ORG", "ticker")
            elif len(block.text[start]) >= 3 and before in _AGENTS:
                self._label(one, "ORG", "abbreviation")
        elif size == 1 and block.shape[start] == MIXED and not self._reads_as_name(one):
            self._label(one, "ORG", "mixed_case")
        elif self._reads_as_name(one):
            self._label(one, "PER", "surnames")
        elif size == 2 and block.key[start] in _BIRTH_ORDER:
            self._label(one, "PER", "birth_order")
        elif 2 <= size <= 4 and not is_foreign_run(block, start, end):
            if one.cue == "" and not block.opens[start] and _tag_before(block, start) == "N":
                self._label(one, "LOC", "place_noun")
        elif is_foreign_run(block, start, end):
            if size == 1 and end < len(block) and block.shape[end] == NUMBER and block.gap[end].strip() in ("", "-"):
                return
            if size >= 2 and all(block.shape[k] in (TITLE, LOWER) for k in range(start, end)):
                self._label(one, "PER", "foreign_name")
            elif size == 1 and one.cue == "place" and before in _WHERE_TO:
                self._label(one, "LOC", "place_preposition")
            elif size == 1 and (
                after in _HUMAN or (self.sports and before not in _WHERE and _tag_before(block, start) != "N")
            ):
                self._label(one, "PER", "foreign_name")
            elif size == 1 and (before in _AGENTS or (after and _tag_before(block, start) not in ("N", "Np"))):
                self._label(one, "ORG", "foreign_name")

    def _may_be_brand(self, one: Mention) -> bool:
        """Whether one capitalised word behind a company's cue is more than a sentence's first word."""
        return len(one.text) > 1 and one.keys[0] not in self.grammar.openers

    def _reads_as_name(self, one: Mention) -> bool:
        """A surname and one syllable or two, no place before or behind; or a highland name's first part."""
        people, size = self.grammar.people, one.end - one.start
        if one.text[1:2] in ("'", "’") and one.text[0] in "KH":
            return True
        if size == 2 and one.keys[0] in ("y", "a"):
            return True
        common = people.surnames.get(one.keys[0])
        if one.block.shape[one.start] == UPPER and one.block.shape[one.end - 1] == TITLE:
            return False
        return (common is False and size == 2) or (common is not None and size == 3)

    def _is_ticker(self, one: Mention) -> bool:
        """Three capitals in a report on the stock market."""
        text = one.text
        return self.stocks and len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()

    def _is_head(self, block: Syllables, at: int) -> bool:
        return self.grammar.bodies.heads.longest(block, at) is not None

    def _reads_as_given_name(self, one: Mention) -> bool:
        """Two given-name syllables, the last of them rare in place names ('Mỹ Linh', 'Thu Trang')."""
        given = self.grammar.people.given
        return all(k in given for k in one.keys) and (self.sports or one.keys[-1] not in _PLACE_LIKE)

    def _label(self, one: Mention, label: Label, rule: str) -> None:
        one.label, one.rule, one.sure = label, rule, True
        self.same.setdefault(one.keys, one)
        if rule == "org_suffixes":
            self.same.setdefault(one.keys[:-1], one)


def _tag_before(block: Syllables, at: int) -> str:
    """The tag of the word right before syllable `at`, or an empty string."""
    if not at or not block.spaced[at]:
        return ""
    word = at - 1
    while word and not block.word_end[word]:
        word -= 1
    return block.tag[word]


def _plays(one: Mention) -> bool:
    """Whether a city or province wins, loses or is played against."""
    block, start, end = one.block, one.start, one.end
    if one.place is None or one.place.level not in ("city", "province", "town"):
        return False
    before = block.key[start - 1] if start and block.spaced[start] else ""
    after = block.key[end] if end < len(block) and block.spaced[end] else ""
    return before in _BEATEN or after in _BEATS


def _stands_in_place(one: Mention) -> bool:
    """Whether a preposition or a noun of place stands right before."""
    block, at = one.block, one.start
    return at > 0 and block.spaced[at] and block.key[at - 1] in _WHERE


def _is_mark(one: Mention) -> bool:
    """Whether a kilometre stone or a code stands there ('Km156', 'K54')."""
    return one.end - one.start == 1 and re.match(r"(?:Km|KM|[A-Z])\d", one.text) is not None


def _is_trademark(word: str, shape: int) -> bool:
    """Whether a word of several letters is spelled as no person's name is ('AeroSystems', 'EADS', not 'McKinley')."""
    return shape in (MIXED, UPPER) and len(word) > 2 and word.isalpha() and not word.startswith(_NAME_PREFIXES)


def _is_bracketed_place(one: Mention, after: Mention) -> bool:
    """Whether the unit that a place lies in follows in brackets ('Hướng Linh (Quảng Trị)')."""
    block = one.block
    if after.block is not block or after.label != "LOC" or after.start != one.end:
        return False
    return block.gap[after.start].strip() == "("


def _is_abbreviation(one: Mention) -> bool:
    block = one.block
    return one.end - one.start <= 2 and all(block.shape[k] in (UPPER, MIXED) for k in range(one.start, one.end))


def _joined(one: Mention, other: Mention) -> bool:
    """Whether only a comma or 'và' stands between two mentions."""
    block = one.block
    if block is not other.block or other.start - one.end > 1 or other.start < one.end:
        return False
    if other.start == one.end:
        return block.gap[one.end].strip() == ","
    return block.key[one.end] == _AND and block.spaced[one.end] and block.spaced[other.start]


def _fits(one: Mention, label: Label) -> bool:
    """Whether a capitalised run may be of the kind of the name it is coordinated with."""
    size = one.end - one.start
    if one.block.shape[one.start] == LOWER or (size == 1 and len(one.block.text[one.start]) == 1):
        return False
    return size >= 2 or label != "PER" if size < 5 else False
