"""Where the article ends: the first line after which no more of its text comes."""

from itertools import accumulate

from hocbac_nlp.stripping.facts import Facts, pairs, shared
from hocbac_nlp.stripping.marks import FURNITURE

# What opens the part of a page behind an article, and how much more article-like text may follow it
# (as a share of all text below the title) before it is taken for a box inside the article.
_OPENERS = {"list": 0.3, "end": 0.3, "tags": 0.3, "legal": 0.2, "poll": 0.2, "form": 0.2, "mast": 0.15}
_BYLINE_SHARE = 0.2
_ON_TOPIC = 0.05
# Comments and teasers seldom have so many words.
_LONG = 25
# So many candidates are weighed by subject, which costs time, and not only by length.
_CLOSE_LOOKS = 12


def find_end(facts: list[Facts], start: int) -> int:
    """The index of the first line behind the article whose title ends before `start`.

    Candidates are list headings (`Tin liên quan`), comment boxes, tag lines, imprints and signatures that
    have hardly any text on the article's subject after them.
    """
    first = next((i for i in range(start, len(facts)) if facts[i].body), None)
    if first is None:
        return _end_without_text(facts, start)
    weights = [_weight(fact) for fact in facts]
    rests = [0, *accumulate(reversed(weights))][::-1]
    total = rests[start]
    tried = 0
    for i in range(first + 1, len(facts)):
        share = _share(facts, i)
        if share is None:
            continue
        rest = rests[i + 1]
        if not rest:
            return i
        tried += 1
        if rest <= share * total:
            if not (_resumes(facts, start, i) or _names_only(facts, start, i)):
                return i
        elif (
            tried <= _CLOSE_LOOKS
            and 2 * rest <= total
            and _opens_soon(facts, i)
            and _on_topic(facts, start, i) <= 0.5 * share * total
        ):
            return i
    return len(facts)


def _opens_soon(facts: list[Facts], i: int) -> bool:
    """Whether the line at `i`, or one soon after it, opens what follows an article."""
    return any(fact.furniture is not None and fact.furniture.kind in _OPENERS for fact in facts[i : i + 5])


def _on_topic(facts: list[Facts], start: int, i: int) -> int:
    """The words of the longer texts behind `i` that take up the subject of the article before it."""
    topic = set[str]().union(*(pairs(fact.line.folded) for fact in facts[start:i] if fact.body))
    return sum(
        fact.line.words
        for fact in facts[i + 1 :]
        if _weight(fact) >= _LONG and (fact.goes_on or shared(fact.line.folded, topic) >= _ON_TOPIC)
    )


def _weight(fact: Facts) -> int:
    return fact.line.words if fact.body and not fact.line.marks & FURNITURE else 0


def _share(facts: list[Facts], i: int) -> float | None:
    fact = facts[i]
    if fact.furniture is not None:
        heads_text = not fact.furniture.firm and i + 1 < len(facts) and facts[i + 1].body
        return None if heads_text else _OPENERS.get(fact.furniture.kind)
    if fact.byline is not None and fact.byline.kind == "signed" and not fact.when:
        before_site = i + 1 < len(facts) and facts[i + 1].furniture is not None
        return _BYLINE_SHARE if fact.byline.sure or before_site else None
    return None


def _resumes(facts: list[Facts], start: int, i: int) -> bool:
    """Whether text on the subject goes on soon after the line at `i`."""
    verdict = facts[i].furniture
    if verdict is None or verdict.kind != "list":
        return False
    if _signed_text_follows(facts, i):
        return True
    topic = set[str]().union(*(pairs(fact.line.folded) for fact in facts[start:i] if fact.body))
    rest = [fact for fact in facts[i + 1 : i + 12] if fact.body and fact.line.words >= _LONG]
    return any(fact.goes_on or shared(fact.line.folded, topic) >= _ON_TOPIC for fact in rest)


def _names_only(facts: list[Facts], start: int, i: int) -> bool:
    """Whether the name at `i` is no signature: text on the subject goes on right below it."""
    if facts[i].furniture is not None or i + 1 >= len(facts):
        return False
    after = facts[i + 1]
    if not after.body or after.line.words < _LONG:
        return False
    topic = set[str]().union(*(pairs(fact.line.folded) for fact in facts[start:i] if fact.body))
    return after.goes_on or shared(after.line.folded, topic) >= _ON_TOPIC


def _signed_text_follows(facts: list[Facts], i: int) -> bool:
    """Whether text and then a signature come before the next line that could open the part behind."""
    text = False
    for fact in facts[i + 1 :]:
        if fact.furniture is not None and fact.furniture.kind in _OPENERS:
            return False
        if fact.byline is not None and fact.byline.kind == "signed" and fact.byline.sure and text:
            return True
        text = text or fact.body
    return False


def _end_without_text(facts: list[Facts], start: int) -> int:
    for i in range(start, len(facts)):
        share = _share(facts, i)
        if share is not None and facts[i].furniture is not None and i > start:
            return i
    return len(facts)
