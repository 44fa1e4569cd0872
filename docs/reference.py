"""Write docs/commands.md from the command line itself. `--check` says whether it is up to date."""

import sys
from pathlib import Path
from typing import Any

import typer.main

from hocbac_nlp.cli import app

PAGE = Path(__file__).with_name("commands.md")
HEAD = """# Commands

Written by `docs/reference.py` from the code; do not edit.

`hocbac-nlp COMMAND [PATH]... [options]`. Every command that reads takes files, folders (recursive, sorted; hidden files
and linked folders are skipped) and `-` or piped standard input.

| exit code | meaning |
|---|---|
| 0 | all done (also when the reader of a pipe closes it) |
| 1 | fatal: `--strict`, or the output can't be written |
| 2 | wrong usage |
| 3 | finished, but some or all inputs failed |
| 130, 143 | interrupted, terminated |
"""


def reference() -> str:
    """The whole page."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("hocbac-nlp", [], resilient_parsing=True)
    return HEAD + "".join(_command(name, group.get_command(context, name)) for name in group.list_commands(context))


def _command(name: str, command: Any) -> str:
    text, *examples = [part.strip() for part in (command.help or "").split("\n\n")]
    lines = [f"\n## {name}\n", text, ""]
    lines += ["```sh", *examples, "```", ""]
    rows = [_row(parameter) for parameter in command.params if parameter.name != "help"]
    if rows:
        lines += ["| option | meaning |", "|---|---|", *rows]
    return "\n".join(lines) + "\n"


def _row(parameter: Any) -> str:
    names = [parameter.metavar or parameter.name.upper()]
    if parameter.param_type_name == "option":
        value = "" if parameter.is_flag else f" {parameter.metavar or parameter.type.name.upper()}"
        names = [f"{flag}{value}" for flag in parameter.opts]
    shown = ", ".join(f"`{name}`" for name in names).replace("|", "\\|")
    default = parameter.default
    if not parameter.show_default or default in (None, False, "") or callable(default):
        return f"| {shown} | {parameter.help} |"
    return f"| {shown} | {parameter.help} Default: {default}. |"


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(PAGE.read_text(encoding="utf-8") != reference())
    PAGE.write_text(reference(), encoding="utf-8")
