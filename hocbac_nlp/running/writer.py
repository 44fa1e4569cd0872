"""Results to their place: standard output, one file, or a folder with one file per document."""

import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:  # named before it is made: a signal that comes while it is being made leaves nothing behind
        with open(
            part, "xb", opener=lambda name, flags: os.open(name, flags, 0o666 if mode is None else mode)
        ) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            part.chmod(mode)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
