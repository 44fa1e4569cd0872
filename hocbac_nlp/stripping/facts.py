"""What `strip` knows of every line before it looks at the page as a whole."""

import re
from dataclasses import dataclass
from itertools import pairwise

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.letters import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.bylines import Byline, Bylines
from hocbac_nlp.stripping.datelines import Datelines, When
from hocbac_nlp.stripping.furniture import Furniture, Verdict
from hocbac_nlp.stripping.lines import Line, key, unwrap
from hocbac_nlp.stripping.phrasing import by_kind

_SYLLABLE = re.compile(r"[^\W_]+")
_DATE_LINE_WORDS = 22
# Furniture that carries a date without being the article's dateline.
_NOT_DATES = frozenset({"markup", "mast", "legal", "link", "list", "teaser", "form"})
WHERE = ("địa chỉ:", "địa điểm:", "giá vé:", "giờ mở cửa:")
"""What introduces a fact of a place, in an imprint or in a list of places to go."""
_COLUMNS = re.compile(r"\t|\S[ \u00a0]{3,}\S")


@dataclass(slots=True)
class Facts:
    """A line with what the single-line readers say of it.

    `credit` tells whether it closes with the credit of a picture, `goes_on` whether it starts with a word that
    takes up what was said before.
    """

    line: Line
    furniture: Verdict | None
    when: When | None
    byline: Byline | None
    credit: bool
    goes_on: bool

    @property
    def body(self) -> bool:
        """Whether the line is surely running text of an article."""
        return self.line.prose and self.furniture is None and not self.credit

    @property
    def alone(self) -> bool:
        """Whether the line is complete by itself, so that it joins no hard-wrapped paragraph."""
        furniture = self.furniture is not None and (self.furniture.firm or self.line.words <= 1)
        return furniture or self.when is not None


class Reader:
    """Splits a page and states the facts of its lines."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.furniture = Furniture(lexicons)
        self.datelines = Datelines(lexicons)
        self.bylines = Bylines(lexicons)
        connectives = any_of(lexicons.lines("strip_connectives.txt"))
        self._connective = re.compile(rf"(?:{connectives})(?!\w)", re.IGNORECASE)
        words = by_kind(lexicons.rows("strip_caption_cues.tsv"))["credit"]
        self._credit = _credit(words)
        self._pictured = re.compile(any_of([*words, "ảnh", "hình", "nguồn"]))
        """Without any of these words there is no credit to look for."""
        self.sections = frozenset(key(name) for name in lexicons.lines("strip_sections.txt"))

    def read(self, page: str, lines: list[Line]) -> list[Facts]:
        """The facts of the (unwrapped) `lines` of `page`."""
        single = {line.start: self.facts(line) for line in lines}
        joined = unwrap(page, lines, lambda line: single[line.start].alone)
        facts = [fact if (fact := single[line.start]).line is line else self.facts(line) for line in joined]
        _keep_addresses(facts)
        return facts

    def facts(self, line: Line) -> Facts:
        """What can be said of `line` by itself."""
        verdict = self.furniture.judge(line)
        when = self._when(line)
        if when is not None and verdict is not None and verdict.kind not in _NOT_DATES:
            verdict = None
        byline = None
        readable = verdict is None or not verdict.firm or verdict.kind == "cms"
        if readable and line.words <= 40 and not _COLUMNS.search(line.text):
            byline = self.bylines.read(line.folded)
        goes_on = bool(self._connective.match(line.folded))
        pictured = self._pictured.search(line.folded.lower()) is not None
        credit = pictured and self._credit.search(line.folded) is not None
        return Facts(line, verdict, when, byline, credit, goes_on)

    def _when(self, line: Line) -> When | None:
        if line.words > _DATE_LINE_WORDS or len(line.folded) > 200:
            return None
        if line.folded[:1].islower() and line.closed:
            return None
        when = self.datelines.read(line.folded)
        return when if when is not None and self._is_dateline(line, when) else None

    def _is_dateline(self, line: Line, when: When) -> bool:
        """Whether a line says little more than its date: names, a section, a place, counters."""
        parts = [part for part in when.rest.split(" | ") if part]
        if sum(len(part.split()) for part in parts) > 10 or (parts and line.folded.startswith((">>", "•", "- ", "+ "))):
            return False
        if line.folded.startswith("date ") and sum(len(part.split()) for part in parts) <= 8:
            return True  # a crawler's own mark of the page's date
        exact = when.clock or when.weekday
        return all(self._beside_a_date(part, exact) for part in parts)

    def _beside_a_date(self, part: str, exact: bool) -> bool:
        """Whether `part` may stand beside a date; two words of any kind beside an `exact` one."""
        words = part.split()
        if not key(part) or (len(words) <= 2 and (exact or words[-1][:1].isupper() or words[0].islower())):
            return True
        if (
            (part.isupper() and len(words) <= 4)
            or self.bylines.names(part)
            or key(part) in self.sections
            or self.furniture.exact(part)
        ):
            return True
        counter = self.furniture.judge(Line(0, len(part), part, 0))
        return counter is not None or (len(words) <= 4 and all(word[:1].isupper() for word in words))


def _credit(words: list[str]) -> re.Pattern[str]:
    """What closes a caption: `Ảnh: Hải An`, `(ảnh: TTXVN)`, `… (Ảnh minh họa)`; or makes a line: `Hình 2: …`."""
    minh_hoa = r"ảnh minh h[ọo]a"
    return re.compile(
        rf"(?:^|[\s.,;:!?”\"(\[*–—-])(?:{any_of(words)})\s*[:：/]\s*\S.{{0,60}}$"
        r"|^(?:ảnh|hình ảnh|hình)(?:\s\d{1,2})?\s*[:：]\s*\S.{0,300}$"
        rf"|[(\[*–—-]\s*ảnh\b[^()]{{0,40}}[)\]]?\W*$|\b{minh_hoa}\b[^()]{{0,30}}[)\]]?\W*$"
        r"|\S\s(?:ảnh|nguồn)\s*:\Z"
        rf"|[.!?]\s+ảnh\s+[{UPPER}][^.]{{1,30}}$",
        re.IGNORECASE,
    )


def _keep_addresses(facts: list[Facts]) -> None:
    """Where `Địa chỉ: …` stands again and again between texts, the article lists places: no imprint."""
    at = [i for i, fact in enumerate(facts) if fact.line.folded.lower().startswith(WHERE)]
    if any(any(fact.body or fact.line.closed for fact in facts[i + 1 : j]) for i, j in pairwise(at)):
        for i in at:
            facts[i].furniture = None


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring syllables in `text`, lower case: a cheap measure of what it is about."""
    syllables = _SYLLABLE.findall(text.lower())
    return {f"{a} {b}" for a, b in pairwise(syllables)}


def shared(text: str, topic: set[str]) -> float:
    """The share of the syllable pairs of `text` that occur in `topic`."""
    mine = pairs(text)
    return len(mine & topic) / len(mine) if mine else 0.0
