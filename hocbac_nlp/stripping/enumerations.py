"""Enumerations: numbered headings, items of lists, rows of tables, and the lines that open them."""

import re

from hocbac_nlp.document import Role
from hocbac_nlp.stripping.facts import WHERE, Facts
from hocbac_nlp.stripping.shapes import BULLET, CELLS, SENTENCES

NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)/]|[IVX]{1,5}[.)/-]|[A-D][.)])\s*(?=[^\W\d]|[“\"(])")
_ORDINAL = re.compile(
    r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:một|hai|ba|bốn|năm) là|về)\b", re.IGNORECASE
)
# Such a line leads over to what follows instead of naming it: `… trả lời như sau:`.
_LEADS_OVER = re.compile(r"\b(?:sau|sau đây|gồm|là|rằng|biết|nói|lời|cụ thể)\s*:\Z|\b(?:này|đó|trên)\b", re.IGNORECASE)
_LABEL = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,2}:\s\S")
_DEEPER = re.compile(r"\d{1,2}\.\d")
_ROMAN = re.compile(r"(?:[IVX]{1,5}[.)/-]|phần\s+[IVX\d]+\b)", re.IGNORECASE)
_LETTERED = re.compile(r"a[).]\s")
_HEADING_WORDS = 16
_BRIEF = 7


def enumerated(facts: list[Facts], i: int) -> tuple[Role, str] | None:
    """Role and rule of numbered headings, list items, table rows and broken-off text."""
    line, text = facts[i].line, facts[i].line.folded
    if _ROMAN.match(text) and line.words <= 20 and not text.endswith((";", ".")):
        return "heading", "heading:number"
    if text[:2] == "* " and line.words <= _HEADING_WORDS and not line.closed and _prose_follows(facts, i):
        return "heading", "heading:star"
    if BULLET.match(text):
        return "paragraph", "paragraph:item"
    if NUMBER.match(text):
        if line.upper and line.words <= _HEADING_WORDS:
            return "heading", "heading:number"
        opens = text.endswith((";", ".")) or (text.endswith(":") and not _opens_part(facts, i))
        if _heads_items(facts, i):
            return "heading", "heading:number"
        alone = not opens and (_heads_more(facts, i) or not _numbered_beside(facts, i))
        return ("heading", "heading:number") if alone else ("paragraph", "paragraph:item")
    if CELLS.search(line.text) and not line.closed:
        return "paragraph", "paragraph:row"
    if SENTENCES.search(text) and not line.closed:
        return "paragraph", "paragraph:cut"
    if not line.closed and (text.lower().startswith(WHERE) or (line.words >= 10 and _LABEL.match(text))):
        return "paragraph", "paragraph:item"
    if _ORDINAL.match(text) and text.endswith(":") and _opens_part(facts, i):
        return "heading", "heading:number"
    if text.endswith((":", ";", ",")) or (";" in text and line.words >= 8):
        return "paragraph", "paragraph:opens"
    return None


def _heads_more(facts: list[Facts], i: int) -> bool:
    """Whether running text, a deeper number or a list item follows a numbered line."""
    if i + 1 >= len(facts):
        return False
    after = facts[i + 1]
    return after.body or bool(_DEEPER.match(after.line.folded) or BULLET.match(after.line.folded))


def _prose_follows(facts: list[Facts], i: int) -> bool:
    """Whether running text comes next, and no other starred line."""
    return i + 1 < len(facts) and facts[i + 1].line.prose and facts[i + 1].line.folded[:2] != "* "


def _heads_items(facts: list[Facts], i: int) -> bool:
    """Whether a short numbered line stands over items: `3. Các chỉ tiêu:` over `3.1. Cá hương.` over `- Mật độ: …`."""
    line = facts[i].line
    if line.words > _BRIEF or i + 1 >= len(facts):
        return False
    after = facts[i + 1].line.folded
    if line.folded.endswith(":") and _LETTERED.match(after):
        return True
    deeper = _DEEPER.match(line.folded) is None and _DEEPER.match(after) is not None
    return deeper or (_DEEPER.match(line.folded) is not None and BULLET.match(after) is not None)


def _opens_part(facts: list[Facts], i: int) -> bool:
    """Whether a short line that ends with a colon opens a part: running text follows, and no list."""
    line = facts[i].line
    if line.words > _HEADING_WORDS or _LEADS_OVER.search(line.folded) or not heads_text(facts, i):
        return False
    text = facts[i + 1].line.folded
    return facts[i + 1].line.prose and not (BULLET.match(text) or NUMBER.match(text))


def _numbered_beside(facts: list[Facts], i: int) -> bool:
    near = facts[max(0, i - 1) : i] + facts[i + 1 : i + 2]
    return any(NUMBER.match(fact.line.folded) and not _ROMAN.match(fact.line.folded) for fact in near)


def heads_text(facts: list[Facts], i: int) -> bool:
    """Whether text follows at once, so that a short line above it may be its heading."""
    if i + 1 >= len(facts) or facts[i].line.gap == 0:
        return False
    after = facts[i + 1]
    return after.body or after.line.closed
