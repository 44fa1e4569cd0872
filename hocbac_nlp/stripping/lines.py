"""The lines of a page, as `strip` looks at them: offsets, the text without its disguises, and simple shapes.

A `Line` is one non-blank line of the page, or several lines of one hard-wrapped paragraph or title. Offsets
count code points of the page; a line runs from its first to its last non-white-space character.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hocbac_nlp.document import Role

# Characters that take no room on the screen, and combining marks that NFC could not attach to a letter:
# sites sprinkle both over their text against copying.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")

_CLOSERS = "\"'”’»)]*"
_WORD = re.compile(r"[^\W_]+(?:[./,:'’\-][^\W_]+)*")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
# A crawler's own mark of the page's date, before the first line: `date 2025-09-05 `.
_MARK = re.compile(r"date \d{4}-\d\d(?:-\d\d)? +")


def visible(text: str) -> str:
    """`text` as a reader sees it: invisible characters and stray marks gone, white space collapsed."""
    if not text.isascii():
        text = _LOOSE_MARKS.sub("", _INVISIBLE.sub("", text))
    return " ".join(text.split())


def key(text: str) -> str:
    """The letters of `text` alone, lower case: what furniture phrases are compared by."""
    return _NOT_LETTERS.sub(" ", text.lower()).strip()


def unmarked(text: str) -> str:
    """`text` without the mark that a crawler put before it."""
    return _MARK.sub("", text, count=1) if text.startswith("date ") else text


@dataclass(slots=True)
class Line:
    """One line of the page and what can be read off it; `role` and `rule` are decided later.

    `gap` counts the blank lines above it. `marks` are words from the tags around it (HTML pages only):
    `h1`, `nav`, `related`, …
    """

    start: int
    end: int
    text: str
    gap: int
    marks: frozenset[str] = frozenset()
    role: Role | None = None
    rule: str = ""
    folded: str = field(init=False)
    key: str = field(init=False)
    words: int = field(init=False)

    def __post_init__(self) -> None:
        shown = visible(self.text)
        self.folded = shown
        self.key = key(shown)
        self.words = len(_WORD.findall(shown))

    def decide(self, role: Role, rule: str) -> None:
        """Give the line its role, and say which rule did."""
        self.role, self.rule = role, rule

    @property
    def closed(self) -> bool:
        """Whether it ends like a sentence: with . ! ? or …, quotes and brackets aside."""
        return self.folded.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return self.folded.rstrip(_CLOSERS).endswith("?")

    @property
    def upper(self) -> bool:
        """Whether it is set in capitals."""
        return self.folded.isupper()

    @property
    def prose(self) -> bool:
        """Whether it is surely running text: a closed sentence of some length, or a very long line."""
        if self.words >= 40 or len(self.folded) > 400:
            return True
        return self.words >= 18 and (self.closed or self.folded.endswith((":", ";")))


def split(page: str, marks: Sequence[frozenset[str]] = ()) -> list[Line]:
    """The non-blank lines of `page`, in order. Lines end at LF (or CRLF, whose CR is white space).

    `marks` are those of all its lines, blank ones included.
    """
    lines, at, gap = [], 0, 0
    for number, raw in enumerate(page.split("\n")):
        text = raw.strip()
        if text:
            start = at + len(raw) - len(raw.lstrip())
            mark = marks[number] if number < len(marks) else frozenset()
            lines.append(Line(start, start + len(text), text, gap, mark))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return lines


def unwrap(page: str, lines: list[Line], alone: Callable[[Line], bool]) -> list[Line]:
    """Join the lines of hard-wrapped paragraphs and titles.

    `alone` names the lines that are complete by themselves (furniture, dates, credits): they join nothing.
    """
    runs = [_Run(run, alone) for run in _runs(lines)]
    parted = _blank_lines_part(runs)
    joined: list[Line] = []
    for run in runs:
        for group in run.groups(parted):
            joined.append(group[0] if len(group) == 1 else merge(page, group))
    return joined


def merge(page: str, group: list[Line]) -> Line:
    """The lines of `group` as one."""
    first, last = group[0], group[-1]
    return Line(first.start, last.end, page[first.start : last.end], first.gap, first.marks)


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that follow each other without a blank line."""
    run: list[Line] = []
    for line in lines:
        if run and line.gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


class _Run:
    """Lines without a blank line between them, and which of them flow into the next."""

    def __init__(self, lines: list[Line], alone: Callable[[Line], bool]) -> None:
        self.lines = lines
        self.single = [alone(line) for line in lines] if len(lines) > 1 else [True]
        # A pair flows when the second can't begin anything: it starts with a small letter or a closing mark.
        self.flows = [
            not self.single[i] and not self.single[i + 1] and _open(lines[i]) and _continues(lines[i + 1])
            for i in range(len(lines) - 1)
        ]

    def groups(self, parted: bool) -> Iterator[list[Line]]:
        """The lines that belong together. `parted`: blank lines are what parts the paragraphs of the page."""
        group = [self.lines[0]]
        for pair, line in enumerate(self.lines[1:]):
            if self.flows[pair] or (
                not self.single[pair]
                and not self.single[pair + 1]
                and (self._same_paragraph(pair) if parted else self._full(pair))
            ):
                group.append(line)
            else:
                yield from _accept(group)
                group = [line]
        yield from _accept(group)

    def _same_paragraph(self, pair: int) -> bool:
        """On a page whose paragraphs blank lines part: whether `pair` is inside a wrapped paragraph."""
        width = max(len(line.folded) for line in self.lines)
        line, after = self.lines[pair], self.lines[pair + 1]
        if not any(self.flows) or width > 120 or after.folded[:1] in "-+•*–>":
            return False
        if not self.flows[pair] and len(line.folded) < 0.5 * width and after.folded[:1].isupper():
            return False  # a short line that nothing continues: a heading
        return not (line.closed or line.folded.endswith(":")) or len(line.folded) > 0.6 * width

    def _full(self, pair: int) -> bool:
        """Whether the line was broken only because it was full, judged by the lines around it."""
        low, high = max(0, pair - 4), min(len(self.lines), pair + 6)
        near = self.flows[low : high - 1]
        if sum(near) < max(2, 0.3 * len(near)) and not (len(near) <= 2 and any(near)):
            return False
        width = max(len(line.folded) for line in self.lines[low:high])
        line, after = self.lines[pair], self.lines[pair + 1]
        if width > 120 or after.folded[:1] in "-+•*–>":
            return False
        narrow = width <= 45
        room = len(line.folded) + 1 + len(after.folded.split(" ", 1)[0])
        # On a narrow page a line that ends with its sentence may be followed by anything.
        return room > (0.85 if narrow else 1) * width and not (narrow and not _open(line))


def _blank_lines_part(runs: list[_Run]) -> bool:
    """Whether the page is hard-wrapped and has a blank line between any two paragraphs."""
    wrapped = [run for run in runs if len(run.lines) >= 2 and sum(run.flows) >= 0.3 * len(run.flows)]
    ended = sum(run.lines[-1].closed for run in wrapped)
    return len(wrapped) >= 3 and ended >= 0.8 * len(wrapped)


def _accept(group: list[Line]) -> Iterator[list[Line]]:
    """A joined group has to amount to a phrase; otherwise its lines were a list of small items."""
    if len(group) > 1 and sum(line.words for line in group) < 6 and not group[-1].closed:
        yield from ([line] for line in group)
    else:
        yield group


def _open(line: Line) -> bool:
    return not line.closed and not line.folded.endswith((":", ";", "|"))


def _continues(line: Line) -> bool:
    first = line.folded[:1]
    if line.folded[1:2] == ")":
        return False  # an item of a list: `a) …`
    return first.islower() or (first in ",.;)%”" and line.words > 0)
