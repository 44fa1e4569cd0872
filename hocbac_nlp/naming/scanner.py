"""One pass over a block: which syllables begin a name, and what the grammars make of them."""

from hocbac_nlp.naming.laws import law_end
from hocbac_nlp.naming.mentions import Cue, Mention
from hocbac_nlp.naming.organisations import Organisation
from hocbac_nlp.naming.places import ADMINISTRATIVE, Place
from hocbac_nlp.naming.syllables import LOWER, MIXED, NUMBER, TITLE, UPPER, WEB, is_vietnamese, key
from hocbac_nlp.naming.titled import Titled

_JOINT = key("liên")
_MINISTRIES = key("bộ")
_NUMBERED = key("số")
_OF = key("của")


class Scan(Titled):
    """Reads one block from left to right and collects its mentions, open ones included."""

    def run(self) -> list[Mention]:
        """Read the block and return its mentions, in order."""
        block = self.block
        firsts, shapes, small = block.key, block.shape, self.grammar.small
        size = len(block)
        at = 0
        while at < size:
            shape = shapes[at]
            if shape == LOWER:
                at = self._lower(at) if firsts[at] in small else at + 1
            elif shape == NUMBER:
                at = self._number(at)
            elif shape == WEB:
                at = self._web(at)
            else:
                at = self._capital(at)
        return self.found

    def _number(self, at: int) -> int:
        """Step over a number; behind 'số' it is a house's, and a road's name follows ('số 2 Trần Phú')."""
        block, end = self.block, at + 1
        while end < len(block) and block.shape[end] in (NUMBER, UPPER) and block.gap[end] in ("", "/", "-"):
            end += 1
        house = at > 0 and block.spaced[at] and block.key[at - 1] == _NUMBERED
        kind = self.places.types.longest(block, at - 2) if house and at > 1 and block.spaced[at - 1] else None
        house = house and not (kind is not None and kind[0] == at - 1)
        opens = end < len(block) and block.spaced[end] and block.is_capital(end)
        if opens and (house or (block.gap[at][-1:] == "(" and self._before_unit(block.run_end(end)))):
            self.cue_at[end] = "address"
        return end

    def _before_unit(self, at: int) -> bool:
        """Whether a comma and an administrative unit are at `at` ('(136 Trần Hưng Đạo, phường Phạm Ngũ Lão)')."""
        if at == len(self.block) or self.block.gap[at].strip() != ",":
            return False
        unit = self.places.typed(self.block, at)
        return unit is not None and unit.level in ADMINISTRATIVE

    def _lower(self, at: int) -> int:
        block, first = self.block, self.block.key[at]
        if first in self.grammar.no_names:
            listed = self.grammar.no_names.longest(block, at)
            if listed is not None and listed[2][0].islower():
                return listed[0]
        if first == _JOINT and at + 2 < len(block) and block.key[at + 1] == _MINISTRIES:
            joint = self._joint_ministries(at + 2)
            if joint > at:
                return joint
        if first in self.grammar.laws:
            law = law_end(self.grammar, block, at)
            if law > at:
                return law
        if first in self.bodies.lower_heads:
            body = self.bodies.parse(block, at, in_post=self.cue_at.get(at) == "post")
            if body is not None:
                return self._add_body(body)
        if first in self.places.types:
            place = self.places.typed(block, at)
            if place is not None:
                return self._add_place(place)
            announced = self._announced_units(at)
            if announced > at:
                return announced
        if first in self.places.names:
            place = self.places.known(block, at)
            if place is not None:
                return self._add_place(place)
        return self._cues(at)

    def _announced_units(self, at: int) -> int:
        """The end of the names behind a type word and a colon ('7 phường: A, B và C'), or `at`."""
        block = self.block
        found = self.places.types.longest(block, at)
        if found is None or found[0] == len(block) or block.gap[found[0]].strip() != ":":
            return at
        end, kind, _ = found
        if kind.level not in ADMINISTRATIVE or not block.is_capital(end) or self._unit_end(end) == end:
            return at
        first = self._unit_end(end)
        place = Place(end, first, kind.level, end, "place_list")
        self.found.append(Mention(block, end, first, "LOC", place.rule, place=place))
        return self._listed_units(first, kind.level)

    def _joint_ministries(self, at: int) -> int:
        """The end of the fields behind 'liên bộ', each of them a ministry ('liên bộ Công Thương - Tài chính')."""
        block, end = self.block, at
        while end < len(block) and block.is_capital(end):
            field = self.bodies.fields.longest(block, end)
            if field is None:
                break
            body = Organisation(end, field[0], "Bộ", "joint", "", False, True, "org_fields")
            end = self._add_body(body)
            if end < len(block) and block.spaced[end] and block.key[end] in self.words.joiner:
                end += 1
            elif end == len(block) or block.gap[end].strip() not in ("-", "–", ","):
                break
        return end

    def _capital(self, at: int) -> int:
        block = self.block
        cue = self.cue_at.get(at, "")
        leader = self.people.leader_end(block, at)
        if leader > at:
            return self._add(at, leader, "PER", "hcm_names")
        known = self.people.known_end(block, at) if cue not in ("place", "address") else at
        if known > at:
            return self._add(at, known, "PER", "known_people")
        if cue == "address" and self.places.typed(block, at) is None:
            run = block.run_end(at)
            if run - at > 1 and self.bodies.parse(block, at) is None:
                return self._add(at, run, "LOC", "address")
        initials = self.people.initials_end(block, at)
        if initials - at > 2 and all(len(block.text[k]) == 1 for k in range(at, initials)):
            return self._add(at, initials, "PER", "initials")
        if cue in ("title", "weak title", "post"):
            end = self._person_behind(at, cue)
            if end > at:
                return end
        credit = self._credit(at)
        if credit > at:
            return credit
        road = self.places.glued(block, at) if block.shape[at] != TITLE else None
        if road is not None:
            return self._add_place(road)
        if block.key[at] in self.grammar.blockers:
            blocker = self.grammar.blockers.longest(block, at)
            if blocker is not None and blocker[0] - at > 1 and not self._is_whole(at):
                return self._cues(at)
        if block.key[at] in self.grammar.laws:
            law = law_end(self.grammar, block, at)
            if law > at:
                return law
        if block.gap[at] in ("/", "-") and block.shape[at - 1] in (UPPER, NUMBER, MIXED):
            return at + 1
        if block.key[at] in self.grammar.no_names:
            listed = self.grammar.no_names.longest(block, at)
            if listed is not None and (listed[0] - at > 1 or self._is_before_person(at)):
                return listed[0]
        event = block.run_end(at)
        if event - at > 1 and block.key[event - 1] in self.grammar.events:
            return event
        body = self.bodies.parse(block, at)
        place = self.places.known(block, at)
        name = self.bodies.name(block, at)
        if body is not None and name is not None and name.end > body.end:
            body = None
        if body is not None and not self._is_surname_reading(at, body):
            if body.bare and self._announces(at, body.end):
                return self._cues(at)
            if place is None or place.end < body.end or " " in body.head or place.end - at == 1:
                return self._add_body(body)
        if block.key[at] in self.places.types and not self.people.is_full_name(block, at, block.run_end(at)):
            typed = self.places.opened(block, at)
            longest = max(one.end if one is not None else at for one in (place, name))
            branded = typed is not None and block.key[typed.end - 1] in self.grammar.suffixes
            if typed is not None and not branded and typed.end - typed.start > 1 and typed.end > longest:
                return self._add_place(typed)
        if name is not None and (place is None or name.end > place.end):
            return self._add_body(name)
        run = block.run_end(at)
        if place is not None and self._is_brand(place, run):
            return self._add(at, run, "ORG", "place_brand")
        if place is not None and not self._is_longer_person(at, run, place.end):
            if place.end < len(block) and block.gap[place.end] in ("- ", " -"):
                place = place._replace(end=self.places.dashed_end(block, place.end))
            return self._add_place(place)
        named = run - at > 3 and block.key[at] in self.people.surnames and block.key[at] not in self.people.titles
        named = named and self.people.is_full_name(block, at, run)
        other = at if named else max(self._no_name(at), self._company_cue(at))
        if other > at:
            if other == run == at + 1 and block.shape[at] == TITLE and (not block.opens[at] or self._acts(at)):
                self._open(at, other, "opens")
            return other
        if cue != "bracket":
            start = self.people.name_inside(block, at, run, 2)
            if start == at:
                return self._add(at, run, "PER", "surnames")
            longer = self._person_prefix(at, run)
            if longer > at:
                return self._add(at, longer, "PER", "surnames")
        return self._run(at, run, cue)

    def _is_before_person(self, at: int) -> bool:
        """Whether one word that is no name stands before a person's full name ('cô gái Tày Ma Thị Xuân')."""
        block, run = self.block, self.block.run_end(at)
        return run - at > 3 and self.people.is_full_name(block, at + 1, run)

    def _is_whole(self, at: int) -> bool:
        """Whether a body with a fixed name starts with the blocking word ('Chương trình Lương thực Thế giới')."""
        body = self.bodies.parse(self.block, at)
        return body is not None and body.tail == "whole"

    def _announces(self, at: int, end: int) -> bool:
        """Whether a post or a company's cue that is longer than a head alone starts at `at`."""
        longest = (one.longest(self.block, at) for one in (self.people.posts, self.grammar.companies))
        return any(found is not None and found[0] > end for found in longest)

    def _company_cue(self, at: int) -> int:
        """The end of capitalised words that announce a company ('Công ty mẹ Alphabet'), or `at`."""
        found = None
        if self.block.key[at] in self.grammar.companies:
            found = self.grammar.companies.longest(self.block, at)
        return self._cues(at) if found is not None else at

    def _is_brand(self, place: Place, run: int) -> bool:
        """Whether words that no Vietnamese writes make a place's name a company's ('Singapore Airlines')."""
        block, end = self.block, place.end
        if run - end not in (1, 2) or self.cue_at.get(place.start) == "post":
            return False
        if any(is_vietnamese(block.key[k]) or self._begins_known(k) for k in range(end, run)):
            return False
        if self.places.known(block, end) is not None or self.bodies.name(block, end) is not None:
            return False
        return block.key[run - 1] in self.grammar.suffixes or (place.level == "city" and run - end == 1)

    def _run(self, at: int, run: int, cue: Cue) -> int:
        """Leave a capitalised run open; at a sentence's start its first word may be no part of it."""
        block = self.block
        suffixed = run - at > 1 and block.key[run - 1] in self.grammar.suffixes
        if cue == "bracket" and not suffixed:
            return at + 1
        if run < len(block) and "(" in block.gap[run] and block.key[run] in self.words.position and run - at in (2, 3):
            return self._add(at, run, "PER", "caption_position")
        if block.opens[at] and (block.key[at] in self.grammar.openers or run - at == 1):
            if self._is_foreign_subject(at, run):
                self._open(at, run, cue)
            elif run - at == 1 and (block.tag[at] == "Np" or block.shape[at] != TITLE or self._acts(at)):
                self._open(at, run, "opens")
            if block.key[at] in self.words.place_before and at + 1 < len(block) and block.spaced[at + 1]:
                self.cue_at[at + 1] = "place"
            return at + 1
        for start in range(at + 1, run):
            if self._begins_known(start):
                run = start
                break
        while run + 1 < len(block) and self.people.is_particle(block, run) and block.spaced[run + 1]:
            run = block.run_end(run + 1)
        if run - at > 6 or block.gap[at] in ("/", "-", "."):
            return run
        if block.begins_longer_word(run - 1) and is_vietnamese(block.key[run - 1]):
            if run - at == 1:
                cue = "word"
            elif not self._reads_as_given(at, run):
                run -= 1
        before = self.found[-1] if self.found else None
        if cue in ("", "place") and before is not None and self._coordinated(before.end, at):
            cue = "list"
        self._open(at, run, cue)
        return run

    def _is_foreign_subject(self, at: int, run: int) -> bool:
        """Whether one foreign word and a predicate begin a sentence ('Messi lập cú đúp')."""
        block = self.block
        if run - at != 1 or run == len(block) or not block.spaced[run] or block.shape[at] != TITLE:
            return False
        if len(block.text[at]) < 3 or is_vietnamese(block.key[at]) or block.key[at] in self.grammar.openers:
            return False
        listed = self.grammar.no_names.longest(block, at)
        acts = block.tag[run][:1] in ("V", "R", "C") or block.key[run] == _OF
        return listed is None and block.shape[run] == LOWER and acts

    def _acts(self, at: int) -> bool:
        """Whether one syllable that may be a given name is what a sentence speaks of ('Vũ khai nhận')."""
        block = self.block
        if at + 1 == len(block) or not block.spaced[at + 1] or block.begins_longer_word(at):
            return False
        blocked = block.key[at] in self.grammar.openers or block.key[at] in self.words.address
        return not blocked and block.tag[at + 1][:1] in ("V", "R", "C", "E")

    def _begins_known(self, at: int) -> bool:
        block = self.block
        if block.key[at] in self.bodies.heads:
            body = self.bodies.parse(block, at)
            if body is not None and len(body.head.split()) > 1:
                return True
        post = self.people.posts.longest(block, at)
        return post is not None and post[0] - at > 1
