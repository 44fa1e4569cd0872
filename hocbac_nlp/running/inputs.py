"""What a run reads: the paths on the command line and those of a list, checked against what the run writes."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hocbac_nlp.errors import UsageError
from hocbac_nlp.running import storage
from hocbac_nlp.running.reader import STDIN

_BLOCK = 1 << 16


@dataclass(frozen=True)
class Inputs:
    """The paths to read, in order: those given, then those of the list `files_from`, else standard input.

    `outputs` are files that the run writes, `output_dir` the folder that it fills; with `texts` its files are named
    as pages are, and none of the inputs may lie in it. Iterating again reads the list again. Raises `UsageError` when
    there is nothing to read or the list is not there, and when an input is an output as well, or on the web; for the
    paths of a list, when their turn comes.
    """

    paths: tuple[str, ...]
    files_from: str | None = None
    outputs: tuple[str, ...] = ()
    output_dir: str | None = None
    texts: bool = False

    def __post_init__(self) -> None:
        if self.files_from not in (None, STDIN):
            try:
                os.stat(self.files_from)  # not opened: a pipe can be read once
            except OSError as error:
                raise UsageError(f"--files-from {self.files_from}: can't be read: {error.strerror}") from error
        if self.files_from == STDIN and STDIN in self.paths:
            raise UsageError("standard input can't be the list of files and a page; leave out one -")
        if not self.paths and self.files_from is None and sys.stdin.isatty():
            raise UsageError("nothing to read: name files or folders, or pipe something in")
        for path in self.paths:
            self._check(path)

    @property
    def repeatable(self) -> bool:
        """Whether iterating a second time gives the same paths."""
        return self.files_from is None or os.path.isfile(self.files_from)

    def __iter__(self) -> Iterator[str]:
        yield from self.paths
        if self.files_from is not None:
            with _opened(self.files_from) as stream:
                for name in _names(stream):
                    self._check(name)
                    yield name
        elif not self.paths:
            yield STDIN

    def _check(self, path: str) -> None:
        """Refuse an input that this very run writes, for it would eat its own tail; and an address on the web."""
        if storage.is_uri(path):
            storage.refuse_web(path)
            return
        if path == STDIN:
            return
        source = Path(path)
        for target in map(Path, self.outputs):
            if target.is_file():
                with suppress(OSError):  # an input that is not there is no output either
                    if target.samefile(source) or (source.is_dir() and _inside(target, source)):
                        raise UsageError(f"{target}: is an input as well; choose another output")
        if self.output_dir and not storage.is_uri(self.output_dir):
            target = Path(self.output_dir)
            if source.is_dir() and not target.is_file() and _inside(target, source):
                raise UsageError(f"--output-dir {target}: lies in the input folder {path}; choose another place")
            if self.texts and _inside(source, target):
                raise UsageError(f"--output-dir {target}: holds the input {path}, and texts are named as pages are")


def _inside(target: Path, folder: Path) -> bool:
    return target.resolve().is_relative_to(folder.resolve())


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        with open(path, "rb") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"--files-from {path}: can't be read: {error.strerror}") from error


def _names(stream: IO[bytes]) -> Iterator[str]:
    """The paths in a list: one a line, or ended by NUL as `find -print0` writes them. Blank lines count for nothing."""
    end = b"\n"
    rest = b""
    for block in _blocks(stream):
        rest += block
        end = b"\0" if b"\0" in rest else end
        *whole, rest = rest.replace(b"\r\n", b"\n").split(end)
        yield from map(os.fsdecode, filter(bytes.strip, whole))
    yield from map(os.fsdecode, filter(bytes.strip, [rest]))


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    read = getattr(stream, "read1", stream.read)
    return iter(lambda: read(_BLOCK), b"")
