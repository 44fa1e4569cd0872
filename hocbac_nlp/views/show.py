"""A record for people to read (`show`): the article with its roles, names marked in it, figures as tables."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from hocbac_nlp.document import Block, Document, Entity, Reference, Statistic, Time
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options
from hocbac_nlp.views.terminal import renderer, shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

LABEL_STYLES = {"PER": "bold green", "ORG": "bold blue", "LOC": "bold magenta"}
LAYER_STYLES = {"references": "underline", "times": "yellow", "statistics": "bold red"}
ROLE_STYLES = {"title": "bold", "heading": "bold", "lead": "italic", "caption": "dim", "question": "bold"}
ROLE_WIDTH = 10
DASH = "–"


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that renders a document.

    Options: `width` in cells, and `colour`; without it, names are marked as `[PER Hồ Chí Minh]`.
    """
    render = renderer(options["width"], options["colour"])

    def write(document: Document) -> bytes:
        parts = (_head(document, options["colour"]), *_article(document, options["colour"]), *_tables(document))
        return "".join(map(render, parts)).encode() + b"\n"

    return write


def _head(document: Document, colour: bool) -> "RenderableType":
    from rich.console import Group
    from rich.rule import Rule
    from rich.text import Text

    facts = (document.published, document.section, ", ".join(document.authors), document.author_role)
    line = " · ".join(shown(fact) for fact in facts if fact)
    dropped = [block for block in document.blocks if block.start is None]
    left_out = f"{len(dropped)} of {len(document.blocks)} blocks left out" if dropped else ""
    lines = [Text(part, style="dim") for part in (line, left_out) if part]
    if colour:
        legend = (LABEL_STYLES | LAYER_STYLES).items()
        lines.append(Text(" ").join(Text(name, style=style) for name, style in legend))
    return Group(Rule(Text(shown(document.id), style="bold"), align="left"), *lines, Text())


def _article(document: Document, colour: bool) -> Iterator["RenderableType"]:
    """The kept blocks, each beside its role. (One grid for all would be measured as a whole, which takes long.)"""
    from rich.table import Table
    from rich.text import Text

    marks = _marks(document)
    at = 0
    for block in document.kept:
        assert block.start is not None and block.end is not None
        while at < len(marks) and marks[at][0] < block.start:
            at += 1
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=ROLE_WIDTH, style="dim")
        grid.add_column(overflow="fold")
        grid.add_row(Text(block.role), _marked(document.text, block, _until(marks, at, block.end), colour))
        grid.add_row()
        yield grid


Mark = tuple[int, int, str, str]
"""Start, end, style, and the label that is written where there is no colour."""


def _marks(document: Document) -> list[Mark]:
    """Everything that is marked in the text, by start; inner spans after outer ones."""
    found: list[Mark] = [(one.start, one.end, LABEL_STYLES[one.label], one.label) for one in document.entities]
    for layer, style in LAYER_STYLES.items():
        found += ((one.start, one.end, style, "") for one in getattr(document, layer))
    return sorted(found, key=lambda mark: (mark[0], -mark[1]))


def _until(marks: list[Mark], at: int, end: int) -> Iterator[Mark]:
    while at < len(marks) and marks[at][0] < end:
        yield marks[at]
        at += 1


def _marked(text: str, block: Block, marks: Iterable[Mark], colour: bool) -> "Text":
    from rich.text import Text

    assert block.start is not None
    body = shown(text[block.start : block.end]).replace("\n", " ")
    if colour:
        styled = Text(body, style=ROLE_STYLES.get(block.role, ""))
        for start, end, style, _ in marks:
            styled.stylize(style, start - block.start, end - block.start)
        return styled
    pieces: list[str] = []
    at = 0
    for start, end, _, label in marks:
        if label:
            start, end = start - block.start, end - block.start
            pieces += (body[at:start], f"[{label} {body[start:end]}]")
            at = end
    return Text("".join(pieces) + body[at:])


def _tables(document: Document) -> Iterator["RenderableType"]:
    figures = [_figure(one) for one in document.statistics]
    yield from _table("figures", ("figure", "kind", "value", "unit", "of"), figures)
    posts = [(one.name, one.role) for one in document.persons]
    yield from _table("people", ("name", "post"), dict.fromkeys(posts))
    yield from _table("documents cited", ("key", "as written"), dict.fromkeys(map(_cited, document.references)))
    yield from _table("dates", ("date", "as written"), dict.fromkeys(map(_date, document.times)))
    yield from _table("names", ("name", "", "times"), _names(document.entities))


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator["RenderableType"]:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        number = name in ("value", "times")
        table.add_column(name, justify="right" if number else "left", no_wrap=number, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell).replace("\n", " ")) for cell in row))
    if table.row_count:
        yield table


def _figure(one: Statistic) -> tuple[str, ...]:
    value = f"{number(one.low)}{DASH}{number(one.high)}" if one.value is None and one.low is not None else ""
    value = value or ("" if one.value is None else number(one.value))
    sign = {"up": "↑", "down": "↓"}[one.change.direction] if one.change else ""
    relation = "" if one.relation == "=" else one.relation
    return one.text, one.kind, " ".join(part for part in (sign, relation, value) if part), one.unit or "", one.of or ""


def number(value: float | None) -> str:
    """A number as Vietnamese readers write it: `7.148.000`, `98,8`."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) or abs(value) >= 1e15 else f"{value:,.10f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _cited(one: Reference) -> tuple[str, str]:
    return one.key, one.text


def _date(one: Time) -> tuple[str, str]:
    return one.resolved or one.value or "", one.text


def _names(entities: Iterable[Entity]) -> Iterator[tuple[str, ...]]:
    """Names by how often they occur, then by name."""
    counts: dict[tuple[str, str], int] = {}
    for one in entities:
        counts[one.canonical, one.label] = counts.get((one.canonical, one.label), 0) + 1
    for (name, label), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield name, label, str(count)
