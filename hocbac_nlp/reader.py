"""Inputs to documents: paths, folders and streams become tasks; a worker turns each task into a document.

Walking (`tasks`) is cheap and happens in one process, in input order; opening (`load`) reads and decodes one
document and happens wherever the task is worked on.
"""

import codecs
import gzip
import hashlib
import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR
from typing import IO, Literal

import msgspec

from hocbac_nlp.document import SCHEMA, Document, Source, loads
from hocbac_nlp.encoding import decode
from hocbac_nlp.errors import DocumentError, Failure
from hocbac_nlp.lexicon import Lexicons

View = Literal["text", "html"]
Form = Literal["text", "html", "jsonl"]
STDIN = "-"
FORMS: dict[str, Form] = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
PACKED = (".gz", ".zst")
_BLANK = b" \t\r\n" + codecs.BOM_UTF8


class Task(msgspec.Struct, frozen=True):
    """One document to be: a page file to read (`path`), or bytes that were read from a stream (`data`)."""

    id: str
    form: Form
    path: str | None = None
    data: bytes | None = None
    failure: Failure | None = None


@dataclass
class Reader:
    """Walks inputs into tasks. `skipped` counts the files in folders that are no pages or records."""

    max_bytes: int
    form: Form | None = None
    skipped: int = field(default=0, init=False)

    def tasks(self, paths: Iterable[str]) -> Iterator[Task]:
        """Yield the tasks of all inputs in order; an input that can't be walked is a task with a failure."""
        for path in paths:
            if path == STDIN:
                yield from self._stream(sys.stdin.buffer, STDIN)
                continue
            try:
                is_folder = S_ISDIR(os.stat(path).st_mode)
            except OSError as error:
                yield _failed(path, error)
                continue
            yield from (self._folder(path) if is_folder else self._file(path, self.form or _form(path) or "text"))

    def _folder(self, folder: str) -> Iterator[Task]:
        found = False
        for path in _walk(folder):
            if isinstance(path, Task):
                yield path
            elif form := _form(path):
                found = True
                yield from self._file(path, self.form or form)
            else:
                self.skipped += 1
        if not found:
            wanted = ", ".join(FORMS)
            message = f"no pages in this folder (looked for {wanted})"
            yield _failure_task(folder, "no_pages", message)

    def _file(self, path: str, form: Form) -> Iterator[Task]:
        if form != "jsonl":
            yield Task(printable_path(path), form, path=path)
            return
        try:
            with open_packed(path) as stream:
                yield from self._lines(stream, printable_path(path))
        except unpacking_errors() as error:
            yield _failed(path, error)

    def _stream(self, stream: IO[bytes], name: str) -> Iterator[Task]:
        """Standard input: records if its first non-blank character is `{`, else one page."""
        assert isinstance(stream, io.BufferedReader)
        blank = b""
        while (head := stream.peek()) and not head.strip(_BLANK):
            blank += stream.read(len(head))
        if (self.form or ("jsonl" if head.lstrip(_BLANK).startswith(b"{") else "text")) == "jsonl":
            yield from self._lines(stream, name, blank.count(b"\n"))
        else:
            data = blank + stream.read(max(0, self.max_bytes + 1 - len(blank)))
            yield Task(name, "html" if self.form == "html" else "text", data=data)

    def _lines(self, stream: IO[bytes], name: str, number: int = 0) -> Iterator[Task]:
        """One task per non-blank line; a line beyond `max_bytes` is passed over without holding it."""
        while line := stream.readline(self.max_bytes + 2):
            number += 1
            id = f"{name}:{number}"
            if len(line) > self.max_bytes and not line.endswith(b"\n"):
                while (more := stream.readline(1 << 20)) and not more.endswith(b"\n"):
                    pass
                yield _failure_task(id, "too_large", f"the line is longer than {self.max_bytes} bytes")
            elif line.strip(_BLANK):
                yield Task(id, "jsonl", data=line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)


def load(task: Task, max_bytes: int, encoding: str | None, lexicons: Lexicons) -> Document:
    """Read the document of a task. Raises `DocumentError` with the code that says why it can't be read."""
    if task.form == "jsonl":
        assert task.data is not None
        return from_record(task.data, task.id)
    data = task.data if task.path is None else _read(task.path, max_bytes)
    assert data is not None
    if len(data) > max_bytes:
        raise DocumentError("too_large", f"larger than {max_bytes} bytes; raise --max-bytes to read it")
    page = decode(data, encoding, lexicons)
    view: View = "html" if task.form == "html" else "text"
    document = Document(
        {
            "schema": SCHEMA,
            "id": task.id,
            "source": Source(task.id, hashlib.sha256(data).hexdigest(), len(data), page.encoding, view, page.nfc),
            "stages": [],
        }
    )
    document.text = page.text
    if view == "html":
        from hocbac_nlp.html import render

        rendered = render(page.text)
        document.text, document.hints = rendered.text, rendered.hints
    return document


def from_record(line: bytes, id: str) -> Document:
    """A line of JSONL: a record that stages have been through, or a page in its `text`."""
    document = loads(line)
    given = document.value("id")
    if given is None or given == "":
        document.id = id
    else:
        document.id = str(given) if isinstance(given, int) else document.id
    if "text" not in document:
        raise DocumentError("no_text", "the object has no `text`")
    if "schema" in document and document.schema != SCHEMA:
        raise DocumentError("bad_json", f"schema is {document.schema!r}; this version reads {SCHEMA!r}")
    if "stages" not in document:
        document.schema = SCHEMA
        document.source = Source()
        document.stages = []
        document.text = unicodedata.normalize("NFC", document.text)
    return document


def document_id(task: Task) -> str:
    """The id that the task's record has or would have, also when it can't be read."""
    if task.form == "jsonl" and task.data is not None:
        try:
            given = loads(task.data).value("id")
        except DocumentError:
            return task.id
        if isinstance(given, str | int) and given != "":
            return str(given)
    return task.id


def _read(path: str, max_bytes: int) -> bytes:
    try:
        with open_packed(path) as stream:
            return stream.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError("not_found", "no such file") from error
    except unpacking_errors() as error:
        raise DocumentError("unreadable", _reason(error)) from error


def open_packed(path: str) -> IO[bytes]:
    """Open a file for reading, unpacking `.gz` and `.zst` on the way."""
    if path.endswith(".gz"):
        return io.BufferedReader(gzip.open(path))
    if path.endswith(".zst"):
        import zstandard

        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(Path(path).open("rb"), closefd=True))
    return Path(path).open("rb")


def unpacking_errors() -> tuple[type[Exception], ...]:
    """What reading a file may raise when it, or its compression, is damaged."""
    import zlib

    import zstandard

    return OSError, EOFError, zlib.error, zstandard.ZstdError


def printable_path(path: str) -> str:
    """The path as an id: `/`-separated, with bytes of its name that are no UTF-8 as `%XX`."""
    name = os.fsencode(path).decode("utf-8", "surrogateescape")  # the same name in any locale
    return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in name.replace(os.sep, "/"))


def _form(path: str) -> Form | None:
    """What a file holds, by its suffix; None for other suffixes."""
    stem, suffix = os.path.splitext(path.lower())
    return FORMS.get(os.path.splitext(stem)[1] if suffix in PACKED else suffix)


def _walk(folder: str) -> Iterator[str | Task]:
    """The files below a folder, sorted by code point of their path; hidden ones and linked folders are skipped."""
    try:
        entries = sorted(os.scandir(folder), key=_sort_key)
    except OSError as error:
        yield _failed(folder, error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif entry.is_file():
            yield entry.path


def _sort_key(entry: "os.DirEntry[str]") -> bytes:
    """UTF-8 bytes sort as their code points do, in any locale."""
    return os.fsencode(entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name)


def _failure_task(path: str, code: Literal["no_pages", "too_large", "unreadable", "not_found"], message: str) -> Task:
    id = printable_path(path)
    return Task(id, "text", failure=Failure(id, "read", code, message))


def _failed(path: str, error: Exception) -> Task:
    if isinstance(error, FileNotFoundError):
        return _failure_task(path, "not_found", "no such file or folder")
    return _failure_task(path, "unreadable", _reason(error))


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
