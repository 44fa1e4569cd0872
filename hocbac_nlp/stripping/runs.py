"""Lines that belong together: lists without marks, verses, tables in columns, paragraphs torn at their links."""

from hocbac_nlp.stripping.enumerations import NUMBER
from hocbac_nlp.stripping.facts import Facts
from hocbac_nlp.stripping.shapes import loose

# A link in running text is a name or a few words.
_TORN_WORDS = 8


def in_list(facts: list[Facts], i: int) -> bool:
    """Whether the line is one of several open lines in a row: verses, items, table cells."""
    line = facts[i].line
    if ":" not in line.folded and i + 1 < len(facts):
        after = facts[i + 1]
        if (after.body or ":" in after.line.folded) and not _verse_above(facts, i):
            return False
    low = high = i
    while low > max(0, i - 12) and loose(facts[low - 1]) and facts[low].line.gap == line.gap:
        low -= 1
    while high + 1 < min(len(facts), i + 12) and loose(facts[high + 1]) and facts[high + 1].line.gap == line.gap:
        high += 1
    opened = low > 0 and facts[low - 1].line.folded.endswith(":")
    return high - low >= (2 if opened else 3) or (opened and i == low)


def _verse_above(facts: list[Facts], i: int) -> bool:
    """Whether the two lines above are open lines of about the same length, without a colon."""
    line = facts[i].line
    above = [fact.line for fact in facts[max(0, i - 2) : i]]
    return len(above) == 2 and all(
        not other.closed
        and not other.prose
        and ":" not in other.folded
        and other.gap == line.gap
        and 0.5 * line.words <= other.words <= 2 * line.words + 1
        for other in above
    )


def torn(facts: list[Facts]) -> None:
    """A paragraph in several lines, because the links in it were set apart: `Trao đổi với`, `PV`, `, một cán bộ …`."""
    for i in range(len(facts) - 1):
        one, two = facts[i], facts[i + 1]
        if not _goes_over(one, two):
            continue
        first = i
        if one.line.words <= _TORN_WORDS and i and _goes_over(facts[i - 1], one, after_link=True):
            first = i - 1
        if any(fact.line.words > 2 * _TORN_WORDS for fact in facts[first : i + 2]):
            for fact in facts[first : i + 2]:
                if fact.line.role is None:
                    fact.line.decide("paragraph", "paragraph:torn")


def _goes_over(one: Facts, two: Facts, after_link: bool = False) -> bool:
    """Whether a sentence goes on from one line to the next: what stands `after_link` may begin with a capital."""
    if any(fact.credit or fact.furniture is not None or fact.when is not None for fact in (one, two)):
        return False
    if one.line.closed or one.line.folded[-1] in ":;|”" or one.line.folded[:1] in "-–+•*":
        return False
    if NUMBER.match(one.line.folded) or (one.line.upper and one.line.words > 2):
        return False
    start = two.line.folded
    return after_link or (start[:1].islower() and start[1:2] != ")") or start[:2] in (", ", ". ")


def columns(facts: list[Facts]) -> None:
    """A table whose cells were written one below the other: many short lines in a row, numbers among them."""
    run: list[Facts] = []
    for fact in [*facts, None]:
        cell = fact is not None and fact.line.role is None and fact.line.words <= 7 and not fact.line.closed
        if fact is not None and cell and (fact.line.gap == 0 or not run):
            run.append(fact)
            continue
        numbers = sum(not one.line.key for one in run)
        words = [one for one in run if one.line.key]
        if len(run) >= 6 and numbers >= 3 and len(words) >= 3 and all(one.furniture is None for one in words):
            # A heading may stand right above the first cell.
            for one in run[bool(NUMBER.match(run[0].line.folded) and run[0].line.key) :]:
                one.line.decide("paragraph", "paragraph:row")
        run = [fact] if fact is not None and cell else []


def contents(facts: list[Facts]) -> None:
    """The table of contents of a long page: open lines below `Mục lục`, or such whose first comes again below them."""
    headed = False
    for i, fact in enumerate(facts):
        if headed or (fact.line.role is None and fact.line.words >= 2 and ":" not in fact.line.folded):
            again = _again(facts, i)
            if again - i >= (2 if headed else 3):
                for entry in facts[i:again]:
                    if entry.line.role is None:
                        entry.line.decide("furniture", "furniture:contents")
        headed = fact.furniture is not None and fact.furniture.kind == "contents"


def _again(facts: list[Facts], i: int) -> int:
    """The index where the line at `i` stands once more, with nothing but open lines before it; else `i`."""
    for j in range(i + 1, min(len(facts), i + 60)):
        if facts[j].line.key == facts[i].line.key:
            return j
        if facts[j].body or facts[j].credit or (facts[j].line.closed and not facts[j].line.asks):
            return i
    return i
