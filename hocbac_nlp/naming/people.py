"""The grammar of person names: surnames, middle and given names, initials, foreign and ethnic-minority names."""

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, TITLE, UPPER, WEB, Syllables, is_vietnamese, key
from hocbac_nlp.naming.words import Words

LONGEST_NAME = 6
_ROYAL = key("Nữ")
_MONK = key("Thích")
_CLAN_MARKS = frozenset("y")


class People:
    """Reads person names; the lists are the surname, given-name, middle-name and title lexicons."""

    def __init__(self, lexicons: Lexicons, words: Words) -> None:
        self.words = words
        self.surnames = {key(row["surname"]): bool(row["word"]) for row in lexicons.rows("surnames.tsv")}
        self.given = {key(name) for name in lexicons.lines("given_names.txt")}
        self.middle = {key(name) for name in lexicons.lines("middle_names.txt")}
        self.titles = Phrases((row["title"], bool(row["place"])) for row in lexicons.rows("person_titles.tsv"))
        self.posts = Phrases((post, True) for post in lexicons.lines("posts.txt"))
        self.leader = Phrases((row["name"], bool(row["sure"])) for row in lexicons.rows("hcm_names.tsv"))
        self.known = Phrases((name, True) for name in lexicons.lines("known_people.txt"))
        self.foreign = frozenset(key(name) for name in lexicons.lines("foreign_given_names.txt"))
        self._thi = frozenset((key("Thị"), key("Văn")))

    def is_full_name(self, block: Syllables, at: int, end: int) -> bool:
        """Whether the capitalised syllables read as surname, middle names and given name."""
        size = end - at
        if not 2 <= size <= LONGEST_NAME:
            return False
        if size >= 3 and block.key[at + 1] in self._thi and is_vietnamese(block.key[at]):
            return True
        if size >= 4 and block.key[at + 1] == _ROYAL and self._is_marked(block, at):
            return True
        if block.key[at] not in self.surnames:
            return False
        if block.shape[at] == UPPER and block.shape[end - 1] == TITLE:
            return False
        if self.surnames[block.key[at]] and any(self._is_marked(block, k) for k in range(at + 1, end - 2)):
            return False
        if block.key[at] in _CLAN_MARKS:
            return size >= 3 and block.shape[at] != LOWER and block.key[at + 1] not in self.surnames
        strange = [k for k in range(at + 1, end) if not is_vietnamese(block.key[k]) and "'" not in block.key[k]]
        if strange and (strange != [end - 1] or size < 3 or self.surnames[block.key[at]]):
            return False
        if size == 2:
            return not self.surnames[block.key[at]] and block.key[end - 1] in self.given
        if size > 5:
            return False
        if block.key[end - 1] in self.given or block.key[at + 1] in self.middle:
            return True
        return not self.surnames[block.key[at]] and size <= 4

    def may_be_name(self, block: Syllables, at: int, end: int) -> bool:
        """Whether a run reads as a name though no list has its given name: a surname and one syllable or two.

        The first part of a highland name ("K'", 'Y', 'A') stands for a surname.
        """
        size = end - at
        text = block.span(at, end)
        if text[1:2] in ("'", "’") and text[0] in "KH":
            return True
        if size == 2 and block.key[at] in ("y", "a"):
            return True
        if block.shape[at] == UPPER and block.shape[end - 1] == TITLE:
            return False
        common = self.surnames.get(block.key[at])
        return (common is False and size == 2) or (common is not None and size == 3)

    def is_foreign_name(self, block: Syllables, at: int, end: int) -> bool:
        """Whether a run is a listed foreign given name and a name or two behind it ('Sam Altman')."""
        shaped = block.shape[at] == TITLE and block.shape[end - 1] in (TITLE, MIXED)
        return 2 <= end - at <= 4 and block.key[at] in self.foreign and shaped

    def name_inside(self, block: Syllables, at: int, end: int, shortest: int) -> int:
        """Where a person's full name starts inside the run, so that it closes the run; `end` if nowhere.

        Of several readings the one with 'Thị' or 'Văn' behind the surname wins, then the longest.
        """
        starts = [start for start in range(at, end - shortest + 1) if self.is_full_name(block, start, end)]
        sure = [start for start in starts if end - start >= 3 and self._is_marked(block, start)]
        return min(sure or starts, default=end)

    def _is_marked(self, block: Syllables, at: int) -> bool:
        """Whether 'Thị' or 'Văn' stands behind the surname at `at`, 'Tôn Nữ' included."""
        second = at + 2 if block.key[at + 1] == _ROYAL else at + 1
        return second < len(block) and block.key[second] in self._thi

    def leader_end(self, block: Syllables, at: int) -> int:
        """The end of a name of Hồ Chí Minh that starts at `at`, or `at` itself.

        'Bác' alone is his name with a capital inside a sentence, without a name behind it.
        """
        found = self.leader.longest(block, at)
        if found is None or not block.is_capital(at):
            return at
        end, sure, _ = found
        if end < len(block) and block.spaced[end] and block.is_capital(end):
            follows = block.key[end] in self.surnames or not sure
            if follows and end - at < 2:
                return at
        if sure:
            return end if all(block.is_capital(k) for k in range(at, end)) else at
        return at if end - at == 1 and block.opens[at] else end

    def known_end(self, block: Syllables, at: int) -> int:
        """The end of a listed name that is a whole run of capitals, or `at`."""
        found = self.known.longest(block, at)
        return found[0] if found is not None and found[0] == block.run_end(at) else at

    def initials_end(self, block: Syllables, at: int) -> int:
        """The end of initials with full stops between them ('P.T.C'), or `at`."""
        end = at
        size = len(block)
        while end < size and len(block.text[end]) <= 2:
            if block.shape[end] not in (TITLE, UPPER) or (end > at and block.gap[end] != "."):
                break
            end += 1
        return end if end - at >= 2 else at

    def titled_name_end(self, block: Syllables, at: int) -> int:
        """The end of the name that starts behind a title: the capitalised run, without what begins a post."""
        size = len(block)
        initials = self.initials_end(block, at)
        end = at
        while end < size and end - at < LONGEST_NAME and (end == at or self._joined(block, end)):
            if not block.is_capital(end) and not self.is_particle(block, end):
                break
            post = self.posts.longest(block, end) if end > at else None
            if post is not None and (post[0] - end > 1 or not self._is_name_syllable(block, end)):
                break
            end += 1
        return max(end, initials)

    def is_particle(self, block: Syllables, at: int) -> bool:
        """Whether a lower-case syllable belongs to a foreign name ('Jong-un', 'de Gaulle', 'bin Salman')."""
        if block.gap[at] == "-":
            return block.shape[at] == LOWER
        if block.key[at] == _ROYAL and block.key[at - 1] == _MONK:
            return block.spaced[at] and at + 1 < len(block) and block.spaced[at + 1] and block.is_capital(at + 1)
        if block.text[at] not in self.words.particle or not block.spaced[at] or at + 1 == len(block):
            return False
        return block.is_capital(at + 1)

    def _joined(self, block: Syllables, at: int) -> bool:
        return (
            block.spaced[at]
            or (block.gap[at] == "-" and not self._begins_other(block, at))
            or (block.gap[at] in (". ", ".") and self._is_initial(block, at - 1))
        )

    def _is_initial(self, block: Syllables, at: int) -> bool:
        """Whether a syllable before a full stop is one letter, or two that are no syllable ('Th.', not 'Em.')."""
        text = block.text[at]
        return block.is_capital(at) and len(text) <= 2 and (len(text) == 1 or not is_vietnamese(block.key[at]))

    def _begins_other(self, block: Syllables, at: int) -> bool:
        """Whether a hyphen joins two Vietnamese syllables with capitals: two names ('Lê Hoa-Trần Nam')."""
        pair = (at - 1, at)
        return all(block.is_capital(k) and is_vietnamese(block.key[k]) for k in pair)

    def _is_name_syllable(self, block: Syllables, at: int) -> bool:
        return block.key[at] in self.given or block.key[at] in self.surnames


def is_foreign_run(block: Syllables, at: int, end: int) -> bool:
    """Whether most capitalised syllables of a run are not shaped like Vietnamese ones."""
    capitals = [k for k in range(at, end) if block.is_capital(k)]
    strange = sum(not is_vietnamese(block.key[k]) for k in capitals)
    return strange * 2 >= len(capitals) > 0 and all(block.shape[k] not in (NUMBER, WEB) for k in range(at, end))
