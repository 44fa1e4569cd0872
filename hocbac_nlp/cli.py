"""The command line. A thin skin: it turns options into a `Batch` and exceptions into exit codes."""

import os
import signal
import sys
from typing import Annotated

import typer

from hocbac_nlp import __version__
from hocbac_nlp.commands import corpus_cli, options, report_cli, view_cli
from hocbac_nlp.commands.command import EXIT_CODES, Given, add, batch, choice, guarded, size, stage_options, stage_view
from hocbac_nlp.errors import UsageError

app = typer.Typer(
    name="hocbac-nlp",
    help="Vietnamese text mining: saved news pages in, one JSON record per document out.\n\n"
    "  hocbac-nlp extract seeds/ > records.jsonl\n\n"
    "  hocbac-nlp strip seeds/ | hocbac-nlp keywords --rows keywords | head",
    epilog=EXIT_CODES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


def main() -> None:
    """Entry point of the `hocbac-nlp` command."""
    signal.signal(signal.SIGTERM, _terminated)
    for number in (0, 1, 2):  # a stream that the caller closed must not become the next file that is opened
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 (for as long as the process lives)
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # UTF-8 in any locale; undecodable file names never break a message
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    guarded(app)


def _terminated(signum: int, frame: object) -> None:
    raise SystemExit(143)


STAGE_HELP = {
    "strip": (
        "Find the article on each page: roles of all lines, title, date, authors, and the text.",
        ("hocbac-nlp strip seeds/ -o pages.jsonl", "hocbac-nlp strip page.html --keep byline"),
    ),
    "segment": (
        "Split the text into sentences and words, with underthesea's part-of-speech tags.",
        ("hocbac-nlp segment seeds/ -j 2", "hocbac-nlp strip seeds/ | hocbac-nlp segment --rows tokens"),
    ),
    "extract": (
        "Find entities, persons with posts, official documents, dates and figures.",
        (
            "hocbac-nlp extract seeds/ > records.jsonl",
            "hocbac-nlp extract seeds/ --rows statistics --fields text,of",
        ),
    ),
    "keywords": (
        "Count the terms of each document, or of all: words, with names and documents as one term each.",
        ("hocbac-nlp keywords seeds/ --rows keywords", "hocbac-nlp keywords records.jsonl --corpus --top 20"),
    ),
}


def _stage_command(stage: str) -> None:
    """Add the subcommand of a stage: the shared options, those of the stages up to it, and its own views."""
    text, examples = STAGE_HELP[stage]
    views = options.VIEWS.get(stage, ())

    def body(given: Given) -> int:
        if given.get("corpus") or given.get("by"):
            return corpus_cli.table(given)
        if given.get("ngrams"):
            raise UsageError("--ngrams is for tables: add --corpus or --by FIELD")
        return batch(stage, given, **stage_view(given)).run()

    parameters = [
        options.PATHS,
        *stage_options(stage),
        *views,
        *options.OUTPUT,
        *options.INPUT,
        *options.RUN,
        *options.ENGINE,
    ]
    add(app, stage, text, examples, parameters, body)


for _stage in options.STAGES:
    _stage_command(_stage)


@app.command(
    "schema",
    help="Print the JSON Schema of the record.\n\n  hocbac-nlp schema > record.schema.json\n\n"
    "  hocbac-nlp schema | jq '.properties | keys'",
    epilog=EXIT_CODES,
)
def schema() -> None:
    """Print the JSON Schema of the record."""

    def body() -> None:
        import json

        from hocbac_nlp.document import json_schema

        print(json.dumps(json_schema(), ensure_ascii=False, indent=2))

    guarded(body)


@app.command(
    "page",
    help="Print the page that offsets count in: decoded, normalised, HTML as its text.\n\n"
    "  hocbac-nlp page article.html\n\n  hocbac-nlp page old.txt --encoding tcvn3",
    epilog=EXIT_CODES,
)
def page(
    path: Annotated[str, typer.Argument(metavar="FILE", help="One page, or - for standard input.")],
    input: Annotated[str | None, typer.Option(metavar="text|html", help="Read it as this.")] = None,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help="Encoding of the page.")] = None,
    max_bytes: Annotated[str, typer.Option(metavar="SIZE", help="Largest page.")] = "16M",
    lexicons: Annotated[str | None, typer.Option(metavar="DIR", help="Your lexicons, over the packaged ones.")] = None,
) -> None:
    """Print the page that offsets count in."""

    def body() -> int:
        from pathlib import Path

        from hocbac_nlp.encoding import ENCODINGS
        from hocbac_nlp.errors import DocumentError
        from hocbac_nlp.lexicon import Lexicons
        from hocbac_nlp.running.batch import FAILED, say
        from hocbac_nlp.running.reader import Reader, load

        if Path(path).is_dir():
            raise UsageError(f"{path} is a folder; name one file")
        limit = size(max_bytes)
        form = choice("input", input, ("text", "html"))
        name = choice("encoding", encoding, ENCODINGS)
        known = Lexicons(Path(lexicons) if lexicons else None)
        code = 0
        for task in Reader(limit, form).tasks([path]):
            try:
                if task.failure:
                    raise DocumentError(task.failure.code, task.failure.message)
                document = load(task, limit, name, known)
                sys.stdout.buffer.write(document.text.encode())
            except DocumentError as error:
                say(f"{task.id}: {error} [{error.code}]")
                code = FAILED
        return code

    guarded(body)


@app.command(
    "lexicons",
    help="List the lexicons, copy them to a folder to edit, or check a folder of your own.\n\n"
    "  hocbac-nlp lexicons\n\n  hocbac-nlp lexicons --check my-lexicons",
    epilog=EXIT_CODES,
)
def lexicons(
    copy: Annotated[str | None, typer.Option(metavar="DIR", help="Copy all lexicons into this folder.")] = None,
    check: Annotated[str | None, typer.Option(metavar="DIR", help="Check the lexicons in this folder.")] = None,
) -> None:
    """List, copy or check lexicons."""

    def body() -> None:
        from pathlib import Path

        from hocbac_nlp.lexicon import Lexicons, copy_to

        if copy and check:
            raise UsageError("--copy and --check exclude each other; choose one")
        if copy:
            for name in copy_to(Path(copy)):
                print(name)
            return
        mine = Lexicons(Path(check) if check else None)
        if check:
            for name, added, removed in mine.changes():
                print(f"{name}\t{added} added\t{removed} removed")
            return
        for name in mine.names:
            print(f"{name}\t{mine.size(name)} entries\t{mine.head(name)[0]}")

    guarded(body)


@app.command(
    "doctor",
    help="Look whether this installation is in order: versions, models, lexicons, encodings, and a page through all "
    "stages. Exits with 1 when something is wrong.\n\n"
    "  hocbac-nlp doctor\n\n  hocbac-nlp doctor --lexicons my-lexicons | grep -v ^ok",
    epilog=EXIT_CODES,
)
def doctor(
    lexicons: Annotated[str | None, typer.Option(metavar="DIR", help="Your lexicons, over the packaged ones.")] = None,
) -> None:
    """Look whether this installation is in order."""

    def body() -> int:
        from pathlib import Path

        from hocbac_nlp.commands.doctor import examine

        wrong = False
        for verdict, what, seen in examine(Path(lexicons) if lexicons else None):
            print(f"{verdict}\t{what}\t{seen}", flush=True)
            wrong |= verdict == "wrong"
        return int(wrong)

    guarded(body)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        from hocbac_nlp.lexicon import Lexicons

        digest = Lexicons().digest
        print(f"hocbac-nlp {__version__} (underthesea {version('underthesea')}, lexicons {digest})")
        raise typer.Exit


view_cli.register(app)
report_cli.register(app)
corpus_cli.register(app)


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print versions and exit.")
    ] = False,
) -> None:
    pass
