"""What goes to a terminal for people to read: safe characters, aligned columns, colour where it is wanted."""

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
"""Columns where neither COLUMNS nor a terminal says how many: output to a file or a pipe."""


def look(output: str | None) -> dict[str, Any]:
    """How to print to `output` (None for standard output): `width` in cells, and whether `colour` is wanted.

    Colour is for terminals alone, and never where NO_COLOR is set or the terminal is dumb. `cut` says that lines
    are better cut at the width than wrapped by the terminal.
    """
    terminal = output is None and sys.stdout.isatty()
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    width = shutil.get_terminal_size((WIDTH, 24)).columns
    return {"width": max(width, 40), "colour": terminal and not plain, "cut": terminal}


def shown(text: str) -> str:
    """The text with every character that a terminal could act on or hide replaced by one that can be seen.

    One character stands for one, so offsets hold. Line feeds are kept; other white space becomes a space,
    control characters their pictures (`␛`), invisible and unassigned ones a middle dot.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_Shown())


class _Shown(dict[int, int]):
    def __missing__(self, code: int) -> int:
        self[code] = _shown(code)
        return self[code]


@cache
def _shown(code: int) -> int:
    if code == 0x0A:
        return code
    if code < 0x20 or code == 0x7F:
        return 0x20 if code == 0x09 else 0x2421 if code == 0x7F else 0x2400 + code
    category = unicodedata.category(chr(code))
    return 0x20 if category == "Zs" else ord("·") if category[0] == "C" or category in ("Zl", "Zp") else code


def renderer(width: int, colour: bool) -> Callable[[Any], str]:
    """Return the function that renders what rich can print into text with, or without, colour codes."""
    console = _console(width, colour)

    def render(renderable: Any) -> str:
        console.print(renderable)
        assert isinstance(console.file, StringIO)
        text = console.file.getvalue()
        console.file.seek(0)
        console.file.truncate()
        return "\n".join(line.rstrip(" ") for line in text.split("\n"))

    return render


def _console(width: int, colour: bool) -> "Console":
    from rich.console import Console

    return Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
