"""A batch: inputs through a job to an output, with failures reported, counted and turned into an exit code."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from hocbac_nlp import __version__, executor, writer
from hocbac_nlp.errors import DocumentError, Failure, FatalError, UsageError
from hocbac_nlp.folder import OutputFolder
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.reader import STDIN, Form, Reader, Task
from hocbac_nlp.work import Done, Job, Result

DONE, FATAL, USAGE, FAILED, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143
"""The exit codes that scripts can rely on."""


@dataclass(frozen=True)
class Batch:
    """One run of a command over its inputs.

    Results go to `sink`, if there is one: for commands that write more than one file, or look at all documents
    before they write; it raises `DocumentError` for one that it refuses. Else their bytes go to `output`, to a
    file each in `output_dir`, or to standard output.
    """

    job: Job
    paths: list[str]
    jobs: int = 1
    form: Form | None = None
    output: str | None = None
    output_dir: str | None = None
    errors: str | None = None
    strict: bool = False
    quiet: bool = False
    sink: Callable[[Done], None] | None = None

    def run(self) -> int:
        """Process all inputs and return the exit code: 0, or 3 when some failed.

        Raises `UsageError`, and `FatalError` (`--strict`, output not writable).
        """
        paths = inputs(self.paths)
        if self.output and self.output_dir:
            raise UsageError("-o and --output-dir exclude each other; choose one")
        started = time.monotonic()
        reader = Reader(self.job.max_bytes, self.form)
        tally: Counter[str] = Counter()
        with ExitStack() as stack:
            log = stack.enter_context(_log(self.errors))
            tasks: Iterator[Task] = reader.tasks(paths)
            if self.output_dir:
                folder = OutputFolder(self.output_dir, self._recipe())
                stack.callback(folder.close)
                tasks = folder.pending(tasks)
            elif not self.sink:
                lines = stack.enter_context(writer.output(self.output, paths))
            results = stack.enter_context(closing(executor.run(self.job, tasks, self.jobs)))
            for result in stack.enter_context(progress(self.quiet))(results):
                if self.sink and not isinstance(result, Failure):
                    result = _into(self.sink, result)
                if isinstance(result, Failure):
                    tally["failed"] += 1
                    log(result)
                    if self.strict:
                        raise FatalError("stopped at the first failure, as --strict asks")
                else:
                    tally["written"] += 1
                if self.output_dir:
                    folder.write(result)
                elif not self.sink and not isinstance(result, Failure):
                    lines.write(result.data)
        tally["up to date"] = folder.fresh if self.output_dir else 0
        tally["skipped for their suffix"] = reader.skipped
        if not self.quiet:
            say(summary(tally, time.monotonic() - started))
        return FAILED if tally["failed"] else DONE

    def _recipe(self) -> bytes:
        """What the output depends on besides the inputs: tool, lexicons, goal, options, view."""
        overlay = Path(self.job.lexicons) if self.job.lexicons else None
        recipe = (
            __version__,
            Lexicons(overlay).digest,
            self.form,
            msgspec.structs.replace(self.job, lexicons=None),
        )
        return msgspec.json.encode(recipe)


def _into(sink: Callable[[Done], None], done: Done) -> Result:
    """Hand a result to the sink; what it refuses is that document's failure."""
    try:
        sink(done)
    except DocumentError as error:
        return Failure(done.id, "write", error.code, str(error))
    return done


def inputs(paths: list[str]) -> list[str]:
    """The paths to read: those given, else piped standard input. Raises `UsageError` when there is neither."""
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to read: name files or folders, or pipe something in")
    return [STDIN]


def say(message: str) -> None:
    """One line on standard error. Control characters are shown, never sent to the terminal."""
    safe = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)
    print(f"hocbac-nlp: {safe}", file=sys.stderr, flush=True)


def summary(tally: Counter[str], seconds: float) -> str:
    """The line that closes a run."""
    parts = [f"{tally['written']} document{'s' * (tally['written'] != 1)} written"]
    parts += [f"{count} {what}" for what, count in tally.items() if count and what != "written"]
    return f"{', '.join(parts)} in {seconds:.1f} s"


@contextmanager
def _log(path: str | None) -> Iterator[Callable[[Failure], None]]:
    """Where failures go: standard error, and as JSONL to the file of `--errors`."""
    try:
        file: IO[bytes] | None = open(path, "wb") if path else None  # noqa: SIM115 (closed by the `with` below)
    except OSError as error:
        raise FatalError(f"--errors {path}: can't be written: {error.strerror}") from error

    def log(failure: Failure) -> None:
        say(f"{failure.id}: {failure.message} [{failure.code}]")
        if file:
            file.write(msgspec.json.encode(failure) + b"\n")
            file.flush()

    with file or nullcontext():
        yield log


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[Iterator[Result]], Iterator[Result]]]:
    """Pass results through; on a terminal, show how many went by and how fast."""
    if quiet or not sys.stderr.isatty():
        yield lambda results: results
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=None, rate="")
        started = time.monotonic()

        def watch(results: Iterator[Result]) -> Iterator[Result]:
            for number, result in enumerate(results, 1):
                bar.update(task, completed=number, rate=f"{number / (time.monotonic() - started):,.0f}/s")
                yield result

        yield watch
