import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hocbac_nlp.errors import Failure, FatalError, UsageError
from hocbac_nlp.running import executor
from hocbac_nlp.running.reader import Task
from hocbac_nlp.running.work import Done, Job, Result


class Echo(Job, frozen=True):
    """A job that answers with the task's id; some ids make it misbehave."""

    def open(self) -> Callable[[Task], Result]:
        if self.goal == "no start" and os.getpid() != int(self.fields[0]):
            raise RuntimeError("this job starts in no worker")
        if self.goal == "killed at the start" and os.getpid() != int(self.fields[0]):
            for file in Path(self.fields[1]).iterdir():  # as often as there are files
                with suppress(FileNotFoundError):  # another has taken this one
                    file.unlink()
                    os.kill(os.getpid(), signal.SIGKILL)

        def work(task: Task) -> Result:
            if task.id == "slow kill":
                while len(os.listdir(self.fields[0])) < 2 * executor.WINDOW - 1:  # until the window is full
                    time.sleep(0.01)
                os.kill(os.getpid(), signal.SIGKILL)
            if self.goal == "told":
                Path(self.fields[0], task.id).touch()
            if task.id.startswith("kill"):
                os.kill(os.getpid(), signal.SIGKILL)
            if task.id == "exit":
                os._exit(7)
            if task.id == "usage":
                raise UsageError("this does not fit")
            return task.failure or Done(task.id, task.id.encode() * 1000)

        return work


def tasks(*ids: str) -> Iterator[Task]:
    return (Task(id, "text") for id in ids)


def run(*ids: str, jobs: int) -> list[Result]:
    return list(executor.run(Echo(goal="strip"), tasks(*ids), jobs))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_input_order(jobs: int) -> None:
    ids = [str(number) for number in range(200)]
    assert [result.id for result in run(*ids, jobs=jobs)] == ids


@pytest.mark.parametrize("jobs", [1, 2])
def test_failures_of_the_reader_keep_their_place(jobs: int) -> None:
    failure = Failure("b", "read", "not_found", "no such file")
    given = [Task("a", "text"), Task("b", "text", failure=failure), Task("c", "text")]
    results = list(executor.run(Echo(goal="strip"), given, jobs))
    assert [result.id for result in results] == ["a", "b", "c"] and results[1] == failure


def test_a_killed_worker_costs_only_the_document_it_held() -> None:
    ids = [str(number) for number in range(50)]
    results = run(*ids[:20], "kill 1", *ids[20:40], "kill 2", "exit", *ids[40:], jobs=2)
    lost = [result for result in results if isinstance(result, Failure)]
    assert [result.id for result in results] == [*ids[:20], "kill 1", *ids[20:40], "kill 2", "exit", *ids[40:]]
    assert [(failure.id, failure.code) for failure in lost] == [
        ("kill 1", "worker_killed"),
        ("kill 2", "worker_killed"),
        ("exit", "worker_killed"),
    ]
    assert "SIGKILL" in lost[0].message and "exit code 7" in lost[2].message


def test_the_window_is_bounded() -> None:
    drawn = []

    def source() -> Iterator[Task]:
        for number in range(1000):
            drawn.append(number)
            yield Task(str(number), "text")

    results = executor.run(Echo(goal="strip"), source(), 2)
    for _ in range(10):
        next(results)
    assert len(drawn) <= 10 + executor.WINDOW * 2 + 2
    results.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_usage_error_ends_the_run(jobs: int) -> None:
    with pytest.raises(UsageError, match="does not fit"):
        run("a", "usage", "b", jobs=jobs)


def test_workers_that_can_not_start_end_the_run() -> None:
    with pytest.raises(FatalError, match=r"could not start \(exit code 1\)"):
        list(executor.run(Echo(goal="no start", fields=(str(os.getpid()),)), tasks("a"), 2))


@pytest.mark.parametrize("times", [1, executor.FALSE_STARTS])
def test_workers_that_are_killed_while_they_start_cost_nothing(tmp_path: Path, times: int) -> None:
    for number in range(times):
        (tmp_path / str(number)).touch()
    job = Echo(goal="killed at the start", fields=(str(os.getpid()), str(tmp_path)))
    assert [type(result) for result in executor.run(job, tasks(*map(str, range(5))), 2)] == [Done] * 5
    assert list(tmp_path.iterdir()) == []


def test_workers_that_are_always_killed_while_they_start_end_the_run(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / str(number)).touch()
    job = Echo(goal="killed at the start", fields=(str(os.getpid()), str(tmp_path)))
    with pytest.raises(FatalError, match=r"could not start \(SIGKILL\)"):
        list(executor.run(job, tasks("a"), 2))


def test_no_worker_outlives_a_run_that_is_given_up() -> None:
    results = executor.run(Echo(goal="strip"), tasks(*map(str, range(100))), 2)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_when_the_window_is_full_loses_nothing(tmp_path: Path) -> None:
    """The others have filled the window with results that wait for the task that is tried again."""
    ids = ["slow kill", *map(str, range(200))]
    results = list(executor.run(Echo(goal="told", fields=(str(tmp_path),)), tasks(*ids), 2))
    assert [result.id for result in results] == ids
    assert isinstance(results[0], Failure) and results[0].code == "worker_killed"
