"""Running a job over tasks: in this process, or in worker processes. Results come in input order.

A worker holds one task at a time, so a worker that is killed costs the document it held and no other: that one
is tried once more by a fresh worker, then reported as a failure. At most `WINDOW` tasks per worker are ahead of
the oldest unfinished one, so memory does not grow with the number of documents.
"""

import signal
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from multiprocessing import connection, get_context, resource_tracker
from multiprocessing.connection import Connection

from hocbac_nlp.errors import Failure, FatalError, UsageError
from hocbac_nlp.running.reader import Task, document_id
from hocbac_nlp.running.work import Job, Result

WINDOW = 16
TRIES = 2
FALSE_STARTS = 10
PATIENCE = 10  # seconds
_SIGNALS = {signal.SIGINT, signal.SIGTERM}

Numbered = tuple[int, Task]


def run(job: Job, tasks: Iterable[Task], jobs: int = 1) -> Generator[Result]:
    """Yield the result of each task, in order. With one worker no process is started.

    Raises `UsageError` from the job, and `FatalError` when workers can't start.
    """
    if jobs == 1:
        yield from map(job.open(), tasks)
        return
    job.open()  # a wrong option is found here, once, and not in every worker
    pool = _Pool(job, jobs)
    try:
        yield from pool.results(tasks)
    finally:
        pool.close()


class _Worker:
    """A process, our end of its pipe, and the task that it holds."""

    def __init__(self, job: Job) -> None:
        context = get_context("spawn")  # a forked process would hold the other workers' pipes open
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(job, theirs), daemon=True)
        # Signals wait until the worker has all that it needs to start, and there until `_serve` is ready for them:
        # Ctrl-C reaches all processes of a terminal.
        resource_tracker.ensure_running()  # it would let them through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        self.process.start()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.held: Numbered | None = None
        self.ready = False

    def give(self, item: Numbered) -> None:
        self.held = item
        with suppress(BrokenPipeError, ConnectionResetError):  # it died while idle: reading from it will tell
            self.pipe.send(item[1])

    def take(self) -> Result | UsageError | None:
        """Receive what the worker says: None when it has opened its job, then the result of the held task.

        Raises `EOFError` when the process died.
        """
        try:
            said: Result | UsageError | None = self.pipe.recv()
        except ConnectionResetError as error:
            raise EOFError from error
        if said is None:
            self.ready = True
        else:
            self.held = None
        return said

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


class _Pool:
    def __init__(self, job: Job, jobs: int) -> None:
        self._job = job
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._again: deque[Numbered] = deque()
        self._deaths: Counter[int] = Counter()
        self._false_starts = 0

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        for _ in range(self._jobs):
            self._workers.append(_Worker(self._job))
        source = enumerate(tasks)
        finished: dict[int, Result] = {}
        given = due = 0
        while True:
            for worker in self._workers:
                if worker.held is None:
                    item: Numbered | None = None
                    if self._again:  # the window may be full, of results that wait for this one
                        item = self._again.popleft()
                    elif given - due < WINDOW * len(self._workers):
                        item = next(source, None)
                    if item is None:
                        break
                    given = max(given, item[0] + 1)
                    worker.give(item)
            busy = {worker.pipe: worker for worker in self._workers if worker.held}
            if not busy:
                assert given == due, "a task has got lost"
                return
            for ready in connection.wait(list(busy)):
                finished.update(self._collect(busy[ready]))  # type: ignore[index]
            while due in finished:
                yield finished.pop(due)
                due += 1

    def close(self) -> None:
        for worker in self._workers:
            worker.stop()

    def _collect(self, worker: _Worker) -> dict[int, Result]:
        """The result of the worker's task, if it is there: not when it died and the task is tried again."""
        assert worker.held is not None
        number, task = worker.held
        try:
            result = worker.take()
        except EOFError:
            return self._bury(worker, number, task)
        if isinstance(result, UsageError):
            raise result
        return {} if result is None else {number: result}

    def _bury(self, worker: _Worker, number: int, task: Task) -> dict[int, Result]:
        worker.process.join(PATIENCE)  # its pipe is closed, so it is about to end by itself
        worker.stop()
        code = worker.process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        if worker.ready:
            self._deaths[number] += 1
        else:  # the document is not to blame
            self._false_starts += 1
            if code > 0 or self._false_starts > FALSE_STARTS:
                raise FatalError(f"a worker process could not start ({how})")
        self._workers[self._workers.index(worker)] = _Worker(self._job)
        if self._deaths[number] < TRIES:
            self._again.append((number, task))
            return {}
        message = f"the worker process that held this document died {TRIES} times ({how})"
        return {number: Failure(document_id(task), self._job.goal, "worker_killed", message)}


def _serve(job: Job, pipe: Connection) -> None:
    """A worker's life: take a task, send its result, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    work = job.open()
    try:
        pipe.send(None)
        while True:
            task = pipe.recv()
            try:
                pipe.send(work(task))
            except UsageError as error:
                pipe.send(error)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
