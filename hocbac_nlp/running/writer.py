"""Results to their place: standard output, one file, or a folder with one file per document."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from hocbac_nlp.errors import FatalError


@contextmanager
def output(path: str | None) -> Iterator[IO[bytes]]:
    """Open the place for the run's lines: standard output, or the file at `path`.

    A regular file is written beside its name and renamed when the run ends well; when it ends in an exception
    the old file stays. A pipe or device is written directly. Raises `FatalError` when it can't be
    written.
    """
    if path is None:
        if sys.stdout is None:
            raise FatalError("standard output is closed; use -o FILE")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as stream:
                yield stream
            return
        with replacing(target) as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise FatalError(f"{path}: can't be written: {error.strerror or error}") from error


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """A new file in place of `target`, written whole or not at all."""
    target = target.resolve()  # a link stays a link
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
