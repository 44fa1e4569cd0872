"""The grammar of citations: a type word, what names the document, and what follows directly.

What names it is a number or code, a plenum or congress of the Party, or the name of a law. Issuer phrase, date
and term may follow, in any order; the issuer may also stand before the number. All offsets count in the folded
text (see `dates.fold`), which are those of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hocbac_nlp.citing.document_types import Code, DocumentTypes, Kind
from hocbac_nlp.citing.issuers import SESSION, Issuers, alternation
from hocbac_nlp.citing.law_names import Laws
from hocbac_nlp.timing.dates import read_date

_MARK = re.compile(r",? ?(?:(?P<so>(?i:số(?: hiệu)?|no\.?))(?: ?: ?| +|\.)?(?=\d)|(?=\d))")
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
_ORDINALS = {
    "nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7", "bẩy": "7",
    "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip
_REVISED = re.compile(r" \((?i:sửa đổi)(?:,? (?i:bổ sung))?\)")

_TERM = re.compile(r",? ?(?P<open>\()?(?i:nhiệm kỳ )?(?i:khóa|khoá) (?P<term>[IVXL]+|\d{1,2})(?!\w)(?(open)\))")
_DATE = re.compile(
    r",? ?(?P<open>\()?"
    r"(?:(?i:(?:ban hành |ký |đề )?(?:lúc \d{1,2}(?:h|:| giờ ?)\d{0,2},? )?ngày) ?|(?<=\())(?=\d)"
)
_MONTH = re.compile(r",? (?i:tháng) (?P<month>0?[1-9]|1[0-2])(?:[/.-]| năm )(?P<year>(?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r",? ?(?P<open>\()?(?P<word>(?i:năm) )?(?P<year>(?:19|20)\d\d)(?![\d/.-]\d|\w)(?(open)\))")
_BY = re.compile(r"(?:,? |(?<=\d))(?:(?i:của)|(?P<do>(?i:do))) (?P<joint>(?i:liên (?:bộ|ngành):? ))?")
_ISSUED = re.compile(r" (?i:ký ban hành|ban hành|thông qua|phê duyệt|ký)(?!\w)")

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
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d")

PLENUM, CONGRESS, LAW = "reference:plenum", "reference:congress", "law_names"
_BESIDE_SESSION = re.compile(rf",? {SESSION}")
_LAWS = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"))


@dataclass(slots=True)
class Citation:
    """A citation from `start` to `end`; `issuer` is a span, `date` an ISO value, `shared` the last of its list.

    `limit` is how far it could reach: the next type word, or the end of the block.
    """

    kind: Kind
    start: int
    end: int
    rule: str
    limit: int = 0
    code: Code | None = None
    number: str | None = None
    issuer: tuple[int, int] | None = None
    date: str | None = None
    term: str | None = None
    name: str | None = None
    shared: "Citation | None" = None

    @property
    def type(self) -> str:
        """The document's type."""
        return self.kind.type


class Citations:
    """Reads the citations of a block."""

    def __init__(self, types: DocumentTypes, issuers: Issuers, laws: Laws) -> None:
        self._types, self._issuers, self._laws = types, issuers, laws
        short = alternation(list(laws.abbreviations))
        self._head = re.compile(rf"(?<![\w/-])(?:(?P<type>{types.pattern})|(?P<short>{short}))(?!\w)")

    def read(self, folded: str, start: int, end: int) -> Iterator[Citation]:
        """The citations between `start` and `end`, in order, without overlap."""
        heads = list(self._head.finditer(folded, start, end))
        limits = [*(head.start() for head in heads[1:]), end]
        done = start
        for head, limit in zip(heads, limits, strict=False):
            if head.start() < done:
                continue
            for citation in self._at(folded, head, limit, end):
                done = citation.end
                citation.limit = limit if limit > done else end
                yield citation

    def _at(self, folded: str, head: re.Match[str], limit: int, end: int) -> list[Citation]:
        if head["short"]:
            type_, name = self._laws.abbreviations[head["short"]]
            law = Citation(self._types.kind(type_), head.start(), head.end(), LAW, name=f"{type_} {name}")
            self._follow(folded, law, end)
            return [law]
        kind = self._types.kind(head["type"])
        citation = Citation(kind, head.start(), head.end(), "reference:number")
        numbered = self._numbered(folded, citation, limit, end) if kind.bare != "name" else []
        if numbered:
            return numbered
        if kind.type in ("Nghị quyết", "Kết luận") and self._session(folded, citation, end):
            return [citation]
        if kind.type in _LAWS and self._law(folded, citation, end):
            return [citation]
        return []

    # --- number and code ---------------------------------------------------------------------------------

    def _numbered(self, folded: str, citation: Citation, limit: int, end: int) -> list[Citation]:
        """The citation by number, and the coordinated ones behind it ('Nghị định 24 và 27')."""
        at = citation.end
        law = citation.type == "Luật" and self._laws.end(folded, "Luật", citation.start, at + 1, end)
        if law:
            citation.name = self._laws.full_name(folded[citation.start : law])
            at = law
        if self._issued_before(folded, citation, at, end):
            return [citation]
        mark = _MARK.match(folded, at, end)
        marked = mark is not None and mark["so"] is not None
        if mark is not None and mark[0] and (marked or not law):
            code = self._types.code(folded, citation.type, mark.end(), end)
        elif (mark := _BETWEEN.match(folded, at, limit)) is not None:
            code = self._types.code(folded, citation.type, mark.end(), end, named=True)
        else:
            code = None
        if code is None:
            return []
        _take(citation, code)
        others = self._coordinated(folded, citation, code, end)
        last = others[-1] if others else citation
        self._follow(folded, last, end)
        told = bool(last.issuer or last.date or last.term or citation.name)
        if not code.lettered and not self._believed(folded, citation, code, marked, told, bool(others), end):
            return []
        for one in [citation, *others][: len(others)]:
            one.shared = last
        return [citation, *others]

    def _issued_before(self, folded: str, citation: Citation, at: int, end: int) -> bool:
        """'Nghị quyết của Quốc hội số 43/2022/QH15'."""
        by = _BY.match(folded, at, end)
        stop = self._issuers.end(folded, by.end(), end, "liên tịch" in citation.type) if by else None
        mark = _MARK.match(folded, stop, end) if stop else None
        if by is None or stop is None or mark is None or mark["so"] is None:
            return False
        code = self._types.code(folded, citation.type, mark.end(), end)
        if code is None:
            return False
        _take(citation, code)
        citation.issuer = (by.end(), stop)
        self._follow(folded, citation, end)
        return True

    def _coordinated(self, folded: str, first: Citation, code: Code, end: int) -> list[Citation]:
        """More numbers under the same type word; a bare one only if it is clearly no count."""
        others: list[Citation] = []
        at = first.end
        while joint := _AND.match(folded, at, end):
            more = self._types.code(folded, first.type, joint.end(), end)
            if more is None or more.whole != code.whole:
                break
            if not more.whole and not _BOUNDARY.match(folded, more.end, end):
                break
            others.append(Citation(first.kind, joint.end(), joint.end(), ""))
            _take(others[-1], more)
            others[-1].rule = "reference:coordinated"
            at = more.end
        return others

    def _believed(
        self, folded: str, citation: Citation, code: Code, marked: bool, told: bool, listed: bool, end: int
    ) -> bool:
        """Whether a number without symbols is a document's number and no count."""
        bare = citation.kind.bare
        if bare == "code":
            return marked and told
        if marked or bare in ("numbered", "name"):
            return marked
        if code.year is not None:
            return bare == "number" or told or int(re.match(r"\d+", code.number)[0]) > 12  # type: ignore[index]
        padded = code.number.startswith("0")
        if bare == "number":
            return padded or told or listed or not _COUNTED.match(folded, code.end, end)
        if _YEAR_NUMBER.fullmatch(code.number):
            return False
        if not folded[citation.start].isupper() and not padded:
            return citation.issuer is not None and citation.date is not None
        return told or listed or bool(_BOUNDARY.match(folded, code.end, end))

    # --- plenums, congresses, laws -------------------------------------------------------------------------

    def _session(self, folded: str, citation: Citation, end: int) -> bool:
        """'Nghị quyết Trung ương 4 (khóa XII)', 'Nghị quyết Đại hội XIII của Đảng'."""
        match = _PLENUM.match(folded, citation.end, end)
        if match and (match["nth"] or match["number"]):
            nth = match["number"] or _ORDINALS.get(match["nth"].lower(), match["nth"])
            citation.number, citation.rule, citation.end = nth, PLENUM, match.end()
        elif match := _CONGRESS.match(folded, citation.end, end):
            citation.term, citation.rule, citation.end = match["number"] or match["nth"], CONGRESS, match.end()
            citation.name = folded[citation.start : match.end()]
        else:
            return False
        self._follow(folded, citation, end)
        return True

    def _law(self, folded: str, citation: Citation, end: int) -> bool:
        """'Luật Đất đai 2013', 'Bộ luật Hình sự', 'Hiến pháp năm 2013'."""
        citation.name, citation.rule = citation.type, LAW
        if citation.type != "Hiến pháp":
            stop = self._laws.end(folded, citation.type, citation.start, citation.end + 1, end)
            if stop is None:
                return False
            citation.name, citation.end = self._laws.full_name(folded[citation.start : stop]), stop
        if revised := _REVISED.match(folded, citation.end, end):
            citation.end = revised.end()
        self._follow(folded, citation, end)
        return citation.type != "Hiến pháp" or citation.date is not None

    # --- what follows --------------------------------------------------------------------------------------

    def _follow(self, folded: str, citation: Citation, end: int) -> None:
        """Issuer, date and term directly behind, each at most once, in any order."""
        for _ in range(4):
            at = citation.end
            if citation.term is None and (term := _TERM.match(folded, at, end)):
                citation.term, citation.end = term["term"], term.end()
            elif citation.date is None and (dated := _dated(folded, at, end, citation.type in _LAWS)):
                citation.date, citation.end = dated
            elif session := _BESIDE_SESSION.match(folded, at, end):
                citation.end = session.end()
            elif citation.issuer is None and (issued := self._issued(folded, citation, at, end)):
                citation.issuer, citation.end = issued
            else:
                return

    def _issued(self, folded: str, citation: Citation, at: int, end: int) -> tuple[tuple[int, int], int] | None:
        """The span of the issuer in 'của …', 'do … ban hành' or right behind the number, and the phrase's end."""
        by = _BY.match(folded, at, end)
        if by is None:
            beside = self._issuers.beside(folded, at + 1, end) if folded.startswith(" ", at) else None
            return ((at + 1, beside), beside) if beside else None
        start = by.start("joint") if by["joint"] else by.end()
        stop = self._issuers.end(folded, start, end, bool(by["joint"]) or "liên tịch" in citation.type)
        if stop is None:
            return None
        issued = _ISSUED.match(folded, stop, end)
        if by["do"]:
            return ((start, stop), issued.end()) if issued else None
        return (start, stop), stop


def _take(citation: Citation, code: Code) -> None:
    citation.code, citation.number, citation.end = code, code.number, code.end
    citation.rule = "reference:code" if code.lettered else "reference:number"


def _dated(folded: str, at: int, end: int, law: bool) -> tuple[str, int] | None:
    """The ISO value of the date directly behind a citation, and where it ends; a bare year dates only a law."""
    match = _DATE.match(folded, at, end)
    if match and (day := read_date(folded, match.end(), end)):
        point, stop = day
        if match["open"] is None:
            return point.iso, stop
        return (point.iso, stop + 1) if folded.startswith(")", stop) else None
    if match := _MONTH.match(folded, at, end):
        return f"{match['year']}-{int(match['month']):02}", match.end()
    match = _YEAR.match(folded, at, end)
    if match and (law or match["word"] or match["open"]):
        return match["year"], match.end()
    return None
