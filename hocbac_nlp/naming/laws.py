"""Laws named by their subject: the bodies in 'Luật Mặt trận Tổ quốc Việt Nam' are no mentions of bodies."""

from hocbac_nlp.naming.grammar import Grammar
from hocbac_nlp.naming.syllables import LOWER, Syllables, keys

_JOINERS = keys("và hoặc")


def law_end(grammar: Grammar, block: Syllables, at: int) -> int:
    """The end of a law's name ('Luật Bảo hiểm xã hội'): no body is meant by the words in it."""
    found = grammar.laws.longest(block, at)
    if found is None:
        return at
    end = found[0]
    if end == len(block) or not block.spaced[end] or not block.is_capital(end):
        return at
    while end < len(block):
        if not block.spaced[end] and not (block.gap[end].strip() == "," and _goes_on(grammar, block, end)):
            break
        if block.is_capital(end):
            last = block.word_end[end]
            end += 1
            while end < len(block) and block.start[end] < last and block.shape[end] == LOWER:
                end += 1
            continue
        joined = block.key[end] in _JOINERS and end + 1 < len(block) and block.spaced[end + 1]
        if joined and (block.is_capital(end + 1) or _word_end(grammar, block, end + 1) > end + 1):
            end += 1
            continue
        further = _word_end(grammar, block, end)
        if further == end:
            break
        end = further
    return end


def _goes_on(grammar: Grammar, block: Syllables, at: int) -> bool:
    """Whether a comma inside a law's name stands before syllable `at` ('Luật Phòng, chống tham nhũng')."""
    return _word_end(grammar, block, at) > at and block.shape[at] == LOWER


def _word_end(grammar: Grammar, block: Syllables, at: int) -> int:
    found = grammar.bodies.inner.longest(block, at)
    return found[0] if found is not None else at
