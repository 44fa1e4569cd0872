"""What the commands share: how one is added, how options become a `Batch`, how exceptions become exit codes."""

import os
import re
import sys
from collections.abc import Callable, Iterable
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, get_args

import typer

from hocbac_nlp.commands import options
from hocbac_nlp.errors import FatalError, UsageError

if TYPE_CHECKING:
    from hocbac_nlp.running.batch import Batch

EXIT_CODES = (
    "Exit codes: 0 all done; 1 fatal (--strict, output not writable); 2 wrong usage; "
    "3 finished, but inputs failed; 130 interrupted; 143 terminated."
)

Given = dict[str, Any]
"""The values of a command's options, by name."""


def add(
    app: typer.Typer,
    name: str,
    text: str,
    examples: Iterable[str],
    parameters: Iterable[Parameter],
    body: Callable[[Given], int | None],
) -> None:
    """Add a command: `body` takes the options' values and returns the exit code (None for 0)."""
    parameters = list(parameters)
    own = [one.name for one in parameters if isinstance(one.annotation.__metadata__[0], typer.models.OptionInfo)]

    def checked(given: Given) -> int | None:
        for name in own:
            if isinstance(given[name], str) and not given[name].strip(" ,"):
                raise UsageError(f"--{name.replace('_', '-')}: is empty; leave it out, or say what is meant")
        return body(given)

    def command(**given: Any) -> None:
        guarded(lambda: checked(given))

    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    help_text = text + "\n\n" + "\n\n".join(f"  {example}" for example in examples)
    app.command(name, help=help_text, epilog=EXIT_CODES)(command)


def guarded(body: Callable[[], int | None]) -> None:
    """Run a command's body and exit as the contract says, with one line on standard error where it failed."""
    try:
        try:
            code = body()
        except SystemExit as asked:
            code = int(asked.code or 0)
        if sys.stdout is not None:
            sys.stdout.flush()
    except UsageError as error:
        _say(str(error))
        code = 2
    except FatalError as error:
        _say(str(error))
        code = 1
    except KeyboardInterrupt:
        _say("interrupted")
        code = 130
    except BrokenPipeError:
        # The reader of our pipe has gone (`| head`): nothing is wrong. Python must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        _say(f"can't write standard output: {error.strerror or error}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    try:
        sys.stderr.flush()
    except OSError:  # what could not be told will not be: Python would try at exit, and exit with 120
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    raise SystemExit(code or 0)


def _say(message: str) -> None:
    from hocbac_nlp.running.batch import say

    say(message)


def stages_to(goal: str) -> tuple[str, ...]:
    """The names of the stages up to `goal`."""
    names = tuple(options.STAGES)
    return names[: names.index(goal) + 1]


def stages_after(goal: str) -> tuple[str, ...]:
    """The names of the stages behind `goal`."""
    names = tuple(options.STAGES)
    return names[names.index(goal) + 1 :]


def stage_options(goal: str) -> list[Parameter]:
    """The options of the stages up to `goal`, the goal's own first."""
    return [parameter for stage in reversed(stages_to(goal)) for parameter in options.STAGES[stage]]


def batch(goal: str, given: Given, **of_job: Any) -> "Batch":
    """The run that the options describe. Further arguments are those of `Job`.

    Raises `UsageError` for values that make no sense.
    """
    from hocbac_nlp.document import LAYERS
    from hocbac_nlp.encoding import ENCODINGS
    from hocbac_nlp.running.batch import Batch
    from hocbac_nlp.running.reader import Form
    from hocbac_nlp.running.work import Job
    from hocbac_nlp.views.rows import ROW_LAYERS, field_names, unknown

    if (layer := given.get("rows")) in LAYERS and LAYERS[layer].stage in stages_after(goal):
        raise UsageError(f"--rows {layer}: {goal} does not make this layer; use {LAYERS[layer].stage}")
    chosen = {
        stage: {
            one.name: _value(one.name, given[one.name])
            for one in options.STAGES[stage]
            if given[one.name] not in (None, False)
        }
        for stage in stages_to(goal)
    }
    rows, fields = given.get("rows"), field_names(given.get("fields") or "")
    job = Job(
        goal=goal,
        options={stage: values for stage, values in chosen.items() if values},
        lexicons=given["lexicons"],
        encoding=choice("encoding", given["encoding"], ENCODINGS),
        max_bytes=size(given["max_bytes"]),
        rows=rows,
        fields=fields,
        **of_job,
    )
    return Batch(
        job=job,
        paths=given["paths"] or [],
        files_from=given["files_from"],
        engine=choice("engine", given.get("engine", "local"), ("local", "ray")),
        jobs=given["jobs"],
        form=choice("input", given["input"], get_args(Form)),
        output=given.get("output"),
        output_dir=given.get("output_dir"),
        errors=given["errors"],
        unknown=unknown(rows, fields) if rows is None or rows in ROW_LAYERS else (),
        strict=given["strict"],
        quiet=given["quiet"],
    )


def stage_view(given: Given) -> dict[str, Any]:
    """What `--text` and `--explain` make of a job. Raises `UsageError` when they do not go with other options."""
    from hocbac_nlp.views.terminal import look

    if not (given.get("text") or given.get("explain")):
        return {}
    alone = ("rows", "fields") if given["text"] else ("rows", "fields", "output_dir")
    asked = [name for name in ("text", "explain", *alone) if given[name]]
    if len(asked) > 1:
        raise UsageError(f"--{' and --'.join(asked).replace('_', '-')} exclude each other; choose one")
    if given["text"]:
        return {"view": "views.plain", "view_options": {"alone": True} if given["output_dir"] else {}}
    return {"view": "views.explain", "view_options": look(given["output"])}


def _value(name: str, value: Any) -> Any:
    """An option as stages take it: roles as a list, a model that can be looked at."""
    if name == "ner_model":
        from hocbac_nlp.naming import ner_model

        ner_model.check(value)
    if name not in ("keep", "drop"):
        return value
    from hocbac_nlp.document import Role

    return [choice(name, role, get_args(Role)) for role in re.split(r"[,\s]+", value) if role]


def choice(name: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    """The value, if it is one of those allowed (or none was given). Raises `UsageError`."""
    if value is not None and value not in allowed:
        raise UsageError(f"--{name} {value}: choose from {', '.join(allowed)}")
    return value


def size(given: str) -> int:
    """A size in bytes: `16M`, `500k`, `1073741824`. Raises `UsageError`."""
    match = re.fullmatch(r"(\d+)\s*([kKmMgG]?)[bB]?", given)
    if not match or not int(match[1]):
        raise UsageError(f"--max-bytes {given}: a size such as 500K, 16M or 1G is wanted")
    return int(match[1]) << {"": 0, "k": 10, "m": 20, "g": 30}[match[2].lower()]
