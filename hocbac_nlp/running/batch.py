"""A batch: inputs through a job to an output, with failures reported, counted and turned into an exit code."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, Protocol

import msgspec

from hocbac_nlp import __version__
from hocbac_nlp.errors import DocumentError, Failure, FatalError, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running import executor, writer
from hocbac_nlp.running.folder import RECORDS, TEXTS, OutputFolder
from hocbac_nlp.running.inputs import Inputs
from hocbac_nlp.running.reader import Form, Reader, Task
from hocbac_nlp.running.work import Done, Job, Result
from hocbac_nlp.stage import recorded

DONE, FATAL, USAGE, FAILED, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143
"""The exit codes that scripts can rely on."""


class Place(Protocol):
    """Where results go."""

    fresh: int
    """Documents that were there already, up to date."""

    def pending(self, tasks: Iterator[Task]) -> Iterator[Task]:
        """The tasks that have to be done."""

    def write(self, result: Result) -> Result:
        """Take the result of the next pending task; return it, or the failure to write it."""


@dataclass(frozen=True)
class Batch:
    """One run of a command over its inputs.

    Results go to `sink`, if there is one: for commands that write more than one file, or look at all documents
    before they write; it raises `DocumentError` for one that it refuses. Else their bytes go to `output`, to a
    file each in `output_dir`, or to standard output. `unknown` are fields that the user named and this version does
    not know; when nothing has a value for one, a message says so. `jobs` is the number of workers; without it there is
    one, or with the engine `ray` one for each CPU of the cluster. `verb` is what the summary says of documents that
    went well.
    """

    job: Job
    paths: list[str]
    files_from: str | None = None
    engine: Literal["local", "ray"] = "local"
    jobs: int | None = None
    form: Form | None = None
    output: str | None = None
    output_dir: str | None = None
    errors: str | None = None
    unknown: tuple[str, ...] = ()
    strict: bool = False
    quiet: bool = False
    sink: Callable[[Done], None] | None = None
    verb: str = "written"

    def run(self) -> int:
        """Process all inputs and return the exit code: 0, or 3 when some failed.

        Raises `UsageError`, and `FatalError` (`--strict`, output not writable).
        """
        if self.output and self.output_dir:
            raise UsageError("-o and --output-dir exclude each other; choose one")
        if self.output and self.errors and Path(self.output).absolute() == Path(self.errors).absolute():
            raise UsageError("-o and --errors name the same file; choose two")
        outputs = tuple(path for path in (self.output, self.errors) if path)
        inputs = Inputs(tuple(self.paths), self.files_from, outputs, self.output_dir, self._suffix == TEXTS)
        started = time.monotonic()
        reader = Reader(self.job.max_bytes, self.form)
        tally: Counter[str] = Counter()
        empty = _Empty(() if self.sink else self.unknown)
        with ExitStack() as stack:
            log = stack.enter_context(_log(self.errors))
            place = self._place(stack)
            results = stack.enter_context(closing(self._results(place, reader.tasks(inputs))))
            hidden = self.quiet or not sys.stderr.isatty() or self._fills_the_terminal
            total = None if hidden or not inputs.repeatable else reader.count(inputs)
            for result in stack.enter_context(progress(hidden, total, lambda: place.fresh))(results):
                result = place.write(result)
                if isinstance(result, Failure):
                    tally["failed"] += 1
                    log(result)
                    if self.strict:
                        raise FatalError("stopped at the first failure, as --strict asks")
                else:
                    tally["written"] += 1
                    empty.look(result.data)
        tally["up to date"] = place.fresh
        tally["skipped (not pages)"] = reader.skipped
        if not self.quiet:
            empty.tell()
            say(summary(tally, self.verb, time.monotonic() - started))
        return FAILED if tally["failed"] else DONE

    @property
    def _fills_the_terminal(self) -> bool:
        """Whether the data itself goes to a terminal: a progress bar would be torn apart by it."""
        return not (self.sink or self.output or self.output_dir) and sys.stdout.isatty()

    @property
    def _suffix(self) -> str:
        """What the names of files in the output folder end in: views for reading are no JSONL."""
        return TEXTS if self.job.view else RECORDS

    def _place(self, stack: ExitStack) -> Place:
        if self.sink:
            return _Sink(self.sink)
        if self.output_dir and self.engine == "ray":
            from hocbac_nlp.running.ray_engine import ClusterFolder

            return ClusterFolder(self.output_dir, self._recipe(), self._suffix)
        if self.output_dir:
            return OutputFolder(self.output_dir, self._recipe(), self._suffix)
        return _Stream(stack.enter_context(writer.output(self.output)))

    def _results(self, place: Place, tasks: Iterator[Task]) -> Generator[Result]:
        if self.engine == "ray":
            from hocbac_nlp.running import ray_engine

            folder = place if isinstance(place, ray_engine.ClusterFolder) else None
            return ray_engine.run(self.job, place.pending(tasks), self.jobs, folder)
        return executor.run(self.job, place.pending(tasks), self.jobs or 1)

    def _recipe(self) -> bytes:
        """What the output depends on besides the inputs: tool, lexicons, goal, options, view."""
        overlay = Path(self.job.lexicons) if self.job.lexicons else None
        options = {stage: recorded(values) for stage, values in self.job.options.items()}
        recipe = (
            __version__,
            Lexicons(overlay).digest,
            self.form,
            msgspec.structs.replace(self.job, lexicons=None, options=options),
        )
        return msgspec.json.encode(recipe)


@dataclass
class _Stream:
    """One file, or standard output."""

    lines: IO[bytes]
    fresh: int = 0

    def pending(self, tasks: Iterator[Task]) -> Iterator[Task]:
        return tasks

    def write(self, result: Result) -> Result:
        if not isinstance(result, Failure):
            self.lines.write(result.data)
        return result


@dataclass
class _Sink:
    """A function; what it refuses is that document's failure."""

    sink: Callable[[Done], None]
    fresh: int = 0

    def pending(self, tasks: Iterator[Task]) -> Iterator[Task]:
        return tasks

    def write(self, result: Result) -> Result:
        try:
            if not isinstance(result, Failure):
                self.sink(result)
        except DocumentError as error:
            return Failure(result.id, "write", error.code, str(error))
        return result


class _Empty:
    """Looks at lines of JSONL for values of these fields, as long as there is one without."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self._fields = fields
        self._lines = 0

    def look(self, lines: bytes) -> None:
        if self._fields:
            for line in lines.splitlines():
                self._lines += 1
                row = msgspec.json.decode(line)
                self._fields = tuple(name for name in self._fields if row[name] is None)

    def tell(self) -> None:
        if self._fields and self._lines:
            say(nothing_in("--fields", self._fields))


def nothing_in(option: str, names: Iterable[str]) -> str:
    """The message that an option names fields that are empty everywhere: they may be misspelt."""
    return f"{option} {', '.join(names)}: nothing has a value for this; is it spelt right?"


def say(message: str) -> None:
    """One line on standard error. Control characters are shown, never sent to the terminal."""
    safe = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)
    with suppress(OSError):  # nobody can be told that nobody can be told
        print(f"hocbac-nlp: {safe}", file=sys.stderr, flush=True)


def summary(tally: Counter[str], verb: str, seconds: float) -> str:
    """The line that closes a run; `verb` says what became of the documents that went well."""
    parts = [f"{tally['written']} document{'s' * (tally['written'] != 1)} {verb}"]
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
        if not file:
            return
        try:
            file.write(msgspec.json.encode(failure) + b"\n")
            file.flush()
        except OSError as error:
            raise FatalError(f"--errors {path}: can't be written: {error.strerror}") from error

    with file or nullcontext():
        yield log


@contextmanager
def progress(
    hidden: bool, total: int | None, passed: Callable[[], int]
) -> Iterator[Callable[[Iterator[Result]], Iterator[Result]]]:
    """Pass results through; unless hidden, show how many went by and how fast and, of a known total, the time left.

    `passed` tells how many documents needed no work; they count as gone by, but not for the speed.
    """
    if hidden:
        yield lambda results: results
        return
    from rich import progress as bars
    from rich.console import Console

    columns: list[bars.ProgressColumn] = [
        bars.SpinnerColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[rate]}"),
        bars.TimeElapsedColumn(),
    ]
    if total is not None:
        columns[1:1] = [bars.BarColumn()]
        columns += [bars.TextColumn("left"), bars.TimeRemainingColumn()]
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=total, rate="")
        started = time.monotonic()

        def watch(results: Iterator[Result]) -> Iterator[Result]:
            for number, result in enumerate(results, 1):
                rate = f"{number / (time.monotonic() - started):,.0f}/s"
                bar.update(task, completed=number + passed(), rate=rate)
                yield result

        yield watch
