"""Statistics: every figure of the text that counts, measures or compares, and what it is `of`.

Figures are read from the characters of each block (quantities.py). What only names something is left out
(labels.py), and so are the numbers of dates and of documents. Words around the figure give its relation
(modifiers.py) and change (changes.py); the phrase that it measures is found over the tokens (measured.py).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from hocbac_nlp.changes import Changes
from hocbac_nlp.counted import Counted, Nouns
from hocbac_nlp.document import Change, Document, Kind, Relation, Statistic
from hocbac_nlp.labels import Labels
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measured import Measured
from hocbac_nlp.modifiers import Modifiers, words_before
from hocbac_nlp.numerals import Habit, Number, habit_of
from hocbac_nlp.quantities import Figure, Figures, plain
from hocbac_nlp.surroundings import Surroundings
from hocbac_nlp.units import SPACE

_TIMES = re.compile(rf"{SPACE}lần(?!\w)")
_FOLD = re.compile(
    r"(?P<more>(?<!\w)[Gg]ấp(?:\s(?:hơn|gần|khoảng))?\s(?P<fold>đôi|rưỡi)|(?<!\w)[Qq]uá\s(?P<half>bán))(?!\w)"
)
_FOLDS = {"đôi": Fraction(2), "rưỡi": Fraction(3, 2)}
_COMPARED = frozenset({"gấp", "bằng", "hơn", "vượt"})
_BASE = re.compile(r"\s?(?P<base>so(?:\svới)?\s[^,;.:()\n]{2,90})")
_PRONE = frozenset({"nào", "gì", "khác", "kia", "ấy", "nọ"})
_FUNDS = frozenset({"tiền", "vốn", "kinh", "ngân", "doanh", "lợi", "lãi"})
_BEFORE_FIVE = frozenset(
    "hơn gần khoảng chừng dưới quá đa thiểu nhất có gồm nêu được thêm bắt giữ bán mua cho lập cử chia mở chức xây đầy thắng thua ghi".split()
)
_SPANS = frozenset({"sau", "trong", "trước", "mỗi", "suốt", "vòng", "được", "đúng", "ngót", "nhất", "tròn", "kéo dài"})


def open(lexicons: Lexicons) -> Callable[[Document], list[Statistic]]:
    """Load the lexicons; the function returned finds the statistics of a document in text order.

    It reads `text`, `blocks`, `tokens`, `times` and `references`.
    """
    finder = _Finder(lexicons)

    def find(document: Document) -> list[Statistic]:
        around = Surroundings(document)
        habit = habit_of(document.text)
        return [
            item
            for block in document.kept
            if block.start is not None and block.end is not None
            for item in finder.block(around, habit, block.start, block.end)
        ]

    return find


class _Finder:
    """Finds the statistics of one block after another."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._figures = Figures(lexicons)
        self._modifiers = Modifiers(lexicons)
        self._changes = Changes(lexicons)
        self._labels = Labels(lexicons)
        self._nouns = Nouns(lexicons)
        self._measured = Measured(lexicons)

    def block(self, around: Surroundings, habit: Habit, start: int, end: int) -> Iterator[Statistic]:
        """The statistics of text[start:end], a block."""
        figures = list(
            self._figures.scan(around.text, habit, start, end, lambda one: self._skipped(around, one, start, end))
        )
        folds = list(_folds(around.text, start, end))
        items: list[Statistic] = []
        topic: str | None = None
        for figure in sorted((*figures, *folds), key=lambda one: one.start):
            if self._labels.slogan(figures, around, figure):
                continue
            found = self._statistic(around, figure, start, end, items, topic)
            if found is not None and not (items and items[-1].end > found[0].start):
                items.append(found[0])
                topic = found[1]
        yield from items

    def _skipped(self, around: Surroundings, number: Number, start: int, end: int) -> bool:
        """Whether a number belongs to a date, a document or a name, and so to no range."""
        if around.is_taken(number.start, number.end):
            return True
        labelled = self._labels.numbered(around.text, number, start)
        return labelled and self._figures.units.read(around.text, number.end, end) is None

    def _statistic(
        self,
        around: Surroundings,
        figure: Figure,
        start: int,
        end: int,
        before: list[Statistic],
        topic: str | None,
    ) -> tuple[Statistic, str | None] | None:
        """The statistic that a figure makes and its topic; None when it is a label, a date or no figure at all."""
        text = around.text
        if around.is_taken(figure.start, figure.end) or self._labels.coded(text, figure, start, end):
            return None
        if self._labels.clock(text, figure, start, end):
            return None
        figure = _without_compound_unit(around, figure)
        spelled = not figure.first.digits
        counted = None if figure.unit else self._nouns.after(around, figure.end, end, spelled)
        if spelled and not _spelled_right(around, figure, start, counted is not None):
            return None
        if self._labels.named(text, figure, start, counted is not None):
            return None
        modifier = self._modifiers.before(text, start, figure.start)
        begin = modifier.start if modifier else figure.start
        led, begin = _led_by_fold(text, begin, start)
        folded = led or text[figure.start : figure.start + 3].lower() == "gấp"
        if led and (outer := self._modifiers.before(text, start, begin)):
            modifier, begin = outer, outer.start
        change = self._changes.before(text, start, begin, figure.unit is None)
        apart = None if modifier or change else self._modifiers.apart(text, start, figure.start)
        stop = counted.end if counted else figure.end
        after = self._modifiers.after(text, stop, end)
        if counted is not None and figure.first.grouped is not None and figure.scale == 1 and not figure.range:
            figure = replace(figure, low=figure.first.grouped, high=figure.first.grouped)
        kind = "multiple" if folded else self._kind(text, figure, counted, bool(change), begin, start)
        if not folded and not self._counts(text, figure, counted, modifier is not None, start, before):
            return None
        multiple = kind == "multiple"
        if multiple and (times := _TIMES.match(text, figure.end, end)):
            stop = times.end()
        relation: Relation = (
            after.relation if after else modifier.relation if modifier else apart.relation if apart else "="
        )
        if figure.relation != "=":
            relation = figure.relation
        if apart and not change:
            begin = apart.start
        if change:
            begin = change.start
        moved = Change(change.change.direction, "to") if change and folded else change.change if change else None
        if after:
            stop = after.end
        single = not figure.range and not figure.first.vague
        sentence = around.sentence(figure.start, start, end)
        earlier = before[-1].end if before and before[-1].start >= sentence[0] else sentence[0]
        phrase, topic = self._measured.of(
            around,
            kind,
            counted,
            change is not None,
            figure.low >= 100 or figure.low.denominator > 1,
            (begin, stop),
            sentence,
            (earlier, topic if earlier > sentence[0] else None),
        )
        item = Statistic(
            text=text[begin:stop],
            start=begin,
            end=stop,
            kind=kind,
            value=_share(figure) if single and figure.num is not None else plain(figure.low) if single else None,
            low=plain(figure.low) if figure.range else None,
            high=plain(figure.high) if figure.range else None,
            unit=self._unit(figure, kind),
            relation=relation,
            change=moved,
            of=phrase,
            base=_base(text, stop, end),
            num=figure.num,
            den=figure.den,
            quoted=around.quoted(begin, stop),
            vague=figure.first.vague or figure.first.bare,
        )
        return item, topic

    def _kind(self, text: str, figure: Figure, counted: Counted | None, changed: bool, begin: int, start: int) -> Kind:
        """What sort of figure it is."""
        if figure.unit is not None:
            return figure.unit.kind
        if figure.relation == ">" or figure.num is not None or figure.first.half:
            return "fraction"
        words = [word for word, _ in words_before(text, start, begin)]
        led = any(word in _COMPARED for word in words[-3:])
        if _TIMES.match(text, figure.end):
            whole = figure.low.denominator == 1 and figure.high.denominator == 1
            return "multiple" if led or changed or not whole else "count"
        if figure.scale >= 1000 and (counted is None or _is_money(text, counted)):
            return "money"
        return "count"

    def _counts(
        self,
        text: str,
        figure: Figure,
        counted: Counted | None,
        modified: bool,
        start: int,
        before: list[Statistic],
    ) -> bool:
        """Whether the number is the point: a unit, a noun or a fraction stands by it, and 'một' is no article."""
        if figure.first.bare and not figure.first.half and not modified:
            return False
        if text[figure.first.start : figure.first.end].lower() == "một" and figure.first.half is False:
            return self._one(text, figure, counted, modified, start, before)
        if figure.unit is not None or counted is not None or figure.first.half:
            return True
        if figure.num is not None:
            return 0 < figure.low <= 1 or modified
        return figure.scale >= 1000 or _TIMES.match(text, figure.end) is not None

    def _one(
        self, text: str, figure: Figure, counted: Counted | None, modified: bool, start: int, before: list[Statistic]
    ) -> bool:
        """Whether 'một' counts: beside a modifier, after 'mỗi …', or parallel to a figure of the same noun."""
        words = [word for word, _ in words_before(text, start, figure.start)]
        last = words[-1] if words else ""
        following = text[figure.end : figure.end + 8].split()
        if following and following[0] in _PRONE:
            return False
        if modified or last == "chỉ" or " ".join(words[-2:]) == "chỉ có":
            return True
        if figure.unit is not None:
            return last in _SPANS or bool(following) and following[0] in ("qua", "nay", "trước", "sau", "tới")
        if counted is None:
            return False
        noun = text[counted.start : counted.end].split()[0].lower()
        if last == "đó" or any(noun in item.text.lower().split() for item in before[-3:]):
            return True
        lead = text[max(start, figure.start - 60) : figure.start].lower()
        return "mỗi " in re.split(r"[.;:!?]", lead)[-1]

    def _unit(self, figure: Figure, kind: Kind) -> str | None:
        if kind == "multiple":
            return "times"
        return figure.unit.symbol if figure.unit else "VND" if kind == "money" else None


def _is_money(text: str, counted: Counted) -> bool:
    """Whether the noun behind the number is money itself: 'một tỉ hai tiền dưỡng già'."""
    return text[counted.start : counted.end].split()[0].lower() in _FUNDS


def _folds(text: str, start: int, end: int) -> Iterator[Figure]:
    """'gấp đôi', 'gấp rưỡi', 'quá bán': figures without a numeral."""
    for match in _FOLD.finditer(text, start, end):
        half = match["half"] is not None
        value = Fraction(1, 2) if half else _FOLDS[match["fold"]]
        number = Number(match.start(), match.end(), value, value, half=half)
        relation: Relation = ">" if half or " hơn " in match[0] else "~" if " " in match[0][4:-5] else "="
        yield Figure(match.start(), match.end(), number, value, value, relation=relation)


def _share(figure: Figure) -> int | float:
    assert figure.num is not None and figure.den is not None
    return plain(Fraction(figure.num, figure.den))


def _base(text: str, at: int, end: int) -> str | None:
    """'so với …' right after the figure, up to the end of the phrase."""
    match = _BASE.match(text, at, end)
    return match["base"].strip() if match else None


def _led_by_fold(text: str, begin: int, start: int) -> tuple[bool, int]:
    """Whether 'gấp' leads to the figure, and where the figure then begins."""
    words = words_before(text, start, begin)
    return (True, words[-1][1]) if words and words[-1][0] == "gấp" else (False, begin)


def _without_compound_unit(around: Surroundings, figure: Figure) -> Figure:
    """The figure without its unit when that is only the beginning of a longer word ('5 đồng chí')."""
    unit = figure.unit
    if unit is None or unit.kind == "percent" or unit.start < figure.first.start:
        return figure
    token = around.token_over(unit.start)
    written = around.text[unit.start : unit.end]
    if token is None or token.end <= unit.end or not written.isalpha() or token.start < unit.start:
        return figure
    if unit.kind in ("money", "duration"):
        return figure
    return replace(figure, unit=None, end=figure.first.end) if not figure.range else figure


def _spelled_right(around: Surroundings, figure: Figure, start: int, counted: bool) -> bool:
    """Whether a number word is a number here, and no name, no year and no piece of another word."""
    text, number = around.text, figure.first
    word = text[number.start : number.end]
    if word[:1].isupper() and not word.isupper() and " " not in word:
        lead = text[start : number.start].rstrip(" “\"'(*-–")
        if lead and lead[-1] not in ".!?:…\n":
            return False
    if " " in word or number.half or number.num is not None:
        return True
    token = around.token_over(number.start)
    if token is None or figure.unit is not None and word.lower() != "năm":
        return True
    if word.lower() == "năm":
        return token.pos == "M" or _is_five(text, figure, start)
    if word.lower() in ("ba", "chín", "tám"):
        return token.pos in ("M", "Np", "X") or counted
    return token.end <= number.end or token.start < number.start or counted or token.pos == "M"


def _is_five(text: str, figure: Figure, start: int) -> bool:
    """Whether 'năm' is five and not a year: it follows a modifier or a verb, and a unit follows it."""
    words = [word for word, _ in words_before(text, start, figure.start)]
    return bool(words) and words[-1] in _BEFORE_FIVE
