"""Where the article starts: its title, in one line or more, and the date that may stand in it."""

import re
from collections.abc import Callable
from itertools import pairwise

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.captions import Captions, between_pictures
from hocbac_nlp.stripping.enumerations import NUMBER
from hocbac_nlp.stripping.facts import Facts, pairs, shared
from hocbac_nlp.stripping.interviews import Interviews
from hocbac_nlp.stripping.lines import key, unmarked
from hocbac_nlp.stripping.marks import FURNITURE
from hocbac_nlp.stripping.sections import Sections

_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*\d[^()\[\]]*)[)\]]\s*\Z|\s+[-–|]\s+([\d/:.,\s–-]{8,}\Z)")
_DATED = re.compile(
    r"(?:\d\d?/\d\d?/\d{4}[\s,|-]+\d\d?[:h]\d\d)(?=[^\W\d])|(?:date\s+|ngày\s+)?(?:\d{4}-\d\d(?:-\d\d)?|\d\d?[/.-]\d\d?[/.-]\d{4})(?:[\s,|-]+\d\d?[:h]\d\d)?\s*[-–|:]?\s+(?=[^\W\d])"
)
_DATED_AFTER = re.compile(r"(?<=[?!.…”\"])\s+\d\d?/\d\d?/\d{4}\Z|(?<!ngày)\s+\d\d?/\d\d?/\d{4}[\s,|-]+\d\d?[:h]\d\d\Z")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENOUGH = 1.0
# On a page of three lines at most, hardly anything but the title can be the title.
_ENOUGH_ALONE = -1.6
_VIEW_WORDS = 8
_FARTHEST = 250


class Headlines:
    """Finds the title line by scoring the lines above the first running text.

    A title is a line of headline length, near the date, repeated by breadcrumbs, about what the text is
    about; mastheads, menus, credits and signatures are not.
    """

    def __init__(
        self, lexicons: Lexicons, sections: Sections, interviews: Interviews, is_post: Callable[[str], bool]
    ) -> None:
        self._is_post = is_post
        self._addresses = interviews.addresses
        self._sections = sections
        self._captions = Captions(lexicons)
        self._kinds = frozenset(key(name) for name in lexicons.lines("strip_document_types.txt"))

    def find(self, facts: list[Facts]) -> int | None:
        """The index of the title's (first) line, or None if no line looks like one."""
        text = next((i for i, fact in enumerate(facts) if fact.body and not _asking(fact)), len(facts))
        text = min(text, _FARTHEST)
        topic = set().union(*(pairs(fact.line.folded) for fact in facts[text : text + 400] if fact.body), set())
        best, earlier = None, 0
        best_score = _ENOUGH if len(facts) > 3 else _ENOUGH_ALONE
        for i, fact in enumerate(facts[:text]):
            if (fact.furniture is not None and fact.furniture.firm and not _labelled(facts, i)) or _only_date(fact):
                continue
            if fact.credit:
                continue
            score = self._score(facts, i, topic) - 0.7 * earlier
            if score > best_score:
                best, best_score = i, score
            if fact.line.words >= 5 and not fact.line.closed:
                earlier += 1
        if best is None and text < len(facts):
            best = self._just_above(facts, text)
        return best if best is None else self._first_line(facts, _first_time(facts, best, self._sections.names))

    def _just_above(self, facts: list[Facts], text: int) -> int | None:
        """The open line that stands alone above the text: a title of a few words."""
        for i in range(text - 1, max(-1, text - 4), -1):
            fact = facts[i]
            caption = fact.credit or self._captions.sure(fact.line) or between_pictures(facts, i)
            plain = fact.furniture is None and fact.when is None and not caption and fact.line.folded[-1] not in ":,"
            if plain and not fact.line.closed and fact.line.folded[0] not in "-–+•*":
                menu = self._sections.is_masthead(fact.line.folded) or fact.line.key in self._sections.names
                return None if menu or fact.line.words < 2 else i
        return None

    def _first_line(self, facts: list[Facts], i: int) -> int:
        """The title's first line when the one at `i` is its second: after a colon or a document's type."""
        if i == 0:
            return i
        above, line = facts[i - 1], facts[i].line
        if above.when is not None or above.credit or above.line.closed or (above.byline and above.byline.sure):
            return i
        colon = above.line.folded.endswith(":") and above.line.words >= 3 and line.gap <= 1 and above.furniture is None
        kind = above.line.upper and above.line.key in self._kinds and line.gap == 0
        broken = line.folded[:1].islower() and line.gap <= 1 and above.line.words >= 3 and above.furniture is None
        return i - 1 if (colon and line.words <= (16 if above.line.upper else 10)) or kind or broken else i

    def _score(self, facts: list[Facts], i: int, topic: set[str]) -> float:
        fact, line = facts[i], facts[i].line
        score = _length_score(line.words)
        if line.closed and line.folded.endswith(".") and not line.folded.endswith(".."):
            score -= 5 if self._captions.score(facts, i) >= 1 else 2.5
        if line.words >= 18 and line.closed and not line.asks:
            score -= 2
        if fact.furniture is not None:
            score -= 2
        if fact.byline is not None and fact.byline.sure:
            score -= 4
        if line.folded[:1] in "(-–+•*":
            score -= 2 if line.folded[0] == "(" else 4
        if line.folded[:1].islower():
            score -= 1.5
        if NUMBER.match(line.folded):
            score -= 4
        if line.key in self._sections.names:
            score -= 4
        if self._captions.sure(line) or between_pictures(facts, i):
            score -= 8
        if i < 6 and self._sections.is_masthead(line.folded):
            score -= 4 if line.upper else 1.5 if line.words <= 6 else 0
        elif i < 4 and line.upper and line.words <= 8 and not _text_follows(facts, i):
            score -= 3
        if _text_follows(facts, i):
            score += 1
        score += 5 * shared(line.folded, topic) * min(1.0, line.words / 8)
        score += _near_a_date(facts, i)
        score += self._repeated(facts, i)
        if _site_below(facts, i):
            score -= 3
        signed = facts[i - 1].byline if i else None
        if signed is not None and signed.sure and self._is_post(line.folded):
            score -= 6
        if line.folded.endswith((" -", " –")):
            score -= 3
        if line.folded[-1] == "," or (line.folded[-1] == "!" and line.words <= _VIEW_WORDS):
            score -= 5  # a speech begins
        if self._captions.views(line) and line.words <= _VIEW_WORDS:
            score -= 3
        if _row_of_a_menu(facts, i):
            score -= 4
        if line.asks and self._addresses(line):
            score -= 4  # a question to somebody: the page begins inside an interview
        if i < 2 and self._sections.names_body(line.folded) and _title_after_date(facts, i):
            score -= 4
        return score + _mark_score(line.marks)

    def _repeated(self, facts: list[Facts], i: int) -> float:
        """Breadcrumbs and window titles repeat the headline inside a longer line."""
        mine = facts[i].line.key
        if facts[i].line.words < 3:
            return 0.0
        score = 0.0
        for j, other in enumerate(facts[: _FARTHEST + 40]):
            if j == i:
                continue
            if other.line.key == mine:
                score = max(score, 1.0)
            elif mine in other.line.key and other.furniture is not None:
                score = max(score, 4.0)
        return score

    def span(self, facts: list[Facts], first: int) -> int:
        """The index after the last line of the title that starts at `first`."""
        title = facts[first].line
        if first + 1 >= len(facts):
            return first + 1
        after = facts[first + 1]
        if (
            after.furniture is not None
            or after.when is not None
            or after.credit
            or after.byline is not None
            or after.line.prose
            or (after.line.closed and not after.line.asks)
            or after.line.words < 2
        ):
            return first + 1
        longest = 16 if title.upper else 10
        colon = title.folded.endswith(":") and after.line.words <= longest and after.line.gap <= 1
        kicker = title.upper and title.key in self._kinds and after.line.words >= 4 and after.line.gap == 0
        capitals = title.upper and after.line.upper and after.line.gap == 0 and title.words >= 3
        broken = after.line.folded[:1].islower() and after.line.gap <= 1
        return first + 2 if colon or kicker or capitals or broken else first + 1


def split_date(text: str) -> tuple[str, str | None]:
    """A title without the date that stands before it or in brackets after it, and that date."""
    match = _BRACKETED.search(text)
    if match and len(_YEAR.findall(match[0])) <= 1:
        return unmarked(text[: match.start()].rstrip()), match[1] or match[2]
    head, tail = _DATED.match(text), _DATED_AFTER.search(text)
    name = text[head.end() if head else 0 : tail.start() if tail else len(text)]
    dated = tail or head
    return name, dated[0] if dated else None


def _asking(fact: Facts) -> bool:
    """Whether the line is a question short enough for a title."""
    return fact.line.asks and fact.line.words <= 26


def _site_below(facts: list[Facts], i: int) -> bool:
    """Whether menus come below the line at `i`, and then another line that may be a title: a site's name."""
    items = 0
    for fact in facts[i + 1 : i + 14]:
        line = fact.line
        if fact.body:
            return False
        if fact.furniture is not None:
            items += 2 * (fact.furniture.kind in ("menu", "breadcrumb", "mast"))
        elif fact.when is None and fact.byline is None and not line.closed:
            if line.words >= 5 and items >= 2:
                return True
            items += line.words <= 4 and line.folded[:1] not in "-•"
    return False


def _row_of_a_menu(facts: list[Facts], i: int) -> bool:
    """Whether the line is one of two or more that are made of many short names: `Trang chủ Thời sự Nhà đất Ô tô …`."""
    beside = [fact for fact in (*facts[max(0, i - 1) : i], *facts[i + 1 : i + 2]) if fact.line.key]
    return _names_items(facts[i].line.folded) and any(_names_items(fact.line.folded) for fact in beside)


def _names_items(text: str) -> bool:
    """Whether a new name begins after every two or three words, and nothing parts them."""
    words = text.split()
    starts = sum(one[:1].islower() and two[:1].isupper() for one, two in pairwise(words))
    return starts >= 3 and 5 * starts >= len(words) and not set(text) & set(',.:;?!"“”')


def _title_after_date(facts: list[Facts], i: int) -> bool:
    """Whether a date, and then a line that may be a title, stand between the line at `i` and the text."""
    if i + 3 >= len(facts) or facts[i + 1].when is None:
        return False
    fact, after = facts[i + 2], facts[i + 3]
    plain = fact.furniture is None and fact.byline is None and not fact.credit
    plain = plain and not (fact.line.closed or fact.line.folded.endswith(":") or NUMBER.match(fact.line.folded))
    return plain and 4 <= fact.line.words <= 25 and (after.body or after.line.closed)


def _text_follows(facts: list[Facts], i: int) -> bool:
    """Whether the next line that is not furniture is running text or a date above it."""
    for fact in facts[i + 1 : i + 5]:
        if fact.furniture is None and fact.when is None:
            return fact.body
    return False


def _only_date(fact: Facts) -> bool:
    return fact.when is not None and key(fact.when.rest).count(" ") < 4


def _first_time(facts: list[Facts], i: int, sections: frozenset[str]) -> int:
    """Where the title at `i` stands first, when a page prints it twice around its date."""
    for j in range(max(0, i - 3), i):
        between = facts[j + 1 : i]
        same = facts[j].line.key == facts[i].line.key and facts[j].furniture is None
        if same and all(fact.when or fact.furniture or fact.line.key in sections for fact in between):
            return j
    return i


def _labelled(facts: list[Facts], i: int) -> bool:
    """Whether the first line of the page is a headline with a label before it: `[Video] …`, `(Ảnh) …`."""
    verdict = facts[i].furniture
    return i == 0 and verdict is not None and verdict.kind == "link" and facts[i].line.folded[0] in "[("


def _length_score(words: int) -> float:
    if words <= 2:
        return -2.5
    if words == 3:
        return 0.0
    if words == 4:
        return 1.0
    return 2.0 if words <= 24 else 0.5 if words <= 30 else -2.0


def _near_a_date(facts: list[Facts], i: int) -> float:
    for step, fact in enumerate(facts[i + 1 : i + 5]):
        if fact.when is not None:
            clock = (
                fact.when.weekday and i + step < 5 and any(later.when for later in facts[i + step + 2 : i + step + 12])
            )
            return 0.5 if clock else 3.5 if step == 0 else 2.0
        if fact.furniture is None and not (fact.byline is not None and fact.byline.sure):
            break
    if i and facts[i - 1].when is not None:
        return 1.5
    return 0.0


def _mark_score(marks: frozenset[str]) -> float:
    score = 0.0
    if "h1" in marks:
        score += 6
    if "title" in marks:
        score += 2
    if "titled" in marks:
        score += 5
    if marks & FURNITURE:
        score -= 6
    return score
