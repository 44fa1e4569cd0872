"""Running a job on a Ray cluster, with Ray Data. Results come in input order, the same as from local workers.

This process walks the inputs and cuts them into shards; pages travel as paths, records of streams as their
bytes. Stateful actors, one for each CPU, hold the models and work on a shard at a time. With an output folder
they write the documents' files and then the shard's notes, so what comes back are rows that say how each
document went; without one the rows carry the documents.

When a node or an actor is lost, Ray Data gives its shards to others. A shard that is tried again may hold the
document that killed its worker: it is worked on by processes of its own, which costs that document alone.
"""

import logging
import os
import signal
import socket
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from hocbac_nlp import __version__
from hocbac_nlp.errors import Failure, FatalError, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running import executor, folder, storage
from hocbac_nlp.running.folder import RECORDS
from hocbac_nlp.running.reader import Task
from hocbac_nlp.running.work import Done, Job, Result

if TYPE_CHECKING:
    import pyarrow as pa

WAVE = 4096
"""Shards that are handed to Ray at once; the memory of the object store holds no more than these."""
NOTED = 16
"""Documents after which a shard's notes are written: as many as a killed actor may have to do again."""
COLUMNS = ("id", "stage", "code", "message", "data")
"""A row of what comes back: a document (`stage` null), a failure, or one that was up to date (`data` null)."""

Row = tuple[str, str | None, str | None, str | None, bytes | None]
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Task]).decode


@dataclass
class ClusterFolder:
    """An output folder that the workers fill: a path that all nodes share, or an object store (`s3://…`).

    `fresh` counts the documents that were up to date. Raises `FatalError` when the folder can't be written.
    """

    folder: str
    recipe: bytes
    suffix: str = RECORDS
    fresh: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if not storage.is_uri(self.folder):
            self.folder = os.path.abspath(self.folder)
        try:
            storage.make_folder(f"{self.folder}/{folder.NOTES}")
        except OSError as error:
            raise FatalError(f"{self.folder}: can't be written: {error.strerror or error}") from error

    def pending(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Pass tasks on; of two documents with one file the second becomes a failure."""
        return folder.apart(tasks, self.suffix)

    def write(self, result: Result) -> Result:
        """Pass the result on: the worker has written it."""
        return result


def run(job: Job, tasks: Iterable[Task], jobs: int | None, target: ClusterFolder | None) -> Generator[Result]:
    """Yield the result of each task that was not up to date, in order.

    Connects to the cluster that `RAY_ADDRESS` names (`auto` is the one that this machine is part of), else starts
    one on this machine for this run.
    Raises `UsageError` from the job or when Ray is not installed, and `FatalError` when the cluster can't do it.
    """
    job.open()  # a wrong option is found here, and not on all nodes
    job = msgspec.structs.replace(job, lexicons=os.path.abspath(job.lexicons) if job.lexicons else None)
    ray = _connect()
    shards = folder.shards(_absolute(task) for task in tasks)
    try:
        while wave := list(islice(shards, WAVE)):
            for row in _rows(ray, job, wave, jobs, target):
                if row["stage"] == "usage":
                    raise UsageError(row["message"])
                if row["stage"] == "fatal":
                    raise FatalError(row["message"])
                if row["stage"] is not None:
                    yield Failure(row["id"], row["stage"], row["code"], row["message"])
                elif row["data"] is None and target:
                    target.fresh += 1
                else:
                    yield Done(row["id"], row["data"])
    except ray.exceptions.RayError as error:
        raise FatalError(f"the Ray cluster could not go on: {str(error).strip().splitlines()[-1]}") from error
    finally:
        ray.shutdown()


def _connect() -> Any:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # no report leaves this machine
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: pip install 'hocbac-nlp[ray]'") from error
    before = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(os.environ.get("RAY_ADDRESS") or "local", log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ray.exceptions.RayError) as error:
        hint = "if it asks for a token, set RAY_AUTH_MODE=token"
        raise FatalError(f"no Ray cluster: {str(error).strip().splitlines()[0]}; {hint}") from error
    finally:
        signal.signal(signal.SIGTERM, before)  # Ray sets its own
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray


def _absolute(task: Task) -> Task:
    """The task with a path that means the same on every node."""
    if task.path is None or storage.is_uri(task.path):
        return task
    return msgspec.structs.replace(task, path=os.path.abspath(task.path))


def _attempts(ray: Any) -> Any:
    """An actor beside this process that knows which shards of a wave were begun."""
    here = ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(
        ray.get_runtime_context().get_node_id(), soft=False
    )
    return ray.remote(_Attempts).options(num_cpus=0, scheduling_strategy=here).remote()


class _Attempts:
    def __init__(self) -> None:
        self._begun: set[str] = set()
        self._fresh: dict[str, int] = {}

    def begin(self, shard: str, fresh: int) -> tuple[bool, int]:
        """Whether the shard was begun before and has not ended, and `fresh` as it was told the first time."""
        again = shard in self._begun
        self._begun.add(shard)
        return again, self._fresh.setdefault(shard, fresh)

    def end(self, shard: str) -> None:
        self._begun.discard(shard)


def _rows(
    ray: Any, job: Job, wave: list[list[Task]], jobs: int | None, target: ClusterFolder | None
) -> Iterator[dict[str, Any]]:
    import pyarrow as pa

    shards = [ray.put(pa.table({"shard": pa.array([_encode(shard)], pa.large_binary())})) for shard in wave]
    actors = min(jobs or int(ray.cluster_resources().get("CPU", 1)), len(shards))
    setting = (job, Lexicons(_path(job)).digest, __version__, target, _attempts(ray))
    results = ray.data.from_arrow_refs(shards).map_batches(
        _Actor,
        fn_constructor_args=setting,
        batch_size=1,
        batch_format="pyarrow",
        concurrency=actors,
        num_cpus=1,
    )
    yield from results.iter_rows()


class _Actor:
    """The models, on one CPU of the cluster; a call works on shards and returns their rows."""

    def __init__(self, job: Job, lexicons: str, version: str, target: ClusterFolder | None, attempts: Any) -> None:
        self._job = job
        self._same = (version, lexicons)
        self._target = target
        self._attempts = attempts
        self._work: Callable[[Task], Result] | None = None

    def __call__(self, batch: "pa.Table") -> "pa.Table":
        import pyarrow as pa

        rows: list[Row] = []
        for shard in batch["shard"].to_pylist():
            try:
                rows += self._shard(_decode(shard))
            except UsageError as error:
                rows.append(("", "usage", None, str(error), None))
            except FatalError as error:
                rows.append(("", "fatal", None, f"{socket.gethostname()}: {error}", None))
        types = (pa.string(), pa.string(), pa.string(), pa.string(), pa.large_binary())
        values = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
        return pa.table([pa.array(column, kind) for column, kind in zip(values, types, strict=True)], names=COLUMNS)

    def _shard(self, tasks: list[Task]) -> list[Row]:
        import ray

        name, target = folder.notes_name(tasks), self._target
        done = folder.done(target.folder, tasks, target.recipe, target.suffix) if target else {}
        again, fresh = ray.get(self._attempts.begin.remote(name, len(done)))
        due = [task for task in tasks if task.failure or task.id not in done]
        results = executor.run(self._job, due, 2) if again and due else map(self._open(), due)
        # What this run did before the shard was lost was written by it, and is counted so.
        rows: list[Row] = [(id, None, None, None, None if at < fresh else b"") for at, id in enumerate(done)]
        notes = list(done.values())
        for task, result in zip(due, results, strict=True):
            if target and isinstance(result, Done):
                result = folder.save(target.folder, result, target.suffix)
                notes.append(folder.note(task, target.recipe, target.suffix))
                if len(notes) % NOTED == 0:
                    storage.write(f"{target.folder}/{name}", b"".join(notes))
            if isinstance(result, Failure):
                rows.append((result.id, result.stage, result.code, result.message, None))
            else:
                rows.append((result.id, None, None, None, b"" if target else result.data))
        if target:
            storage.write(f"{target.folder}/{name}", b"".join(notes))
        ray.get(self._attempts.end.remote(name))
        return rows

    def _open(self) -> Callable[[Task], Result]:
        if self._work is None:
            here = (__version__, Lexicons(_path(self._job)).digest)
            if here != self._same:
                raise FatalError(
                    f"hocbac-nlp {here[0]} with lexicons {here[1]} is installed here, but the run was started with "
                    f"{self._same[0]} and {self._same[1]}: install the same on every node"
                )
            self._work = self._job.open()
        return self._work


def _path(job: Job) -> Path | None:
    return Path(job.lexicons) if job.lexicons else None
