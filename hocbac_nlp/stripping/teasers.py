"""Headlines of other articles that stand inside an article: boxes of links, lists of them."""

import re
from collections import Counter
from itertools import pairwise

from hocbac_nlp.letters import LOWER, UPPER
from hocbac_nlp.stripping.facts import Facts, pairs
from hocbac_nlp.stripping.leads import tagged
from hocbac_nlp.stripping.lines import Line
from hocbac_nlp.stripping.shapes import BULLET, CELLS, SENTENCES, loose

_DASHED = re.compile(rf"[-–•+]\s*(?![{LOWER}])[^\W\d_]")
_GLUED = re.compile(rf"[{LOWER}]{{2}}[{UPPER}][{LOWER}]")
_MOST_WORDS = 30
_SUMMARY_WORDS = 20


def boxed_teasers(facts: list[Facts]) -> None:
    """Headlines of other articles, full sentences too, behind a list heading inside the article."""
    begin = next((i for i, fact in enumerate(facts) if fact.body), len(facts))
    lists = [i for i, fact in enumerate(facts) if i > begin and fact.furniture and fact.furniture.kind == "list"]
    if not lists:
        return
    topic = Counter(pair for fact in facts if fact.body for pair in pairs(fact.line.folded))
    for i in lists:
        for other in facts[i + 1 : i + 9]:
            line = other.line
            if line.role is not None or other.credit or other.goes_on or line.words > _MOST_WORDS:
                break
            if line.gap > facts[i + 1].line.gap and _heads(facts, other):
                break
            mine = pairs(line.folded)
            elsewhere = sum(topic[pair] > other.body for pair in mine)
            if SENTENCES.search(line.folded) or elsewhere > 0.25 * len(mine):
                break
            line.decide("furniture", "furniture:teaser")


def _heads(facts: list[Facts], fact: Facts) -> bool:
    """Whether running text follows a line of a few words."""
    at = next(i for i, one in enumerate(facts) if one is fact)
    return fact.line.words <= 10 and at + 1 < len(facts) and facts[at + 1].body


def listed_teasers(facts: list[Facts]) -> None:
    """Three or more headlines in a row, without blank lines between them: links to other articles."""
    run: list[Line] = []
    for fact in [*facts, None]:
        line = fact.line if fact is not None else None
        headline = (
            fact is not None
            and line is not None
            and line.role is None
            and loose(fact)
            and 7 <= line.words <= (40 if line.upper else 25)
            and (":" not in line.folded or line.upper)
            and not BULLET.match(line.folded)
            and not CELLS.search(line.text)
            and "\n" not in line.text
            and not line.folded.endswith(" |")
        )
        if headline and line is not None and (line.gap == 0 or not run or (line.upper and run[-1].upper)):
            run.append(line)
            continue
        if len(run) >= 3:
            for one in run:
                one.decide("furniture", "furniture:teaser")
        run = [line] if headline and line is not None else []


def dashed_teasers(facts: list[Facts]) -> None:
    """Headlines behind dashes, two or more in a row, above the text or right below its first paragraph."""
    run: list[Line] = []
    texts = 0
    for fact in facts:
        line = fact.line
        if (
            _DASHED.match(line.folded)
            and not fact.credit
            and 7 <= line.words <= 25
            and not line.folded.endswith((".", ";", ":"))
        ):
            run.append(line)
            continue
        if len(run) >= 2 or texts >= 2:
            break
        run = []
        texts += fact.body
        if line.folded.endswith(":"):
            return
    if len(run) >= 2 and texts < 2:
        for line in run:
            line.decide("furniture", "furniture:teaser")


def summarised_teasers(facts: list[Facts]) -> None:
    """Headlines with the beginning of their articles below: behind a newspaper's tag, or two and more at the end."""
    texts = 0
    for one, two in pairwise(facts):
        texts += one.body
        if texts >= 2 and _summarised(one, two) and tagged(two.line):
            for fact in (one, two):
                fact.line.decide("furniture", "furniture:teaser")
    at = len(facts)
    while at >= 2 and _summarised(facts[at - 2], facts[at - 1]) and facts[at - 1].line.words <= _SUMMARY_WORDS:
        at -= 2
    if len(facts) - at >= 4 and any(fact.line.words > 2 * _SUMMARY_WORDS for fact in facts[:at]):
        for fact in facts[at:]:
            fact.line.decide("furniture", "furniture:teaser")


def _summarised(one: Facts, two: Facts) -> bool:
    """Whether `two` is a sentence right below the headline `one`."""
    if any(fact.line.role is not None or fact.credit or fact.furniture is not None for fact in (one, two)):
        return False
    headline = (loose(one) or one.line.asks) and 5 <= one.line.words <= 20
    return headline and two.line.closed and two.line.gap <= 1 and two.line.words <= 45


def glued_teasers(facts: list[Facts]) -> None:
    """Headlines that their summaries were glued to, two or more in a row: `… húc đổ cột đènXuống dốc, chiếc xe …`."""
    glued = [fact.line.words >= 12 and any(map(_glued, fact.line.folded.split())) for fact in facts]
    for i, fact in enumerate(facts):
        if glued[i] and fact.line.role is None and any(glued[max(0, i - 1) : i] + glued[i + 1 : i + 2]):
            fact.line.decide("furniture", "furniture:teaser")


def _glued(word: str) -> bool:
    """Whether two syllables stand together, and it is no brand: one of them has a mark that only Vietnamese has."""
    return _GLUED.search(word) is not None and not word.isascii()
