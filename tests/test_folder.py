from pathlib import Path

import pytest

from hocbac_nlp.errors import FatalError
from hocbac_nlp.folder import DONE, OutputFolder
from hocbac_nlp.reader import Task
from hocbac_nlp.work import Done


def page(tmp_path: Path, name: str, text: str = "x") -> Task:
    (tmp_path / name).write_text(text)
    return Task(name, "text", path=str(tmp_path / name))


def process(folder: OutputFolder, tasks: list[Task]) -> list[Task]:
    """Write every pending task as if it had been processed; return those that were."""
    done = []
    for task in folder.pending(tasks):
        folder.write(task.failure or Done(task.id, b"out\n"))
        done.append(task)
    folder.close()
    return done


def test_only_what_is_missing_or_stale_is_pending(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    a, b = page(tmp_path, "a.txt"), page(tmp_path, "b.txt")
    assert process(OutputFolder(out, b"1"), [a, b]) == [a, b]
    again = OutputFolder(out, b"1")
    assert process(again, [a, b]) == [] and again.fresh == 2
    b = page(tmp_path, "b.txt", "changed")
    assert process(OutputFolder(out, b"1"), [a, b]) == [b]
    (tmp_path / "out/a.txt.jsonl").unlink()
    assert process(OutputFolder(out, b"1"), [a, b]) == [a]
    assert process(OutputFolder(out, b"other options"), [a, b]) == [a, b]


def test_a_line_of_the_list_that_was_cut_short_counts_for_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    task = page(tmp_path, "a.txt")
    process(OutputFolder(str(out), b""), [task])
    whole = (out / DONE).read_bytes()
    (out / DONE).write_bytes(whole[:10])
    assert process(OutputFolder(str(out), b""), [task]) == [task]
    assert process(OutputFolder(str(out), b""), [task]) == []


@pytest.mark.parametrize(
    ("id", "file"),
    [
        ("a/b.html", "a/b.html.jsonl"),
        ("/etc/passwd", "etc/passwd.jsonl"),
        ("../../x", "x.jsonl"),
        ("a/./../b", "a/b.jsonl"),
        ("..", "_.jsonl"),
        ("a\x00b\n\\c", "a%00b%0A%5Cc.jsonl"),
    ],
)
def test_files_stay_inside_the_folder(tmp_path: Path, id: str, file: str) -> None:
    assert OutputFolder(str(tmp_path), b"").target(id) == tmp_path / file


def test_long_names_are_cut_and_stay_apart(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path), b"")
    one, other = folder.target("ộ" * 500), folder.target("ộ" * 501)
    assert one != other and len(one.name.encode()) < 250


def test_two_documents_with_one_file_are_a_collision(tmp_path: Path) -> None:
    tasks = [
        Task("r:1", "jsonl", data=b'{"id": "x", "text": "a"}'),
        Task("r:2", "jsonl", data=b'{"id": "x", "text": "b"}'),
    ]
    first, second = process(OutputFolder(str(tmp_path), b""), tasks)
    assert first.failure is None
    assert second.failure and second.failure.code == "collision"


def test_records_are_resumed_by_their_line(tmp_path: Path) -> None:
    task = Task("r:1", "jsonl", data=b'{"id": "x", "text": "a"}')
    assert process(OutputFolder(str(tmp_path), b""), [task]) == [task]
    assert process(OutputFolder(str(tmp_path), b""), [task]) == [task] or (tmp_path / "x.jsonl").exists()


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FatalError, match="can't be written"):
        OutputFolder(str(tmp_path / "file"), b"")
