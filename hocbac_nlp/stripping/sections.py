"""The section name over a title: a line of its own, and not the last item of a menu."""

import re

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.letters import LOWER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.facts import Facts
from hocbac_nlp.stripping.furniture import HOME

_STEPS = re.compile(r"[»›>|/]|\s{3,}")
# Furniture that may stand right above a section name without the two being items of one menu.
_APART = frozenset({"address", "no-words", "counter", "mast", "breadcrumb", "rates", "legal"})
# A brand written as brands are: `VNews`, `TheThao`. Sections are plain words.
_BRAND = re.compile(rf"[{LOWER}][A-Z]|\b[A-ZĐ]{{2,}}[a-z]{{2,}}")


class Sections:
    """Finds the section line, by section `names` (letters only) and the openings of `strip_mastheads.txt`."""

    def __init__(self, lexicons: Lexicons, names: frozenset[str]) -> None:
        self.names = names
        self._masthead = re.compile(rf"(?:{any_of(lexicons.lines('strip_mastheads.txt'))})\b", re.IGNORECASE)

    def is_masthead(self, text: str) -> bool:
        """Whether `text` opens with the name of an outlet or body: `Hội Nông dân …`, but not `Hội xuân …`."""
        match = self._masthead.match(text)
        return match is not None and (
            text.isupper() or " " not in text or not text[match.end() :].lstrip()[:1].islower()
        )

    def names_body(self, text: str) -> bool:
        """Whether `text` opens with the first word of an outlet's or body's name, however it goes on."""
        return self._masthead.match(text) is not None

    def find(self, facts: list[Facts], title: int) -> int | None:
        """The index of the lone section name above the title, or None."""
        i = title - 1
        while i >= 0 and (facts[i].when is not None or (_tool(facts[i]) and title - i <= 2)):
            i -= 1
        if i < 0:
            return None
        fact, line = facts[i], facts[i].line
        known = line.key in self.names
        if line.words > 9 or line.closed or not line.key or line.folded[-1] in ":|" or fact.credit:
            return None
        if (fact.furniture is not None and not known) or _STEPS.search(line.folded):
            return None
        if line.folded.isascii() and line.words >= 4 and not known:
            return None  # a name in English
        if (self.is_masthead(line.folded) or _BRAND.search(line.folded)) and not known:
            return None
        if not known and (line.words < 2 or (fact.byline is not None and fact.byline.sure)):
            return None
        if i == 0:
            return i if known or (facts[title].line.gap > 0 and " - " not in line.folded) else None
        return i if self._alone(facts, i, known) else None

    def _alone(self, facts: list[Facts], i: int, known: bool) -> bool:
        """Whether the line at `i` is not simply the last item of a menu."""
        above, line = facts[i - 1], facts[i].line
        if above.when is not None:
            return True
        menu_item = above.line.words <= 6 and not above.line.upper and above.line.key.count(" ") < 6
        apart = above.furniture is not None and (above.furniture.kind in _APART or above.line.key == "menu")
        if apart or (above.furniture is not None and _STEPS.search(above.line.text)):
            return True
        if not menu_item:
            return known or line.gap > 0
        if known and not self._in_menu(facts, i):
            return True
        return line.gap > 0 and above.line.gap == 0 and i >= 2

    def _in_menu(self, facts: list[Facts], i: int) -> bool:
        """Whether the lines above the one at `i` are sections too, a home link, or several short items."""
        above = [fact.line for fact in facts[max(0, i - 3) : i]]
        named = any(line.key in self.names or line.key in HOME for line in above[-2:])
        short = [line for line in above if line.words <= 4 and line.gap == facts[i].line.gap and not line.upper]
        return named or len(short) == 3


def _tool(fact: Facts) -> bool:
    return fact.furniture is not None and fact.furniture.kind in ("tool", "counter", "cms")
