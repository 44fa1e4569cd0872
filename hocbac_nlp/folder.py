"""An output folder with one file per document, and the memory of what is done in it.

A file is written whole or not at all. Beside the files, `.hocbac-nlp.done` holds one line per finished document:
a digest of its input and of everything that shapes its output. Run again, a document is up to date when its
file is there and its digest is in that list; a line that a crash cut short counts for nothing.
"""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from hocbac_nlp.errors import Failure, FatalError
from hocbac_nlp.reader import Task, document_id
from hocbac_nlp.work import Result
from hocbac_nlp.writer import replacing

DONE = ".hocbac-nlp.done"
SUFFIX = ".jsonl"
_LONGEST = 200  # bytes of a name; file systems allow 255, and the suffixes need some


class OutputFolder:
    """Where `--output-dir` writes. `recipe` is whatever the output depends on besides the input.

    `fresh` counts the documents that were up to date. Raises `FatalError` when the folder or its list of
    finished documents can't be written.
    """

    def __init__(self, folder: str, recipe: bytes) -> None:
        self.fresh = 0
        self._folder = Path(folder)
        self._recipe = recipe
        self._owners: dict[Path, str] = {}
        self._due: deque[bytes] = deque()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._list: IO[bytes] = (self._folder / DONE).open("ab+")
        except OSError as error:
            raise FatalError(f"{folder}: can't be written: {error.strerror}") from error
        self._list.seek(0)
        lines = self._list.readlines()
        if lines and not lines[-1].endswith(b"\n"):
            self._list.write(b"\n")
        self._done = {line.strip() for line in lines}

    def close(self) -> None:
        """Close the list of finished documents."""
        self._list.close()

    def target(self, id: str) -> Path:
        """The file of the document `id`, always inside the folder: root, `.` and `..` are removed."""
        parts = [_safe(part) for part in id.split("/") if part not in ("", ".", "..")] or ["_"]
        return self._folder.joinpath(*parts[:-1], parts[-1] + SUFFIX)

    def pending(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Pass on the tasks whose output is missing or stale.

        Of two documents with one file the second is a failure, for it would overwrite the first.
        """
        for task in tasks:
            digest = b""
            if task.failure is None:
                id = document_id(task)
                target, digest = self.target(id), self._digest(task)
                if target in self._owners:
                    message = f"its file {target} is taken by {self._owners[target]}, which came before it"
                    task = Task(task.id, task.form, failure=Failure(id, "write", "collision", message))
                elif digest in self._done and target.is_file():
                    self.fresh += 1
                    self._owners[target] = id
                    continue
                else:
                    self._owners[target] = id
            self._due.append(digest)
            yield task

    def write(self, result: Result) -> None:
        """Take the result of the next pending task; write a document's file, then note that it is done."""
        digest = self._due.popleft()
        if isinstance(result, Failure):
            return
        target = self.target(result.id)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target) as stream:
                stream.write(result.data)
            self._list.write(digest + b"\n")
            self._list.flush()
        except OSError as error:
            raise FatalError(f"{target}: can't be written: {error.strerror or error}") from error

    def _digest(self, task: Task) -> bytes:
        """Hexadecimal digest of the task's bytes, its id and the recipe; empty when the input can't be read."""
        total = hashlib.sha256(self._recipe + task.id.encode())
        if task.path is None:
            total.update(task.data or b"")
        else:
            try:
                with Path(task.path).open("rb") as stream:
                    total.update(hashlib.file_digest(stream, "sha256").digest())
            except OSError:
                return b""  # the worker will say what is wrong with it
        return total.hexdigest()[:32].encode()


def _safe(part: str) -> str:
    """A path component that file systems take: no control characters, not too long."""
    name = "".join(f"%{ord(c):02X}" if c < " " or c in "\x7f\\" else c for c in part)
    data = name.encode()
    if len(data) <= _LONGEST:
        return name
    return data[:150].decode("utf-8", "ignore") + "-" + hashlib.sha256(data).hexdigest()[:16]
