"""The commands that look at records: `show`."""

import sys

import typer

from hocbac_nlp import options
from hocbac_nlp.command import Given, add, batch, stage_options

LOOKED_AT = "extract"
"""The stage up to which these commands run what a record lacks."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add(
        app,
        "show",
        "Show records for reading: the article with its roles, names marked in it, figures and posts as tables.",
        ("hocbac-nlp show seeds/ | less -R", "hocbac-nlp show records.jsonl"),
        (options.PATHS, *stage_options(LOOKED_AT), options.OUTPUT[0], *options.INPUT, *options.RUN),
        _show,
    )


def _show(given: Given) -> int:
    from hocbac_nlp.terminal import look

    given["quiet"] = given["quiet"] or (given["output"] is None and sys.stdout.isatty())
    return batch(LOOKED_AT, given, view="show", view_options=look(given["output"]), redo=False).run()
