"""One pass over a block: which syllables begin a name, and what the grammars make of them."""

from hocbac_nlp.document import Role
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.mentions import Cue, Mention
from hocbac_nlp.organisations import Organisation, Organisations
from hocbac_nlp.people import People
from hocbac_nlp.phrases import Phrases
from hocbac_nlp.places import Place, Places
from hocbac_nlp.syllables import LOWER, MIXED, NUMBER, TITLE, UPPER, WEB, Syllables, is_vietnamese, key, keys

_CREDITS = keys("ảnh nguồn bài clip video tin họa")
_SOURCES = keys("nguồn theo")
_PLACE_WORDS = keys("ở tại đến về từ qua sang tới vào khỏi")
_BODY_OF_POST = keys("ban phòng khoa đoàn đội công thanh văn cơ chi tổ trạm đồn hạt")
_LAWS = Phrases((word, True) for word in ("luật", "bộ luật", "pháp lệnh", "dự án luật", "dự thảo luật"))
_JOINT = key("liên")
_MINISTRIES = key("bộ")
_FOLLOWED = keys("trái phải giữa bìa ngoài hàng áo đứng ngồi thứ")
_JOINERS = keys("và hoặc cùng")


class Scanner:
    """Finds the mentions of a block; it holds the grammars and the lexicons of what is no name."""

    def __init__(self, lexicons: Lexicons, people: People, places: Places, bodies: Organisations) -> None:
        self.people = people
        self.places = places
        self.bodies = bodies
        self.blockers = Phrases((word, True) for word in lexicons.lines("name_blockers.txt"))
        self.no_names = Phrases((word, True) for word in lexicons.lines("no_names.txt"))
        self.swallowers = Phrases((word, True) for word in ("tiếng", "đô la", "đô-la"))
        self.suffixes = frozenset(key(word) for word in lexicons.lines("org_suffixes.txt"))
        self.prefixes = frozenset(key(word) for word in lexicons.lines("place_prefixes.txt"))
        self.openers = frozenset(key(word) for word in lexicons.lines("sentence_openers.txt"))

    def scan(self, block: Syllables, role: Role) -> list[Mention]:
        """The mentions of one block, in order."""
        return _Pass(self, block, role).run()


class _Pass:
    def __init__(self, scanner: Scanner, block: Syllables, role: Role) -> None:
        self.scanner = scanner
        self.people = scanner.people
        self.places = scanner.places
        self.bodies = scanner.bodies
        self.block = block
        self.role = role
        self.found: list[Mention] = []
        self.cue_at: dict[int, Cue] = {}

    def run(self) -> list[Mention]:
        block = self.block
        shapes = block.shape
        size = len(block)
        at = 0
        while at < size:
            shape = shapes[at]
            if shape == LOWER:
                at = self._lower(at)
            elif shape == NUMBER:
                at += 1
            elif shape == WEB:
                at = self._web(at)
            else:
                at = self._capital(at)
        return self.found

    # -- lower case ----------------------------------------------------------------------------------------

    def _lower(self, at: int) -> int:
        block, first = self.block, self.block.key[at]
        if first == _JOINT and at + 2 < len(block) and block.key[at + 1] == _MINISTRIES:
            joint = self._joint_ministries(at + 2)
            if joint > at:
                return joint
        if first in _LAWS:
            law = self._law_end(at)
            if law > at:
                return law
        if first in self.bodies.lower_heads:
            body = self.bodies.parse(block, at)
            if body is not None:
                return self._add_body(body)
        if first in self.places.types:
            place = self.places.typed(block, at)
            if place is not None:
                return self._add_place(place)
        if first in self.places.names:
            place = self.places.known(block, at)
            if place is not None:
                return self._add_place(place)
        return self._cues(at)

    def _joint_ministries(self, at: int) -> int:
        """The end of the fields behind 'liên bộ', each of them a ministry ('liên bộ Công Thương - Tài chính')."""
        block, end = self.block, at
        while end < len(block) and block.is_capital(end):
            field = self.bodies.fields.longest(block, end)
            if field is None:
                break
            body = Organisation(end, field[0], "Bộ", "joint", "", False, True, "org_fields")
            end = self._add_body(body)
            if end < len(block) and block.spaced[end] and block.key[end] in _JOINERS:
                end += 1
            elif end == len(block) or block.gap[end].strip() not in ("-", "–", ","):
                break
        return end

    def _law_end(self, at: int) -> int:
        """The end of a law's name ('Luật Bảo hiểm xã hội'): no body is meant by the words in it."""
        block = self.block
        found = _LAWS.longest(block, at)
        if found is None:
            return at
        end = found[0]
        if end == len(block) or not block.spaced[end] or not block.is_capital(end):
            return at
        while end < len(block):
            if not block.spaced[end] and not (block.gap[end].strip() == "," and self._law_goes_on(end)):
                break
            if block.is_capital(end):
                last = block.word_end[end]
                end += 1
                while end < len(block) and block.start[end] < last and block.shape[end] == LOWER:
                    end += 1
                continue
            joined = block.key[end] in _JOINERS and end + 1 < len(block) and block.spaced[end + 1]
            if joined and (block.is_capital(end + 1) or self._word_end(end + 1) > end + 1):
                end += 1
                continue
            further = self._word_end(end)
            if further == end:
                break
            end = further
        return end

    def _law_goes_on(self, at: int) -> bool:
        """Whether a comma inside a law's name stands before syllable `at` ('Luật Phòng, chống tham nhũng')."""
        return self._word_end(at) > at and self.block.shape[at] == LOWER

    def _word_end(self, at: int) -> int:
        found = self.bodies.words.longest(self.block, at)
        return found[0] if found is not None else at

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
        if first in self.scanner.blockers:
            blocker = self.scanner.blockers.longest(block, at)
            if blocker is not None and blocker[0] >= end:
                end, cue = blocker[0], "bracket"
        if cue == "" and first in _PLACE_WORDS:
            cue = "place"
        if first in self.scanner.swallowers:
            swallower = self.scanner.swallowers.longest(block, at)
            if swallower is not None:
                end = swallower[0]
                if end < len(block) and block.spaced[end] and block.is_capital(end):
                    return block.run_end(end)
        if cue and end < len(block) and block.spaced[end]:
            self.cue_at[end] = cue
        return end

    def _post_end(self, at: int, end: int) -> int:
        """The post's end, before a body that its last syllable opens ('Trưởng | Ban Tổ chức Huyện ủy')."""
        block = self.block
        for inner in range(at + 1, end):
            if block.shape[inner] == TITLE and block.key[inner] in _BODY_OF_POST:
                body = self.bodies.parse(block, inner)
                if body is not None and not body.bare and body.end > end:
                    return inner
        return end

    # -- capitals ------------------------------------------------------------------------------------------

    def _capital(self, at: int) -> int:
        block = self.block
        cue = self.cue_at.get(at, "")
        leader = self.people.leader_end(block, at)
        if leader > at:
            return self._add(at, leader, "PER", "hcm_names")
        if cue in ("title", "weak title", "post"):
            end = self._person_behind(at, cue)
            if end > at:
                return end
        credit = self._credit(at)
        if credit > at:
            return credit
        if block.key[at] in self.scanner.blockers:
            blocker = self.scanner.blockers.longest(block, at)
            if blocker is not None and blocker[0] - at > 1:
                return self._cues(at)
        if block.key[at] in _LAWS:
            law = self._law_end(at)
            if law > at:
                return law
        if block.gap[at] in ("/", "-") and block.shape[at - 1] in (UPPER, NUMBER, MIXED):
            return at + 1
        if block.key[at] in self.scanner.no_names:
            listed = self.scanner.no_names.longest(block, at)
            if listed is not None and listed[0] - at > 1:
                return listed[0]
        body = self.bodies.parse(block, at)
        place = self.places.known(block, at)
        name = self.bodies.name(block, at)
        if body is not None and name is not None and name.end > body.end:
            body = None
        if body is not None and not self._is_surname_reading(at, body):
            if body.bare and block.key[at] in self.people.posts:
                post = self.people.posts.longest(block, at)
                if post is not None and post[0] > body.end:
                    return self._cues(at)
            if place is None or place.end < body.end or " " in body.head or place.end - at == 1:
                return self._add_body(body)
        if block.key[at] in self.places.types and not self.people.is_full_name(block, at, block.run_end(at)):
            typed = self.places.typed(block, at)
            longest = max(one.end if one is not None else at for one in (place, name))
            if typed is not None and typed.end - typed.start > 1 and typed.end > longest:
                return self._add_place(typed)
        if name is not None and (place is None or name.end > place.end):
            return self._add_body(name)
        run = block.run_end(at)
        if place is not None and not self._is_longer_person(at, run, place.end):
            return self._add_place(place)
        other = self._no_name(at)
        if other > at:
            return other
        if cue != "bracket":
            start = self.people.name_inside(block, at, run, 2)
            if start == at:
                return self._add(at, run, "PER", "surnames")
            longer = self._person_prefix(at, run)
            if longer > at:
                return self._add(at, longer, "PER", "surnames")
        return self._run(at, run, cue)

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
        if cue == "weak title" and (place is not None or self.bodies.name(block, at) is not None):
            if not self.people.is_full_name(block, at, run):
                return at
        if cue == "title" and place is not None and place.level == "country":
            return at
        if self.people.posts.longest(block, at) is not None or self.people.titles.longest(block, at) is not None:
            further = self._no_name(at)
            if further > at and further > at + 1:
                return at
        if self.places.types.longest(block, at) is not None and self.places.typed(block, at) is not None:
            if not self.people.is_full_name(block, at, run):
                return at
        if cue == "post" and not self._reads_as_name(at, run):
            return at
        end = self.people.titled_name_end(block, at)
        if end == at:
            return at
        if self.scanner.no_names.longest(block, at) is not None and end - at == 1:
            return at
        return self._add(at, end, "PER", "person_titles" if cue != "post" else "posts", cue=cue)

    def _reads_as_name(self, at: int, run: int) -> bool:
        """Behind a bare post a Vietnamese name is a full name; a foreign one may be one word."""
        block = self.block
        if self.people.is_full_name(block, at, run) or self.people.initials_end(block, at) > at:
            return True
        if run - at > 1 and block.key[at] in self.people.surnames:
            return True
        return not is_vietnamese(block.key[at]) and block.shape[at] in (TITLE, MIXED)

    def _is_surname_reading(self, at: int, body: Organisation) -> bool:
        """Whether a one-syllable head is rather a surname ('Đoàn Văn Hậu')."""
        block = self.block
        if len(body.head.split()) > 1 or block.key[at] not in self.people.surnames:
            return False
        run = block.run_end(at)
        return self.people.is_full_name(block, at, run)

    def _is_longer_person(self, at: int, run: int, end: int) -> bool:
        return run > end and self.people.is_full_name(self.block, at, run) and run - at >= 3

    def _person_prefix(self, at: int, run: int) -> int:
        """A full name that the run begins with and that something else follows ('Nguyễn Văn A Giám đốc')."""
        block = self.block
        if block.key[at] not in self.people.surnames:
            return at
        for end in range(min(run, at + 5), at + 2, -1):
            if end < run and self.people.is_full_name(block, at, end):
                if self._no_name(end) > end or self.bodies.parse(block, end) is not None:
                    return end
        return at

    def _no_name(self, at: int) -> int:
        """The end of a capitalised post, title or blocking word at `at`, with its cue noted; else `at`."""
        block, first = self.block, self.block.key[at]
        if first in self.scanner.no_names:
            found = self.scanner.no_names.longest(block, at)
            if found is not None and (block.shape[at] == UPPER or found[0] - at > 1):
                return found[0]
        blocked = first in self.scanner.blockers and not self._may_open_name(at)
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
        lists = (self.people.posts, self.people.titles, self.scanner.blockers)
        return any(one.longest(self.block, at) is not None for one in lists)

    def _credit(self, at: int) -> int:
        """The end of a name in a credit ('Ảnh: Trà Hương') or a source tag ('BDK -', '(TTXVN)')."""
        block = self.block
        gap = block.gap[at]
        before = block.key[at - 1] if at else ""
        if at and ":" in gap and before in _CREDITS and len(gap) <= 3:
            return self._credited(at, before in _SOURCES)
        if at and self.found and self.found[-1].cue == "credit" and self.found[-1].end == at:
            if gap.strip() in ("-", "–", ",", "/", "&") or gap == " - ":
                return self._credited(at, False)
        if at == 0 and self.role in ("lead", "paragraph", "caption", "answer"):
            return self._source_tag()
        return at

    def _source_tag(self) -> int:
        """The end of the newspaper's tag that opens a block: 'BDK - …', '(TN&MT) - …', 'TCCT Nắng nóng …'."""
        block = self.block
        if block.shape[0] != UPPER or self.places.known(block, 0) is not None:
            return 0
        end = 1
        while end < len(block) and block.gap[end] in ("&", "-", ".") and block.shape[end] == UPPER:
            end += 1
        after = block.gap_after(end - 1)
        if after.startswith((" -", " –", ")", " —")):
            return self._add(0, end, "ORG", "source_tag", cue="source")
        bold = end == 1 and len(block) > 2 and block.spaced[1] and block.spaced[2] and len(block.text[0]) > 2
        if bold and block.shape[1] == TITLE and block.shape[2] == LOWER and self.role == "lead":
            if self.scanner.no_names.longest(block, 0) is None and self.bodies.parse(block, 0) is None:
                return self._add(0, end, "ORG", "source_tag", cue="source")
        return 0

    def _credited(self, at: int, source: bool) -> int:
        block = self.block
        initials = self.people.initials_end(block, at)
        if initials > at:
            return self._add(at, initials, "PER", "credit", cue="credit")
        run = block.run_end(at)
        if block.key[run - 1] in self.scanner.suffixes:
            return self._add(at, run, "ORG", "org_suffixes", cue="credit")
        body = self.bodies.parse(block, at) or self.bodies.name(block, at)
        if body is not None and not self._is_surname_reading(at, body):
            self._add_body(body)
            self.found[-1].cue = "credit"
            return self.found[-1].end
        run = block.run_end(at)
        if self.scanner.no_names.longest(block, at) is not None or run - at > 4:
            return at
        if block.opens[at] and run - at == 1 and run < len(block) and block.spaced[run]:
            return at
        label = "ORG" if source and not is_vietnamese(block.key[at]) else "PER"
        if block.shape[at] == UPPER and run - at == 1 and len(block.text[at]) > 2:
            label = "ORG"
        if label == "PER":
            return self._add(at, run, "PER", "credit", cue="credit")
        return self._add(at, run, "ORG", "credit", cue="credit")

    def _web(self, at: int) -> int:
        """A site named as a source ('Nguồn: nhandan.vn', 'theo vnexpress.net')."""
        block = self.block
        if at and block.key[at - 1] in _SOURCES and not block.text[at].startswith(("http", "www")):
            self._add(at, at + 1, "ORG", "source_site", cue="source")
        return at + 1

    def _run(self, at: int, run: int, cue: Cue) -> int:
        """Leave a capitalised run open; at a sentence's start its first word may be no part of it."""
        block = self.block
        if cue == "bracket":
            return at + 1
        if run < len(block) and "(" in block.gap[run] and block.key[run] in _FOLLOWED and run - at in (2, 3):
            return self._add(at, run, "PER", "caption_position")
        if block.opens[at] and (block.key[at] in self.scanner.openers or run - at == 1):
            if run - at == 1 and (block.tag[at] == "Np" or block.shape[at] != TITLE):
                self._open(at, run, "opens")
            if block.key[at] in _PLACE_WORDS and at + 1 < len(block) and block.spaced[at + 1]:
                self.cue_at[at + 1] = "place"
            return at + 1
        for start in range(at + 1, run):
            if self._begins_known(start):
                run = start
                break
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

    def _reads_as_given(self, at: int, run: int) -> bool:
        return all(self.block.key[k] in self.people.given for k in range(at, run))

    def _begins_known(self, at: int) -> bool:
        block = self.block
        if block.key[at] in self.bodies.heads:
            body = self.bodies.parse(block, at)
            if body is not None and len(body.head.split()) > 1:
                return True
        post = self.people.posts.longest(block, at)
        return post is not None and post[0] - at > 1

    def _coordinated(self, end: int, at: int) -> bool:
        """Whether only a comma, a dash or 'và' stands between syllable `end` and `at`."""
        block = self.block
        if end == at:
            return block.gap[at].strip() in (",", "-", "–", ";")
        return end + 1 == at and block.key[end] in _JOINERS and block.spaced[end] and block.spaced[at]

    # -- adding --------------------------------------------------------------------------------------------

    def _open(self, at: int, end: int, cue: Cue) -> None:
        self.found.append(Mention(self.block, at, end, None, "", cue=cue, sure=False))

    def _add(self, at: int, end: int, label: str, rule: str, cue: Cue = "") -> int:
        self.found.append(Mention(self.block, at, end, label, rule, cue=cue))  # type: ignore[arg-type]
        return end

    def _add_body(self, body: Organisation) -> int:
        block = self.block
        sure = body.sure and not (body.bare and self._is_plural(body.start))
        if body.bare and block.opens[body.start] and body.tail == "named":
            return body.end
        if body.bare and body.head == "Trung ương" and not self._is_spoken_of(body):
            return body.end
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

    def _pass_on_post(self, start: int, end: int) -> None:
        """A name right behind a post's body or country is the holder's ('Tổng thống Mỹ Joe Biden')."""
        if self.cue_at.get(start) == "post" and end < len(self.block) and self.block.spaced[end]:
            self.cue_at[end] = "post"

    def _is_spoken_of(self, body: Organisation) -> bool:
        """'Trung ương' is a body where something comes from it; else a level or a plenum's name."""
        block, at = self.block, body.start
        if body.end < len(block) and block.shape[body.end] == NUMBER:
            return False
        return at > 0 and block.spaced[at] and block.key[at - 1] in _FROM

    def _is_counted(self, at: int) -> bool:
        """Whether a plural word or a number stands before a lower-case type word ('14 trường tiểu học')."""
        block = self.block
        return self._is_plural(at) or (at > 0 and block.spaced[at] and block.shape[at - 1] == NUMBER)

    def _is_plural(self, at: int) -> bool:
        block = self.block
        if at > 0 and block.spaced[at]:
            return block.key[at - 1] in _PLURAL
        return at > 1 and block.gap[at].strip() == "," and block.key[at - 2] in _PLURAL and block.spaced[at - 1]

    def _add_place(self, place: Place) -> int:
        start = place.start
        if place.name > start and self.places.is_plural(self.block, start, place.level):
            start = place.name
        self.found.append(Mention(self.block, start, place.end, "LOC", place.rule, place=place))
        self._pass_on_post(start, place.end)
        return place.end


_FROM = keys("của do theo xin với")
_PLURAL = keys("các những nhiều một mỗi từng")
