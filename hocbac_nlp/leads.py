"""The lead (sapo): the first paragraph, if it sums the article up."""

import re

from hocbac_nlp.facts import Facts, pairs, shared
from hocbac_nlp.lines import Line

# A newspaper's tag before the text: `(Dân trí) - `, `TTO - `, `[ĐCSVN]- `, `Health+ | `, `Chinhphu.vn - `.
_TAG = re.compile(
    r"[\[(][A-ZĐ][^()\[\]]{1,28}[\])]\s*[-–—:.]?\s+\S|[A-ZĐ]{2,}[\w.&+]*\s*(?:[-–—|]|\.\s?-)\s"
    r"|LTS\b|Lời tòa soạn\b|[A-Z][A-Za-z0-9+]{2,15}\s[|–-]\s|[^\W_][\w ]{1,20}\.(?:vn|com)\s*[-–—]\s"
)
# News of the day starts with the event, stories with a person; summaries seldom do.
_EVENT = re.compile(
    r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm)(?: nay| qua| cùng ngày|,)?(?: ngày)? ?(?:\d|nay\b|qua\b|,)", re.IGNORECASE
)
_PERSONAL = re.compile(r"(?:ông|bà|anh|chị|tôi|chúng tôi|má|mẹ|cha|ba|bố|ngoại|nội|em|cụ)\s", re.IGNORECASE)
_WITNESSED = re.compile(r"(?<![“\"\w])(?:chúng )?tôi (?:cảm|được|đến|có|về|gặp|thấy|đã|vẫn|chứng)")
_SENTENCE_END = re.compile(r"[.!?…][”\"’)]?(?=\s)")
_LONGEST = 65
_ENOUGH = 0.5
_WHOLE_LEAD = 70


def tagged(line: Line) -> bool:
    """Whether the line starts with a newspaper's tag."""
    return _TAG.match(line.folded) is not None


def decide_lead(facts: list[Facts], title: Line | None, dated: bool) -> None:
    """Make the first paragraph of `facts` (title to end, roles decided) the lead, if it is one.

    `dated` tells whether the article shows a date: pages without one are less often news with a lead.
    """
    opening = ("paragraph", "heading", "question")
    at = next((i for i, fact in enumerate(facts) if fact.line.role in opening), None)
    if at is None or facts[at].line.role != "paragraph" or not facts[at].line.prose:
        return
    line = facts[at].line
    if line.folded.endswith((":", ";")) or line.folded[:1] in "-+•*":
        return
    if "lead" in line.marks:
        line.decide("lead", "lead:tag")
    elif tagged(line):
        line.decide("lead", "lead:outlet")
    elif title is not None and _score(facts, at, title, dated) >= _ENOUGH:
        line.decide("lead", "lead:sums-up")
    if line.role == "lead" and "\n" in line.text:
        _extend(facts, at)


def _score(facts: list[Facts], at: int, title: Line, dated: bool) -> float:
    """How much the paragraph at `at` looks like a summary and not like the start of the story."""
    line = facts[at].line
    after = next((fact.line.role for fact in facts[at + 1 :] if fact.line.role != "furniture"), None)
    score = 1.5 * shared(title.folded, pairs(line.folded)) + (0.5 if dated else 0.25)
    if after in ("caption", "heading", "question"):
        score += 1.0
    if any(fact.line.role == "caption" for fact in facts[:at]):
        score -= 1.5
    if _EVENT.match(line.folded):
        score -= 1.5
    if _PERSONAL.match(line.folded):
        score -= 1.0
    elif _WITNESSED.search(line.folded):
        score -= 0.5
    if line.words > _LONGEST:
        score -= 1.0
    if len(_SENTENCE_END.findall(line.folded)) >= 3:
        score -= 0.7
    return score


def _extend(facts: list[Facts], at: int) -> None:
    """On a hard-wrapped page, the sentences of the lead that a line's end parted from it."""
    last, words = at, facts[at].line.words
    while last + 1 < len(facts) and facts[last + 1].line.gap == 0:
        after = facts[last + 1].line
        words += after.words
        if after.role != "paragraph" or words > _WHOLE_LEAD:
            return
        last += 1
    for fact in facts[at + 1 : last + 1]:
        fact.line.decide("lead", "lead:goes-on")
