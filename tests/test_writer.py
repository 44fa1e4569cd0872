import os
import stat
import threading
from pathlib import Path

import pytest

from hocbac_nlp.errors import FatalError
from hocbac_nlp.running.writer import output, replacing


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    target.chmod(0o640)
    with output(str(target)) as stream:
        stream.write(b"new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("reason", [KeyboardInterrupt, SystemExit, FatalError])
def test_the_old_file_stays_when_the_run_breaks_off(tmp_path: Path, reason: type[BaseException]) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(reason), output(str(target)) as stream:
        stream.write(b"new")
        raise reason
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert target.read_text() == "old"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with output(str(tmp_path / "link")) as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_pipe_is_written_directly(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
    reader.start()
    with output(str(fifo)) as stream:
        stream.write(b"new")
    reader.join()
    assert got == [b"new"]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_places_that_can_not_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="can't be written"), output(str(tmp_path / "none" / "out")):
        pass
    with pytest.raises(FatalError, match="can't be written"), output(str(tmp_path)):
        pass


def test_new_files_follow_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        with replacing(tmp_path / "new") as stream:
            stream.write(b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
