"""The roles of the lines between a title and the end of its article."""

import re
from collections import Counter

from hocbac_nlp.facts import Facts, pairs, shared
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.lines import Line
from hocbac_nlp.marks import FURNITURE

_BULLET = re.compile(r"(?:[-–+•*▪●◦✓✔○■]|\(?[a-zđ]\)|\(?\d{1,2}\))\s*\S")
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)/]|[IVX]{1,5}[.)/-]|[A-D][.)])\s*\S")
_ROMAN = re.compile(r"(?:[IVX]{1,5}[.)/-]|phần\s+[IVX\d]+\b)", re.IGNORECASE)
_CELLS = re.compile(r"\t|\s{3,}|\s\|\s")
_TAG = re.compile(r"[\[(]?[A-ZĐ][\w.]{1,14}(?:\s?[A-ZĐ][\w.]*)?[\])]?\s*[-–—:]\s")
_OUTLET_TAG = re.compile(
    r"(?:[\[(][A-ZĐ][^()\[\]]{1,28}[\])]\s*[-–—:.]?\s|[A-ZĐ]{2,}[\w.]*\s*(?:[-–—]|\.\s?-)\s|[^\W\d_][\w ]{1,20}\.vn\s*[-–—]\s)"
)
_SPEAKER = re.compile(r"([^:?!.]{2,60}):\s*(?:\S|\Z)")
_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})[.!?…][”\"’)]?\s+[“\"‘(]?[A-ZĐÁÀẢÂĂÊÔƠƯÝỦỞ0-9]")
_NAMED = re.compile(
    r"(?:[A-ZĐÁÀẢÃẠÂẤẦẨẬĂẮẰÉÈÊẾỀÍÌÓÒÔỐỒƠỚỜÚÙƯỨỪÝỲ][^\W\d_]+[ ]){1,3}[A-ZĐÁÀẢÃẠÂẤẦẨẬĂẮẰÉÈÊẾỀÍÌÓÒÔỐỒƠỚỜÚÙƯỨỪÝỲ][^\W\d_]+\W*(?:\([\d\s–-]+\))?\Z"
)
_FIRST_PERSON = re.compile(r"(?<!\w)(?:tôi|chúng tôi|mình|em|chúng em|chúng ta)(?!\w)")
_YOU = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|thầy|cô|đồng chí|bác sĩ|giáo sư|quý vị)(?: (?:có|sẽ|đã|nghĩ|đánh giá|thấy|từng|học|mong|cho)(?!\w)|[ ,]*[?ạ])|(?<!\w)của (?:ông|bà|anh|chị|thầy|đồng chí)(?!\w)"
)
_ASKING = re.compile(r"(?<!\w)(?:không|thế nào|ra sao|gì|chưa|vì sao|tại sao|bao nhiêu|ở đâu|là ai|sao|nào)\W*\Z")
# News of the day starts with the event, stories with a person; summaries seldom do.
_EVENT = re.compile(
    r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm)(?: nay| qua| cùng ngày|,)?(?: ngày)? ?(?:\d|nay\b|qua\b|,)", re.IGNORECASE
)
_PERSONAL = re.compile(r"(?:ông|bà|anh|chị|tôi|chúng tôi|má|mẹ|cha|ba|bố|ngoại|nội|em|cụ)\s", re.IGNORECASE)
_HEADING_WORDS = 16


class Body:
    """Tells lead, headings, paragraphs, captions and the turns of interviews apart."""

    def __init__(self, lexicons: Lexicons) -> None:
        cues: dict[str, list[str]] = {}
        for row in lexicons.rows("strip_caption_cues.tsv"):
            cues.setdefault(row["kind"], []).append(row["phrase"].lower())
        self._caption_start = _words(cues["start"])
        self._caption_place = re.compile("|".join(re.escape(phrase) for phrase in cues["place"]))
        self._caption_scene = _words(cues["scene"])
        self._told = _words(cues["told"])
        posts = [row["phrase"] for row in lexicons.rows("strip_posts.tsv") if row["kind"] == "post"]
        posts += [row["phrase"] for row in lexicons.rows("strip_byline_cues.tsv") if row["kind"] == "title"]
        self._post = _words(posts)
        turns: dict[str, list[str]] = {}
        for row in lexicons.rows("strip_interview.tsv"):
            turns.setdefault(row["kind"], []).append(row["phrase"].lower())
        self._asks = re.compile(rf"(?:\W{{0,3}})(?:{_any(turns['question'])})\s*[:：]", re.IGNORECASE)
        self._answers = re.compile(rf"(?:\W{{0,3}})(?:{_any(turns['answer'])})\b[^:.?!]{{0,70}}[:：]", re.IGNORECASE)
        self._reply = re.compile(
            r"\W{0,3}(?:(?:luật sư|bác sĩ|bs|chuyên gia|tòa soạn|ban biên tập)?[^:.]{0,40}(?:trả lời|giải đáp|tư vấn)|đáp)\s*:",
            re.IGNORECASE,
        )
        self._address = re.compile(rf"(?<!\w)(?:{_any(turns['address'])})(?!\w)", re.IGNORECASE)

    def decide(self, facts: list[Facts], title: Line | None, dated: bool) -> None:
        """Give every undecided line of `facts` (those between title and end) its role.

        `dated` tells whether a date stands above the title.
        """
        dated = dated or any(fact.when is not None for fact in facts[:6])
        self._turns(facts)
        first = next((i for i, fact in enumerate(facts) if fact.body and fact.line.role is None), len(facts))
        self._teasers(facts)
        self._doubles(facts)
        for i, fact in enumerate(facts):
            if fact.line.role is None:
                role_before_text = i < first
                self._line(facts, i, role_before_text)
        self._tail(facts)
        self._lead(facts, title, dated)
        self._answer_lines(facts)

    @staticmethod
    def _tail(facts: list[Facts]) -> None:
        """A heading heads something: those after the last text belong to what follows the article."""
        for fact in reversed(facts):
            if fact.line.role not in ("heading", "furniture"):
                return
            if fact.line.role == "heading":
                fact.line.decide("furniture", "furniture:tail")

    # --- interviews -----------------------------------------------------------------------------------

    def _turns(self, facts: list[Facts]) -> None:
        """Mark the interviewer's turns, when the article is an interview or a column of questions."""
        lines = [fact.line for fact in facts]
        tagged = [line for line in lines if self._asks.match(line.folded)]
        if tagged:
            for line in tagged:
                line.decide("question", "turn:tag")
            dashes = any(line.folded[:2] in ("- ", "– ") for line in tagged)
            for line in lines:
                if line.role is None and line.folded.endswith(":") and self._answers.match(line.folded):
                    line.decide("paragraph", "turn:tag")
                elif (
                    line.role is None
                    and line.folded[:2] in ("- ", "– ")
                    and (self._addresses(line) or (dashes and line.asks))
                ):
                    line.decide("question", "turn:dash")
            return
        reply = next((i for i, line in enumerate(lines) if self._reply.match(line.folded)), None)
        if reply is not None and any("?" in line.folded or line.prose for line in lines[:reply]):
            lines[reply].decide("paragraph", "turn:tag")
            for fact in facts[:reply]:
                if (
                    fact.line.role is None
                    and fact.furniture is None
                    and not fact.credit
                    and (fact.line.prose or fact.line.closed)
                ):
                    fact.line.decide("question", "turn:letter")
            return
        starred = [line for line in lines if line.folded.startswith("*") and len(line.folded) > 3]
        dashed = [line for line in lines if line.folded.startswith(("- ", "– "))]
        if (
            len(starred) >= 2
            and dashed
            and sum(line.asks or "?" in line.folded for line in starred) * 2 >= len(starred)
        ):
            for line in starred:
                line.decide("question", "turn:star")
            return
        self._untagged_turns(facts)

    def _untagged_turns(self, facts: list[Facts]) -> None:
        """Questions without a tag: several lines that ask, spoken to somebody who answers as `tôi`."""
        lines = [fact.line for fact in facts]
        asked = [i for i, line in enumerate(lines) if self._may_ask(facts, i) and (line.asks or self._addresses(line))]
        open_ones = [
            i
            for i, line in enumerate(lines)
            if asked and i > asked[0] and self._may_ask(facts, i) and _asks_openly(line)
        ]
        if len(asked) + len(open_ones) < 2:
            return
        after = [lines[i + 1].folded.lower() for i in asked if i + 1 < len(lines)]
        replies = sum(bool(_FIRST_PERSON.search(text)) or bool(self._answers.match(text)) for text in after)
        spoken = sum(self._addresses(lines[i]) for i in asked)
        if not (spoken and replies * 3 >= len(after)):
            return
        first = asked[0]
        for i, line in enumerate(lines):
            if i in asked or (i > first and i in open_ones):
                line.decide("question", "turn:asks")

    def _may_ask(self, facts: list[Facts], i: int) -> bool:
        fact = facts[i]
        return (
            fact.line.role is None
            and fact.furniture is None
            and not fact.credit
            and fact.line.words <= 90
            and not self._answers.match(fact.line.folded)
        )

    def _addresses(self, line: Line) -> bool:
        """Whether the line speaks to a guest: `thưa ông`, `xin cảm ơn`, `… của anh?`."""
        low = line.folded.lower().lstrip("-–* ")
        return bool(
            self._address.match(low)
            or (line.words <= 90 and self._address.search(low) and (line.asks or line.words <= 12))
            or (line.asks and _YOU.search(low))
        )

    def _answer_lines(self, facts: list[Facts]) -> None:
        """After the first question, running text answers until the article ends."""
        asked = False
        for fact in facts:
            if fact.line.role == "question":
                asked = True
            elif asked and fact.line.role in ("paragraph", "lead"):
                fact.line.decide("answer", "turn:reply")

    # --- single lines ---------------------------------------------------------------------------------

    def _doubles(self, facts: list[Facts]) -> None:
        """A short line that stands twice, in two lines or in one, is a caption and its alt text.

        Teasers double their headlines too; they come in rows, each with a summary behind it.
        """
        twice = [i for i, fact in enumerate(facts) if _doubled_inside(fact.line) and fact.line.role is None]
        for i in twice:
            if i + 2 in twice or i - 2 in twice:
                facts[i].line.decide("furniture", "furniture:teaser")
                if i + 1 < len(facts) and facts[i + 1].line.gap == 0 and facts[i + 1].line.role is None:
                    facts[i + 1].line.decide("furniture", "furniture:teaser")
            else:
                facts[i].line.decide("caption", "caption:double")
        for one, two in zip(facts, facts[1:], strict=False):
            if one.line.key == two.line.key and one.line.words >= 4 and not one.line.role:
                for fact in (one, two):
                    if fact.furniture is None or not fact.furniture.firm:
                        fact.line.decide("caption", "caption:double")

    def _teasers(self, facts: list[Facts]) -> None:
        """Headlines of other articles, full sentences too, behind a list heading inside the article."""
        topic = Counter(pair for fact in facts if fact.body for pair in pairs(fact.line.folded))
        for i, fact in enumerate(facts):
            if fact.furniture is None or fact.furniture.kind != "list":
                continue
            for other in facts[i + 1 : i + 9]:
                line = other.line
                if (
                    line.role is not None
                    or other.credit
                    or other.goes_on
                    or line.words > 30
                    or _SENTENCES.search(line.folded)
                ):
                    break
                mine = pairs(line.folded)
                elsewhere = sum(topic[pair] > other.body for pair in mine)
                if elsewhere > 0.25 * len(mine):
                    break
                line.decide("furniture", "furniture:teaser")

    @staticmethod
    def _extend_lead(facts: list[Facts], at: int) -> None:
        """The lead's further lines, where blank lines part the paragraphs."""
        last, words = at, facts[at].line.words
        while last + 1 < len(facts):
            after = facts[last + 1].line
            if after.gap > 0:
                break
            words += after.words
            if after.role != "paragraph" or words > 70:
                return
            last += 1
        for fact in facts[at + 1 : last + 1]:
            fact.line.decide("lead", "lead:goes-on")

    def _line(self, facts: list[Facts], i: int, before_text: bool) -> None:
        fact, line = facts[i], facts[i].line
        if fact.furniture is not None and not self._belongs(facts, i):
            line.decide("furniture", f"furniture:{fact.furniture.kind}")
        elif line.marks & FURNITURE:
            line.decide("furniture", "furniture:tag")
        elif fact.when is not None and before_text:
            line.decide("dateline", "dateline")
        elif fact.credit and line.words <= 90:
            line.decide("caption", "caption:credit")
        elif "caption" in line.marks:
            line.decide("caption", "caption:tag")
        elif line.marks & {"h2", "h3", "h4"} and line.words <= 30:
            line.decide("heading", "heading:tag")
        elif before_text and fact.byline is not None and line.words <= 12 and fact.byline.kind != "source":
            line.decide("byline", f"byline:{fact.byline.kind}")
        elif line.prose or _OUTLET_TAG.match(line.folded):
            scene = line.words <= 30 and not _SENTENCES.search(line.folded) and self._caption_score(facts, i) >= 4
            line.decide("caption", "caption:scene") if scene else line.decide("paragraph", "paragraph:text")
        else:
            self._short(facts, i, before_text)

    def _short(self, facts: list[Facts], i: int, before_text: bool) -> None:
        """Short lines: list items, table rows, verses, headings, captions, brief paragraphs."""
        line = facts[i].line
        if _ROMAN.match(line.folded) and line.words <= 20 and not line.folded.endswith((";", ".")):
            line.decide("heading", "heading:number")
        elif _BULLET.match(line.folded):
            line.decide("paragraph", "paragraph:item")
        elif (
            _NUMBER.match(line.folded)
            and not line.folded.endswith((";", ".", ":"))
            and not self._numbered_beside(facts, i)
        ):
            line.decide("heading", "heading:number")
        elif _NUMBER.match(line.folded):
            line.decide("paragraph", "paragraph:item")
        elif _CELLS.search(line.text) and not line.closed:
            line.decide("paragraph", "paragraph:row")
        elif _SENTENCES.search(line.folded) and not line.closed:
            line.decide("paragraph", "paragraph:cut")
        elif ";" in line.folded and line.words >= 8:
            line.decide("paragraph", "paragraph:list")
        elif line.folded.endswith((":", ";", ",")):
            line.decide("paragraph", "paragraph:opens")
        elif line.asks and not before_text:
            line.decide("heading" if self._heads_text(facts, i) else "paragraph", "heading:question")
        elif line.closed:
            caption = self._caption_score(facts, i) >= (2.5 if before_text else 3.5)
            line.decide("caption", "caption:scene") if caption else line.decide("paragraph", "paragraph:brief")
        elif self._in_list(facts, i):
            line.decide("paragraph", "paragraph:list")
        else:
            score = self._caption_score(facts, i) + (0.5 if before_text else 0)
            quoted = line.folded[:1] in "“\"'‘" or line.upper
            if score >= 2 or (
                not quoted and (line.words >= 13 or (line.words >= 10 and score >= 0.75)) and i + 1 < len(facts)
            ):
                line.decide("caption", "caption:scene")
            elif line.words > _HEADING_WORDS:
                line.decide("paragraph", "paragraph:open")
            else:
                line.decide("heading", "heading:short")

    def _belongs(self, facts: list[Facts], i: int) -> bool:
        """Whether a line that looks like furniture is part of the article where it stands."""
        fact = facts[i]
        if fact.furniture is None:
            return True
        if fact.furniture.kind == "row":
            return any(_CELLS.search(near.line.text) for near in facts[max(0, i - 1) : i] + facts[i + 1 : i + 2])
        return not fact.furniture.firm and self._heads_text(facts, i)

    def _heads_text(self, facts: list[Facts], i: int) -> bool:
        after = next((fact for fact in facts[i + 1 : i + 2]), None)
        return after is not None and (after.body or after.line.closed) and facts[i].line.gap > 0

    def _numbered_beside(self, facts: list[Facts], i: int) -> bool:
        near = facts[max(0, i - 1) : i] + facts[i + 1 : i + 2]
        return any(_NUMBER.match(fact.line.folded) and not _ROMAN.match(fact.line.folded) for fact in near)

    def _in_list(self, facts: list[Facts], i: int) -> bool:
        """Whether the line is one of several open lines in a row: verses, items, table cells."""
        line = facts[i].line
        if ":" not in line.folded and i + 1 < len(facts) and (facts[i + 1].body or ":" in facts[i + 1].line.folded):
            before = [fact.line for fact in facts[max(0, i - 2) : i]]
            verses = len(before) == 2 and all(
                not other.closed
                and not other.prose
                and ":" not in other.folded
                and other.gap == line.gap
                and 0.5 * line.words <= other.words <= 2 * line.words + 1
                for other in before
            )
            if not verses:
                return False
        low = high = i
        while low > max(0, i - 12) and _loose(facts[low - 1]) and facts[low].line.gap == facts[i].line.gap:
            low -= 1
        while (
            high + 1 < min(len(facts), i + 12)
            and _loose(facts[high + 1])
            and facts[high + 1].line.gap == facts[i].line.gap
        ):
            high += 1
        opened = low > 0 and facts[low - 1].line.folded.endswith(":")
        return (high - low >= 2 and (opened or high - low >= 3)) or (opened and high >= low and i == low)

    def _caption_score(self, facts: list[Facts], i: int) -> float:
        line = facts[i].line
        low = line.folded.lower()
        score = 0.0
        if self._caption_place.search(low):
            score += 2.5
        if self._caption_start.match(low):
            score += 1.5
        if self._caption_scene.search(low):
            score += 1.0
        if self._told.search(low):
            score -= 1.5
        score += 1.5 if line.words >= 16 else 0.75 if line.words >= 11 else 0 if line.words >= 6 else -1.0
        above = facts[i - 1].furniture if i else None
        if above is not None and above.kind == "markup":
            score += 2.5
        if self._post.match(low) and _NAMED.search(line.folded):
            score += 3.0
        after = facts[i + 1] if i + 1 < len(facts) else None
        if after is not None and after.credit and after.line.words <= 8:
            score += 3
        if after is None or not (after.body or after.line.closed):
            score += 0.75
        if ":" in low or line.upper or line.folded[:1] in "“\"'":
            score -= 1.5
        return score

    # --- lead -----------------------------------------------------------------------------------------

    def _lead(self, facts: list[Facts], title: Line | None, dated: bool) -> None:
        """The first paragraph is a lead if it sums the article up."""
        at = next((i for i, fact in enumerate(facts) if fact.line.role in ("paragraph", "heading", "question")), None)
        if at is None or facts[at].line.role != "paragraph" or not facts[at].line.prose:
            return
        line = facts[at].line
        if line.folded.endswith((":", ";")) or _BULLET.match(line.folded):
            return
        if "lead" in line.marks:
            line.decide("lead", "lead:tag")
        elif _OUTLET_TAG.match(line.folded):
            line.decide("lead", "lead:outlet")
        elif title is not None and self._lead_score(facts, at, title, dated) >= 0.5:
            line.decide("lead", "lead:sums-up")
        if line.role == "lead" and "\n" in line.text:
            self._extend_lead(facts, at)

    @staticmethod
    def _lead_score(facts: list[Facts], at: int, title: Line, dated: bool) -> float:
        """How much the first paragraph at `at` looks like a summary and not like the start of the story."""
        line = facts[at].line
        after = next((fact.line.role for fact in facts[at + 1 :] if fact.line.role != "furniture"), None)
        score = 1.5 * shared(title.folded, pairs(line.folded)) + 0.5 * dated
        if after in ("caption", "heading", "question"):
            score += 1.0
        if any(fact.line.role == "caption" for fact in facts[:at]):
            score -= 1.5
        if _EVENT.match(line.folded):
            score -= 1.5
        if _PERSONAL.match(line.folded):
            score -= 1.0
        if line.words > 65:
            score -= 1.0
        if len(_SENTENCES.findall(line.folded)) >= 3:
            score -= 0.7
        return score


def _words(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(phrases)})(?!\w)")


def _any(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _asks_openly(line: Line) -> bool:
    return not line.closed and line.words <= 20 and bool(_ASKING.search(line.folded.lower()))


def _loose(fact: Facts) -> bool:
    line = fact.line
    return (
        not line.closed
        and not line.prose
        and fact.furniture is None
        and not fact.credit
        and not line.folded.endswith(":")
    )


def _doubled_inside(line: Line) -> bool:
    """`X X`: a teaser's picture text and its headline on one line."""
    words = line.folded.split()
    half = len(words) // 2
    return len(words) >= 8 and len(words) % 2 == 0 and words[:half] == words[half:]
