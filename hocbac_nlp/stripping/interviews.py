"""The turns of interviews and of columns where readers ask and experts answer."""

import re
from collections import Counter
from itertools import pairwise

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.letters import LOWER, UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.facts import Facts
from hocbac_nlp.stripping.leads import tagged
from hocbac_nlp.stripping.lines import Line
from hocbac_nlp.stripping.phrasing import by_kind, whole

_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
# A speaker before his words: `Hồ Văn Kính: …`, `HVK: …`.
_SPEAKER = re.compile(rf"((?:[{UPPER}][{LOWER}]+[ ]){{1,4}}[{UPPER}][{LOWER}]+|[{UPPER}]{{2,4}})\s*:\s*…?[“\"{UPPER}]")
_LISTED_QUESTION = 25
_DASHES = ("- ", "– ")
_LONGEST_QUESTION = 90
_SHORT_QUESTION = 20
# A turn that only thanks is short.
_THANKS = 12


class Interviews:
    """Finds who asks and who answers, with the tags and pronouns of `strip_interview.tsv`."""

    def __init__(self, lexicons: Lexicons) -> None:
        words = by_kind(lexicons.rows("strip_interview.tsv"))
        self._asks = re.compile(
            rf"\W{{0,3}}(?:{any_of(words['question'])})(?:\b[^:.?!]{{2,90}}\shỏi)?\s*[:：]", re.IGNORECASE
        )
        self._answers = re.compile(rf"\W{{0,3}}(?:{any_of(words['answer'])})\b[^:.?!]{{0,70}}[:：]", re.IGNORECASE)
        self._reply = re.compile(
            r"\W{0,3}(?:[^:.?!]{0,60}(?:trả lời|giải đáp|tư vấn)"
            r"(?: của [^:.?!]{2,40}|(?: [^:.?!]{1,20})? như sau)?|đáp)"
            r"\s*[:：](?!\s*[“\"])",
            re.IGNORECASE,
        )
        self._address = whole(words["address"])
        self._announced = whole(words["announced"])
        self._inquires = whole(words["inquires"])
        self._collection = whole(words["collection"])
        self._first_person = whole(words["first"])
        you = any_of(words["you"])
        self._you = re.compile(
            rf"(?<!\w)(?:{you})(?:\s(?:có|sẽ|đã|nghĩ|đánh giá|thấy|từng|học|mong|cho)(?!\w)|[ ,]*(?:ạ|\?))"
            rf"|(?<!\w)của (?:{you})(?!\w)",
            re.IGNORECASE,
        )
        self._asking = re.compile(rf"(?<!\w)(?:{any_of(words['asking'])})\W*\Z", re.IGNORECASE)

    def questions(self, facts: list[Facts], untitled: bool) -> None:
        """Decide the interviewer's turns, and the lines that only tag an answer.

        A page that is `untitled` may begin in the middle of an interview.
        """
        lines = [fact.line for fact in facts]
        if self._named(lines) or self._listed(facts) or self._answered(facts):
            return
        if any(self._asks.match(line.folded) for line in lines):
            self._tagged(lines)
        elif not self._starred(lines) and not self._letter(facts):
            self._untagged(facts, untitled)

    def answers(self, facts: list[Facts]) -> None:
        """After the first question, running text answers until the article ends."""
        asked = False
        for fact in facts:
            if fact.line.role == "question":
                asked = True
            elif asked and fact.line.role in ("paragraph", "lead"):
                fact.line.decide("answer", "turn:reply")

    def _tagged(self, lines: list[Line]) -> None:
        """`PV: …`; where the tagged turns start with a dash, so do others that ask."""
        tagged = [line for line in lines if self._asks.match(line.folded)]
        dashes = any(line.folded.startswith(_DASHES) for line in tagged)
        for line in tagged:
            line.decide("question", "turn:tag")
        for line in lines:
            if line.role is not None:
                continue
            if line.folded.endswith(":") and (self._answers.match(line.folded) or self._reply.match(line.folded)):
                line.decide("paragraph", "turn:tag")
            elif line.folded.startswith(_DASHES) and (self.addresses(line) or (dashes and line.asks)):
                line.decide("question", "turn:dash")

    def _named(self, lines: list[Line]) -> bool:
        """A dialogue of two named speakers, `Lê An: …`, or by initials, `LA: …`: the one who asks more is the host."""
        turns = [(line, _initials(match[1])) for line in lines if (match := _SPEAKER.match(line.folded))]
        speakers = Counter(speaker for _, speaker in turns)
        asked = Counter(speaker for line, speaker in turns if "?" in line.folded).most_common()
        if len(turns) < 3 or len(speakers) != 2 or not asked or any(line.role is not None for line, _ in turns):
            return False
        host, most = asked[0]
        if 2 * most < speakers[host] or (len(asked) > 1 and asked[1][1] == most):
            return False
        for line, speaker in turns:
            if speaker == host:
                line.decide("question", "turn:name")
            else:
                line.decide("answer", "turn:reply")
        return True

    def _answered(self, facts: list[Facts]) -> bool:
        """Readers ask and experts answer, all behind dashes: `- Em tôi …`, `- Bà Nguyệt: Quy định …`."""
        dashed = [fact.line for fact in facts if fact.line.role is None and fact.line.folded.startswith(_DASHES)]
        answers = [line for line in dashed if self._answers.match(line.folded)]
        asked = [one for one, two in pairwise(dashed) if two in answers and one not in answers]
        if len(answers) < 2 or len(asked) < 2:
            return False
        for line in dashed:
            if line in answers:
                line.decide("answer", "turn:reply")
            elif line in asked or line is dashed[-1]:
                line.decide("question", "turn:dash")
        return True

    def _listed(self, facts: list[Facts]) -> bool:
        """Three or more short questions, each with its answer below, on a page that says it has them: `Hỏi đáp`."""
        asked = [
            i
            for i, (fact, after) in enumerate(pairwise(facts))
            if self._may_ask(fact)
            and fact.line.asks
            and fact.line.words <= _LISTED_QUESTION
            and (after.line.closed or after.line.prose)
            and not after.line.asks
        ]
        if len(asked) < 3 or not any(self._collection.search(fact.line.folded) for fact in facts[: asked[-1]]):
            return False
        for i in asked:
            facts[i].line.decide("question", "turn:list")
        return True

    def _starred(self, lines: list[Line]) -> bool:
        """`* question`, `- answer`."""
        starred = [line for line in lines if line.folded.startswith("*") and len(line.folded) > 3]
        dashed = any(line.folded.startswith(_DASHES) for line in lines)
        asking = sum("?" in line.folded for line in starred)
        if len(starred) < 2 or not dashed or asking * 2 < len(starred):
            return False
        for line in starred:
            line.decide("question", "turn:star")
        return True

    def _letter(self, facts: list[Facts]) -> bool:
        """A reader's letter, and the answer under `Trả lời:`."""
        reply = next((i for i, fact in enumerate(facts) if self._reply.match(fact.line.folded)), None)
        if reply is None or not any("?" in fact.line.folded or fact.body for fact in facts[:reply]):
            return False
        asked = any("?" in fact.line.folded or self._inquires.search(fact.line.folded) for fact in facts[:reply])
        if facts[reply].line.folded.endswith("như sau:") and not asked:
            return False
        facts[reply].line.decide("paragraph", "turn:tag")
        for fact in facts[:reply]:
            plain = fact.line.role is None and fact.furniture is None and not fact.credit
            if plain and (fact.line.prose or fact.line.closed) and not tagged(fact.line):
                fact.line.decide("question", "turn:letter")
        return True

    def _untagged(self, facts: list[Facts], untitled: bool) -> None:
        """Questions without a tag: lines that ask, spoken to somebody who answers as `tôi`."""
        lines = [fact.line for fact in facts]
        able = [i for i in range(len(lines)) if self._may_ask(facts[i])]
        asked = [i for i in able if lines[i].asks or self.addresses(lines[i])]
        numbered = [i for i in able if _NUMBERED.match(lines[i].folded)]
        if len(numbered) >= 3 and all(lines[i].asks for i in numbered):
            for i in numbered:
                lines[i].decide("question", "turn:number")
            return
        # A reply may end with a question too: what follows a question answers it.
        asked = [i for i in asked if i - 1 not in asked or self.addresses(lines[i])]
        if not asked:
            return
        openly = [i for i in able if i > asked[0] and i not in asked and self._asks_openly(lines[i])]
        spoken = [i for i in asked if self.addresses(lines[i])]
        announced = any(self._announced.search(line.folded) for line in lines[: asked[0]])
        opening = any(lines[i].asks and self._address.match(lines[i].folded.lstrip("-–* ")) for i in asked)
        replied = any(self._dashed_reply(lines, i) for i in spoken)
        begins = untitled and asked[0] == 0
        if not spoken or len(asked) + len(openly) + announced + opening + replied + begins < 2:
            return
        after = [lines[i + 1].folded for i in asked if i + 1 < len(lines)]
        replies = sum(bool(self._first_person.search(text) or self._answers.match(text)) for text in after)
        if replies * 3 >= len(after) or announced:
            for i in asked + openly:
                lines[i].decide("question", "turn:asks")

    def _dashed_reply(self, lines: list[Line], i: int) -> bool:
        """Whether somebody answers the question at `i` as `tôi`, behind a dash: `- Tôi …`."""
        text = lines[i + 1].folded if lines[i].asks and i + 1 < len(lines) else ""
        return text.startswith(_DASHES) and bool(self._first_person.search(text))

    def _may_ask(self, fact: Facts) -> bool:
        return (
            fact.line.role is None
            and fact.furniture is None
            and not fact.credit
            and fact.line.words <= _LONGEST_QUESTION
            and not self._answers.match(fact.line.folded)
        )

    def addresses(self, line: Line) -> bool:
        """Whether the line speaks to a guest: `thưa ông`, `xin cảm ơn`, `… của anh?`."""
        text = line.folded.lstrip("-–* ")
        if line.words > _LONGEST_QUESTION:
            return False
        if self._address.match(text) or (line.asks and self._you.search(text)):
            return line.asks or line.words <= _SHORT_QUESTION or bool(self._address.match(text))
        return (line.asks or line.words <= _THANKS) and bool(self._address.search(text))

    def _asks_openly(self, line: Line) -> bool:
        return not line.closed and line.words <= 2 * _SHORT_QUESTION and bool(self._asking.search(line.folded))


def _initials(name: str) -> str:
    """The initials of a speaker, who may be named by them alone."""
    return name if name.isupper() else "".join(word[0] for word in name.split())
