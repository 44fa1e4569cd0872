"""The commands that look at records: `show`, `export`, `evaluate` and `duplicates`."""

import sys
from dataclasses import replace
from inspect import Parameter
from pathlib import Path
from typing import Annotated

import typer

from hocbac_nlp.commands import options
from hocbac_nlp.commands.command import Given, add, batch, choice, stage_options
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


GOLD = Parameter(
    "gold",
    Parameter.KEYWORD_ONLY,
    annotation=Annotated[str, typer.Argument(metavar="GOLD", help="Folder of gold: .json files, or brat's .ann.")],
)
TABLE = options.option("table", bool, False, "--table", help="A table for reading, as on a terminal; else JSONL.")
MISTAKES = options.option(
    "mistakes",
    str | None,
    None,
    "--mistakes",
    metavar="FILE",
    help="Write what is missed, spurious or wrong here, as JSONL.",
)

DROP = options.option(
    "drop_duplicates", bool, False, "--drop-duplicates", help="Write the records, of each group only the earliest."
)
THRESHOLD = options.option(
    "threshold", float, 0.6, "--threshold", min=0.2, max=1.0, metavar="SHARE", help="How much texts have to share."
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
    add(
        app,
        "evaluate",
        "Measure records against gold annotations: precision, recall and F1 per layer, the share of attributes that "
        "are right, with 95 % bootstrap intervals.",
        (
            "hocbac-nlp evaluate gold/ records.jsonl --mistakes mistakes.jsonl",
            "hocbac-nlp evaluate corrected-in-brat/ pages/ --table",
        ),
        (GOLD, options.PATHS, options.OUTPUT[0], TABLE, MISTAKES, *COMMON),
        _evaluate,
    )
    add(
        app,
        "duplicates",
        "Group documents whose texts are nearly the same, as when several sites carry one story.",
        (
            "hocbac-nlp duplicates pages/ > groups.jsonl",
            "hocbac-nlp duplicates records.jsonl --drop-duplicates -o unique.jsonl",
        ),
        (
            *(options.PATHS, THRESHOLD, DROP, options.OUTPUT[0]),
            *(*stage_options("strip"), *options.INPUT, *options.RUN),
        ),
        _duplicates,
    )


def _show(given: Given) -> int:
    from hocbac_nlp.views.terminal import look

    given["quiet"] = given["quiet"] or (given["output"] is None and sys.stdout.isatty())
    return batch(LOOKED_AT, given, view="views.show", view_options=look(given["output"]), redo=False).run()


def _export(given: Given) -> int:
    from hocbac_nlp.views import brat, table_files

    to = choice("to", given["to"], FORMATS)
    if to is None:
        raise UsageError(f"name a format: --to {', '.join(FORMATS)}")
    if view := {"conllu": "views.conllu", "spacy": "views.spacy_json"}.get(to):
        return batch(LOOKED_AT, given, view=view, redo=False).run()
    if given["output"] is None:
        raise UsageError(f"--to {to} writes a {'file' if to == 'duckdb' else 'folder'}: name it with -o")
    openers = {
        "csv": table_files.csv_folder,
        "parquet": table_files.parquet_folder,
        "duckdb": table_files.duckdb_file,
        "brat": brat.folder,
    }
    run = batch(LOOKED_AT, given, view="views.brat" if to == "brat" else "views.tables", redo=False)
    with openers[to](given["output"]) as sink:
        return replace(run, sink=sink).run()


def _evaluate(given: Given) -> int:
    import msgspec

    from hocbac_nlp.evaluation.evaluate import Evaluation, tables
    from hocbac_nlp.running.batch import say
    from hocbac_nlp.running.writer import output
    from hocbac_nlp.views.terminal import look, renderer

    evaluation = Evaluation(Path(given["gold"]))
    run = batch(evaluation.goal, given, redo=False)
    code = replace(run, sink=evaluation.take, verb="read").run()
    if code and not evaluation.scores:
        return code
    rows, mistakes = evaluation.finish()
    if evaluation.without_gold and not given["quiet"]:
        say(f"{evaluation.without_gold} records have no gold and were left out")
    how = look(given["output"])
    if given["table"] or (given["output"] is None and sys.stdout.isatty()):
        render = renderer(how["width"], how["colour"])
        data = "".join(map(render, tables(rows))).encode()
    else:
        data = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    with output(given["output"]) as stream:
        stream.write(data)
    if given["mistakes"]:
        with output(given["mistakes"]) as stream:
            stream.writelines(msgspec.json.encode(one) + b"\n" for one in mistakes)
    return code


def _duplicates(given: Given) -> int:
    import msgspec

    from hocbac_nlp.corpora.duplicates import Duplicates
    from hocbac_nlp.running.batch import say
    from hocbac_nlp.running.writer import output

    found = Duplicates(given["threshold"], keep_records=given["drop_duplicates"])
    run = batch("strip", given, redo=False)
    code = replace(run, sink=found.take, verb="read").run()
    with output(given["output"]) as stream:
        if given["drop_duplicates"]:
            stream.writelines(found.kept())
        else:
            stream.writelines(msgspec.json.encode(row) + b"\n" for row in found.rows())
    if not given["quiet"]:
        groups = list(found.groups())
        more = sum(map(len, groups)) - len(groups)
        say(f"groups of near duplicates: {len(groups)}; documents that repeat an earlier one: {more}")
    return code
