"""The Ray engine on a real cluster of several nodes on this machine, and on a local S3 server."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hocbac_nlp.errors import Failure
from hocbac_nlp.running.folder import NOTES
from hocbac_nlp.running.reader import Task
from hocbac_nlp.running.work import Done, Job, Result
from tests.support import COMMAND, PAGE, PATIENCE, ROOT, run
from tests.test_executor import Echo

ray = pytest.importorskip("ray")
pytest.importorskip("moto")
pytestmark = pytest.mark.ray

PAGES = 300
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


class Gated(Job, frozen=True):
    """A job whose documents say on which node they are, and wait until the file `open` is in the same folder."""

    def open(self) -> Callable[[Task], Result]:
        gate = Path(self.fields[0])

        def work(task: Task) -> Result:
            if ray.is_initialized():  # not in the processes that try a shard again
                (gate / ray.get_runtime_context().get_node_id()).touch()
            while not (gate / "open").exists():
                time.sleep(0.01)
            return Done(task.id, b"done\n")

        return work


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    """A bucket `pages` on a local server that speaks S3; the environment names it, for this and other processes."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    given = CREDENTIALS | {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "NO_PROXY": host, "no_proxy": host}
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in given.items():
            patch.setenv(name, value)
        client = boto3.client("s3")
        client.create_bucket(Bucket="pages")
        yield client
    server.stop()


@pytest.fixture(scope="module")
def cluster(s3: Any) -> Iterator[Any]:
    """A head without processors and two nodes with one each."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("PYTHONPATH", str(ROOT))
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
        patch.setenv("RAY_ADDRESS", cluster.address)
        for _ in range(2):
            cluster.add_node(num_cpus=1)
        yield cluster
        cluster.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many good pages, a few bad ones, and records."""
    folder = tmp_path_factory.mktemp("ray") / "pages"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number:03}.txt").write_text(PAGE.replace("25 mô hình", f"{number} mô hình"), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x80 not UTF-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "records.jsonl").write_text('{"id": "mine", "text": "Một trang"}\nno json\n{"text": "Hai trang"}\n')
    return folder


@pytest.fixture
def pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, as a path that is the same in every run: shards end where the ids of documents say so."""
    monkeypatch.chdir(folder.parent)
    return Path(folder.name)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.jsonl"))}


def command(pages: Path, out: Path, *more: str) -> list[Any]:
    return ["segment", pages, "--output-dir", out, "--errors", f"{out}.errors", *more]


def compare(pages: Path, tmp_path: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run the local engine into `local`, and check that what lies in `ray` is the same; returns the local run."""
    local = run(*command(pages, tmp_path / "local"))
    assert files(tmp_path / "ray") == files(tmp_path / "local")
    assert (tmp_path / "ray.errors").read_bytes() == (tmp_path / "local.errors").read_bytes()
    return local


def test_the_stream_is_the_same_as_from_the_local_engine(cluster: Any, pages: Path) -> None:
    local = run("segment", pages)
    spread = run("segment", pages, "--engine", "ray")
    assert spread.stdout == local.stdout and spread.returncode == local.returncode == 3
    # but for the time that it took, and for what Ray itself has to say
    assert set(local.stderr.splitlines()[:-1]) <= set(spread.stderr.splitlines())


def test_a_folder_is_filled_and_resumed(cluster: Any, pages: Path, tmp_path: Path) -> None:
    args = command(pages, tmp_path / "ray", "--engine", "ray")
    first = run(*args)
    assert f"{PAGES + 2} documents written, 3 failed in" in first.stderr.decode()
    assert first.returncode == compare(pages, tmp_path).returncode == 3
    next((tmp_path / "ray").rglob("007.txt.jsonl")).unlink()
    again = run(*args)
    assert f"1 document written, 3 failed, {PAGES + 1} up to date" in again.stderr.decode()
    compare(pages, tmp_path)
    by_local = run("segment", pages, "--output-dir", tmp_path / "ray")
    assert f"0 documents written, 3 failed, {PAGES + 2} up to date" in by_local.stderr.decode()


def test_texts_fill_a_folder(cluster: Any, pages: Path, tmp_path: Path) -> None:
    args: list[Any] = ["strip", pages, "--text", "--output-dir"]
    assert run(*args, tmp_path / "local").returncode == run(*args, tmp_path / "ray", "--engine", "ray").returncode == 3
    local, spread = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.txt")}
        for folder in (tmp_path / "local", tmp_path / "ray")
    )
    assert local == spread and len(local) == PAGES + 2 and "mine.txt" in local
    assert f"0 documents written, 3 failed, {PAGES + 2} up to date".encode() in run(*args, tmp_path / "ray").stderr


def test_a_killed_node_changes_nothing(cluster: Any, pages: Path, tmp_path: Path) -> None:
    """Whatever the node was at when it was killed; the next test says what."""
    doomed = cluster.add_node(num_cpus=1)
    process = subprocess.Popen([COMMAND, *command(pages, tmp_path / "ray", "--engine", "ray")], stderr=subprocess.PIPE)
    try:
        while process.poll() is None and len(files(tmp_path / "ray")) < 10:  # the work has begun
            time.sleep(0.05)
        cluster.remove_node(doomed, allow_graceful=False)
        _, errors = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 3 and f"{PAGES + 2} documents written, 3 failed in" in errors.decode()
    compare(pages, tmp_path)


def test_others_take_over_the_shards_of_a_killed_node(cluster: Any, tmp_path: Path) -> None:
    from hocbac_nlp.running import ray_engine

    ids = list(map(str, range(1000)))  # more shards than are handed out to three actors at once
    doomed = cluster.add_node(num_cpus=1)
    gate = tmp_path / "gate"
    gate.mkdir()

    def kill_it_at_work() -> None:
        last = time.monotonic() + PATIENCE
        while not (gate / doomed.node_id).exists() and time.monotonic() < last:
            time.sleep(0.05)
        cluster.remove_node(doomed, allow_graceful=False)
        (gate / "open").touch()

    killer = threading.Thread(target=kill_it_at_work)
    killer.start()
    target = ray_engine.ClusterFolder(str(tmp_path / "out"), b"")
    results = list(ray_engine.run(Gated(goal="strip", fields=(str(gate),)), tasks(ids), None, target))
    killer.join()
    assert (gate / doomed.node_id).exists()
    assert [result.id for result in results] == ids and all(isinstance(result, Done) for result in results)
    assert target.fresh == 0 and len(files(tmp_path / "out")) == len(ids)


def test_a_killed_run_is_resumed(cluster: Any, pages: Path, tmp_path: Path) -> None:
    args = command(pages, tmp_path / "ray", "--engine", "ray")
    process = subprocess.Popen([COMMAND, *args], stderr=subprocess.DEVNULL)
    while process.poll() is None and not list((tmp_path / "ray" / NOTES).glob("[!.]*")):  # some are noted as done
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert b"up to date" in run(*args).stderr
    compare(pages, tmp_path)


def tasks(ids: list[str]) -> Iterator[Task]:
    return (Task(id, "text") for id in ids)


def test_a_document_that_kills_its_worker_is_the_only_one_lost(cluster: Any, tmp_path: Path) -> None:
    from hocbac_nlp.running import ray_engine

    ids = [*map(str, range(30)), "kill 1", *map(str, range(30, 90))]
    results = list(ray_engine.run(Echo(goal="strip"), tasks(ids), None, None))
    assert [result.id for result in results] == ids
    (lost,) = (result for result in results if isinstance(result, Failure))
    assert (lost.id, lost.code) == ("kill 1", "worker_killed")


def test_what_is_noted_before_a_worker_is_killed_is_done_and_was_written_by_this_run(
    cluster: Any, tmp_path: Path
) -> None:
    from hocbac_nlp.running import ray_engine

    ids = [*map(str, range(30)), "kill 1", *map(str, range(30, 90))]
    for written, fresh in ((90, 0), (0, 90)):
        target = ray_engine.ClusterFolder(str(tmp_path), b"")
        results = list(ray_engine.run(Echo(goal="strip"), tasks(ids), None, target))
        assert (sum(isinstance(result, Done) for result in results), target.fresh) == (written, fresh)
        assert [result.id for result in results if isinstance(result, Failure)] == ["kill 1"]
        assert len(files(tmp_path)) == 90


def test_an_object_store_is_read_and_filled(cluster: Any, s3: Any, pages: Path, tmp_path: Path) -> None:
    for path in sorted(pages.iterdir())[:100]:
        s3.upload_file(str(path), "pages", f"in/Bác Hồ/{path.name}")
    s3.put_object(Bucket="pages", Key="in/.hidden.txt", Body=b"x")
    s3.put_object(Bucket="pages", Key="in/image.png", Body=b"x")
    args = ("segment", "s3://pages/in", "--engine", "ray", "--output-dir", "s3://pages/out")
    first = run(*args)
    assert "100 documents written, 1 skipped" in first.stderr.decode()
    assert "0 documents written, 100 up to date" in run(*args).stderr.decode()
    made = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket="pages", Prefix="out/s3:"):
        for item in page["Contents"]:
            made[item["Key"].rpartition("/")[2]] = s3.get_object(Bucket="pages", Key=item["Key"])["Body"].read()
    prefix = f"{pages}/".encode()
    local = run("segment", *sorted(pages.iterdir())[:100], "--output-dir", tmp_path)
    assert local.returncode == 0
    there = {path.name: path.read_bytes() for path in tmp_path.rglob("*.jsonl")}
    assert {name: data.replace("s3://pages/in/Bác Hồ/".encode(), prefix) for name, data in made.items()} == there


def test_a_bucket_that_is_not_there(cluster: Any, s3: Any) -> None:
    assert run("strip", "s3://nothing/in", "--engine", "ray").returncode == 3
    done = run("strip", "-", "--engine", "ray", "--output-dir", "s3://nothing/out", input=PAGE.encode())
    assert done.returncode == 1 and b"can't be written" in done.stderr
