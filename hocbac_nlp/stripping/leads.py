"""The lead (sapo): the first paragraph, if it sums the article up."""

import re

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.facts import Facts, pairs, shared
from hocbac_nlp.stripping.lines import Line, unmarked
from hocbac_nlp.stripping.phrasing import by_kind

# A newspaper's tag before the text: `(Dân trí) - `, `TTO - `, `[ĐCSVN]- `, `Health+ | `, `Chinhphu.vn - `.
_TAG = re.compile(
    r"(?![IVX]+\s*[-–])(?:[A-ZĐ]{3,6}[-–](?=[A-ZĐ]?[^\W\d_]*[a-zà-ỹ])|"
    r"[\[(][A-ZĐ][^()\[\]]{1,28}[\])]\s*[-–—:.]?\s+\S|[A-ZĐ]{2}[\w.&+]*\s*(?:--?|[–—|]|\.\s?-)\s|\([a-z\d.]{4,28}\)\s*[-–]\s"
    r"|LTS\b|Lời tòa soạn\b|[A-Z][A-Za-z0-9+]{2,15}\s[|–-]\s|[^\W_][\w ]{1,20}\.(?:vn|com)\s*[-–—]\s)"
)
_SENTENCE_END = re.compile(r"[.!?…][”\"’)]?(?=\s)")
_LONGEST = (65, 100)
_SHORTEST = 13
# Stories like to begin with a sentence of a few words, summaries have no room for one.
_TERSE = 7
# A paper may be summed up in two languages, among names, addresses and keywords.
_SUMMARIES = 12
_BULLETS = tuple("-–+•*")
_ENOUGH = 0.5
_WHOLE_LEAD = 70
# A short sentence above the first heading speaks for the whole page.
_HEADED = 40


def tagged(line: Line) -> bool:
    """Whether the line starts with a newspaper's tag."""
    return _TAG.match(unmarked(line.folded)) is not None


class Leads:
    """Tells a summary from the start of the story, with the words of `strip_openings.tsv`."""

    def __init__(self, lexicons: Lexicons) -> None:
        words = {kind: any_of(phrases) for kind, phrases in by_kind(lexicons.rows("strip_openings.tsv")).items()}
        flags = re.IGNORECASE
        daypart = words["daypart"]
        self._event = re.compile(
            rf"(?:{daypart})(?: nay| qua| cùng ngày|,)?(?: ngày)? ?(?:\d|nay\b|qua\b|,)"
            rf"|(?:{words['setting']})\b",
            flags,
        )
        self._personal = re.compile(rf"(?:{words['person']})\s", flags)
        self._witnessed = re.compile(rf"(?<![“\"\w])(?:chúng )?(?:{words['witness']})")
        # `Chương trình này …`, `Tại hội nghị, …`: but `ngày đó`, `năm ấy` name their day.
        self._backward = re.compile(
            r"(?:[^\W\d_]+\s){1,3}(?<!ngày )(?<!gian )(?<!năm )(?<!dịp )(?:đó|ấy|này)\b"
            rf"|tại (?:buổi [^\W\d_]+|{words['occasion']}),|(?:{words['backward']})\b",
            flags,
        )
        # A page that begins so was cut off above: who came, what somebody says of it, the year's account.
        self._midst = re.compile(
            rf"(?:{words['present']})\b[^,.:;]{{0,40}}?\scó\s|(?:{words['year']})|theo (?:{words['hearsay']})\s", flags
        )
        # What a body announces, told of it: `Sở … thông báo tuyển dụng …, cụ thể như sau:`. With its grounds before
        # it (`Căn cứ …, Sở … thông báo …`) the sentence is the notice itself.
        self._notice = re.compile(rf"[^,;:]{{3,80}}\s(?:{words['announces']})\b.*\b(?:sau|sau đây|cụ thể)\s*:\Z", flags)
        self._story = re.compile(rf"(?:{daypart}|{words['story']})\s", flags)
        self._abstract = re.compile(words["abstract"])
        self._summary = re.compile(rf"(?:{words['abstract']})\s*[:：]\s*\S", flags)
        self._editor = re.compile(rf"(?:{words['editor']})\b", flags)

    def decide(self, facts: list[Facts], title: Line | None, dated: bool) -> None:
        """Make the first paragraph of `facts` (title to end, roles decided) the lead, if it is one.

        `dated` tells whether the article shows a date: pages without one are less often news with a lead.
        """
        opening = ("paragraph", "heading", "question")
        at = next((i for i, fact in enumerate(facts) if fact.line.role in opening), None)
        if at is not None and self._abstract.fullmatch(facts[at].line.key) and at + 1 < len(facts):
            if facts[at + 1].line.role == "paragraph" and facts[at + 1].line.prose:
                facts[at + 1].line.decide("lead", "lead:abstract")
            return
        summaries = [fact for fact in facts[:_SUMMARIES] if self._summary.match(fact.line.folded)]
        for fact in summaries:
            fact.line.decide("lead", "lead:abstract")
        if summaries or at is None or facts[at].line.role != "paragraph":
            return
        line = facts[at].line
        open_lead = at == 0 and line.rule == "paragraph:open"
        opens = line.folded.endswith((":", ";")) and not (title is not None and self._notice.match(line.folded))
        if not (line.prose or open_lead or (line.closed and line.words >= _SHORTEST)):
            return
        listed = at + 1 < len(facts) and facts[at + 1].line.folded[:1] in _BULLETS
        if opens or (line.folded[:1] in _BULLETS and (listed or not line.prose)):
            return
        if at and facts[at - 1].line.rule == "furniture:outlet" and line.prose:
            facts[at - 1].line.decide("lead", "lead:outlet")  # the newspaper's tag on a line of its own
            line.decide("lead", "lead:outlet")
        elif "lead" in line.marks:
            line.decide("lead", "lead:tag")
        elif tagged(line):
            line.decide("lead", "lead:outlet")
        elif (
            self._score(facts, at, title, dated) if title is not None else self._score_untitled(facts, at)
        ) >= _ENOUGH:
            line.decide("lead", "lead:sums-up" if title is not None else "lead:opens")
        if line.role == "lead":
            self._extend(facts, at)

    def _score(self, facts: list[Facts], at: int, title: Line, dated: bool) -> float:
        """How much the paragraph at `at`, below a title, looks like a summary and not like the start of the story."""
        line = facts[at].line
        after = next((fact.line for fact in facts[at + 1 :] if fact.line.role != "furniture"), None)
        score = self._shape_score(line) + 1.5 * shared(title.folded, pairs(line.folded)) + (0.5 if dated else 0.25)
        if after is None:
            score += 0.5
        elif after.role in ("caption", "heading", "question"):
            score += 1.0
        elif self._story.match(after.folded) and not self._event.match(line.folded):
            score += 0.75
        if any(fact.line.role == "caption" for fact in facts[:at]):
            score -= 1.5
        if self._event.match(line.folded):
            score -= 1.5 if dated else 0.5
        return score

    def _score_untitled(self, facts: list[Facts], at: int) -> float:
        """The same on a page without a title, which opens with its first paragraph, unless that was cut away too."""
        line = facts[at].line
        pictured = any(fact.line.role == "caption" for fact in facts[:at])
        heads = at + 1 < len(facts) and facts[at + 1].line.role == "heading" and line.words < _HEADED
        midst = self._midst.match(unmarked(line.folded)) is not None
        return self._shape_score(line) + 1.5 - 2.0 * pictured + 1.0 * heads - 1.5 * midst

    def _shape_score(self, line: Line) -> float:
        """What speaks against a summary in the line itself: its length, its first words, who tells it."""
        text = unmarked(line.folded).lstrip("-– ")
        score = 0.0
        if self._backward.match(text):
            score -= 1.5
        if self._personal.match(text):
            score -= 1.0
        elif self._witnessed.search(text):
            score -= 0.5
        score -= 0.5 * sum(line.words > longest for longest in _LONGEST)
        ends = [match.start() for match in _SENTENCE_END.finditer(text)]
        if len(ends) >= 3:
            score -= 0.7
        if ends and text.count(" ", 0, ends[0]) < _TERSE:
            score -= 0.5
        return score

    def _extend(self, facts: list[Facts], at: int) -> None:
        """What belongs to the lead at `at`: an editor's note, and sentences that a line's end parted from it."""
        if at + 1 < len(facts) and self._editor.match(facts[at + 1].line.folded) and facts[at + 1].line.prose:
            facts[at + 1].line.decide("lead", "lead:editor")
        below = [fact.line for fact in facts[at + 1 : at + 3] if fact.line.role not in ("dateline", "furniture")]
        if below and below[0].role == "paragraph" and tagged(below[0]) and not tagged(facts[at].line):
            below[0].decide("lead", "lead:outlet")
        if at + 1 < len(facts) and facts[at + 1].line.key == facts[at].line.key:
            facts[at + 1].line.decide("lead", "lead:again")
        if "\n" not in facts[at].line.text:
            return
        last, words = at, facts[at].line.words
        while last + 1 < len(facts) and facts[last + 1].line.gap == 0:
            after = facts[last + 1].line
            words += after.words
            if after.role != "paragraph" or words > _WHOLE_LEAD:
                return
            last += 1
        for fact in facts[at + 1 : last + 1]:
            fact.line.decide("lead", "lead:goes-on")
