"""How the names of a user's model join those of the rules: they fill what the rules leave."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from hocbac_nlp.document import Reference
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.ner_tags import Name, Span
from hocbac_nlp.naming.syllables import Syllables

RULE = "ner-model"


def fill(
    mentions: list[Mention], blocks: Sequence[Syllables], names: Iterable[Name], references: Iterable[Reference]
) -> list[Mention]:
    """The mentions and, between them, the names of the model, in order.

    A name is widened to whole syllables. One that touches a mention or an official document is left out: the rules
    know where a body's name ends, and that 'Nghị quyết Trung ương 4' is none.
    """
    blocks = sorted((block for block in blocks if len(block)), key=lambda block: block.start[0])
    firsts = [block.start[0] for block in blocks]
    ruled = [(one.block.start[one.start], one.block.end[one.end - 1]) for one in mentions]
    cited = [(one.start, one.end) for one in references]
    added: list[Mention] = []
    free = 0
    for name in names:
        at = bisect_right(firsts, name.start) - 1
        if at < 0:
            continue
        block = blocks[at]
        first, last = bisect_right(block.end, name.start), bisect_left(block.start, name.end)
        if first >= last or block.start[first] < free:
            continue
        start, free = block.start[first], block.end[last - 1]
        if not _touches(ruled, start, free) and not _touches(cited, start, free):
            added.append(Mention(block, first, last, name.label, RULE))
    return sorted((*mentions, *added), key=lambda one: one.block.start[one.start])


def _touches(spans: list[Span], start: int, end: int) -> bool:
    """Whether a span has a character in common with one of those, which are in order and do not overlap."""
    before = bisect_left(spans, (end, 0)) - 1
    return before >= 0 and spans[before][1] > start
