from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.errors import Failure, FatalError
from hocbac_nlp.running.folder import NOTES, SHARD, TEXTS, OutputFolder, notes_name, shards, target
from hocbac_nlp.running.reader import Task, document_id
from hocbac_nlp.running.work import Done


def page(tmp_path: Path, name: str, text: str = "x") -> Task:
    (tmp_path / name).write_text(text)
    return Task(name, "text", path=str(tmp_path / name))


def process(folder: OutputFolder, tasks: list[Task]) -> list[Task]:
    """Write every pending task as if it had been processed; return those that were."""
    done = []
    for task in folder.pending(tasks):
        folder.write(task.failure or Done(document_id(task), b"out\n"))
        done.append(task)
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


def test_a_note_that_was_cut_short_counts_for_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    task = page(tmp_path, "a.txt")
    process(OutputFolder(str(out), b""), [task])
    notes = out / notes_name([task])
    whole = notes.read_bytes()
    for size in range(len(whole)):
        notes.write_bytes(whole[:size])
        assert process(OutputFolder(str(out), b""), [task]) == [task]
        assert process(OutputFolder(str(out), b""), [task]) == []


def test_notes_that_are_no_notes_count_for_nothing(tmp_path: Path) -> None:
    task = page(tmp_path, "a.txt")
    (tmp_path / "out" / NOTES).mkdir(parents=True)
    (tmp_path / "out" / notes_name([task])).write_bytes(b"\xff\x00\n\n \nx")
    assert process(OutputFolder(str(tmp_path / "out"), b""), [task]) == [task]
    assert process(OutputFolder(str(tmp_path / "out"), b""), [task]) == []


def test_a_page_more_changes_few_shards() -> None:
    tasks = [Task(f"pages/{number:05}.txt", "text", path="x") for number in range(5000)]
    before = {tuple(task.id for task in shard) for shard in shards(tasks)}
    after = {tuple(task.id for task in shard) for shard in shards([*tasks[:1000], Task("new", "text"), *tasks[1000:]])}
    assert len(after - before) <= 3
    assert 5000 / len(before) == pytest.approx(SHARD, rel=0.4)
    assert [task for shard in shards(tasks) for task in shard] == tasks


def test_large_tasks_make_small_shards() -> None:
    tasks = [Task(f"r:{number}", "jsonl", data=b"x" * (3 << 20)) for number in range(9)]
    assert max(map(len, shards(tasks))) <= 3


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
def test_files_stay_inside_the_folder(id: str, file: str) -> None:
    assert target(id) == file


def test_texts_are_named_as_their_pages() -> None:
    ids = ("a/b.html", "a/b.txt", "x:1", "https://example.vn/a")
    assert [target(id, TEXTS) for id in ids] == ["a/b.html.txt", "a/b.txt", "x:1.txt", "https:/example.vn/a.txt"]


def test_texts_that_would_have_one_file_are_a_collision(tmp_path: Path) -> None:
    tasks = [page(tmp_path, "a.html"), page(tmp_path, "a.html.txt")]
    first, second = process(OutputFolder(str(tmp_path / "out"), b"", TEXTS), tasks)
    assert first.failure is None and second.failure and second.failure.code == "collision"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_id_names_a_file_inside_the_folder(id: str) -> None:
    name = target(id)
    parts = name.split("/")
    assert name.endswith(".jsonl") and len(name.encode()) < 1300
    assert all(part not in ("", ".", "..") and len(part.encode()) <= 255 for part in parts)
    assert not any(c < " " or c in "\x7f\\" for c in name)


def test_long_names_are_cut_and_stay_apart() -> None:
    for one, other in (("ộ" * 500, "ộ" * 501), ("a/" * 3000 + "x", "a/" * 3001 + "x")):
        assert target(one) != target(other) and len(target(one).encode()) < 250


def test_a_file_where_a_folder_would_have_to_be_is_a_collision(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path / "out"), b"")
    ids = ["a", "a.jsonl/b", "c"]
    results = []
    for task in folder.pending([Task("r:1", "jsonl", data=b'{"text": "", "id": "%s"}' % id.encode()) for id in ids]):
        results.append(folder.write(Done(document_id(task), b"out\n")))
    assert [isinstance(result, Failure) for result in results] == [False, True, False]
    assert isinstance(results[1], Failure) and results[1].code == "collision"


def test_two_documents_with_one_file_are_a_collision(tmp_path: Path) -> None:
    tasks = [
        Task("r:1", "jsonl", data=b'{"id": "x", "text": "a"}'),
        Task("r:2", "jsonl", data=b'{"id": "x", "text": "b"}'),
    ]
    first, second = process(OutputFolder(str(tmp_path), b""), tasks)
    assert first.failure is None
    assert second.failure and second.failure.code == "collision"


def test_records_are_resumed(tmp_path: Path) -> None:
    task = Task("r:1", "jsonl", data=b'{"id": "x", "text": "a"}')
    assert process(OutputFolder(str(tmp_path), b""), [task]) == [task]
    assert (tmp_path / "x.jsonl").exists()
    assert process(OutputFolder(str(tmp_path), b""), [task]) == []
    other = Task("r:1", "jsonl", data=b'{"id": "x", "text": "b"}')
    assert process(OutputFolder(str(tmp_path), b""), [other]) == [other]


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FatalError, match="can't be written"):
        OutputFolder(str(tmp_path / "file"), b"")
