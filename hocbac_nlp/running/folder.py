"""An output folder with one file per document, and the memory of what is done in it.

A file is written whole or not at all. What is done is noted in small files under `.hocbac-nlp/`, one for each
*shard*, a run of some 64 documents that follow each other in the input: a line per finished document, with the
name of its file and a digest of its input and of everything that shapes its output. Run again, a document is up
to date when its file is there and that line is. The last line counts; one that a crash cut short does not.

Shards end where the documents' own ids say so. So a page more or less in the input changes one shard and not
all that follow, and memory holds one shard at a time, however many documents there are. Both engines keep the
same notes: what one has done, the other need not do again.
"""

import hashlib
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hocbac_nlp.errors import Failure, FatalError
from hocbac_nlp.running import storage
from hocbac_nlp.running.reader import Task, document_id
from hocbac_nlp.running.work import Done, Result

NOTES = ".hocbac-nlp"
RECORDS, TEXTS = ".jsonl", ".txt"
"""What the names of documents' files end in: those of records, and those of views for reading."""
SHARD = 64
"""Documents in a shard, on average; at most four times as many."""
SHARD_BYTES = 8 << 20
"""A shard ends when its tasks hold this many bytes."""
_LONGEST_NAME = 200  # bytes; file systems allow 255, and the suffixes need some
_LONGEST_PATH = 1000  # bytes below the folder; systems allow 4096 with it, object stores 1024


def target(id: str, suffix: str = RECORDS) -> str:
    """The file of the document `id`, relative to the folder and always inside it: root, `.` and `..` are gone.

    A record adds its suffix; the text of a page that is a `.txt` itself has the same name.
    """
    parts = [_safe(part) for part in id.split("/") if part not in ("", ".", "..")] or ["_"]
    name = "/".join(parts)
    if suffix != TEXTS or not name.endswith(TEXTS):
        name += suffix
    if len(name.encode()) > _LONGEST_PATH:
        return f"{_safe(parts[-1])[:40]}-{_hash(id.encode())}{suffix}"
    return name


def digest(task: Task, recipe: bytes) -> str:
    """Hexadecimal digest of a task's bytes, its id and the recipe; empty when the input can't be read."""
    total = hashlib.sha256(recipe + f"{task.id}\0{task.origin}\0".encode())
    if task.path is None:
        total.update(task.data or b"")
    else:
        try:
            with storage.open_raw(task.path) as stream:
                while block := stream.read(1 << 20):
                    total.update(block)
        except OSError:
            return ""  # the worker will say what is wrong with it
    return total.hexdigest()[:32]


def apart(tasks: Iterable[Task], suffix: str = RECORDS) -> Iterator[Task]:
    """Pass tasks on; of two whose documents would have one file the second becomes a failure.

    The names are kept in a temporary file, so that memory stays flat.
    """
    names = sqlite3.connect("")
    names.execute("CREATE TABLE owner (file BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID")
    try:
        for task in tasks:
            if task.failure is None:
                id = document_id(task)
                file = target(id, suffix)
                key = hashlib.sha256(file.encode()).digest()[:16]
                owner = names.execute("SELECT id FROM owner WHERE file = ?", (key,)).fetchone()
                if owner:
                    message = f"its file {file} is taken by {owner[0]}, which came before it"
                    task = Task(task.id, task.form, failure=Failure(id, "write", "collision", message))
                else:
                    names.execute("INSERT INTO owner VALUES (?, ?)", (key, id))
            yield task
    except sqlite3.Error as error:
        raise FatalError(f"the folder for temporary files can't be written: {error}") from error
    finally:
        names.close()


def shards(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """Cut tasks into shards, where their ids say so."""
    shard: list[Task] = []
    held = 0
    for task in tasks:
        shard.append(task)
        held += len(task.data or b"")
        last = int(_hash(task.id.encode())[:8], 16) % SHARD == 0
        if last or len(shard) == 4 * SHARD or held > SHARD_BYTES:
            yield shard
            shard, held = [], 0
    if shard:
        yield shard


def notes_name(shard: list[Task]) -> str:
    """The file of a shard's notes, relative to the folder."""
    return f"{NOTES}/{_hash(shard[0].id.encode())}"


def done(folder: str, shard: list[Task], recipe: bytes, suffix: str = RECORDS) -> dict[str, bytes]:
    """The tasks of a shard that are done and up to date: id of the task -> its line in the notes.

    Raises `FatalError` when the notes can't be read.
    """
    try:
        data = storage.read(f"{folder}/{notes_name(shard)}")
        if not data:
            return {}
        last = {line.partition(b" ")[2]: line for line in data[: data.rfind(b"\n") + 1].splitlines(keepends=True)}
        lines = ((task.id, note(task, recipe, suffix)) for task in shard if not task.failure)
        noted = {id: line for id, line in lines if line in last.values()}
        there = storage.exist([f"{folder}/{_file(line)}" for line in noted.values()])
    except OSError as error:
        raise FatalError(f"{folder}/{NOTES}: can't be read: {error.strerror or error}") from error
    return {id: line for (id, line), found in zip(noted.items(), there, strict=True) if found}


def note(task: Task, recipe: bytes, suffix: str = RECORDS) -> bytes:
    """The line that says that the document of a task is done."""
    return f"{digest(task, recipe)} {target(document_id(task), suffix)}\n".encode()


def save(folder: str, result: Done, suffix: str = RECORDS) -> Result:
    """Write a document's file; return the result, or the failure to make the file.

    That is when the file of another document lies where its folder would have to be. Raises `FatalError` when the
    output folder can't be written.
    """
    path = f"{folder}/{target(result.id, suffix)}"
    try:
        storage.write(path, result.data)
    except (NotADirectoryError, FileExistsError, IsADirectoryError) as error:
        message = f"its file {path} can't be made: {error.filename} is in the way"
        return Failure(result.id, "write", "collision", message)
    except OSError as error:
        raise FatalError(f"{path}: can't be written: {error.strerror or error}") from error
    return result


@dataclass
class OutputFolder:
    """A local output folder, as the local engine fills it. `recipe` is what outputs depend on besides the input.

    `fresh` counts the documents that were up to date. Raises `FatalError` when the folder can't be written.
    """

    folder: str
    recipe: bytes
    suffix: str = RECORDS
    fresh: int = field(default=0, init=False)
    _due: deque[tuple[Path, bytes]] = field(default_factory=deque, init=False)

    def __post_init__(self) -> None:
        if storage.is_uri(self.folder):
            raise FatalError(f"--output-dir {self.folder}: an object store is written with --engine ray")
        try:
            (Path(self.folder) / NOTES).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FatalError(f"{self.folder}: can't be written: {error.strerror}") from error

    def pending(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Pass on the tasks whose output is missing or stale, and failures."""
        for shard in shards(apart(tasks, self.suffix)):
            notes = Path(self.folder) / notes_name(shard)
            up_to_date = done(self.folder, shard, self.recipe, self.suffix)
            _end_line(notes)
            self.fresh += len(up_to_date)
            for task in shard:
                if task.id not in up_to_date or task.failure:
                    self._due.append((notes, b"" if task.failure else note(task, self.recipe, self.suffix)))
                    yield task

    def write(self, result: Result) -> Result:
        """Take the result of the next pending task; write a document's file, then note that it is done."""
        notes, line = self._due.popleft()
        if isinstance(result, Done):
            result = save(self.folder, result, self.suffix)
        if isinstance(result, Done):
            try:
                with notes.open("ab") as stream:
                    stream.write(line)
            except OSError as error:
                raise FatalError(f"{notes}: can't be written: {error.strerror}") from error
        return result


def _file(line: bytes) -> str:
    """The file that a note is about."""
    return line.decode().partition(" ")[2].rstrip("\n")


def _end_line(notes: Path) -> None:
    """End the last line of notes that a crash cut short, so that the next does not join it."""
    try:
        data = notes.read_bytes() if notes.exists() else b""
        if data and not data.endswith(b"\n"):
            with notes.open("ab") as stream:
                stream.write(b"\n")
    except OSError as error:
        raise FatalError(f"{notes}: can't be written: {error.strerror}") from error


def _safe(part: str) -> str:
    """A path component that file systems take: no control characters, not too long."""
    name = "".join(f"%{ord(c):02X}" if c < " " or c in "\x7f\\" else c for c in part)
    data = name.encode()
    if len(data) <= _LONGEST_NAME:
        return name
    return data[:150].decode("utf-8", "ignore") + "-" + _hash(data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
