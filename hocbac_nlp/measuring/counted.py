"""The counted noun: what directly follows a number without a unit ('25 mô hình', '3 con bò')."""

import re
from dataclasses import dataclass

from hocbac_nlp.document import Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.word_roles import by_role

_GAP = re.compile(r"[ \n\u00a0\u202f]{1,2}(?=[^\W\d_])")
_WORDS = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)*")
_NOUNS = frozenset({"N", "Nc", "Nu", "Ny", "Nb", "NY", "NP"})


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted noun: `start`..`end` is its first word group, `first` and `after` bound its tokens.

    `lone` is a classifier without its noun; `common` a plain noun, not a name or a verb used as a noun; `listed`
    says that a lexicon has it.
    """

    start: int
    end: int
    first: int
    after: int
    classifier: bool
    lone: bool
    common: bool
    listed: bool


class Nouns:
    """The reader of counted nouns, over count_nouns.txt and figure_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._nouns = frozenset(lexicons.lines("count_nouns.txt"))
        roles = by_role(lexicons, "figure_words.tsv")
        self._classifiers, self._people, self._never = roles["classifier"], roles["people"], roles["no_noun"]

    def after(self, around: Surroundings, at: int, end: int, spelled: bool) -> Counted | None:
        """The noun that opens right after `at`; None when something else follows.

        `spelled` numbers ask for a tagged noun; after digits a verb used as a noun will do ('5 đề xuất').
        """
        gap = _GAP.match(around.text, at, end)
        if gap is None:
            return None
        tokens, first = around.tokens, around.token_at(gap.end())
        merged = around.token_over(gap.end() - 1)
        if merged is not None and merged.end > gap.end():
            return self._merged(around, merged, gap.end(), first)
        if first >= len(tokens) or tokens[first].start != gap.end():
            return None
        if not self._is_noun(tokens[first], spelled) and not self._is_last_word(around, first, end):
            return None
        return self._group(around, first, end)

    def _merged(self, around: Surroundings, token: Token, start: int, first: int) -> Counted | None:
        """A noun that the tagger glued to its number ('1.126 ca')."""
        match = _WORDS.match(around.text, start, token.end)
        word = match[0].lower() if match else ""
        if match is None or word in self._never or word.split()[0] not in self._nouns:
            return None
        classifier = word in self._classifiers
        return Counted(start, match.end(), first, first, classifier, classifier, True, True)

    def _group(self, around: Surroundings, first: int, end: int) -> Counted:
        """The first word group of the noun at token `first`: a classifier takes the next noun in."""
        tokens = around.tokens
        token, last, after = tokens[first], tokens[first], first + 1
        classifier = token.pos == "Nc" or token.text.lower() in self._classifiers
        if classifier and after < len(tokens) and tokens[after].start < end:
            following = tokens[after]
            joined = not around.text[token.end : following.start].strip() and following.text[0].isalpha()
            if joined and following.pos in (*_NOUNS, "Np", "A") and following.text.lower() not in self._never:
                last, after = following, after + 1
        stop = last.start + len(last.text.rstrip(".,;:!?)”"))
        word = token.text.lower().rstrip(".,;:")
        listed = word in self._nouns or word in self._people or word in self._classifiers
        common = token.text[0].islower() and (classifier or self._is_noun(token, spelled=True))
        return Counted(token.start, stop, first, after, classifier, classifier and last is token, common, listed)

    def _is_last_word(self, around: Surroundings, first: int, end: int) -> bool:
        """Whether a word with a verb's tag closes its phrase, as only a counted noun does ('rác hai ngăn.')."""
        token = around.tokens[first]
        following = around.text[token.end : end].lstrip()[:1]
        plain = token.pos in ("V", "A") and token.text.isalpha() and token.text.lower() not in self._never
        return plain and (not following or following in ".,;:)”")

    def _is_noun(self, token: Token, spelled: bool) -> bool:
        word = token.text.lower().rstrip(".,;:")
        if not word or word in self._never or not word[0].isalpha():
            return False
        listed = word in self._nouns or word in self._people or word in self._classifiers
        if listed or token.pos in _NOUNS:
            return True
        return not spelled and token.pos in ("V", "A", "Np") and " " in word
