"""The commands that look at records: `show` them, `export` them for other tools."""

import sys
from dataclasses import replace

import typer

from hocbac_nlp import options
from hocbac_nlp.command import Given, add, batch, choice, stage_options
from hocbac_nlp.errors import UsageError

LOOKED_AT = "extract"
"""The stage up to which these commands run what a record lacks."""
FORMATS = ("csv", "parquet", "duckdb", "conllu", "spacy", "brat")
COMMON = (*stage_options(LOOKED_AT), *options.INPUT, *options.RUN)

TO = options.option("to", str | None, None, "--to", metavar="|".join(FORMATS), help="The format (has to be given).")
PLACE = options.option(
    "output",
    str | None,
    None,
    "-o",
    "--output",
    metavar="PLACE",
    help="Where to: a folder for csv, parquet and brat, a file for duckdb, conllu and spacy.",
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add(
        app,
        "show",
        "Show records for reading: the article with its roles, names marked in it, figures and posts as tables.",
        ("hocbac-nlp show seeds/ | less -R", "hocbac-nlp show records.jsonl"),
        (options.PATHS, options.OUTPUT[0], *COMMON),
        _show,
    )
    add(
        app,
        "export",
        "Write the layers as tables (csv, parquet, duckdb), or for annotation and corpus tools (conllu, spacy, brat).",
        (
            "hocbac-nlp export records.jsonl --to csv -o tables/",
            "hocbac-nlp export seeds/ --to conllu -o seeds.conllu",
        ),
        (options.PATHS, TO, PLACE, *COMMON),
        _export,
    )


def _show(given: Given) -> int:
    from hocbac_nlp.terminal import look

    given["quiet"] = given["quiet"] or (given["output"] is None and sys.stdout.isatty())
    return batch(LOOKED_AT, given, view="show", view_options=look(given["output"]), redo=False).run()


def _export(given: Given) -> int:
    from hocbac_nlp import brat, table_files

    to = choice("to", given["to"], FORMATS)
    if to is None:
        raise UsageError(f"name a format: --to {', '.join(FORMATS)}")
    if view := {"conllu": "conllu", "spacy": "spacy_json"}.get(to):
        return batch(LOOKED_AT, given, view=view, redo=False).run()
    if given["output"] is None:
        raise UsageError(f"--to {to} writes a {'file' if to == 'duckdb' else 'folder'}: name it with -o")
    openers = {
        "csv": table_files.csv_folder,
        "parquet": table_files.parquet_folder,
        "duckdb": table_files.duckdb_file,
        "brat": brat.folder,
    }
    run = batch(LOOKED_AT, given, view="brat" if to == "brat" else "tables", redo=False)
    with openers[to](given["output"]) as sink:
        return replace(run, output=None, sink=sink).run()
