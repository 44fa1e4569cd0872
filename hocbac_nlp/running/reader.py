"""Inputs to documents: paths, folders and streams become tasks; a worker turns each task into a document.

Walking (`tasks`) is cheap and happens in one process, in input order; opening (`load`) reads and decodes one
document and happens wherever the task is worked on.
"""

import codecs
import hashlib
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Literal

import msgspec

from hocbac_nlp.document import LAYERS, SCHEMA, Document, Source, loads
from hocbac_nlp.encoding import decode
from hocbac_nlp.errors import DocumentError, Failure
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running import storage, warc

View = Literal["text", "html"]
Form = Literal["text", "html", "jsonl", "warc"]
STDIN = "-"
FORMS: dict[str, Form] = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".warc": "warc"}
COUNTED = 256 << 20  # a file of records up to this size is read through to count them
_BLANK = b" \t\r\n" + codecs.BOM_UTF8
RECORD_FACTOR = 32
"""How much longer than `max_bytes` the line of a record may be: all layers weigh about 20 times their page."""
_RECORD = re.compile(rb'\{"schema":"hocbac/\d+","id":.{0,20000}?"stages":\[\{', re.DOTALL)
ASSIGNED = ("source", "blocks", *(name for name, layer in LAYERS.items() if layer.stage not in ("reader", "strip")))
"""Fields that a page in JSONL can't bring along under these names: they go on as `input_<name>`."""


class Task(msgspec.Struct, frozen=True):
    """One document to be: a page file to read (`path`), or bytes that were read from a stream (`data`).

    `origin` is the file that the bytes came from when it is not the id; `fields` go into the record as they are.
    """

    id: str
    form: Form
    path: str | None = None
    data: bytes | None = None
    failure: Failure | None = None
    origin: str | None = None
    fields: Mapping[str, str] = {}


@dataclass
class Reader:
    """Walks inputs into tasks. `skipped` counts what is no page or record: files of folders, archived images."""

    max_bytes: int
    form: Form | None = None
    skipped: int = field(default=0, init=False)

    def tasks(self, paths: Iterable[str]) -> Iterator[Task]:
        """Yield the tasks of all inputs in order; an input that can't be walked is a task with a failure."""
        for path in paths:
            try:
                kind = "stream" if path == STDIN else storage.kind(path)
                if kind == "folder":
                    yield from self._folder(path)
                elif kind == "file":
                    yield from self._file(path, self.form or _form(path) or "text")
                elif path == STDIN:
                    yield from self._stream(sys.stdin.buffer, STDIN)
                else:
                    with open(path, "rb") as stream:
                        yield from self._stream(stream, printable_path(path))
            except OSError as error:
                yield _failed(path, error)

    def count(self, paths: Iterable[str]) -> int | None:
        """How many tasks there will be, when that is cheap to know; else None. To be asked before `tasks`."""
        total = 0
        for path in paths:
            if path == STDIN or storage.is_uri(path):
                return None
            try:
                kind = storage.kind(path)
                if kind == "stream":
                    return None
                for file in _walked(path) if kind == "folder" else [path]:
                    number = _documents(file, self.form or _form(file) or "text")
                    if number is None:
                        return None
                    total += number
            except OSError:
                total += 1  # the one failure that this input will be
        return total

    def _folder(self, folder: str) -> Iterator[Task]:
        found = False
        for path, error in storage.walk(folder):
            if error:
                found = True  # or there might have been
                yield _failed(path, error)
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
        name = printable_path(path)
        if form in ("text", "html"):
            yield Task(name, form, path=path)
            return
        try:
            with storage.open_packed(path) as stream:
                yield from self._lines(stream, name) if form == "jsonl" else self._archive(stream, name)
        except storage.reading_errors() as error:
            yield _failed(path, error)

    def _stream(self, stream: IO[bytes], name: str) -> Iterator[Task]:
        """A pipe: records if its first non-blank character is `{`, an archive by its first line, else one page."""
        assert isinstance(stream, io.BufferedReader)
        blank = b""
        while (head := stream.peek()) and not head.strip(_BLANK):
            blank += stream.read(len(head))
            if len(blank) > self.max_bytes:
                break
        form = self.form or _sniff(head)
        if form == "jsonl":
            yield from self._lines(stream, name, blank.count(b"\n"))
        elif form == "warc":
            yield from self._archive(stream, name)
        else:
            data = blank + stream.read(max(0, self.max_bytes + 1 - len(blank)))
            yield Task(name, form, data=data)

    def _archive(self, stream: IO[bytes], name: str) -> Iterator[Task]:
        """One task per HTML page of a web archive, with its address as id and as the field `url`."""
        try:
            for page in warc.pages(stream, self.max_bytes):
                if page is None:
                    self.skipped += 1
                else:
                    yield Task(page.url, "html", data=page.data, origin=name, fields={"url": page.url})
        except DocumentError as error:
            yield Task(name, "html", failure=Failure(name, "read", error.code, str(error)))

    def _lines(self, stream: IO[bytes], name: str, number: int = 0) -> Iterator[Task]:
        """One task per non-blank line; a line beyond `max_bytes` is passed over without holding it."""
        while line := stream.readline(self.max_bytes + 2):
            number += 1
            id = f"{name}:{number}"
            limit = self.max_bytes
            if len(line) > limit and not line.endswith(b"\n") and _RECORD.match(line):
                limit *= RECORD_FACTOR
                line += stream.readline(limit)
            if len(line) > limit and not line.endswith(b"\n"):
                while (more := stream.readline(1 << 20)) and not more.endswith(b"\n"):
                    pass
                yield _failure_task(
                    id, "too_large", f"the line is longer than {limit} bytes; raise --max-bytes to read it"
                )
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
            "source": Source(
                task.origin or task.id, hashlib.sha256(data).hexdigest(), len(data), page.encoding, view, page.nfc
            ),
            "stages": [],
            **task.fields,
        }
    )
    document.text = page.text
    if view == "html":
        from hocbac_nlp.stripping.html import render

        rendered = render(page.text)
        document.text, document.hints = rendered.text, rendered.hints
    document.page = document.text
    return document


def from_record(line: bytes, id: str) -> Document:
    """A line of JSONL: a record that stages have been through, or a page in its `text`."""
    document = loads(line)
    given = document.value("id")
    if given is None or given == "":
        document.id = id
    elif isinstance(given, int) and not isinstance(given, bool):
        document.id = str(given)
    _ = document.id  # of any other type it is refused
    if "text" not in document:
        raise DocumentError("no_text", "the object has no `text`")
    if "schema" in document and document.schema != SCHEMA:
        raise DocumentError("bad_json", f"schema is {document.schema!r}; this version reads {SCHEMA!r}")
    if not document.value("stages"):
        for field in ASSIGNED:
            document.rename(field, f"input_{field}")
        for field in ("title", "section", "published", "authors", "author_role"):
            if field in document:
                getattr(document, field)  # of a wrong type it is refused
        document.schema = SCHEMA
        document.source = Source()
        document.stages = []
        document.text = document.page = unicodedata.normalize("NFC", document.text)
    return document


def document_id(task: Task) -> str:
    """The id that the task's record has or would have, also when it can't be read."""
    if task.form == "jsonl" and task.data is not None:
        try:
            given = loads(task.data).value("id")
        except DocumentError:
            return task.id
        if isinstance(given, str | int) and not isinstance(given, bool) and given != "":
            return str(given)
    return task.id


def _read(path: str, max_bytes: int) -> bytes:
    try:
        with storage.open_packed(path) as stream:
            return stream.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError("not_found", "no such file") from error
    except storage.reading_errors() as error:
        raise DocumentError("unreadable", _reason(error)) from error


def printable_path(path: str) -> str:
    """The path as an id: `/`-separated, with bytes of its name that are no UTF-8 as `%XX`."""
    name = os.fsencode(path).decode("utf-8", "surrogateescape")  # the same name in any locale
    return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in name.replace(os.sep, "/"))


def _form(path: str) -> Form | None:
    """What a file holds, by its suffix; None for other suffixes."""
    stem, suffix = os.path.splitext(path.lower())
    return FORMS.get(os.path.splitext(stem)[1] if suffix in storage.PACKED else suffix)


def _sniff(head: bytes) -> Form:
    """What a pipe holds, by its first bytes."""
    start = head.lstrip(_BLANK)
    return "jsonl" if start.startswith(b"{") else "warc" if start.startswith(b"WARC/") else "text"


def _walked(folder: str) -> Iterator[str]:
    return (path for path, error in storage.walk(folder) if error is None and _form(path))


def _documents(path: str, form: Form) -> int | None:
    """How many documents a file holds; None when it would take long to count them."""
    if form in ("text", "html"):
        return 1
    if form == "warc" or path.endswith(storage.PACKED) or os.stat(path).st_size > COUNTED:
        return None
    with open(path, "rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


def _failure_task(path: str, code: Literal["no_pages", "too_large", "unreadable", "not_found"], message: str) -> Task:
    id = printable_path(path)
    return Task(id, "text", failure=Failure(id, "read", code, message))


def _failed(path: str, error: Exception) -> Task:
    if isinstance(error, FileNotFoundError):
        return _failure_task(path, "not_found", "no such file or folder")
    return _failure_task(path, "unreadable", _reason(error))


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
