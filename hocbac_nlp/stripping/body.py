"""The roles of the lines between a title and the end of its article."""

import re
from collections.abc import Callable

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.captions import Captions, album, below_picture, between_pictures, doubled, repeated
from hocbac_nlp.stripping.enumerations import NUMBER, enumerated, heads_text
from hocbac_nlp.stripping.facts import Facts
from hocbac_nlp.stripping.interviews import Interviews
from hocbac_nlp.stripping.leads import Leads, tagged
from hocbac_nlp.stripping.lines import Line
from hocbac_nlp.stripping.marks import FURNITURE
from hocbac_nlp.stripping.runs import columns, contents, in_list, torn
from hocbac_nlp.stripping.shapes import CELLS, SENTENCES
from hocbac_nlp.stripping.teasers import (
    boxed_teasers,
    dashed_teasers,
    glued_teasers,
    listed_teasers,
    summarised_teasers,
)

# The end of the table that an old site lays a picture and its caption out in.
_CELL = re.compile(r"[^|]\s\|\Z")
# The alternative text of a picture: the headline and a number.
_ALTERNATIVE = re.compile(r"(?:\S+\s+){3,}[-–]\s(?:ảnh|hình|photo|image)\s\d{1,2}\W*\Z", re.IGNORECASE)
_BRIEF = 7
# A page may repeat its title below a summary, above the text.
_TOP = 5
_HEADING_WORDS = 16
_SIGNED_WORDS = 12
# Items of a list are short; longer lines in a row may be the captions of a photo story.
_LONG_ITEM = 10
# An open line of more words is rather a paragraph that lost its full stop.
_LONG_LINE = 30
_CELL_WORDS = 40
_CREDITED_WORDS = 90
_CAPTION_WORDS = 60
# How much a line has to read like a caption to be one: a sentence that says what is seen and tells nothing, an open
# line, another sentence, running text.
_SEEN_CAPTION = 1.5
_OPEN_CAPTION = 2.0
_CLOSED_CAPTION = 3.5
_PROSE_CAPTION = 4.0


class Body:
    """Tells lead, headings, paragraphs, captions and the turns of interviews apart."""

    def __init__(self, lexicons: Lexicons, interviews: Interviews, is_post: Callable[[str], bool]) -> None:
        self._is_post = is_post
        self._captions = Captions(lexicons)
        self._interviews = interviews
        self._leads = Leads(lexicons)

    def decide(self, facts: list[Facts], title: Line | None, dated: bool, whole: bool) -> None:
        """Give every undecided line of `facts` (those between title and end) its role.

        `dated` tells whether a date stands above the title, `whole` whether anything stands behind the article:
        without that the page may have been cut off in the middle of a line.
        """
        dated = dated or any(fact.when is not None for fact in facts[:6])
        self._interviews.questions(facts, title is None)
        first = next((i for i, fact in enumerate(facts) if fact.body and fact.line.role is None), len(facts))
        boxed_teasers(facts)
        if title is not None:
            _title_again(facts, title, first)
        repeated(facts)
        album(facts)
        doubled(facts, self._captions.starts)
        if not whole:
            self._cut_off(facts)
        contents(facts)
        columns(facts)
        torn(facts)
        listed_teasers(facts)
        dashed_teasers(facts)
        summarised_teasers(facts)
        glued_teasers(facts)
        for i, fact in enumerate(facts):
            if fact.line.role is None:
                self._line(facts, i, i < first)
        _tail(facts)
        self._captions.story(facts)
        self._leads.decide(facts, title, dated)
        self._interviews.answers(facts)

    def _cut_off(self, facts: list[Facts]) -> None:
        """The last line of a page that breaks off below a text, or below what stands under it: a paragraph begins."""
        if len(facts) < 2 or below_picture(facts, len(facts) - 1):
            return
        last, line = facts[-1], facts[-1].line
        if not any(fact.body for fact in facts[-3:-1]):
            return
        plain = (
            (last.furniture is None or line.text.isalpha())
            and last.byline is None
            and last.when is None
            and not last.credit
        )
        ends = line.closed or line.upper or (self._captions.starts(line) and not self._captions.tells(line))
        if line.role is None and plain and not ends:
            line.decide("paragraph", "paragraph:cut")

    def _line(self, facts: list[Facts], i: int, before_text: bool) -> None:
        """Lines that say themselves what they are; the others go by length."""
        fact, line = facts[i], facts[i].line
        if fact.furniture is not None and not _belongs(facts, i):
            line.decide("furniture", f"furniture:{fact.furniture.kind}")
        elif line.marks & FURNITURE:
            line.decide("furniture", "furniture:tag")
        elif fact.when is not None and (before_text or (i < 3 and fact.when.clock and not fact.when.rest)):
            line.decide("dateline", "dateline")
        elif fact.credit and line.words <= _CREDITED_WORDS:
            line.decide("caption", "caption:credit")
        elif line.words <= _CAPTION_WORDS and _ALTERNATIVE.match(line.folded):
            line.decide("caption", "caption:alternative")
        elif line.words <= _CAPTION_WORDS and between_pictures(facts, i):
            line.decide("caption", "caption:gallery")
        elif before_text and line.folded[0] == "|" and line.folded[-1] == "|" and line.words > 1:
            line.decide("furniture", "furniture:row")
        elif 2 <= line.words <= _CELL_WORDS and _CELL.search(line.folded) and (i or not before_text):
            line.decide("caption", "caption:cell")
        elif "caption" in line.marks:
            line.decide("caption", "caption:tag")
        elif line.marks & {"h2", "h3", "h4"} and line.words <= 30:
            line.decide("heading", "heading:tag")
        elif (before_text or (i and facts[i - 1].line.role == "title")) and fact.byline is not None and _signs(fact):
            line.decide("byline", f"byline:{fact.byline.kind}")
        elif i and facts[i - 1].line.rule == "byline:signed" and self._is_post(line.folded):
            line.decide("byline", "byline:post")
        elif line.prose or tagged(line):
            self._prose(facts, i)
        elif (rule := enumerated(facts, i)) is not None:
            role, slug = rule
            line.decide(role, slug)
        elif line.asks and not before_text:
            heads = line.words <= _HEADING_WORDS and i + 1 < len(facts) and facts[i + 1].line.words > line.words
            if heads or heads_text(facts, i):
                line.decide("heading", "heading:question")
            else:
                line.decide("paragraph", "paragraph:brief")
        elif line.closed:
            self._brief(facts, i, before_text)
        elif in_list(facts, i) and not (line.upper and line.words >= 2):
            scene = line.words >= _LONG_ITEM and self._captions.score(facts, i) >= _OPEN_CAPTION
            line.decide("caption", "caption:scene") if scene else line.decide("paragraph", "paragraph:list")
        else:
            self._open(facts, i, before_text)

    def _brief(self, facts: list[Facts], i: int, before_text: bool) -> None:
        """Short sentences: in news, those that tell nothing but what is seen are captions."""
        line = facts[i].line
        if not (before_text or self._captions.tells(line) or SENTENCES.search(line.folded)):
            least = _SEEN_CAPTION
        elif self._captions.starts(line):
            least = _OPEN_CAPTION + 0.5
        else:
            least = _CLOSED_CAPTION
        caption = below_picture(facts, i) or self._captions.score(facts, i) >= least - before_text
        line.decide("caption", "caption:scene") if caption else line.decide("paragraph", "paragraph:brief")

    def _prose(self, facts: list[Facts], i: int) -> None:
        line = facts[i].line
        single = not SENTENCES.search(line.folded)
        scene = single and line.words <= 30 and self._captions.score(facts, i) >= _PROSE_CAPTION
        pictured = below_picture(facts, i)
        pointed = single and line.words <= _CAPTION_WORDS and self._captions.points(line)
        shown = line.words <= _CAPTION_WORDS and self._captions.shows(line)
        if scene or pictured or pointed or shown:
            line.decide("caption", "caption:scene")
        else:
            line.decide("paragraph", "paragraph:text")

    def _open(self, facts: list[Facts], i: int, before_text: bool) -> None:
        """Short lines without a full stop: captions describe at length, headings are brief."""
        line = facts[i].line
        score = self._captions.score(facts, i) + 0.5 * before_text
        quoted = line.folded[:1] in "“\"'‘" or line.upper
        long = line.words >= 10 and not NUMBER.match(line.folded)
        if _last_line(facts, i) and line.words > _HEADING_WORDS:
            score -= 1.5  # the last line of a page that was cut off is long and open too
        text_follows = any(fact.body or fact.line.closed for fact in facts[i + 1 :])
        below_title = i == 0 and line.words > _HEADING_WORDS and text_follows
        if score < _OPEN_CAPTION and below_title:
            line.decide("paragraph", "paragraph:open")
        elif score >= _OPEN_CAPTION or (text_follows and long and line.words <= _LONG_LINE and not quoted):
            line.decide("caption", "caption:scene")
        elif line.words > _HEADING_WORDS and (text_follows or _last_line(facts, i)):
            line.decide("paragraph", "paragraph:open")
        else:
            line.decide("heading", "heading:short")


def _title_again(facts: list[Facts], title: Line, first: int) -> None:
    """The title once more: above the `first` text it is the title again, further down a link to the page."""
    for i, fact in enumerate(facts):
        if fact.line.role is None and fact.line.key == title.key:
            above = i < first or (i < _TOP and i + 1 < len(facts) and _signs(facts[i + 1]))
            if above and fact.furniture is None:
                fact.line.decide("title", "title:again")
            else:
                fact.line.decide("furniture", "furniture:repeat")


def _signs(fact: Facts) -> bool:
    """Whether a byline above the text signs the article; a longer one names the author's body, in capitals."""
    if fact.byline is None or fact.byline.kind == "source":
        return False
    words = fact.line.folded.split()
    short = fact.line.words <= _SIGNED_WORDS or 5 * sum(word[0].isupper() for word in words) >= 3 * len(words)
    return short and fact.line.words <= 18


def _last_line(facts: list[Facts], i: int) -> bool:
    """Whether nothing but furniture follows."""
    return all(fact.furniture is not None for fact in facts[i + 1 :])


def _belongs(facts: list[Facts], i: int) -> bool:
    """Whether a line that looks like furniture is part of the article where it stands."""
    verdict = facts[i].furniture
    if verdict is None:
        return True
    if verdict.kind == "keywords":
        return False
    if verdict.kind == "row":
        return any(CELLS.search(near.line.text) for near in facts[max(0, i - 1) : i] + facts[i + 1 : i + 2])
    return not verdict.firm and facts[i].line.words > 1 and heads_text(facts, i)


def _tail(facts: list[Facts]) -> None:
    """A heading heads something: those after the last text belong to what follows the article."""
    for fact in reversed(facts):
        if fact.line.role not in ("heading", "furniture"):
            return
        if fact.line.role == "heading":
            fact.line.decide("furniture", "furniture:tail")
