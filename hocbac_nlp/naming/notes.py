"""What is noted while a block is read: the mentions found, and the cues for what follows."""

from hocbac_nlp.document import Label, Role
from hocbac_nlp.naming.grammar import Grammar
from hocbac_nlp.naming.mentions import Cue, Mention
from hocbac_nlp.naming.organisations import Organisation
from hocbac_nlp.naming.people import is_foreign_run
from hocbac_nlp.naming.places import Place
from hocbac_nlp.naming.syllables import LOWER, NUMBER, TITLE, UPPER, Syllables, is_vietnamese, key

_COMMITTEE = key("ủy")
_BRANCH = (key("chi"), key("nhánh"))


class Notes:
    """The mentions and cues of one block; `cue_at` says what stands before a syllable."""

    def __init__(self, grammar: Grammar, block: Syllables, role: Role) -> None:
        self.grammar = grammar
        self.words = grammar.words
        self.people = grammar.people
        self.places = grammar.places
        self.bodies = grammar.bodies
        self.block = block
        self.role = role
        self.found: list[Mention] = []
        self.cue_at: dict[int, Cue] = {}

    def _cues(self, at: int) -> int:
        """Step over a title, a post or a blocking word at `at`, noting what it says about what follows."""
        block, first = self.block, self.block.key[at]
        end = at + 1
        cue: Cue = ""
        if first in self.people.posts:
            found = self.people.posts.longest(block, at)
            if found is not None:
                end, cue = self._post_end(at, found[0]), "post"
        if first in self.people.titles:
            title = self.people.titles.longest(block, at)
            if title is not None and title[0] >= end:
                end, cue = title[0], "weak title" if title[1] else "title"
        if first in self.grammar.blockers:
            blocker = self.grammar.blockers.longest(block, at)
            if blocker is not None and blocker[0] >= end:
                end, cue = blocker[0], "bracket"
        if first in self.grammar.companies:
            company = self.grammar.companies.longest(block, at)
            if company is not None and company[0] >= end:
                end, cue = company[0], "company"
        if cue == "" and first in self.words.place_before:
            cue = "place"
        if first in self.grammar.languages:
            language = self.grammar.languages.longest(block, at)
            if language is not None:
                end = language[0]
                if end < len(block) and block.spaced[end] and block.is_capital(end):
                    return block.run_end(end)
        short = end - at == 1 and cue == "post" and len(block.text[at]) <= 3
        if cue and end < len(block) and (block.spaced[end] or (short and block.gap[end] == ". ")):
            self.cue_at[end] = cue
        return end

    def _post_end(self, at: int, end: int) -> int:
        """The post's end, before a body that its last syllable opens ('Trưởng | Ban Tổ chức Huyện ủy')."""
        block = self.block
        for inner in range(at + 1, end):
            if block.shape[inner] in (TITLE, UPPER, LOWER) and block.key[inner] in self.words.post_body:
                if block.shape[inner] == LOWER and self._holds(inner + 1):
                    continue
                body = self.bodies.parse(block, inner, in_post=True)
                if block.shape[inner] == LOWER and body is not None and body.inner and not self._is_committees(body):
                    continue
                closes = body is not None and body.bare and block.shape[inner] == UPPER and body.end == end
                if body is not None and (body.sure or not body.bare) and (body.end > end or closes):
                    return inner
        return end

    def _is_committees(self, body: Organisation) -> bool:
        """Whether a body is a board of a Party committee ('ban Tổ chức Huyện ủy')."""
        block, at = self.block, body.inner
        return body.head.lower() == "ban" and any(block.key[k] == _COMMITTEE for k in range(at, min(at + 2, body.end)))

    def _holds(self, at: int) -> bool:
        """Whether the holder of a post stands at `at` ('Trưởng ban Ngô Hồng Phước')."""
        return at < len(self.block) and self.people.is_full_name(self.block, at, self.block.run_end(at))

    def _no_name(self, at: int) -> int:
        """The end of a capitalised post, title or blocking word at `at`, with its cue noted; else `at`."""
        block, first = self.block, self.block.key[at]
        if first in self.grammar.no_names:
            found = self.grammar.no_names.longest(block, at)
            if found is not None and (block.shape[at] == UPPER or found[0] - at > 1):
                return found[0]
        blocked = first in self.grammar.blockers and not self._may_open_name(at)
        if first in self.people.posts or first in self.people.titles or blocked:
            return self._cues(at) if self._is_listed(at) else at
        return at

    def _may_open_name(self, at: int) -> bool:
        """Whether a capitalised blocking word is rather a syllable of a name ('Đồng Tâm')."""
        block = self.block
        if block.opens[at] or block.run_end(at) - at < 2:
            return False
        return block.key[at] in self.people.given or block.key[at] in self.people.surnames

    def _is_listed(self, at: int) -> bool:
        lists = (self.people.posts, self.people.titles, self.grammar.blockers)
        return any(one.longest(self.block, at) is not None for one in lists)

    def _is_surname_reading(self, at: int, body: Organisation) -> bool:
        """Whether a one-syllable head is rather a surname ('Đoàn Văn Hậu')."""
        block = self.block
        if len(body.head.split()) > 1 or block.key[at] not in self.people.surnames:
            return False
        run = block.run_end(at)
        return self.people.is_full_name(block, at, run)

    def _coordinated(self, end: int, at: int) -> bool:
        """Whether only a comma, a dash or 'và' stands between syllable `end` and `at`."""
        block = self.block
        if end == at:
            return block.gap[at].strip() in (",", "-", "–", ";")
        return end + 1 == at and block.key[end] in self.words.joiner and block.spaced[end] and block.spaced[at]

    def _open(self, at: int, end: int, cue: Cue) -> None:
        self.found.append(Mention(self.block, at, end, None, "", cue=cue, sure=False))

    def _add(self, at: int, end: int, label: Label, rule: str, cue: Cue = "") -> int:
        self.found.append(Mention(self.block, at, end, label, rule, cue=cue))
        return end

    def _add_body(self, body: Organisation) -> int:
        block = self.block
        if body.bare and self._is_plural(body.start):
            return body.end
        sure = body.sure
        if body.bare and block.opens[body.start] and body.tail == "named":
            return body.end
        if body.bare and body.head == "Trung ương" and not self._is_spoken_of(body):
            return body.end
        if body.tail == "name" and self._is_product(body):
            return body.end
        if body.tail == "name":
            body = body._replace(end=self._suffixed_end(body.end))
        if body.tail in ("name", "whole"):
            body = body._replace(end=self._branch_end(body.end))
        if body.tail == "name" and body.end < len(block) and block.spaced[body.end]:
            place = self.places.known(block, body.end) or self.places.typed(block, body.end)
            if place is not None and not block.opens[body.end] and block.is_capital(body.end):
                body = body._replace(end=place.end)
        if not body.bare and body.open_level and self._is_plural(body.start):
            return body.end
        if block.shape[body.start] == LOWER and self._is_counted(body.start):
            return body.start + 1
        self.found.append(Mention(block, body.start, body.end, "ORG", body.rule, sure=sure, body=body))
        self._pass_on_post(body.start, body.end)
        return body.end

    def _is_product(self, body: Organisation) -> bool:
        """Whether a brand's name is part of a product's ('xe Honda Lead', 'máy bay Boeing 787')."""
        block, end = self.block, body.end
        if end == len(block) or not block.spaced[end] or block.key[end] in self.grammar.suffixes:
            return False
        model = block.shape[end] == NUMBER or any(letter.isdigit() for letter in block.text[end])
        at = body.start
        made = body.end - at == 1 and block.key[at] in self.words.maker
        if made and at not in self.cue_at and self._names_model(end):
            return True
        goods = at > 0 and block.spaced[at] and block.key[at - 1] in self.words.goods
        if model:
            return goods or not block.text[end].isdigit()
        return goods and block.is_capital(end) and self.places.known(block, end) is None

    def _names_model(self, at: int) -> bool:
        """Whether a foreign word behind a brand is its product ('Toyota Camry'), no place, body or person."""
        block, run = self.block, self.block.run_end(at)
        if run == at or is_vietnamese(block.key[at]) or run - at > 2 or self.people.known_end(block, at) > at:
            return False
        if self.people.is_foreign_name(block, at, run) or any(
            block.key[k] in self.grammar.suffixes for k in range(at, run)
        ):
            return False
        return self.places.names.longest(block, at) is None and self.bodies.known.longest(block, at) is None

    def _suffixed_end(self, end: int) -> int:
        """The end of a known name, moved behind words such names close with ('Goertek Vina')."""
        block = self.block
        run = block.run_end(end) if end < len(block) and block.spaced[end] else end
        if 2 <= run - end <= 3 and block.key[run - 1] in self.grammar.suffixes and is_foreign_run(block, end, run):
            return run
        while end < len(block) and block.spaced[end] and block.is_capital(end):
            if block.key[end] not in self.grammar.suffixes:
                break
            end += 1
        return end

    def _branch_end(self, end: int) -> int:
        """The end of a known name, moved behind its branch ('BIDV chi nhánh Lâm Đồng')."""
        block = self.block
        if end + 2 >= len(block) or not block.spaced[end] or tuple(block.key[end : end + 2]) != _BRANCH:
            return end
        branch = self.bodies.parse(block, end)
        return branch.end if branch is not None else end

    def _pass_on_post(self, start: int, end: int) -> None:
        """A name right behind a post's body or country is the holder's ('Tổng thống Mỹ Joe Biden')."""
        if self.cue_at.get(start) == "post" and end < len(self.block) and self.block.spaced[end]:
            self.cue_at[end] = "post"

    def _is_spoken_of(self, body: Organisation) -> bool:
        """'Trung ương' is a body where something comes from it; else a level or a plenum's name."""
        block, at = self.block, body.start
        if body.end < len(block) and block.shape[body.end] == NUMBER:
            return False
        return at > 0 and block.spaced[at] and block.key[at - 1] in self.words.origin

    def _is_counted(self, at: int) -> bool:
        """Whether a plural word or a number stands before a lower-case type word ('14 trường tiểu học')."""
        block = self.block
        return self._is_plural(at) or (at > 0 and block.spaced[at] and block.shape[at - 1] == NUMBER)

    def _is_plural(self, at: int) -> bool:
        block = self.block
        if at > 0 and block.spaced[at]:
            return block.key[at - 1] in self.words.plural
        return (
            at > 1 and block.gap[at].strip() == "," and block.key[at - 2] in self.words.plural and block.spaced[at - 1]
        )

    def _add_place(self, place: Place) -> int:
        start = place.start
        if place.name > start and self.places.is_plural(self.block, start, place.level):
            start = place.name
        self.found.append(Mention(self.block, start, place.end, "LOC", place.rule, place=place))
        self._pass_on_post(start, place.end)
        return self._listed_units(place.end, place.level) if start > place.start else place.end

    def _listed_units(self, at: int, level: str) -> int:
        """The end of the names that go on a list of units ('các phường A, B và C'), each of them a place."""
        block = self.block
        while at < len(block):
            joined = block.spaced[at] and block.key[at] in self.words.joiner
            first = at + 1 if joined else at
            if first >= len(block) or not block.is_capital(first) or (joined and not block.spaced[first]):
                break
            if not joined and block.gap[at].strip() not in (",", "-", "–", ";"):
                break
            end = self._unit_end(first)
            if end == first:
                break
            place = Place(first, end, level, first, "place_list")
            self.found.append(Mention(block, first, end, "LOC", place.rule, place=place))
            at = end
        return at

    def _unit_end(self, at: int) -> int:
        """The end of a unit's bare name at `at`, or `at` if another kind of name stands there."""
        block, run = self.block, self.block.run_end(at)
        if self.places.known(block, at) is not None or run - at > 4 or self._is_listed(at):
            return at
        if self.bodies.heads.longest(block, at) is not None or self.bodies.name(block, at) is not None:
            return at
        person = run - at >= 3 and self.people.is_full_name(block, at, run)
        return at if person or block.begins_longer_word(run - 1) else self.places.name_end(block, at)
