import gzip
import os
import sys
from io import BufferedReader, BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import zstandard

from hocbac_nlp.errors import DocumentError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.reader import Form, Reader, Task, load, printable_path

LEXICONS = Lexicons()
LIMIT = 1 << 20


def walk(*paths: object, form: Form | None = None, limit: int = LIMIT) -> list[Task]:
    return list(Reader(limit, form).tasks([str(path) for path in paths]))


def ids(tasks: list[Task]) -> list[str]:
    return [task.id for task in tasks]


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BufferedReader(BytesIO(data))))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "in/b.txt",
        "in/a/z.htm",
        "in/a.txt",
        "in/ă.txt",
        "in/B.TXT",
        "in/.hidden.txt",
        "in/.git/x.txt",
        "in/x.pdf",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Một trang", encoding="utf-8")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "in/a.txt")
    return tmp_path


def test_a_folder_is_walked_sorted_without_hidden_files_and_linked_folders(folder: Path) -> None:
    reader = Reader(LIMIT)
    tasks = list(reader.tasks(["in/"]))
    assert ids(tasks) == ["in/B.TXT", "in/a.txt", "in/a/z.htm", "in/b.txt", "in/link.txt", "in/ă.txt"]
    assert [task.form for task in tasks] == ["text", "text", "html", "text", "text", "text"]
    assert reader.skipped == 1


def test_a_named_file_with_another_suffix_is_read_as_text(folder: Path) -> None:
    assert walk("in/x.pdf")[0].form == "text"


def test_inputs_that_are_not_there_are_failures_in_their_place(folder: Path) -> None:
    (folder / "void").mkdir()
    tasks = walk("none.txt", "in/a.txt", "void")
    assert [task.failure.code if task.failure else None for task in tasks] == ["not_found", None, "no_pages"]


def test_names_that_are_no_utf8_get_an_id(tmp_path: Path) -> None:
    name = os.fsdecode(b"trang-\xe9.txt")
    (tmp_path / name).write_text("Một trang", encoding="utf-8")
    (task,) = walk(tmp_path)
    assert task.id.endswith("/trang-%E9.txt")
    assert load(task, LIMIT, None, LEXICONS).text == "Một trang"
    assert printable_path("bác/hồ.txt") == "bác/hồ.txt"


def test_a_page_becomes_a_document_with_its_source(folder: Path) -> None:
    document = load(walk("in/a.txt")[0], LIMIT, None, LEXICONS)
    assert (document.id, document.text, document.stages) == ("in/a.txt", "Một trang", [])
    source = document.source
    assert (source.path, source.bytes, source.encoding, source.view, source.nfc) == (
        "in/a.txt",
        11,
        "utf-8",
        "text",
        True,
    )


def test_jsonl_lines_become_documents(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a"}\n\n{"id": "mine", "text": "b", "url": 1}\r\n{"id": 7, "text": "c"}')
    documents = [load(task, LIMIT, None, LEXICONS) for task in walk(path)]
    assert [one.id for one in documents] == [f"{path}:1", "mine", "7"]
    assert documents[0].source.path is None and documents[0].schema == "hocbac/1"
    assert documents[1].value("url") == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"text": 5}', "bad_json"),
        (b'{"id": "x"}', "no_text"),
        (b'{"id": {}, "text": "a"}', "bad_json"),
        (b'{"text": "a", "schema": "hocbac/9"}', "bad_json"),
        (b"not json", "bad_json"),
        (b'{"text": "\xff"}', "encoding"),
        (b'{"text": "\\ud800"}', "bad_json"),
    ],
)
def test_bad_lines(line: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load(Task("x:1", "jsonl", data=line), LIMIT, None, LEXICONS)
    assert caught.value.code == code


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_packed_records_and_pages(tmp_path: Path, suffix: str) -> None:
    pack = gzip.compress if suffix == ".gz" else zstandard.ZstdCompressor().compress
    (tmp_path / f"r.jsonl{suffix}").write_bytes(pack(b'{"text": "a"}\n{"text": "b"}\n'))
    (tmp_path / f"p.txt{suffix}").write_bytes(pack("Một trang".encode()))
    texts = [load(task, LIMIT, None, LEXICONS).text for task in walk(tmp_path)]
    assert texts == ["Một trang", "a", "b"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_damaged_packed_files_are_failures(tmp_path: Path, suffix: str) -> None:
    pack = gzip.compress if suffix == ".gz" else zstandard.ZstdCompressor().compress
    whole = pack(b'{"text": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}\n' * 99)
    (tmp_path / f"cut.jsonl{suffix}").write_bytes(whole[: len(whole) // 2])
    (tmp_path / f"no.jsonl{suffix}").write_bytes(b"this is not compressed")
    failures = [task.failure for task in walk(tmp_path) if task.failure]
    assert {failure.code for failure in failures} <= {"unreadable"}
    assert any("no.jsonl" in failure.id for failure in failures)


def test_a_decompression_bomb_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * (8 << 20)))
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"text": "' + b"a" * (8 << 20) + b'"}\n{"text": "b"}\n'))
    lines, after, page = walk(tmp_path)
    assert lines.failure and lines.failure.code == "too_large"
    assert after.data == b'{"text": "b"}\n'
    with pytest.raises(DocumentError) as caught:
        load(page, LIMIT, None, LEXICONS)
    assert caught.value.code == "too_large"


def test_a_page_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_bytes(b"a" * 100)
    (task,) = walk(tmp_path)
    assert len(load(task, 100, None, LEXICONS).text) == 100
    with pytest.raises(DocumentError, match="larger than 99 bytes"):
        load(task, 99, None, LEXICONS)


@pytest.mark.parametrize(
    ("data", "form", "got"),
    [
        (b'\n\n {"text": "a"}\n', None, [("-:3", "jsonl")]),
        (b'\xef\xbb\xbf{"text": "a"}\n', None, [("-:1", "jsonl")]),
        ("\nMột trang {".encode(), None, [("-", "text")]),
        (b"<p>a</p>", "html", [("-", "html")]),
        (b'{"text": "a"}', "text", [("-", "text")]),
        (b"", None, [("-", "text")]),
        (b"", "jsonl", []),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, form: Form | None, got: list[tuple[str, str]]
) -> None:
    pipe(monkeypatch, data)
    tasks = walk("-", form=form)
    assert [(task.id, task.form) for task in tasks] == got
    if got and got[0][1] != "jsonl":
        assert tasks[0].data == data


def test_an_unreadable_file_is_a_failure_when_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load(Task("x", "text", path=str(tmp_path)), LIMIT, None, LEXICONS)
    assert caught.value.code == "unreadable"


def test_fields_that_stages_assign_go_on_under_another_name() -> None:
    line = b'{"text": "a", "source": "VnExpress", "keywords": ["x"], "stages": []}'
    document = load(Task("x:1", "jsonl", data=line), LIMIT, None, LEXICONS)
    assert document.value("input_source") == "VnExpress" and document.value("input_keywords") == ["x"]
    assert document.source.path is None and "keywords" not in document


@pytest.mark.parametrize(
    "line", [b'{"text": "a", "title": 5}', b'{"text": "a", "authors": "Nam"}', b'{"id": true, "text": "a"}']
)
def test_metadata_of_a_wrong_type_is_refused(line: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        load(Task("x:1", "jsonl", data=line), LIMIT, None, LEXICONS)
    assert caught.value.code == "bad_json"


def test_the_layers_of_a_record_may_weigh_more_than_a_page_may(tmp_path: Path) -> None:
    record = b'{"schema":"hocbac/1","id":"x","source":{},"stages":[{"name":"strip"}],"text":"' + b"a" * 5000 + b'"}'
    (tmp_path / "r.jsonl").write_bytes(record + b"\n" + record.replace(b"hocbac/1", b"other") + b"\n")
    first, second = walk(tmp_path / "r.jsonl", limit=1000)
    assert first.failure is None and first.data == record + b"\n"
    assert second.failure and second.failure.code == "too_large"
