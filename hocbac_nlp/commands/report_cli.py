"""The command `report`."""

from dataclasses import replace

import typer

from hocbac_nlp.commands import options
from hocbac_nlp.commands.command import Given, add, batch, stage_options

LOOKED_AT = "extract"
"""The stage up to which the command runs what a record lacks."""
NO_TEXT = options.option("no_text", bool, False, "--no-text", help="Leave the articles out: items and counts alone.")
TITLE = options.option("title", str | None, None, "--title", metavar="TEXT", help="The report's heading.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        "report",
        "Write one HTML page about the documents, to open in any browser: who and what they name, the figures with "
        "their sentences, the documents cited, key terms. It needs no network.",
        (
            "hocbac-nlp report seeds/ -o report.html",
            'hocbac-nlp report records.jsonl --no-text --title "Chỉ thị 05, 2018-2023" -o report.html',
        ),
        (
            *(options.PATHS, options.OUTPUT[0], NO_TEXT, TITLE),
            *(*stage_options(LOOKED_AT), *options.INPUT, *options.RUN),
        ),
        _report,
    )


def _report(given: Given) -> int:
    from hocbac_nlp.report.gather import Report
    from hocbac_nlp.report.page import page
    from hocbac_nlp.running.writer import output

    with Report(articles=not given["no_text"]) as report:
        run = batch(LOOKED_AT, given, view="report.view", redo=False)
        code = replace(run, sink=report.take, verb="read").run()
        if code and not report.documents:
            return code
        data = page(given["title"], report.data(given["title"]), report.texts())
    with output(given["output"]) as stream:
        stream.write(data)
    return code
