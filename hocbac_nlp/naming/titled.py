"""People behind a title or a post, and full names inside a run of capitals."""

from hocbac_nlp.naming.credits import Credits
from hocbac_nlp.naming.mentions import Cue
from hocbac_nlp.naming.syllables import MIXED, NUMBER, TITLE, UPPER, is_vietnamese


class Titled(Credits):
    """Reads the names of people that a title, a post or their own shape announces."""

    def _person_behind(self, at: int, cue: Cue) -> int:
        """The end of the person's name behind a title or a post, or `at`."""
        block = self.block
        run = block.run_end(at)
        place = self.places.known(block, at)
        body = self.bodies.parse(block, at)
        if cue == "post":
            if body is not None or place is not None or self.bodies.name(block, at) is not None:
                if not self.people.is_full_name(block, at, run):
                    return at
                if body is not None and body.sure and not self._is_surname_reading(at, body):
                    return at
        elif body is not None and not body.bare and not self._is_surname_reading(at, body):
            return at
        if run - at > 1 and block.key[run - 1] in self.grammar.suffixes:
            return at
        if self._is_club(at, run):
            return at
        full = self.people.is_full_name(block, at, run)
        if not full and run - at == 1 and self._is_apposed(at):
            return self._add(at, run, "ORG", "post_body")
        if cue == "post" and not full and body is None and place is None:
            holder = self.people.name_inside(block, at + 1, run, 3)
            if holder < run:
                unit = block.key[at - 1] in self.places.types
                self._add(at, holder, "LOC" if unit else "ORG", "post_body")
                return self._add(holder, run, "PER", "surnames")
        if cue == "weak title" and not full and (place is not None or self.bodies.name(block, at) is not None):
            return at
        if cue == "title" and place is not None and place.level == "country" and not self._is_addressed(at, place.end):
            return at
        if cue != "post" and place is not None and place.end == run and self._is_crowd(at):
            return at
        if self.people.posts.longest(block, at) is not None or self.people.titles.longest(block, at) is not None:
            further = self._no_name(at)
            if further > at and further > at + 1:
                return at
        initial = cue == "title" and len(block.text[at]) == 1
        if not full and not initial and self.places.opened(block, at) is not None:
            return at
        if cue == "post" and not self._reads_as_name(at, run):
            return at
        end = self.people.titled_name_end(block, at)
        if end == at:
            return at
        if self.grammar.no_names.longest(block, at) is not None and end - at == 1:
            return at
        return self._add(at, end, "PER", "person_titles" if cue != "post" else "posts", cue=cue)

    def _is_club(self, at: int, run: int) -> bool:
        """Whether the abbreviation of a body and a full name stand there ('HLV SLNA Lê Hải Nam')."""
        body = self.bodies.name(self.block, at) if self.block.shape[at] == UPPER else None
        return body is not None and self.people.is_full_name(self.block, body.end, run)

    def _is_crowd(self, at: int) -> bool:
        """Whether a number or a plural stands before the title that ends at `at` ('6 ngư dân Lý Sơn')."""
        block = self.block
        for start in range(max(1, at - 3), at):
            title = self.people.titles.longest(block, start)
            if title is not None and title[0] == at and block.spaced[start]:
                return block.shape[start - 1] == NUMBER or self._is_plural(start)
        return False

    def _is_apposed(self, at: int) -> bool:
        """Whether the post before `at` stands behind its holder ('Lê Hải, nhà sáng lập Foodmap')."""
        block = self.block
        if not self.found or self.found[-1].label != "PER" or not 1 < at - self.found[-1].end + 1 <= 5:
            return False
        end = self.found[-1].end
        post = self.people.posts.longest(block, end) if end < at else None
        inside = post is not None and post[0] == at and block.spaced[at]
        return inside and block.gap[end].strip() in (",", "-", "–") and not is_vietnamese(block.key[at])

    def _is_addressed(self, at: int, end: int) -> bool:
        """Whether a country's name is rather a given name behind a form of address ('bà Nga', 'GS Đức')."""
        block = self.block
        return end - at == 1 and block.key[at] in self.people.given and block.key[at - 1] in self.words.address

    def _reads_as_name(self, at: int, run: int) -> bool:
        """Behind a bare post a Vietnamese name is a full name; a foreign one may be one word."""
        block = self.block
        if self.people.is_full_name(block, at, run) or self.people.initials_end(block, at) > at:
            return True
        if run - at > 1 and block.key[at] in self.people.surnames:
            return True
        return not is_vietnamese(block.key[at]) and block.shape[at] in (TITLE, MIXED)

    def _is_longer_person(self, at: int, run: int, end: int) -> bool:
        return run > end and self.people.is_full_name(self.block, at, run) and run - at >= 3

    def _person_prefix(self, at: int, run: int) -> int:
        """A full name that the run begins with and that something else follows ('Nguyễn Văn A Giám đốc')."""
        block = self.block
        if block.key[at] not in self.people.surnames:
            return at
        for end in range(min(run, at + 5), at + 2, -1):
            other = self._no_name(end) > end or self.bodies.parse(block, end) is not None if end < run else False
            if other and self.people.is_full_name(block, at, end):
                return end
        return at
