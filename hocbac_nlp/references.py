"""References to official documents: Party and State documents with a number or code, and laws by name.

A citation is a type word (`reference_types.tsv`), then a number or code, a plenum or congress, or the name of a
law, then what follows directly: issuer phrase, date, term, in any order. A type word without any of these is
no reference. Nothing is filled in from elsewhere; only `key` joins mentions, see `reference_keys`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hocbac_nlp.dates import fold, read_date
from hocbac_nlp.document import Document, Reference, Token
from hocbac_nlp.issuers import LOCAL_AGENCIES, SESSION, Issuers, alternation
from hocbac_nlp.laws import Laws
from hocbac_nlp.lexicon import Lexicons, Row
from hocbac_nlp.reference_keys import Identity, Keys

_NUMBER = r"\d{1,5}[a-zA-ZđĐ]?(?![\w%])"
# A symbol of a code: capitals, small letters inside ('TTg', 'CTr'), '&'; a glued 'ngày' is not part of it.
_SYMBOL = r"[A-ZĐƯ](?:(?!ngày)[^\W_]|&(?=[A-ZĐ]))*"
_CODE = re.compile(
    rf"(?P<number>\d{{1,6}}[a-zA-ZđĐ]?)(?: ?//? ?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?:(?P<tail>(?: ?[-/.]{{1,2}} ?| )(?P<first>{_SYMBOL})(?:(?:[-/.]{{1,2}}| [-/] ?|[-/] )(?:{_SYMBOL}))*))?"
)
_SMALL_CODE = r"(?P<low>(?:[-/][a-zđ&]{2,12}\d{0,2}){1,3})(?!\w)"
_MARK = re.compile(r",? ?(?:(?i:số(?: hiệu)?|no\.?)(?: ?: ?| +|\.)?(?=\d)|(?=\d))")
_BETWEEN = re.compile(r"(?: [^\W\d_]+,?){1,14}? (?i:số) ?:? ?(?=\d)")
_AND = re.compile(r"(?:, ?| +và +| +hoặc +| +& +)(?:(?i:và|các|số) )*(?:(?i:số) )?(?=\d)")
_PLENUM = re.compile(
    r" (?i:của )?(?i:hội nghị )?(?:(?i:lần thứ )(?P<nth>[^\W_]+) )?"
    r"(?i:(?:ban chấp hành |bch )?(?:trung ương|t\.? ?ư|tw))(?i: đảng)?"
    r"(?:(?i:,? lần thứ)? ?(?P<number>\d{1,2}|[IVX]+)(?!\w)(?: \((?i:lần) \w+\))?)?"
)
_CONGRESS = re.compile(
    r" (?i:đại hội)(?: [^\W\d_]+){0,9}? (?:(?i:lần thứ|khóa|khoá) (?P<nth>[^\W_]+)|(?P<number>[IVXL]+))(?!\w)"
)
_TERM = re.compile(r",? ?(?P<open>\()?(?i:nhiệm kỳ )?(?i:khóa|khoá) (?P<term>[IVXL]+|\d{1,2})(?!\w)(?(open)\))")
_DATE = re.compile(
    r",? ?(?P<open>\()?"
    r"(?:(?i:(?:ban hành |ký |đề )?(?:lúc \d{1,2}(?:h|:| giờ ?)\d{0,2},? )?ngày) ?|(?<=\())(?=\d)"
)
_YEAR = re.compile(r",? ?(?P<open>\()?(?P<word>(?i:năm) )?(?P<year>(?:19|20)\d\d)(?![\d/.-]\d|\w)(?(open)\))")
_MONTH = re.compile(r",? (?i:tháng) (?P<m>\d{1,2})(?:[/.-]| năm )(?P<y>(?:19|20)\d\d)(?!\d)")
_BY = re.compile(r"(?:,? |(?<=\d))(?i:của|do) (?P<joint>(?i:liên (?:bộ|ngành):? )?)")
_ISSUED = re.compile(r" (?i:ban hành|thông qua|ký ban hành|phê duyệt|ký)(?!\w)")
# What may stand behind a number that is the number of a document, when its type word is a common noun too.
_BOUNDARY = re.compile(
    r"$| ?[.,;:!?)\]”\"'»…]"
    r"|(?: -)? (?i:của|do|ngày(?= ?\d)|về|và|quy định|ban hành|có hiệu lực|nêu|hướng dẫn|này)(?!\w)"
)
# A unit or counted noun behind a bare number: 'Nghị quyết 5 năm', 'chỉ thị 3 đơn vị'.
_COUNTED = re.compile(
    r" ?(?:%|(?i:năm(?! (?:19|20)\d\d)|tháng|tuần|ngày(?! \d)|giờ|phút|nghìn|ngàn|triệu|tỷ|tỉ|đồng|người|hộ|"
    r"lần(?! này)|trường hợp|đơn vị|nội dung|vấn đề|nhóm|cơ quan|địa phương|tỉnh|huyện|xã|cá nhân|tổ chức|dự án|bị can)"
    r"(?!\w))"
)
_REVISED = re.compile(r" \((?i:sửa đổi)(?:,? (?i:bổ sung))?\)")
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d")
_ORDINALS = {
    "nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7", "bẩy": "7",
    "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip
_LAWS = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"))


@dataclass(slots=True)
class _Mention:
    """A citation while it is read; offsets into the text."""

    type: str
    start: int
    end: int
    rule: str
    number: str | None = None
    code: str | None = None
    year: str | None = None
    issuer: tuple[int, int] | None = None
    date: str | None = None
    term: str | None = None
    name: str | None = None
    limit: int = 0
    shared: "_Mention | None" = field(default=None, repr=False)


def open(lexicons: Lexicons) -> Callable[[Document], list[Reference]]:
    """Load the lexicons; the function returns the references of a document, in text order, without overlap."""
    grammar = _Grammar(lexicons)
    keys = Keys(lexicons)

    def find(document: Document) -> list[Reference]:
        text = document.text
        folded = fold(text)
        mentions = [
            mention for block in document.kept for mention in grammar.mentions(folded, block.start or 0, block.end or 0)
        ]
        if "tokens" in document:
            words = _Words(document.tokens)
            for mention in mentions:
                grammar.mend(mention, folded, words)
        identities = [grammar.identity(mention, text, keys) for mention in mentions]
        key = keys.resolve(identities)
        return [
            _reference(mention, text, key[identity]) for mention, identity in zip(mentions, identities, strict=True)
        ]

    return find


def _reference(mention: _Mention, text: str, key: str) -> Reference:
    return Reference(
        text=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        type=mention.type,
        number=mention.number,
        code=mention.code,
        issuer=text[slice(*mention.issuer)] if mention.issuer else None,
        date=mention.date,
        term=mention.term,
        name=mention.name,
        key=key,
        rule=mention.rule,
    )


class _Words:
    """The words of the segmentation, by offset."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._starts = [token.start for token in tokens]

    def rest(self, at: int) -> str:
        """What is left of the word that `at` cuts in two; empty when it cuts none."""
        token = self._tokens[found] if (found := bisect_right(self._starts, at - 1) - 1) >= 0 else None
        return token.text[at - token.start :] if token is not None and token.start < at < token.end else ""


class _Grammar:
    """Reads the citations of one block."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.rows("reference_types.tsv")
        self._types: dict[str, Row] = {row["phrase"].lower(): row for row in rows}
        self._issuers = Issuers(lexicons)
        self._laws = Laws(lexicons)
        self._symbols: dict[str, frozenset[str]] = {}
        for row in rows:
            self._symbols[row["type"]] = self._symbols.get(row["type"], frozenset()) | _symbols(row)
        self._all_symbols = frozenset().union(*self._symbols.values())
        self._agency = {row["type"]: row["agency"] for row in rows if row["agency"]}
        by_initial: dict[str, list[str]] = {}
        for phrase in (row["phrase"] for row in rows if not row["phrase"].isupper()):
            by_initial.setdefault(phrase[0], []).append(phrase[1:])
        words = "|".join(
            f"[{initial}{initial.upper()}](?i:{alternation(rests)})" for initial, rests in by_initial.items()
        )
        capitals = alternation([row["phrase"] for row in rows if row["phrase"].isupper()])
        short = alternation(list(self._laws.abbreviations))
        self._head = re.compile(rf"(?<![\w/-])(?:(?P<type>{words}|{capitals})|(?P<short>{short}))(?!\w)")

    def mentions(self, folded: str, start: int, end: int) -> Iterator[_Mention]:
        """The citations between `start` and `end`, in order, without overlap."""
        heads = list(self._head.finditer(folded, start, end))
        done = start
        limits = [*(head.start() for head in heads[1:]), end]
        for head, limit in zip(heads, limits, strict=False):
            if head.start() < done:
                continue
            for mention in self._read(folded, head, limit, end):
                done = mention.end
                mention.limit = limit if limit > done else end
                yield mention

    def _read(self, folded: str, head: re.Match[str], limit: int, end: int) -> list[_Mention]:
        if head["short"]:
            return self._abbreviated_law(folded, head, end)
        row = self._types[" ".join(head["type"].lower().split())]
        mention = _Mention(row["type"], head.start(), head.end(), "reference:number")
        if row["bare"] != "none" or row["type"] == "Luật":
            numbered = self._numbered(folded, mention, row, limit, end)
            if numbered:
                return numbered
        if row["type"] in ("Nghị quyết", "Kết luận") and self._plenum(folded, mention, end):
            self._tails(folded, mention, end)
            return [mention]
        if row["type"] in _LAWS and self._law(folded, mention, end):
            return [mention]
        return []

    # --- number and code ---------------------------------------------------------------------------------

    def _numbered(self, folded: str, mention: _Mention, row: Row, limit: int, end: int) -> list[_Mention]:
        """The citation by number, and the coordinated ones behind it ('Nghị định 24 và 27')."""
        at = mention.end
        if row["type"] == "Luật" and (name_end := self._laws.end(folded, "Luật", mention.start, at + 1, end)):
            mention.name = self._laws.full_name(folded[mention.start : name_end])
            at = name_end
        early = _BY.match(folded, at, end)
        joint = "liên tịch" in mention.type
        if early and (issuer_end := self._issuers.end(folded, early.end(), end, joint)):
            mark = _MARK.match(folded, issuer_end, end)
            if mark and mark.end() > issuer_end + 1 and self._code(folded, mention, row, mark.end(), end):
                mention.issuer = (early.end(), issuer_end)
                self._tails(folded, mention, end)
                return [mention]
        mark = _MARK.match(folded, at, end)
        marked = mark is not None and "s" in mark[0].lower()
        if mark is None or not (mark[0]) or (mention.name and not marked):
            mark = _BETWEEN.match(folded, at, limit)
            if mark is None or not self._code(folded, mention, row, mark.end(), end, own=True):
                return []
        elif not self._code(folded, mention, row, mark.end(), end):
            return []
        first_end = mention.end
        others = self._coordinated(folded, mention, row, end)
        last = others[-1] if others else mention
        self._tails(folded, last, end)
        if not self._believed(folded, mention, row, marked, first_end if not others else None, last, end):
            return []
        for other in [mention, *others][: len(others)]:
            other.shared = last
        return [mention, *others]

    def _code(self, folded: str, mention: _Mention, row: Row, at: int, end: int, own: bool = False) -> bool:
        """Read number and code at `at` into the mention; `own`: the code has to name the mention's type."""
        match = _CODE.match(folded, at, end)
        if match is None:
            return False
        stop = match.end()
        tail = match["tail"]
        known = tail is not None and _fold_symbol(match["first"]) in self._symbols[mention.type]
        spaced = known or _fold_symbol(match["first"] or "") in self._all_symbols
        if tail is not None and (tail[0] == " " or " " in tail) and not spaced:
            # A blank inside a code is believed only in front of the type's own symbol.
            stop = match.start("tail") + (len(tail.split(" ")[0]) if tail[0] != " " else 0)
            if stop == match.start("tail"):
                tail = None
        if tail is None:
            small = re.compile(_SMALL_CODE).match(folded, match.start("tail") if match["tail"] else stop, end)
            if (
                small
                and _fold_symbol(small["low"].lstrip("-/").split("-")[0].split("/")[0]) in self._symbols[mention.type]
            ):
                stop, tail, known = small.end(), small["low"], True
        if own and not self._names_type(mention.type, match["first"]):
            return False
        if tail is None and stop < end and (folded[stop].isalnum() or folded[stop] == "%"):
            return False
        if tail is None and re.compile(r"[.,/-]\d").match(folded, stop, end):
            return False
        mention.number = match["number"]
        mention.year = match["year"]
        mention.end = stop
        mention.rule = "reference:code" if tail else "reference:number"
        mention.code = folded[at:stop] if tail or match["year"] else None
        return True

    def _names_type(self, type_: str, symbol: str | None) -> bool:
        """Whether a symbol is the type's own or begins with it ('QĐHC', 'KHPH')."""
        return symbol is not None and _fold_symbol(symbol).startswith(tuple(self._symbols[type_]))

    def _coordinated(self, folded: str, first: _Mention, row: Row, end: int) -> list[_Mention]:
        """More numbers under the same type word; a bare one only if it is clearly no count."""
        others: list[_Mention] = []
        last = first
        while joint := _AND.match(folded, last.end, end):
            other = _Mention(first.type, joint.end(), joint.end(), "reference:coordinated")
            if not self._code(folded, other, row, joint.end(), end):
                break
            if (other.code is None) != (first.code is None):
                break
            if other.code is None and not _BOUNDARY.match(folded, other.end, end):
                break
            other.rule = "reference:coordinated"
            others.append(other)
            last = other
        return others

    def _believed(
        self, folded: str, mention: _Mention, row: Row, marked: bool, bare_end: int | None, last: _Mention, end: int
    ) -> bool:
        """Whether the number is a document's number and no count."""
        bare = row["bare"]
        if mention.rule == "reference:code":
            return True
        told = bool(last.issuer or last.date or last.term or mention.name)
        if bare == "code":
            return marked and told
        if marked:
            return True
        if bare == "numbered":
            return False
        if mention.code is None and _YEAR_NUMBER.fullmatch(mention.number or "") and bare == "marked":
            return False
        if mention.year is not None:
            return bare == "number" or told or int(mention.number or 0) > 12
        capital = folded[mention.start].isupper()
        if bare == "number":
            padded = (mention.number or "").startswith("0")
            return padded or told or bare_end is None or not _COUNTED.match(folded, bare_end, end)
        if not capital and not (mention.number or "").startswith("0"):
            return bool(last.issuer and last.date)
        return told or bare_end is None or bool(_BOUNDARY.match(folded, bare_end, end))

    # --- plenums, congresses, laws -------------------------------------------------------------------------

    def _plenum(self, folded: str, mention: _Mention, end: int) -> bool:
        """'Nghị quyết Trung ương 4 (khóa XII)', 'Nghị quyết Đại hội XIII của Đảng'."""
        match = _PLENUM.match(folded, mention.end, end)
        if match and (match["nth"] or match["number"]):
            nth = match["number"] or _ORDINALS.get(match["nth"].lower(), match["nth"])
            mention.number, mention.rule = nth, "reference:plenum"
            mention.end = match.end()
            return True
        match = _CONGRESS.match(folded, mention.end, end)
        if match:
            mention.term, mention.rule = match["number"] or match["nth"], "reference:congress"
            mention.name = folded[mention.start : match.end()]
            mention.end = match.end()
            return True
        return False

    def _law(self, folded: str, mention: _Mention, end: int) -> bool:
        """'Luật Đất đai 2013', 'Bộ luật Hình sự', 'Hiến pháp năm 2013'."""
        if mention.type != "Hiến pháp":
            blank = mention.end + 1
            stop = self._laws.end(folded, mention.type, mention.start, blank, end)
            if stop is None:
                return False
            mention.end = stop
            mention.name = self._laws.full_name(folded[mention.start : mention.end])
        else:
            mention.name = mention.type
        mention.rule = "law_names"
        if revised := _REVISED.match(folded, mention.end, end):
            mention.end = revised.end()
        self._tails(folded, mention, end)
        return mention.type != "Hiến pháp" or mention.date is not None

    def _abbreviated_law(self, folded: str, head: re.Match[str], end: int) -> list[_Mention]:
        """'BLHS 2015'."""
        type_, name = self._laws.abbreviations[head["short"]]
        mention = _Mention(type_, head.start(), head.end(), "law_names", name=f"{type_} {name}")
        self._tails(folded, mention, end)
        return [mention]

    # --- what follows ------------------------------------------------------------------------------------

    def _tails(self, folded: str, mention: _Mention, end: int) -> None:
        """Issuer, date and term directly behind, each at most once, in any order."""
        law = mention.type in _LAWS
        for _ in range(4):
            at = mention.end
            if mention.term is None and (match := _TERM.match(folded, at, end)):
                mention.term, mention.end = match["term"], match.end()
            elif mention.date is None and (dated := self._date(folded, at, end, law)):
                mention.date, mention.end = dated
            elif folded[at : at + 1] in (" ", ",") and (plenum := SESSION.match(folded, _skip(folded, at), end)):
                mention.end = plenum.end()
            elif mention.issuer is None and (found := self._issuer(folded, mention, at, end)):
                mention.issuer, mention.end = found
            else:
                return

    def _date(self, folded: str, at: int, end: int, law: bool) -> tuple[str, int] | None:
        match = _DATE.match(folded, at, end)
        if match and (day := read_date(folded, match.end(), end)):
            point, stop = day
            if match["open"]:
                if not folded.startswith(")", stop):
                    return None
                stop += 1
            return point.iso, stop
        match = _MONTH.match(folded, at, end)
        if match and 1 <= int(match["m"]) <= 12:
            return f"{match['y']}-{int(match['m']):02}", match.end()
        match = _YEAR.match(folded, at, end)
        if match and (law or match["word"] or match["open"]):
            return match["year"], match.end()
        return None

    def _issuer(self, folded: str, mention: _Mention, at: int, end: int) -> tuple[tuple[int, int], int] | None:
        match = _BY.match(folded, at, end)
        if match:
            joint = bool(match["joint"]) or "liên tịch" in mention.type
            stop = self._issuers.end(folded, match.start("joint") if match["joint"] else match.end(), end, joint)
            start = match.start("joint")
            if stop is None:
                return None
            issued = _ISSUED.match(folded, stop, end)
            if "do" in match[0].lower().split() and not issued:
                return None
            if issued and "do" in match[0].lower().split():
                return (start, stop), issued.end()
            return (start, stop), stop
        if folded.startswith(" ", at) and (stop := self._issuers.beside(folded, at + 1, end)):
            return (at + 1, stop), stop
        return None

    def mend(self, mention: _Mention, folded: str, words: _Words) -> None:
        """Let an issuer that ends inside a word, and its mention with it, end where the word does."""
        if mention.issuer is None or mention.issuer[1] != mention.end:
            return
        rest = words.rest(mention.end)
        if rest.startswith(" ") and rest.islower():
            mention.end = self._issuers.word_end(folded, rest, mention.end, mention.limit)
            mention.issuer = (mention.issuer[0], mention.end)

    # --- identity ----------------------------------------------------------------------------------------

    def identity(self, mention: _Mention, text: str, keys: Keys) -> Identity:
        """What the mention says about which document it is."""
        source = mention.shared or mention
        agency = self._agency.get(mention.type)
        owner: str | None = None
        if source.issuer:
            issuer = self._issuers.agency(fold(text[slice(*source.issuer)]))
            agency, owner = agency or issuer.symbol, issuer.owner
        date = mention.date or source.date
        year = mention.year or (date[:4] if date and not date.startswith("-") else None)
        term = mention.term or source.term
        number = (mention.number or "").lstrip("0")
        if mention.code and (symbol := self._code_agency(mention)):
            agency = symbol
        if mention.rule == "reference:plenum":
            return Identity(mention.type, f"Trung ương {number}", "TW", None, term, None)
        if mention.rule == "reference:congress":
            local = re.search(r"(?i:đại hội.* (đảng bộ .*?)(?: lần| khóa| khoá|$))", mention.name or "")
            return Identity(mention.type, "Đại hội", local[1] if local else "TW", None, term, None)
        if mention.name:
            name = " ".join(mention.name.split()).casefold()
            return Identity(name[0].upper() + name[1:], "", None, None, None, year)
        if agency is not None and agency not in LOCAL_AGENCIES:
            owner = self._issuers.seat(owner) if owner and mention.code else None
        if agency in ("TW", "VPTW"):
            term, year = term or (keys.term(date) if date and date[0] != "-" else None), None
        return Identity(mention.type, number, agency, owner, term, year)

    def _code_agency(self, mention: _Mention) -> str | None:
        """The agency in a code: '05-CT/TW' -> 'TW', '30/2020/NĐ-CP' -> 'CP', '612/UBND-TNMT' -> 'UBND-TNMT'."""
        groups = [group for group in re.split(r"[ /.-]+", mention.code or "")[1:] if group and not group.isdigit()]
        if groups and _fold_symbol(groups[0]) in self._symbols[mention.type]:
            groups = groups[1:]
        symbol = "-".join(groups).replace("&", "")
        assembly = re.fullmatch(r"(UBTVQH|QH)\d+", symbol)
        return (assembly[1] if assembly else symbol) or None


def _skip(folded: str, at: int) -> int:
    """Past a comma and a blank."""
    return at + (2 if folded.startswith(", ", at) else 1)


def _symbols(row: Row) -> frozenset[str]:
    return frozenset(_fold_symbol(symbol) for symbol in row["symbols"].split(",") if symbol)


def _fold_symbol(symbol: str) -> str:
    """A symbol without case and without the stroke of Đ, which texts often drop."""
    return symbol.upper().replace("Đ", "D")
