"""Statistics: every figure of the text that counts, measures or compares, and what it is `of`.

Figures are read from the characters of each block (quantities.py). What only names something is left out
(labels.py, counting.py), and so are the numbers of dates and documents. The words around a figure give its
relation (modifiers.py) and change (changes.py); the phrase that it measures is found over tagged words
(measured.py); what it is compared with and when it holds, contexts.py.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from hocbac_nlp.document import Change, Document, Kind, Relation, Statistic
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.changes import Changed, Changes
from hocbac_nlp.measuring.contexts import Contexts, base_of
from hocbac_nlp.measuring.counted import Counted, Nouns
from hocbac_nlp.measuring.counting import TIMES, Counting, is_large, is_no_modifier, with_true_unit
from hocbac_nlp.measuring.digits import Habit, habit_of
from hocbac_nlp.measuring.figures import Figure, Figures, plain
from hocbac_nlp.measuring.labels import Labels
from hocbac_nlp.measuring.measured import Measured
from hocbac_nlp.measuring.modifiers import Modifier, Modifiers, words_before
from hocbac_nlp.measuring.numbers import Number
from hocbac_nlp.measuring.surroundings import Surroundings

_FOLD = re.compile(r"(?<!\w)(?:[Gg]ấp(?:\s(?P<how>hơn|gần|khoảng))?\s(?P<fold>đôi|rưỡi)|[Qq]uá\s(?P<half>bán))(?!\w)")
_FOLDS = {"đôi": Fraction(2), "rưỡi": Fraction(3, 2)}
_LOOSE: dict[str | None, Relation] = {"hơn": ">", "gần": "~", "khoảng": "~"}


def open(lexicons: Lexicons) -> Callable[[Document], list[Statistic]]:
    """Load the lexicons; the function returned finds the statistics of a document in text order.

    It reads `text`, `blocks`, `sentences`, `tokens`, `times` and `references`.
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
        self._counting = Counting(lexicons)
        self._measured = Measured(lexicons)
        self._contexts = Contexts(lexicons)

    def block(self, around: Surroundings, habit: Habit, start: int, end: int) -> list[Statistic]:
        """The statistics of text[start:end], a block."""

        def skip(number: Number) -> bool:
            return self._is_skipped(around, number, start, end)

        figures = [*self._figures.scan(around.text, habit, start, end, skip), *_folds(around.text, start, end)]
        figures.sort(key=lambda figure: figure.start)
        items: list[Statistic] = []
        topic: str | None = None
        label_end = start
        for at, figure in enumerate(figures):
            if self._labels.slogan(around, figures, at):
                continue
            listed = label_end > start and self._labels.listed(around.text, figure, label_end)
            found = self._statistic(around, figure, start, end, items, topic, listed)
            if found is None and figure.first.digits:
                label_end = figure.end
            if found is not None and not (items and items[-1].end > found[0].start):
                items.append(found[0])
                topic = found[1]
        self._contexts.add(around, items, start, end)
        return items

    def _is_skipped(self, around: Surroundings, number: Number, start: int, end: int) -> bool:
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
        listed: bool,
    ) -> tuple[Statistic, str | None] | None:
        """The statistic that a figure makes and its topic; None when it is a label, a date or no figure at all.

        `listed` says that it follows a label in a list.
        """
        text = around.text
        figure = with_true_unit(around, figure)
        spelled = not figure.first.digits
        counted = None if figure.unit or figure.fold else self._nouns.after(around, figure.end, end, spelled)
        if spelled and not self._counting.is_numeral(around, figure, start, counted):
            return None
        common = counted is not None and counted.common
        bare = counted is not None and not common and figure.low >= 1000 and text[figure.start : figure.end].isdigit()
        if self._is_label(around, figure, common, start, end) or (listed and not common) or bare:
            return None
        if counted is not None and figure.first.grouped is not None and figure.scale == 1 and not figure.range:
            figure = replace(figure, low=figure.first.grouped, high=figure.first.grouped)
        modifier = self._modifiers.before(text, start, figure.start)
        if modifier and is_no_modifier(modifier, figure):
            modifier = None
        begin = modifier.start if modifier else figure.start
        words = words_before(text, start, begin)
        folded = (bool(words) and words[-1][0] == "gấp") or (figure.fold and not figure.first.half)
        if words and words[-1][0] == "gấp":
            begin = words[-1][1]
            if outer := self._modifiers.before(text, start, begin):
                modifier, begin = outer, outer.start
        change = self._changes.before(text, start, begin, figure.unit is None)
        kind = "multiple" if folded else self._counting.kind(text, figure, counted, change is not None, begin, start)
        if not folded and not self._counting.counts(text, figure, counted, modifier is not None, start, before):
            return None
        stop = counted.end if counted else figure.end
        if kind == "multiple" and (times := TIMES.match(text, figure.end, end)):
            stop = times.end()
        rate = ""
        if kind == "count" and figure.unit is None:
            rate, stop = self._figures.units.slash(text, stop, end)
        elif kind == "measure":
            rate = self._figures.units.late_rate(text, figure.end, end)
        apart = None if modifier or change else self._modifiers.apart(text, start, figure.start)
        after = self._modifiers.after(text, stop, end)
        begin = change.start if change else apart.start if apart else begin
        stop = after.end if after else stop
        sentence = around.sentence(figure.start, start, end)
        same = bool(before) and before[-1].start >= sentence[0]
        phrase, topic = self._measured.of(
            around,
            kind,
            counted,
            change is not None,
            is_large(figure),
            (begin, stop),
            sentence,
            (before[-1].end, topic) if same else (sentence[0], None),
        )
        if kind == "money" and figure.unit is None and phrase and self._measured.is_tally(phrase):
            kind = "count"
        item = Statistic(
            text=text[begin:stop],
            start=begin,
            end=stop,
            kind=kind,
            value=None if figure.range or figure.first.vague else plain(figure.low),
            low=plain(figure.low) if figure.range else None,
            high=plain(figure.high) if figure.range else None,
            unit=((_unit(figure, kind) or "") + rate) or None,
            relation=_relation(figure, after, modifier, apart),
            change=_change(change, folded),
            of=phrase,
            base=base_of(text, stop, end),
            num=figure.num,
            den=figure.den,
            quoted=around.quoted(begin, stop),
            vague=figure.first.vague or figure.first.bare,
            rule=_rule(figure, counted),
        )
        return item, topic

    def _is_label(self, around: Surroundings, figure: Figure, noun: bool, start: int, end: int) -> bool:
        """Whether the number names something, tells the time of day, or belongs to a date or a document."""
        text = around.text
        return (
            around.is_taken(figure.start, figure.end)
            or self._labels.coded(text, figure, start, end)
            or self._labels.clock(text, figure, start, end)
            or self._labels.named(text, figure, start, noun)
            or self._labels.address(text, figure, start, end)
        )


def _folds(text: str, start: int, end: int) -> Iterator[Figure]:
    """'gấp đôi', 'gấp rưỡi', 'quá bán': figures without a numeral."""
    for match in _FOLD.finditer(text, start, end):
        half = match["half"] is not None
        value = Fraction(1, 2) if half else _FOLDS[match["fold"]]
        number = Number(match.start(), match.end(), value, value, half=half)
        relation: Relation = ">" if half else _LOOSE.get(match["how"], "=")
        yield Figure(match.start(), match.end(), number, value, value, relation=relation, fold=True)


def _unit(figure: Figure, kind: Kind) -> str | None:
    """The unit's symbol; amounts of money without a currency are in đồng."""
    if kind == "multiple":
        return "times"
    return figure.unit.symbol if figure.unit else "VND" if kind == "money" else None


def _rule(figure: Figure, counted: Counted | None) -> str:
    """What made the number a figure: its unit, its form, or the noun behind it and who knew it."""
    if figure.unit is not None:
        return "units"
    if counted is not None:
        return "count_nouns" if counted.listed else "counted:tag"
    return "fold" if figure.fold else "fraction" if figure.num is not None or figure.first.half else "bare"


def _relation(figure: Figure, *modifiers: Modifier | None) -> Relation:
    """The relation that the figure itself, or else the first modifier there is, expresses."""
    if figure.relation != "=":
        return figure.relation
    return next((modifier.relation for modifier in modifiers if modifier is not None), "=")


def _change(change: Changed | None, folded: bool) -> Change | None:
    """The change; 'tăng gấp đôi' tells the level that was reached."""
    if change is None:
        return None
    return Change(change.change.direction, "to") if folded else change.change
