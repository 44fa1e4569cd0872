"""Where a body's name may not go on: a person, a post, a level word, a place, a number of something else."""

from typing import TYPE_CHECKING, NamedTuple

from hocbac_nlp.naming.syllables import LOWER, NUMBER, UPPER, Syllables, is_vietnamese, key

if TYPE_CHECKING:
    from hocbac_nlp.naming.organisations import Organisations

_LONGEST = 26
_LONGEST_POST = 6
_AND = key("và")
_HOSPITAL = key("viện")


class Head(NamedTuple):
    """A head word: what follows it, whether it opens a name in lower case, whether it is one by itself."""

    tail: str
    lower: bool
    alone: str


class NameEdges:
    """The reader of one name, and what it asks of the syllables ahead; `at` is the end of what is taken."""

    def __init__(
        self,
        grammar: "Organisations",
        block: Syllables,
        start: int,
        at: int,
        head: Head,
        spelling: str,
        depth: int,
        outer: "NameEdges | None" = None,
    ) -> None:
        self.grammar = grammar
        self.words = grammar.words
        self.block = block
        self.start = start
        self.at = at
        self.body = at
        self.head = head
        self.spelling = spelling
        self.depth = depth
        self.size = min(len(block), start + _LONGEST)
        self.open_level = ""
        self.named = False
        self.field_end = 0
        self.closed = False
        self.described = False
        self.inner = 0
        self.behind_bracket = 0
        self.outer = outer
        self.posted: bool | None = None

    def _spaced_here(self) -> bool:
        return self.at < self.size and (self.block.spaced[self.at] or self.at == self.behind_bracket)

    def _is_person(self, at: int) -> bool:
        """Whether a person's name begins at `at` and closes the capitalised run."""
        block = self.block
        run = block.run_end(at)
        if not self.named and self.head.tail in ("named", "strict", "unit") and not self._behind_post():
            return False
        people = self.grammar.people
        if at == self.body and self._holds_level(at, run):
            return True
        if self.named and (people.known_end(block, at) > at or people.is_foreign_name(block, at, run)):
            return True
        if self._known_reach(at) >= run:
            return False
        if not people.is_full_name(block, at, run) or self._holder_follows(at, run):
            return False
        if self.head.tail in ("named", "strict", "unit"):
            return self._behind_post() and not self._awaits_name(at)
        return run - at >= 3 or self.named

    def _holds_level(self, at: int, run: int) -> bool:
        """Whether the holder of a post stands right behind a body that only a place could close ('Tỉnh ủy')."""
        people = self.grammar.people
        if self.head.tail not in ("level", "place") or not 2 <= run - at <= 4 or not self._behind_post():
            return False
        strange = run - at > 2 and not is_vietnamese(self.block.key[at])
        named = people.may_be_name(self.block, at, run) or people.is_full_name(self.block, at, run)
        return (strange or named) and self.grammar.places.names.longest(self.block, at) is None

    def _holder_follows(self, at: int, run: int) -> bool:
        """Whether five syllables or more are a company's name of two and its holder's ('Vạn Hòa | Mai Tuấn Khương')."""
        people = self.grammar.people
        return run - at >= 5 and self._behind_post() and people.is_full_name(self.block, at + 2, run)

    def _behind_post(self) -> bool:
        """Whether a post ends right before the head, or with it ('Giám đốc Trung tâm', 'Trưởng Ban Quản lý').

        The owner of a body stands behind the post before that body.
        """
        if self.posted is None:
            owned = self.outer is not None and self.outer._behind_post()
            self.posted = owned or self._post_start() is not None
        return self.posted

    def _post_start(self) -> int | None:
        """Where the post before the head starts, or None."""
        block = self.block
        for start in range(max(0, self.start - _LONGEST_POST), self.start):
            post = self.grammar.people.posts.longest(block, start)
            if post is not None and post[0] >= self.start and block.spaced[self.start]:
                return start
        return None

    def _awaits_name(self, at: int) -> bool:
        """Whether a school's or hospital's kind has just been read: the name behind it is its own.

        The head of a hospital whose post stands behind no name is followed by the holder ('Giám đốc Bệnh viện A').
        """
        block = self.block
        if block.key[at - 1] not in self.words.named_after:
            return False
        post = self._post_start() if at == self.body and block.key[at - 1] == _HOSPITAL else None
        return post is None or block.gap[post].strip() == ","

    def _known_reach(self, at: int) -> int:
        found = self.grammar.places.names.longest(self.block, at)
        namesake = self.grammar.places.namesakes.longest(self.block, at)
        field = self.grammar.fields.longest(self.block, at)
        return max(hit[0] if hit else at for hit in (found, namesake, field))

    def _is_post(self, at: int) -> bool:
        post = self.grammar.people.posts.longest(self.block, at)
        return post is not None and post[0] - at > 1

    def _previous_is_place(self) -> bool:
        block = self.block
        for start in range(max(self.start, self.at - 5), self.at):
            place = self.grammar.places.known(block, start)
            if place is not None and place.end == self.at:
                return True
        return False

    def _number_fits(self, at: int) -> bool:
        block = self.block
        after = block.gap_after(at)
        if after in (".", ",", "/") and at + 1 < len(block) and block.shape[at + 1] == NUMBER:
            return False
        follows_noun = at + 1 < len(block) and block.spaced[at + 1] and block.shape[at + 1] == LOWER
        if self.head.tail == "level":
            return False
        if not follows_noun:
            return after == "" or not after.startswith("/")
        if len(block.text[at]) > 3:
            return False
        if self.head.tail in ("named", "strict") and block.tag[at + 1][:1] in ("V", "R", "E", "C"):
            return True
        return (
            self.grammar.inner.longest(block, at + 1) is None
            and (block.shape[at - 1] != LOWER or self.head.tail == "named")
            and block.key[at + 1] in self.words.predicate
        )

    def _names_a_field(self, at: int) -> bool:
        """Whether the words at `at` go on as a field of work rather than as another name."""
        block = self.block
        if self.grammar.fields.longest(block, at) is not None:
            return True
        run = block.run_end(at)
        return run - at == 1 or (run < len(block) and block.shape[run] == LOWER and run - at <= 2)

    def _enumerates(self, at: int) -> bool:
        """Whether the words behind a comma and a further one behind 'và' name the fields of an association."""
        block, end = self.block, at
        if self.head.tail != "named" or key(self.spelling.split()[0]) not in self.words.association:
            return False
        while end < self.size and end - at <= 4 and block.spaced[end + 1 if end == at else end]:
            end += 1
            if end + 1 < self.size and block.key[end] == _AND:
                both = (at, end + 1)
                heads = any(self.grammar.heads.longest(block, k) or self.grammar.name(block, k) for k in both)
                return not heads and block.is_capital(end + 1) and self.grammar.places.known(block, at) is None
        return False

    def _level_here(self) -> bool:
        block, found = self.block, self.grammar.levels.longest(self.block, self.at)
        if found is None or not self._is_level_word(found[0]):
            return False
        goes_on = found[0] < len(block) and block.spaced[found[0]] and block.is_capital(found[0])
        if found[1] == "trung ương" and goes_on and self.head.tail == "named":
            return self.grammar.heads.longest(block, found[0]) is not None and not block.is_capital(self.at)
        return True

    def _is_level_word(self, end: int) -> bool:
        """Whether the level word up to `end` is no part of a longer word ('tỉnh lộ', 'khu vực')."""
        block = self.block
        if block.shape[self.at] in (UPPER,) and len(block.text[self.at]) > 3:
            return False
        head = self.grammar.heads.longest(block, self.at) if block.is_capital(self.at) else None
        if head is not None and head[0] > end:
            return False
        word_end = block.word_end[self.at]
        return not (word_end > block.end[end - 1] and end < len(block) and block.shape[end] == LOWER)
