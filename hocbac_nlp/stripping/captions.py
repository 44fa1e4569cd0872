"""Photo captions: two thirds of them carry no credit, so they have to be told by what they say and where."""

import re
from collections import Counter
from collections.abc import Callable

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.letters import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.facts import Facts
from hocbac_nlp.stripping.lines import Line
from hocbac_nlp.stripping.phrasing import by_kind, whole
from hocbac_nlp.stripping.shapes import SENTENCES

_NAMED = re.compile(rf"(?:[{UPPER}][^\W\d_]+[ ]){{1,3}}[{UPPER}][^\W\d_]+\W*(?:\([\d\s–-]+\))?\Z")
# Somebody, and where or with whom: `Thảo Nhiên trong đêm diễn …`, `Lê Hà và các bạn …`.
_SEEN_NAME = re.compile(rf"(?:[{UPPER}][^\W\d_]+[ ]){{2,5}}(?:trong|tại|ở|bên|cùng|và|trên)\s")
# Furniture that stands for a picture: what comes right below it is the caption.
PICTURES = ("markup", "picture")
_GALLERY = re.compile(r"\b(?:ảnh|hình|photo|image)\W*\d+\W*\Z", re.IGNORECASE)
_ONLY_CREDIT = re.compile(r"\W*(?:ảnh|hình|nguồn|photo|đồ họa|minh họa|clip|video)\b[^:：]{0,12}[:：/]", re.IGNORECASE)
_ALBUM = re.compile(
    r"(?:(?:sau|dưới) đây là|xin giới thiệu|mời (?:bạn|quý|độc)|(?:một (?:số|vài)|những|các|chùm) (?:hình )?ảnh)"
    r"(?=.*\bảnh\b).{0,120}(?:[:.…]|(?<=\w))\Z",
    re.IGNORECASE,
)
_LONG_CAPTION = 30
# The most words of a sentence told beside a picture.
_TOLD_BESIDE = 45
_PREPOSITION = re.compile(r"(?:tại|cùng|bên|trong|trước|dưới|phía|với)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\d[\d.,/]*")
_HOURS = re.compile(r"\b\d{1,2}\s?(?:giờ|h)\b")


class Captions:
    """Scores lines as captions with the words of `strip_caption_cues.tsv`."""

    def __init__(self, lexicons: Lexicons) -> None:
        cues = by_kind(lexicons.rows("strip_caption_cues.tsv"))
        self._start = re.compile(rf"(?:(?:các|những) )?(?:{any_of(cues['start'])})(?!\w)", re.IGNORECASE)
        self._view = whole(cues["view"])
        self._shot = whole(cues["shot"])
        self._evidence = whole(cues["evidence"])
        self._scene = whole(cues["scene"])
        self._told = whole(cues["told"])
        self._place = re.compile(any_of(cues["place"]), re.IGNORECASE)
        brackets = [cue for cue in cues["place"] if cue.startswith("(")]
        self._pointing = re.compile(rf"(?:{any_of(brackets)})(?!\w)", re.IGNORECASE)
        posts = [row["phrase"] for row in lexicons.rows("strip_posts.tsv") if row["kind"] == "post"]
        posts += by_kind(lexicons.rows("strip_byline_cues.tsv"))["title"]
        self._post = whole(posts)
        self._surname = whole([row["surname"] for row in lexicons.rows("surnames.tsv")])
        types = [row["type"] for row in lexicons.rows("place_types.tsv")]
        self._whereabouts = re.compile(rf"(?<!\w)(?:{any_of((*cues['where'], *types))}) \Z", re.IGNORECASE)

    def starts(self, line: Line) -> bool:
        """Whether the line begins with what captions begin with."""
        return bool(self._start.match(line.folded) or self._view.match(line.folded))

    def tells(self, line: Line) -> bool:
        """Whether the line tells or reasons, besides what is seen."""
        return bool(self._told.search(line.folded)) or ":" in line.folded or "%" in line.folded

    def views(self, line: Line) -> bool:
        """Whether the line begins with what only captions begin with: `Toàn cảnh buổi lễ`."""
        return bool(self._view.match(line.folded))

    def sure(self, line: Line) -> bool:
        """Whether the line by itself says that it describes a picture: somebody, and where he is seen."""
        return bool(self._start.match(line.folded) and self._place.search(line.folded))

    def shows(self, line: Line) -> bool:
        """Whether the line begins by saying that it is a picture: `Hình ảnh ghi nhận tại …`."""
        return bool(self._shot.match(line.folded)) and not self._evidence.search(line.folded)

    def story(self, facts: list[Facts]) -> None:
        """Decide the sentences of photo stories: short ones among captions, or below a line that shows a picture."""
        run: list[Facts] = []
        for fact in [*facts, None]:
            if fact is not None and _beside_a_picture(fact.line):
                run.append(fact)
                continue
            places = [i for i, one in enumerate(run) if one.line.role == "caption"]
            if places:
                self._told_beside(run[places[0] : places[-1] + 1], len(places))
            run = []

    def _told_beside(self, run: list[Facts], captions: int) -> None:
        story = len(run) >= 6 and 3 * captions >= 2 * len(run)
        middle = [fact.line for fact in run[1:-1]]
        brief = all(line.words <= 30 and not SENTENCES.search(line.folded) for line in middle)
        if story or (self.shows(run[0].line) and len(middle) <= 3 and brief):
            for fact in run:
                if fact.line.role == "paragraph" and fact.line.rule in ("paragraph:text", "paragraph:brief"):
                    fact.line.decide("caption", "caption:story")

    def points(self, line: Line) -> bool:
        """Whether a bracket in the line says where somebody stands in the picture: `(giữa)`, `(thứ hai từ phải)`."""
        return bool(self._pointing.search(line.folded))

    def score(self, facts: list[Facts], i: int) -> float:
        """How much the line at `i` reads like a caption: from about 2 it rather is one."""
        line, text = facts[i].line, facts[i].line.folded
        score = 1.5 if line.words >= 16 else 0.75 if line.words >= 11 else 0.0 if line.words >= 6 else -1.0
        if self._place.search(text):
            score += 2.5
        if self._view.match(text):
            score += 3.5
        elif self._start.match(text):
            score += 1.5
        if self._scene.search(text):
            score += 2.0 if self._scene.match(text) and not _PREPOSITION.match(text) else 1.0
        score -= 1.5 * min(2, len(self._told.findall(text)))
        if _HOURS.search(text):
            score -= 1.0
        if any(self._seen(fact) for fact in (*facts[max(0, i - 1) : i], *facts[i + 1 : i + 2])):
            score += 0.5
        if len(_NUMBERS.findall(text)) >= 2:
            score -= 1.0
        if facts[i].goes_on:
            score -= 3.0
        if self._person(line):
            score += 3.0
        elif line.words <= 16 and _SEEN_NAME.match(line.folded):
            score += 1.5
        if "\n" in line.text:
            score -= 0.5
        if ":" in text or line.upper or text[:1] in "“\"'‘":
            score -= 1.5
        return score + _by_place(facts, i)

    def _seen(self, fact: Facts) -> bool:
        """Whether the line is a short sentence that tells nothing: one of several captions, perhaps."""
        line = fact.line
        brief = fact.furniture is None and line.closed and 4 <= line.words <= 20 and ":" not in line.folded
        return brief and self._start.match(line.folded) is not None and not self.tells(line)

    def _person(self, line: Line) -> bool:
        """A post or description, and a full name: `Bí thư Đảng ủy phường Lê Thị Hằng`."""
        named = _NAMED.search(line.folded)
        if named is None or line.words > 20:
            return False
        if self._whereabouts.search(line.folded, 0, named.start()):
            return False
        if self._post.match(line.folded):
            return True
        if self._start.match(line.folded):
            return line.words <= 8
        return line.words <= 8 and named.start() > 0 and bool(self._surname.match(named[0]))


def doubled(facts: list[Facts], starts: Callable[[Line], bool]) -> None:
    """Decide the lines that stand twice, in two lines or in one: a caption and its alternative text.

    Teasers double their headlines too; they come in rows, each with a summary behind it.
    """
    twice = [i for i, fact in enumerate(facts) if _doubled_inside(fact.line) and fact.line.role is None]
    for i in twice:
        if i + 2 in twice or i - 2 in twice or (len(twice) > 1 and not any(fact.body for fact in facts[:i])):
            facts[i].line.decide("furniture", "furniture:teaser")
            if i + 1 < len(facts) and facts[i + 1].line.gap == 0 and facts[i + 1].line.role is None:
                facts[i + 1].line.decide("furniture", "furniture:teaser")
        else:
            facts[i].line.decide("caption", "caption:double")
    for i in range(1, len(facts)):
        one, two = facts[i - 1], facts[i]
        signs = one.byline is not None and (
            len(one.byline.authors) > 1 or (one.line.upper and one.byline.authors != ())
        )
        same = one.line.folded.lower() == two.line.folded.lower() and not signs
        if same and one.line.words >= 4 and two.line.role is None:
            if two.body and not starts(two.line) and not any(fact.body for fact in facts[: i - 1]):
                continue  # the lead, printed once more
            for fact in (one, two):
                if fact.furniture is None or not fact.furniture.firm:
                    fact.line.decide("caption", "caption:double")


def repeated(facts: list[Facts]) -> None:
    """Decide the alternative texts of a gallery's pictures, and the captions below them.

    A gallery repeats one line, but for a number, at every picture; a single picture may have the headline for its
    alternative text: `… - Ảnh 1.`
    """
    often = Counter(fact.line.key for fact in facts if _GALLERY.search(fact.line.folded))
    for i, fact in enumerate(facts):
        if often[fact.line.key] >= 3 and fact.line.role is None and _GALLERY.search(fact.line.folded):
            fact.line.decide("caption", "caption:alternative")
            after = facts[i + 1] if i + 1 < len(facts) else None
            if after is not None and after.furniture is None and after.line.role is None and after.line.words <= 60:
                after.line.decide("caption", "caption:gallery")


def below_picture(facts: list[Facts], i: int) -> bool:
    """Whether the line at `i` is a single sentence right below a picture."""
    line, above = facts[i].line, facts[i - 1].furniture if i else None
    single = line.words <= 40 and not SENTENCES.search(line.folded)
    return single and above is not None and above.kind in PICTURES and line.gap <= 1


def between_pictures(facts: list[Facts], i: int) -> bool:
    """Whether the line at `i` stands between two pictures of a gallery."""
    if facts[i].line.words > _TOLD_BESIDE or SENTENCES.search(facts[i].line.folded):
        return False
    beside = [fact.furniture for fact in (*facts[max(0, i - 1) : i], *facts[i + 1 : i + 2])]
    return len(beside) == 2 and all(verdict is not None and verdict.kind in PICTURES for verdict in beside)


def album(facts: list[Facts]) -> None:
    """Decide the captions of pictures that a line announces, `Sau đây là một số hình ảnh của …:`, and that line."""
    for i, fact in enumerate(facts):
        line = fact.line
        opens = line.role is None and line.words <= 30 and _ALBUM.match(line.folded) is not None
        if not opens or not (i + 1 == len(facts) or facts[i + 1].furniture is not None or _short(facts[i + 1])):
            continue
        line.decide("paragraph", "paragraph:opens")
        for after in facts[i + 1 :]:
            if after.furniture is None and not _short(after):
                break
            if after.furniture is None and after.byline is None and after.line.role is None:
                after.line.decide("caption", "caption:album")
        return


def _beside_a_picture(line: Line) -> bool:
    return line.role == "caption" or (line.role == "paragraph" and line.words <= _TOLD_BESIDE)


def _short(fact: Facts) -> bool:
    return not fact.body and fact.line.words <= 30


def _by_place(facts: list[Facts], i: int) -> float:
    """What the neighbours say: pictures above, credits below, no text that a heading would head."""
    score = 0.0
    above = facts[i - 1].furniture if i else None
    if above is not None and above.kind in PICTURES:
        score += 2.5
    after = facts[i + 1] if i + 1 < len(facts) else None
    if after is not None and _ONLY_CREDIT.match(after.line.folded) and after.line.words <= 8:
        score += 3.0
    if after is None or not (after.body or after.line.closed):
        score += 0.75
    return score


def _doubled_inside(line: Line) -> bool:
    words = line.folded.split()
    half = len(words) // 2
    return len(words) >= 8 and len(words) % 2 == 0 and words[:half] == words[half:]
