"""What happens to the installed command when things go wrong around it, or somebody wants them to."""

import gzip
import json
import os
import pty
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import pytest
import zstandard

from tests.support import COMMAND, PAGE, PATIENCE, records, run

RESTRICTED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Root without the right to pass by the modes of files."""


def modes_count() -> bool:
    """Whether the modes of files bind us, or can be made to."""
    if os.geteuid() != 0:
        return True
    return bool(shutil.which("setpriv")) and subprocess.run([*RESTRICTED, "true"], check=False).returncode == 0


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(PAGE.replace("25 mô hình", f"{number} mô hình"), encoding="utf-8")
    return folder


@pytest.fixture
def endless() -> Iterator[IO[bytes]]:
    """A pipe from which records come for as long as they are read: a run over it ends when it is ended."""
    with subprocess.Popen(["yes", json.dumps({"text": PAGE})], stdout=subprocess.PIPE) as yes:
        assert yes.stdout
        yield yes.stdout
        yes.kill()


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """Records that take a second."""
    path = tmp_path / "some.jsonl"
    path.write_bytes(lines(200))
    return path


def lines(number: int) -> bytes:
    return (json.dumps({"text": PAGE}) + "\n").encode() * number


def start(*args: object, **kwargs: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([COMMAND, *map(str, args)], stderr=subprocess.PIPE, **kwargs)  # type: ignore[call-overload, no-any-return]


def ended(process: "subprocess.Popen[bytes]") -> bytes:
    """Wait until the process and all that it started have gone, as its standard error tells; return what it said."""
    assert process.stderr
    said = process.stderr.read()  # ends when the last process that holds it has ended
    process.wait(PATIENCE)
    return said


def workers(process: "subprocess.Popen[bytes]") -> list[int]:
    """The worker processes of a run, once there are two of them."""
    while True:
        assert process.poll() is None
        found = [child for child in children(process.pid) if b"spawn_main" in command_line(child)]
        if len(found) == 2:
            return found
        time.sleep(0.01)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # it has gone in the meantime
        return b""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.jsonl"))}


# --- processes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_closed_pipe_leaves_no_process(endless: IO[bytes], jobs: str) -> None:
    process = start("strip", "-", "-j", jobs, stdin=endless, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()
    assert ended(process) == b"" and process.returncode == 0


@pytest.mark.parametrize("moment", ["starting", "at work"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_ended_run_leaves_no_process(
    endless: IO[bytes], tmp_path: Path, number: signal.Signals, moment: str
) -> None:
    process = start("strip", "-", "-o", tmp_path / "out", "-j", "2", stdin=endless)
    workers(process)
    while moment == "at work" and not any(part.stat().st_size > 1 << 16 for part in tmp_path.glob(".out*")):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    said = ended(process)
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}[number]
    assert not (tmp_path / "out").exists()
    if (number, moment) != (signal.SIGKILL, "starting"):  # a worker may wait in vain for what it needs to start
        assert b"Traceback" not in said


def test_interrupting_all_processes_of_a_terminal_says_so_once(endless: IO[bytes]) -> None:
    process = start("strip", "-", "-j", "2", stdin=endless, stdout=subprocess.DEVNULL, start_new_session=True)
    workers(process)
    os.killpg(process.pid, signal.SIGINT)
    assert ended(process) == b"hocbac-nlp: interrupted\n" and process.returncode == 130


def test_a_killed_worker_costs_nothing_when_the_document_is_not_to_blame() -> None:
    """However fast this runs and that: a worker is killed at work, and no document meets that twice.

    Each round brings more documents than the window holds, so its first results come without those of the next. What
    was held when the last worker was killed is of an earlier round, and has been written by then.
    """
    process = start("extract", "-", "-j", "2", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    os.kill(workers(process)[0], signal.SIGKILL)  # before it has begun
    written: list[bytes] = []
    for number in range(4):
        process.stdin.write(lines(50))
        process.stdin.flush()
        written += [process.stdout.readline() for _ in range(number * 50 + 10 - len(written))]
        os.kill(workers(process)[number % 2], signal.SIGKILL)
    process.stdin.close()
    written += process.stdout.readlines()
    said = ended(process)
    assert process.returncode == 0, said
    assert b"".join(written) == run("extract", "-", input=lines(200)).stdout and len(written) == 200


def test_a_run_that_is_killed_again_and_again_is_resumed(pages: Path, tmp_path: Path) -> None:
    assert run("strip", pages, "--output-dir", tmp_path / "clean").returncode == 0
    out = tmp_path / "out"
    chance = random.Random(8)
    for _ in range(6):
        before = len(files(out))
        process = start("strip", pages, "--output-dir", out)
        while process.poll() is None and len(files(out)) < min(before + chance.randrange(12), 40):
            time.sleep(0.001)
        process.kill()
        ended(process)
    again = run("strip", pages, "--output-dir", out)
    assert again.returncode == 0 and files(out) == files(tmp_path / "clean")
    assert b"40 up to date" in run("strip", pages, "--output-dir", out, "-j", "2").stderr


# --- files and streams ------------------------------------------------------------------------------------------


@pytest.mark.skipif(not modes_count(), reason="root reads and writes everything")
def test_files_and_folders_that_may_not_be_read_or_written(pages: Path, tmp_path: Path) -> None:
    def restricted(*args: object) -> "subprocess.CompletedProcess[bytes]":
        prefix = RESTRICTED if os.geteuid() == 0 else ()
        return subprocess.run([*prefix, COMMAND, *map(str, args)], capture_output=True, check=False)

    (pages / "00.txt").chmod(0)
    (pages / "01.jsonl").write_text("{}")
    (pages / "01.jsonl").chmod(0)
    (pages / "closed").mkdir(mode=0)
    done = restricted("strip", pages)
    assert done.returncode == 3 and len(records(done.stdout)) == 39
    assert [line.rsplit(b" ", 1)[1] for line in done.stderr.splitlines()[:-1]] == [b"[unreadable]"] * 3
    read_only = tmp_path / "read-only"
    read_only.mkdir(mode=0o555)
    for option in ("-o", "--output-dir", "--errors"):
        done = restricted("strip", pages / "02.txt", option, read_only / "new")
        assert done.returncode == 1 and b"can't be written: Permission denied" in done.stderr
    done = restricted("strip", pages / "02.txt", "--files-from", pages / "00.txt")
    assert done.returncode == 2 and b"can't be read" in done.stderr


def test_a_link_that_leads_nowhere_is_a_failed_input(pages: Path) -> None:
    (pages / "gone.txt").symlink_to(pages / "nowhere.txt")
    (pages / "round.txt").symlink_to(pages / "round.txt")
    done = run("strip", pages)
    assert done.returncode == 3 and len(records(done.stdout)) == 40
    assert [line.rsplit(b" ", 1)[1] for line in done.stderr.splitlines()[:-1]] == [b"[not_found]", b"[unreadable]"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_named_pipes_are_read_like_standard_input(tmp_path: Path, jobs: str) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for data, number in ((PAGE.encode(), 1), (b'{"text": "a"}\n{"text": "b"}\n', 2)):
        feeder = threading.Thread(target=fifo.write_bytes, args=(data,))
        feeder.start()
        done = run("strip", fifo, "-j", jobs)
        feeder.join()
        assert done.returncode == 0 and len(records(done.stdout)) == number


@pytest.mark.parametrize("buffering", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_closed_streams_break_nothing(pages: Path, tmp_path: Path, closed: str, buffering: dict[str, str]) -> None:
    (pages / "00.txt").write_bytes(b"")
    out = tmp_path / "out"
    line = f"'{COMMAND}' strip '{pages}' -o '{out}' -j 2 {closed}"
    done = subprocess.run(line, shell=True, check=False, env=os.environ | buffering)
    assert done.returncode == 3 and len(records(out.read_bytes())) == 39


def test_a_closed_standard_output_is_fatal_and_a_closed_input_unreadable(pages: Path) -> None:
    done = subprocess.run(f"'{COMMAND}' strip '{pages}' >&-", shell=True, check=False, capture_output=True)
    assert done.returncode == 1 and b"standard output is closed" in done.stderr
    for asked in ("--help", "strip --help", "--version", "schema", "lexicons"):
        done = subprocess.run(f"'{COMMAND}' {asked} >/dev/full", shell=True, check=False, capture_output=True)
        assert done.returncode == 1 and done.stderr.count(b"\n") == 1 and b"No space left" in done.stderr, asked
    done = subprocess.run(f"'{COMMAND}' strip - <&-", shell=True, check=False, capture_output=True)
    assert done.returncode == 3 and b"Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["-o", "--errors", "--output-dir"])
def test_no_input_is_overwritten(pages: Path, option: str) -> None:
    before = files(pages), sorted(pages.iterdir())
    taken = pages if option == "--output-dir" else pages / "00.txt"
    listing = pages.parent / "list"
    listing.write_text(f"{pages}\n")
    assert run("strip", pages, option, taken).returncode == 2
    if option != "--errors":
        assert run("strip", "--files-from", listing, option, taken).returncode == 2
    assert before == (files(pages), [path for path in sorted(pages.iterdir()) if path.name != ".hocbac-nlp"])


# --- lists of files ---------------------------------------------------------------------------------------------


def test_files_are_named_by_a_list(pages: Path, tmp_path: Path) -> None:
    odd = os.fsencode(pages) + b"/\xffa b.txt"
    Path(os.fsdecode(odd)).write_text(PAGE, encoding="utf-8")
    names = [odd, os.fsencode(pages / "05.txt"), b"none.txt", os.fsencode(pages / "03.txt")]
    expected = [f"{pages}/%FFa b.txt", f"{pages}/05.txt", f"{pages}/03.txt"]
    for data in (b"\n".join(names), b"\r\n".join([*names, b"", b""]), b"\0".join(names) + b"\0"):
        (tmp_path / "list").write_bytes(data)
        for done in (run("strip", "--files-from", tmp_path / "list"), run("strip", "--files-from", "-", input=data)):
            assert [record["id"] for record in records(done.stdout)] == expected
            assert done.returncode == 3 and b"none.txt: no such file" in done.stderr
    done = run("strip", pages / "00.txt", "--files-from", tmp_path / "list")
    assert [record["id"] for record in records(done.stdout)] == [f"{pages}/00.txt", *expected]


def test_lists_that_can_not_be(tmp_path: Path) -> None:
    assert run("strip", "--files-from", tmp_path / "none").returncode == 2
    assert run("strip", "-", "--files-from", "-", input=b"").returncode == 2
    (tmp_path / "void").write_text("\n\n")
    done = run("strip", "--files-from", tmp_path / "void")
    assert done.returncode == 0 and done.stdout == b""


# --- terminals --------------------------------------------------------------------------------------------------


def on_a_terminal(*args: object, **changes: str) -> tuple[bytes, bytes]:
    """Run with standard error on a terminal; return standard output, and what the terminal was sent."""
    ours, theirs = pty.openpty()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [COMMAND, *map(str, args)], stdout=out, stderr=theirs, env=os.environ | {"TERM": "xterm"} | changes
        )
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the other end has gone
            while True:
                shown += os.read(ours, 1 << 16)
        os.close(ours)
        process.wait(PATIENCE)
        out.seek(0)
        return out.read(), shown


def test_progress_shows_the_time_left_when_the_total_is_known(some: Path, tmp_path: Path) -> None:
    out, shown = on_a_terminal("strip", some, "-o", tmp_path / "out")
    assert out == b"" and b"/200" in shown and b"left" in shown and b"/s" in shown
    assert shown.rstrip().endswith(b"s") and b"200 documents written in" in shown
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(some.read_bytes()))
    _, shown = on_a_terminal("strip", packed, "-o", tmp_path / "out")
    assert b"left" not in shown and b"/s" in shown


def test_no_colour_where_it_is_not_wanted(some: Path, tmp_path: Path) -> None:
    _, shown = on_a_terminal("strip", some, "-o", tmp_path / "out", NO_COLOR="1")
    assert b"\x1b[3" not in shown


def test_terminal_escapes_in_names_are_never_sent(pages: Path) -> None:
    (pages / "00.txt").unlink()
    (pages / "\x1b]0;owned\x07\x9b31m.txt").write_bytes(b"")
    _, shown = on_a_terminal("strip", pages, "-q")
    assert b"owned" in shown and b"\x1b" not in shown and b"\x07" not in shown and "\x9b".encode() not in shown


# --- hostile inputs ---------------------------------------------------------------------------------------------


def feed(stream: IO[bytes], blocks: Iterator[bytes]) -> None:
    with stream:
        for block in blocks:
            stream.write(block)


@pytest.mark.parametrize("head", [b'{"text": "', b""])
def test_a_line_of_a_gigabyte_is_told_and_not_held(tmp_path: Path, head: bytes) -> None:
    process = start("strip", "-", "-o", tmp_path / "out", stdin=subprocess.PIPE)
    assert process.stdin
    blocks = (b"a" * (1 << 20) for _ in range(1024 if head else 64))
    try:
        feed(process.stdin, (block for part in ([head], blocks, [b'"}\n{"text": "b"}\n']) for block in part))
    except BrokenPipeError:
        assert not head  # a page that is too large is not read to its end
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert b"too_large" in said and process.returncode == 3
    assert len(records((tmp_path / "out").read_bytes())) == (1 if head else 0)
    assert usage.ru_maxrss < 1 << 20  # in KiB


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_bomb_is_too_large(tmp_path: Path, suffix: str) -> None:
    pack = gzip.compress if suffix == ".gz" else zstandard.ZstdCompressor(level=19).compress
    bomb = pack(b"\n" + b"a" * (200 << 20))
    assert len(bomb) < 1 << 20
    (tmp_path / f"page.txt{suffix}").write_bytes(bomb)
    (tmp_path / f"records.jsonl{suffix}").write_bytes(bomb + pack(b'\n{"text": "after"}\n'))
    done = run("strip", tmp_path)
    assert done.returncode == 3 and done.stderr.count(b"[too_large]") == 2
    assert [record["id"].rpartition("/")[2] for record in records(done.stdout)] == [f"records.jsonl{suffix}:3"]


def test_deep_json_is_that_records_failure(tmp_path: Path) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    lines = [b'{"text": "a", "x": %s}' % deep, b'{"text": %s}' % deep, deep, b'{"text": "b"}']
    done = run("segment", input=b'{"text": "a"}\n' + b"\n".join(lines))
    ids = [record["id"] for record in records(done.stdout)]
    assert ids[0] == "-:1" and ids[-1] == "-:5" and done.returncode == 3
    assert done.stderr.count(b"[bad_json]") + len(ids) == 5


def test_ids_with_tricks_stay_inside_the_output_folder(tmp_path: Path) -> None:
    ids = [
        "../../escape",
        "/tmp/escape",
        "a/../../escape2",
        "c:\\x\\..\\y",
        "\x00\x1b[31m",
        "." * 300,
        "x/" * 3000,
        " ",
    ]
    lines = "".join(json.dumps({"id": id, "text": "Một trang"}) + "\n" for id in ids)
    out = tmp_path / "in" / "out"
    done = run("strip", "--output-dir", out, input=lines.encode())
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"in"}
    assert {path.name for path in (tmp_path / "in").iterdir()} == {"out"}
    assert len(files(out)) == len(ids)


# --- extras -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_what_is_not_installed_is_named(pages: Path, tmp_path: Path) -> None:
    for extra in ((), ("--output-dir", tmp_path / "out"), ("-o", tmp_path / "out.jsonl")):
        done = run("strip", pages, "--engine", "ray", *extra)
        assert done.returncode == 2 and b"pip install 'hocbac-nlp[ray]'" in done.stderr
    done = run("strip", "s3://bucket/pages")
    assert done.returncode == 2 and b"pip install 'hocbac-nlp[ray]'" in done.stderr
    assert run("strip", pages, "--output-dir", "s3://bucket/out").returncode == 1
