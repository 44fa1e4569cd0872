"""The command line. A thin skin: it turns options into a `Batch` and exceptions into exit codes."""

import os
import re
import signal
import sys
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, get_args

import typer

from hocbac_nlp import __version__, options
from hocbac_nlp.errors import FatalError, UsageError

EXIT_CODES = (
    "Exit codes: 0 all done; 1 fatal (--strict, output not writable); 2 wrong usage; "
    "3 finished, but inputs failed; 130 interrupted; 143 terminated."
)

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
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # UTF-8 in any locale; undecodable file names never break a message
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app()


def _terminated(signum: int, frame: object) -> None:
    raise SystemExit(143)


def guarded(body: Callable[[], int | None]) -> None:
    """Run a command's body and exit as the contract says, with one line on standard error where it failed."""
    from hocbac_nlp.batch import say

    try:
        code = body()
        sys.stdout.flush()
    except UsageError as error:
        say(str(error))
        code = 2
    except FatalError as error:
        say(str(error))
        code = 1
    except KeyboardInterrupt:
        say("interrupted")
        code = 130
    except BrokenPipeError:
        # The reader of our pipe has gone (`| head`): nothing is wrong. Python must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        say(f"can't write standard output: {error.strerror or error}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    raise SystemExit(code or 0)


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
        "Count the terms of each document: words, with names and documents as one term each.",
        ("hocbac-nlp keywords seeds/ --rows keywords", "hocbac-nlp keywords records.jsonl -o keywords.jsonl"),
    ),
}


def _stage_command(stage: str) -> None:
    """Add the subcommand of a stage: the shared options, and those of the stages up to it."""
    own = list(options.STAGES)[: list(options.STAGES).index(stage) + 1]
    mine = {parameter.name: name for name in own for parameter in options.STAGES[name]}

    def command(**given: Any) -> None:
        def body() -> int:
            from hocbac_nlp.batch import Batch

            chosen: dict[str, dict[str, Any]] = {}
            for name, of_stage in mine.items():
                if given[name] not in (None, False):
                    chosen.setdefault(of_stage, {})[name] = _value(name, given[name])
            return Batch(
                job=job(stage, chosen, given),
                paths=given["paths"] or [],
                jobs=given["jobs"],
                form=_choice("input", given["input"], _forms()),
                output=given["output"],
                output_dir=given["output_dir"],
                errors=given["errors"],
                strict=given["strict"],
                quiet=given["quiet"],
            ).run()

        guarded(body)

    text, examples = STAGE_HELP[stage]
    parameters: list[Parameter] = [options.PATHS]
    for name in reversed(own):
        parameters += options.STAGES[name]
    parameters += [*options.OUTPUT, *options.INPUT, *options.RUN]
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    help_text = text + "\n\n" + "\n\n".join(f"  {example}" for example in examples)
    app.command(stage, help=help_text, epilog=EXIT_CODES)(command)


def job(goal: str, chosen: dict[str, dict[str, Any]], given: dict[str, Any]) -> Any:
    """The `Job` that the options describe. Raises `UsageError` for values that make no sense."""
    from hocbac_nlp.encoding import ENCODINGS
    from hocbac_nlp.rows import field_names
    from hocbac_nlp.work import Job

    return Job(
        goal=goal,
        options=chosen,
        lexicons=given["lexicons"],
        encoding=_choice("encoding", given["encoding"], ENCODINGS),
        max_bytes=size(given["max_bytes"]),
        rows=given.get("rows"),
        fields=field_names(given.get("fields") or ""),
    )


def _forms() -> tuple[str, ...]:
    from hocbac_nlp.reader import Form

    return get_args(Form)


def _value(name: str, value: Any) -> Any:
    """An option as stages take it: roles as a list."""
    if name not in ("keep", "drop"):
        return value
    from hocbac_nlp.document import Role

    return [_choice(name, role, get_args(Role)) for role in re.split(r"[,\s]+", value) if role]


def _choice(name: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    if value is not None and value not in allowed:
        raise UsageError(f"--{name} {value}: choose from {', '.join(allowed)}")
    return value


def size(given: str) -> int:
    """A size in bytes: `16M`, `500k`, `1073741824`. Raises `UsageError`."""
    match = re.fullmatch(r"(\d+)\s*([kKmMgG]?)[bB]?", given)
    if not match or not int(match[1]):
        raise UsageError(f"--max-bytes {given}: a size such as 500K, 16M or 1G is wanted")
    return int(match[1]) << {"": 0, "k": 10, "m": 20, "g": 30}[match[2].lower()]


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
) -> None:
    """Print the page that offsets count in."""

    def body() -> int:
        from hocbac_nlp.batch import FAILED, say
        from hocbac_nlp.encoding import ENCODINGS
        from hocbac_nlp.errors import DocumentError
        from hocbac_nlp.lexicon import Lexicons
        from hocbac_nlp.reader import Reader, load

        limit = size(max_bytes)
        form = _choice("input", input, ("text", "html"))
        name = _choice("encoding", encoding, ENCODINGS)
        code = 0
        for task in Reader(limit, form).tasks([path]):
            try:
                if task.failure:
                    raise DocumentError(task.failure.code, task.failure.message)
                document = load(task, limit, name, Lexicons())
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


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        from hocbac_nlp.lexicon import Lexicons

        digest = Lexicons().digest
        print(f"hocbac-nlp {__version__} (underthesea {version('underthesea')}, lexicons {digest})")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print versions and exit.")
    ] = False,
) -> None:
    pass
