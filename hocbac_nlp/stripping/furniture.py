"""What belongs to the web site and not to the article, recognised line by line.

Two sources: the phrases of `strip_furniture.tsv`, and shapes that no sentence has (breadcrumbs, menus, lone
numbers, addresses of pages and images, mark-up residue).
"""

import re
from dataclasses import dataclass

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.lines import Line, key

# Phrases of these kinds may stand anywhere in the line, or before long text; others need a short line.
_LONG = frozenset({"legal", "form", "list"})
HOME = frozenset({"trang chủ", "home", "trang nhất"})
"""What a site calls its first page, where a menu or breadcrumb starts."""
_SHORT_LINE = 14
_LONGEST = 1500

_PARTS = re.compile(r"\s*[|•·»›▸►→/\\]\s*|\s{2,}|\t+|\s+[>-]\s+")
_CRUMB = re.compile(r"\s*(?:[»›▸►→/>]|>>|&gt;|::)\s*")
_CRUMB_START = re.compile(r"[/»›]\s+[^\W\d_]")
_LINK = re.compile(
    r"(?:\W{0,3}>{2,}|\W{0,2}»+\s|[›>]\s|\W{0,2}<<|→|☛|☞|⇒|\W{0,2}►|[\[(](?:infographics?|video|clip|ảnh|photo|e-?magazine"
    r"|podcast|longform|megastory|chùm ảnh|trực tiếp)[\])]\s*\S)|.{1,80}(?:>>+|»)\s*\Z",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"!?\[[^\]]*\]\([^)]*\)|<\s*/?\s*(?:img|div|span|p|br|a|table|td|tr|script|iframe|strong|em)\b|\{[\w\s.:#-]+\}|%[a-z_]{3,}%"
    r"|^\W*[\w%./:\\“”\"'()-]+\.(?:jpe?g|png|gif|webp|bmp|svg|mp4|mp3|pdf|docx?|xlsx?|rar|zip)\W*$"
    r"|&(?:nbsp|amp|gt|lt|quot);|\[(\w+)[^\]]*\][^\[]*\[/\1\]|<!\[cdata|<image>|\bdata:image/|^\W*(?:function|var|window\.|document\.|\$\()|^/[\w/.-]*/?$",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])")
# A site, which may be named as the source below an article.
_DOMAIN = re.compile(r"\W*(?:[\w-]+\.)+(?:vn|com|net|org|info)(?:/\S*)?\W*\Z")
_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$|^\W*[\w.+-]+@[\w-]+\.[\w.]+\W*$", re.IGNORECASE)
_SOURCE_ADDRESS = re.compile(r"\W*(?:nguồn|theo|link|xem tại|tham khảo)\b[^:]{0,40}:?\s*(?:https?://|www\.)\S+\W*\Z")
_PHONES = re.compile(
    r"^(?:[^\W\d_]+[\s.:]*){0,4}\(?(?:\+|0\d|1[89]00)(?!\d?[/.-]\d\d?[/.-]\d{4})[\d\sx.()\-–/]{5,}$", re.IGNORECASE
)
_GAPS = re.compile(r"\t+|\s{2,}")
_TOKEN = re.compile(r"[a-z][a-z0-9_-]{0,24}\Z")
# A headline as an address has it, without the marks of its letters: `nguoi cao tuoi vui khoe`.
_SLUG = re.compile(r"[a-z\d]+(?:[ -][a-z\d]+)+\Z")
# The name of a picture's file without its ending: `31w2_7b`, `4be1903af77218b92d61`, `IMG_2041`.
_FILE_NAME = re.compile(
    r"(?=\S*\d)(?:(?=[^\s_]*_)[a-z\d_-]{5,}|(?=(?:[a-z]*\d){4})[a-z\d-]{9,}|\d{9,})(?:\s(?:[a-z]|[\d_()-]+))*\Z",
    re.IGNORECASE,
)
# A number to call: `Tư vấn luật, gọi 1900.0088`.
_HOTLINE = re.compile(
    r"\b(?:gọi|hotline|tổng đài|đường dây nóng|liên hệ|số máy|điện thoại)\b.*\b(?:1[89]00[\s.]?\d{2,4}|0\d{8,10})\b"
)
_DEGREES = re.compile(r"\d\s*°\s*C?\b.{0,12}\d?", re.IGNORECASE)
_STARS = re.compile(r"[★☆✩⭐]{2,}|\(\s*\d+\s*(?:phiếu|votes?|đánh giá|bình chọn)\s*\)")
_ATTACHED = re.compile(
    r"(?:\S+|[^|]{3,80}(?=\.\w{3,4}\s*\())\.(?:pdf|docx?|xlsx?|pptx?|rar|zip|jpe?g|png)\b\W*(?:[\d.,]+\s*[kmg]?b\W*)?\Z"
)
_PLAYER = re.compile(
    r"(?:video|clip|infographics?|podcast|e-?magazine|longform|megastory)\s*:\s*(?!.*\bnguồn\s*:)(?:\S+\s+){4}|\d+:\d\d\s*/\s*\d+:\d\d|"
    r"\d[\d.,k]*\s+(?:shares?|likes?|comments?|views?|lượt|bình luận|phản hồi|ý kiến)\b(?!.{40})"
)
_AGO = re.compile(r"(?:\d+\s+(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s+)+trước\b(?!\s+(?:khi|đó|thềm))")
_RATE = re.compile(r"(?:usd|eur|jpy|gbp|aud|sjc|vn-?index|hnx|upcom)\b[\s:\d.,+\-%|/()▲▼]*\Z", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:tin|bài|thông báo|công bố|video|sự kiện|văn bản|câu hỏi|tác phẩm|dự án|sản phẩm|hoạt động)"
    r"(?:\s\w+){0,3}\skhác\Z|"
    r"(?:các|những)\s(?:\w+\s){1,4}(?:khác|liên quan|mới hơn|cũ hơn|mới nhất|đã đăng|đã đưa|cùng \w+(?: \w+)?)\Z"
    r"|(?:\w+\s){1,3}(?:cùng chuyên mục|cùng chủ đề|mới hơn|cũ hơn|cùng loại|đã đưa)\Z"
)
# A newspaper's tag or a place on a line of its own: `(XYZ) -`, `Hà Nội –`.
_TAG_ALONE = re.compile(r"[\[(]?[^\W\d_][\w&+.]*(?: [^\W\d_][\w&+.]*){0,2}[\])]?\s*[-–—]\Z")
# The speeds that a player of audio offers.
_SPEED = re.compile(r"\d(?:[.,]\d{1,2})?\s?[x×]\Z")
_DAY = re.compile(r"\W*\d{1,2}\s*(?:thg|tháng)\.?\s*\d{1,2}\W*\Z")
# A headline and the beginning of its article in one line: `Lúa được mùa Abc.vn - Năm nay …`.
_EMBEDDED = re.compile(r"(?:[^\s.:!?]+\s){4,}\w+\.(?:vn|com)\s[-–]\s")
# A crawler's own mark of the month a page is from, and a place left over from the headline.
_CRAWLED = re.compile(r"date \d{4}-\d\d(?!-?\d)(?:(?:\s+[^\s:]+){0,2}|(?:\s+\S+){0,5}:)\Z")
# What a site's program says when it fails.
_SCRIPT_ERROR = re.compile(r"(?:deprecated function|(?:user )?warning|notice|fatal error|parse error)\s*:.*\bline \d+")
_CHOICE = re.compile(r"\(\s*\)|\[\s*\]|[○◯☐□]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line is furniture: the kind of phrase or shape. `firm` ones hold anywhere on the page."""

    kind: str
    firm: bool = True


class Furniture:
    """Recognises furniture lines with `strip_furniture.tsv`."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._exact: dict[str, str] = {}
        self._ambiguous = frozenset(key(phrase) for phrase in lexicons.lines("strip_ambiguous.txt"))
        starts: dict[str, str] = {}
        parts: dict[str, str] = {}
        for row in lexicons.rows("strip_furniture.tsv"):
            phrase = row["phrase"].lower()
            if row["match"] == "exact":
                self._exact.setdefault(key(phrase) or phrase, row["kind"])
            else:
                (starts if row["match"] == "start" else parts).setdefault(phrase, row["kind"])
        self._starts, self._parts = starts, parts
        self._start = re.compile(rf"\W{{0,4}}({any_of(starts)})(?!\w)")
        self._part = re.compile(rf"(?<!\w)({any_of(parts)})")

    def judge(self, line: Line) -> Verdict | None:
        """Why `line` is furniture, or None if nothing in it says so."""
        if len(line.folded) > _LONGEST:
            return None
        low = line.folded.lower()
        return self._shape(line, low) or self._phrase(line, low)

    def exact(self, text: str) -> str | None:
        """The kind of the phrase whose letters `text` consists of."""
        return self._exact.get(key(text))

    def _phrase(self, line: Line, low: str) -> Verdict | None:
        kind = self._exact.get(line.key)
        if kind:
            return Verdict(kind, firm=line.key not in self._ambiguous and (line.words > 1 or kind in ("tool", "cms")))
        if line.prose and line.words > 45:
            return None
        if line.words <= 7 and _OTHERS.match(line.key) and not low[:1].isdigit():
            return Verdict("list")
        match = self._part.search(low)
        if match and (self._parts[match[1]] in _LONG or line.words <= _SHORT_LINE):
            return Verdict(self._parts[match[1]])
        match = self._start.match(low)
        if match and self._start_counts(line, low, match):
            kind = self._starts[match[1]]
            opens = kind == "list" and key(low[match.end() :])
            return Verdict("teaser" if opens else kind)
        return self._composed(line) or self._strung(line)

    def _strung(self, line: Line) -> Verdict | None:
        """A line that is nothing but furniture phrases one behind the other: `Mặc định Cỡ chữ`."""
        if line.closed:
            return None
        words = key(_GLUED.sub(" ", line.folded)).split()
        if not 2 <= len(words) <= _SHORT_LINE:
            return None
        # kinds[i]: the kind of the last phrase of those that the first i words are made of
        kinds: list[str | None] = ["", *[None] * len(words)]
        for end in range(1, len(words) + 1):
            for start in range(max(0, end - 5), end):
                if kinds[start] is not None and (kind := self._exact.get(" ".join(words[start:end]))):
                    kinds[end] = kind
        return Verdict(kinds[-1], firm=kinds[-1] != "menu") if kinds[-1] else None

    def _start_counts(self, line: Line, low: str, match: re.Match[str]) -> bool:
        """Whether a phrase at the start of a line makes it furniture: in sentences it seldom does."""
        rest = low[match.end() :].lstrip()
        kind = self._starts[match[1]]
        if rest[:1] in ":|" or not rest:
            return line.words <= (8 if kind == "mast" and not any(sign.isdigit() for sign in rest) else 40)
        if kind in ("mast", "form", "poll") and not line.prose:
            sentence = line.closed and (kind == "mast" or (kind == "poll" and not line.asks))
            return line.words <= 24 and not sentence
        if kind in ("legal", "tags", "cms", "list"):
            # `Địa chỉ …`, `Liên quan …`, `Chủ đề …` begin sentences too: only a colon or a clear sign decides.
            return match[1][:1] in "©®(" or len(match[1].split()) >= 3 or match[1].endswith(" by")
        return line.words <= _SHORT_LINE and not line.closed

    def _composed(self, line: Line) -> Verdict | None:
        """Lines made of several furniture phrases or of menu items."""
        parts = _PARTS.split(line.text)
        if len(parts) < 2 or len(parts := [part for part in parts if key(part)]) < 2:
            return None
        if "\t" in line.text and any(sign.isdigit() for sign in line.text):
            return Verdict("row", firm=False)
        known = sum(key(part) in self._exact or bool(self._start.match(part.lower())) for part in parts)
        if known >= max(1, len(parts) - 1) and (known >= 2 or line.words <= 6) and not line.prose:
            return Verdict("menu")
        short = all(len(part.split()) <= 5 for part in parts)
        if len(parts) >= 3 and short and known >= 1 and not line.closed:
            return Verdict("menu")
        if len(parts) >= 4 and short and not line.closed and not any(c.isdigit() for c in line.text):
            return Verdict("row", firm=False)
        return None

    def _shape(self, line: Line, low: str) -> Verdict | None:
        if len(line.key) < 2:
            return Verdict("markup" if "![" in low else "no-words")
        if _SCRIPT_ERROR.match(low):
            return Verdict("cms")
        if _LINK.match(line.folded):
            return Verdict("link")
        if ((line.words < 30 or low.startswith("<image")) and _MARKUP.search(low)) or (
            line.words <= 12 and _ATTACHED.match(low)
        ):
            return Verdict("markup")
        if line.words <= 16 and _SOURCE_ADDRESS.match(low):
            return Verdict("address")
        if line.words <= 6 and _DOMAIN.match(low):
            return Verdict("address", firm=False)
        if line.words <= 12 and len(low) <= 120 and (_ADDRESS.match(low) or _is_phone(low)):
            return Verdict("address")
        if line.words >= 6 and line.folded.isascii() and low == line.folded and _SLUG.match(low):
            return Verdict("markup")
        if line.words <= 6 and line.folded.isascii() and _FILE_NAME.match(line.folded):
            return Verdict("markup")
        if line.words <= 14 and not line.closed and _HOTLINE.search(low):
            return Verdict("mast")
        if _TOKEN.match(line.folded) and line.key not in self._exact:
            return Verdict("token", firm=False)
        if (
            len(line.key.replace(" ", "")) >= 3
            and line.words <= 3
            and line.folded[:2].strip("([")[:1].isupper()
            and _TAG_ALONE.match(line.folded)
        ):
            return Verdict("outlet", firm=False)
        if not line.prose and _STARS.search(low):
            return Verdict("rating")
        if _PLAYER.match(low) and not line.closed:
            return Verdict("link" if low[0].isalpha() else "counter")
        if _SPEED.match(low):
            return Verdict("counter")
        if line.words <= 10 and (_AGO.match(low.lstrip("•*- ")) or _DAY.match(low)):
            return Verdict("ago")
        if (".vn" in low or ".com" in low) and _EMBEDDED.match(low):
            return Verdict("teaser")
        if _CRAWLED.match(low):
            return Verdict("cms")
        if _RATE.match(low):
            return Verdict("rates")
        if not line.prose and _CHOICE.search(low):
            return Verdict("poll")
        if line.words <= 10 and _DEGREES.search(low) and not line.closed:
            return Verdict("weather", firm=False)
        parts = line.folded.split(",")
        if len(parts) >= 4 and line.folded[0].islower() and not line.closed and all(len(p.split()) <= 8 for p in parts):
            return Verdict("keywords", firm=False)
        if self._breadcrumb(line, low):
            return Verdict("breadcrumb")
        return None

    def _breadcrumb(self, line: Line, low: str) -> bool:
        cells = _GAPS.split(line.text)
        if len(cells) > 1 and key(cells[0]) in HOME:
            return True
        if _CRUMB_START.match(low) and not line.prose:
            return True
        steps = [step for step in _CRUMB.split(low) if step]
        if len(steps) < 2:
            return False
        home = self._exact.get(key(steps[0])) == "menu"
        signs = sum(low.count(sign) for sign in "»›▸►→>")
        return home or (len(steps) >= 3 and signs >= 2 and not line.prose)


def _is_phone(low: str) -> bool:
    return _PHONES.match(low) is not None and sum(sign.isdigit() or sign == "x" for sign in low) >= 8
