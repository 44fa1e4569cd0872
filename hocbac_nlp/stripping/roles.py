"""The role of every line of a page, and the metadata that the lines show."""

import re
from dataclasses import dataclass, field

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.body import Body
from hocbac_nlp.stripping.claims import Claims
from hocbac_nlp.stripping.ending import find_end
from hocbac_nlp.stripping.facts import Facts, Reader
from hocbac_nlp.stripping.headline import Headlines, split_date
from hocbac_nlp.stripping.interviews import Interviews
from hocbac_nlp.stripping.lines import Line, merge, unmarked
from hocbac_nlp.stripping.sections import Sections

_PLACE_AND_DAY = re.compile(r"(?![^,]*\b(?:thứ|chủ nhật)\b)[^\d,|]{2,40},\s*ngày\s+\d", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """A page read: its lines with roles, in page order, and its metadata."""

    lines: list[Line]
    title: str | None = None
    section: str | None = None
    published: str | None = None
    authors: list[str] = field(default_factory=list)
    author_role: str | None = None


class Roles:
    """Reads pages: first the title, then the end of the article, then what lies between."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._reader = Reader(lexicons)
        self._sections = Sections(lexicons, self._reader.sections)
        interviews = Interviews(lexicons)
        self._headlines = Headlines(lexicons, self._sections, interviews, self._reader.bylines.is_post)
        self._body = Body(lexicons, interviews, self._reader.bylines.is_post)

    def read(self, page: str, lines: list[Line], claims: Claims | None = None) -> Reading:
        """Decide the role of each of the `lines` of `page`; lines of one paragraph are joined."""
        facts = self._reader.read(page, lines)
        if claims is not None:
            claims.name_titles(facts)
        reading = Reading([])
        title = self._headlines.find(facts)
        start = 0
        if title is not None:
            start = self._title(page, facts, title, reading)
            self._above(facts, title, reading)
        end = find_end(facts, start)
        self._behind(facts, start, end, reading)
        inside = [fact for fact in facts[start:end] if fact.line.role is None]
        headline = facts[title].line if title is not None else None
        self._body.decide(inside, headline, reading.published is not None, end < len(facts))
        for fact in inside:
            if fact.line.rule == "byline:post":
                reading.author_role = reading.author_role or self._reader.bylines.post(fact.line.text)
            elif fact.line.role in ("dateline", "byline"):
                self._take(fact, reading)
        if reading.published is None and facts and (title is None or facts[0].line.folded.startswith("date ")):
            dated = split_date(facts[0].line.folded)[1]
            when = self._reader.datelines.read(dated) if dated else None
            reading.published = when.iso if when is not None else None
        if claims is not None:
            self._check(claims, facts, title or 0, reading)
        reading.lines = [fact.line for fact in facts]
        return reading

    def _check(self, claims: Claims, facts: list[Facts], title: int, reading: Reading) -> None:
        """Let claims decide where the page shows what they say."""
        reading.published = claims.shown_date(facts, self._reader.datelines, reading.published)
        if not reading.authors:
            reading.authors = claims.shown_authors(facts, self._reader.bylines)
        if reading.section is None and (fact := claims.shown_section(facts[:title])) is not None:
            fact.line.decide("section", "section:claimed")
            reading.section = fact.line.text

    def _title(self, page: str, facts: list[Facts], first: int, reading: Reading) -> int:
        """Mark the title's lines, note its text, and return the index after it."""
        last = self._headlines.span(facts, first)
        if last > first + 1 and all(fact.line.gap == 0 for fact in facts[first + 1 : last]):
            whole = merge(page, [fact.line for fact in facts[first:last]])
            facts[first:last] = [self._reader.facts(whole)]
            last = first + 1
        for fact in facts[first:last]:
            fact.line.decide("title", "title")
        text = " ".join(
            piece.strip() for fact in facts[first:last] for piece in fact.line.text.split("\n") if piece.strip()
        )
        name, dated = split_date(text)
        when = self._reader.datelines.read(dated) if dated else None
        if when is not None:
            reading.title, reading.published = name, when.iso
        else:
            reading.title = unmarked(text)
        return last

    def _above(self, facts: list[Facts], title: int, reading: Reading) -> None:
        """The lines above the title: a section name, perhaps the date, and the site's furniture."""
        section = self._sections.find(facts, title)
        if section is not None:
            facts[section].line.decide("section", "section")
            reading.section = facts[section].line.text
        low = title if section is None else section
        dated_below = reading.published is not None or any(
            fact.when is not None for fact in facts[title + 1 : title + 6]
        )
        for i in range(title - 1, -1, -1):
            fact = facts[i]
            if fact.line.role is not None:
                continue
            beside = i >= low - 1
            plain = fact.when is not None and fact.furniture is None
            beside = beside or all(_counts(facts[k]) for k in range(i + 1, low))
            if plain and facts[i + 1].line.role == "dateline" and facts[i + 1].line.key == fact.line.key:
                fact.line.decide("dateline", "dateline:above")
            elif plain and beside and not dated_below and not self._clock(facts, i, title):
                fact.line.decide("dateline", "dateline:above")
                self._take(fact, reading)
            else:
                kind = fact.furniture.kind if fact.furniture is not None else "masthead"
                fact.line.decide("furniture", f"furniture:{kind}")

    @staticmethod
    def _clock(facts: list[Facts], i: int, title: int) -> bool:
        """Whether the date at `i` is the clock in a site's header: a weekday among the first lines."""
        when = facts[i].when
        if all(_counts(fact) for fact in facts[i + 1 : title]):
            return False
        crumbs = any(fact.furniture is not None and fact.furniture.kind == "breadcrumb" for fact in facts[:i])
        return when is not None and when.weekday and i <= 4 and not crumbs

    def _behind(self, facts: list[Facts], start: int, end: int, reading: Reading) -> None:
        """The signature at the article's end, and everything after it."""
        tail = end
        while tail > start and not _told(facts[tail - 1]):
            tail -= 1
        text = end
        while text > start and not facts[text - 1].body:
            text -= 1
        at = next(
            (
                i
                for i in range(max(text, start + 1), end)
                if self._signature(facts, i) and (i >= tail or _surely(facts[i]))
            ),
            end,
        )
        signed = False
        dated = reading.published is not None or any(fact.when is not None for fact in facts[start:at])
        for i in range(at, len(facts)):
            fact, near = facts[i], i <= end + 3
            if not dated and near and fact.when is not None and fact.when.clock and fact.when.weekday:
                fact.line.decide("dateline", "dateline:below")
                self._take(fact, reading)
                dated = True
            elif fact.furniture is not None and fact.furniture.firm and not fact.byline:
                fact.line.decide("furniture", f"furniture:{fact.furniture.kind}")
            elif fact.byline is not None and self._signs(fact, i < end, i == end, signed, near):
                fact.line.decide("byline", f"byline:{fact.byline.kind}")
                self._take(fact, reading)
                signed = signed or bool(reading.authors)
            elif signed and near and fact.byline is None and self._is_post(fact):
                fact.line.decide("byline", "byline:post")
                reading.author_role = reading.author_role or self._reader.bylines.post(fact.line.text)
            elif i >= end or not (fact.credit or "caption" in fact.line.marks):
                kind = fact.furniture.kind if fact.furniture is not None else "behind"
                fact.line.decide("furniture", f"furniture:{kind}")

    def _signature(self, facts: list[Facts], i: int) -> bool:
        """Whether the line at `i`, behind the last text, signs the article."""
        fact = facts[i]
        if fact.line.words > 40 or fact.byline is None or fact.when is not None:
            return False
        if fact.byline.role and fact.line.closed:
            return False  # the caption of a portrait
        return fact.byline.kind != "photo"

    @staticmethod
    def _signs(fact: Facts, before_end: bool, at_end: bool, signed: bool, near: bool) -> bool:
        """Whether a byline behind the text is the article's: in its place, or saying so itself."""
        if fact.byline is None or fact.when is not None or fact.line.words > 40:
            return False
        photo = fact.byline.kind == "photo"
        if before_end:
            return not photo or signed
        return near and (fact.byline.sure or at_end) and (not photo or signed)

    def _is_post(self, fact: Facts) -> bool:
        return fact.furniture is None and self._reader.bylines.is_post(fact.line.folded)

    def _take(self, fact: Facts, reading: Reading) -> None:
        """Note the date and the names of a dateline or byline, where nothing is noted yet."""
        if fact.when is not None:
            reading.published = reading.published or fact.when.iso
            named = fact.when.rest and not _PLACE_AND_DAY.match(fact.line.folded)
            byline = self._reader.bylines.read(fact.when.rest.replace(" | ", " ")) if named else None
        else:
            byline = fact.byline
        if byline is not None and byline.authors and not reading.authors:
            reading.authors = list(byline.authors)
            reading.author_role = byline.role


def _counts(fact: Facts) -> bool:
    """Whether the line counts readers, or says nothing."""
    return fact.furniture is not None and fact.furniture.kind in ("counter", "no-words")


def _surely(fact: Facts) -> bool:
    """Whether a byline holds even with short sentences below it: teasers have them too."""
    return fact.byline is not None and fact.byline.sure and fact.byline.kind in ("signed", "source")


def _told(fact: Facts) -> bool:
    """Whether the line tells something: running text, a whole sentence, a row of a table, an item of a list."""
    line = fact.line
    if fact.furniture is not None and fact.furniture.firm:
        return False
    return line.prose or (line.closed and line.words >= 5 and fact.byline is None)
