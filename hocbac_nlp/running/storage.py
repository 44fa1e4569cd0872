"""Where bytes are kept: local files and folders, and object stores named by a URI (`s3://…`) through pyarrow.

Everything above this module says `path` for both. Reading unpacks `.gz` and `.zst` on the way; a file that ends
before its compression does is an error and never a shorter file.
"""

import gzip
import io
import os
import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO, Any, Literal, cast

from hocbac_nlp.errors import UsageError
from hocbac_nlp.running.writer import replacing

PACKED = (".gz", ".zst")
_URI = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*")
_CHUNK = 1 << 10  # of packed bytes: unpacked, zstd makes at most 32 MB of it


def is_uri(path: str) -> bool:
    """Whether a path names something in an object store, such as `s3://bucket/pages`."""
    return _URI.match(path) is not None


def kind(path: str) -> Literal["file", "folder", "stream"]:
    """What a path names; a pipe or device is a stream. Raises `OSError` when it names nothing."""
    if is_uri(path):
        store, name = remote(path)
        info = store.get_file_info(name)
        if info.type.name == "NotFound":
            raise FileNotFoundError(path)
        return "folder" if info.type.name == "Directory" else "file"
    mode = os.stat(path).st_mode
    return "folder" if S_ISDIR(mode) else "file" if S_ISREG(mode) else "stream"


def walk(folder: str) -> Iterator[tuple[str, OSError | None]]:
    """The files below a folder, sorted by code point of their path, and the folders that can't be listed.

    Hidden files and folders, linked folders, pipes and devices are passed over. A link that leads nowhere is
    listed: opening it will tell.
    """
    if is_uri(folder):
        yield from ((path, None) for path in _walk_remote(folder))
        return
    try:
        entries = sorted(os.scandir(folder), key=_sort_key)
    except OSError as error:
        yield folder, error
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path)
        elif entry.is_file() or not os.path.exists(entry.path):
            yield entry.path, None


def open_raw(path: str) -> IO[bytes]:
    """Open a file for reading, as it is."""
    if is_uri(path):
        store, name = remote(path)
        stream: Any = io.BufferedReader(store.open_input_stream(name, compression=None))
        opened: IO[bytes] = stream
        return opened
    return open(path, "rb")


def open_packed(path: str) -> IO[bytes]:
    """Open a file for reading, unpacking `.gz` and `.zst`. Raises one of `reading_errors()`, then or later."""
    if path.endswith(".gz"):  # buffered itself, so that what stands before a damage is read
        return cast(IO[bytes], gzip.open(open_raw(path) if is_uri(path) else path))
    if path.endswith(".zst"):
        return io.BufferedReader(_Zstd(open_raw(path)))
    return open_raw(path)


def read(path: str) -> bytes:
    """The bytes of a small file; none when it is not there. Raises `OSError`."""
    try:
        with open_raw(path) as stream:
            return stream.read()
    except FileNotFoundError:
        return b""


def exist(paths: list[str]) -> list[bool]:
    """Which of these files, all in one store, are there. Raises `OSError`."""
    if paths and is_uri(paths[0]):
        store = remote(paths[0])[0]
        return [info.is_file for info in store.get_file_info([remote(path)[1] for path in paths])]
    return [os.path.isfile(path) for path in paths]


def write(path: str, data: bytes) -> None:
    """Write a file whole or not at all, and make the folders it lies in. Raises `OSError`."""
    if is_uri(path):
        store, name = remote(path)
        if path.startswith("file:"):
            store.create_dir(os.path.dirname(name), recursive=True)
        with store.open_output_stream(name) as stream:
            stream.write(data)
        return
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as stream:
        stream.write(data)


def make_folder(path: str) -> None:
    """Make a folder; in an object store, only look whether its bucket is there. Raises `OSError`."""
    if not is_uri(path):
        Path(path).mkdir(parents=True, exist_ok=True)
        return
    store, name = remote(path)
    root = name.partition("/")[0]
    if root and store.get_file_info(root).type.name == "NotFound":
        raise FileNotFoundError(2, "no such bucket", root)


def reading_errors() -> tuple[type[Exception], ...]:
    """What reading a file may raise when it, or its compression, is damaged."""
    import zstandard

    return OSError, EOFError, zlib.error, zstandard.ZstdError


@cache
def _store(root: str) -> Any:
    try:
        from pyarrow import fs
    except ImportError as error:
        raise UsageError(f"{root}: needs pyarrow, which comes with the extra: pip install 'hocbac-nlp[ray]'") from error
    return fs.FileSystem.from_uri(root)[0]


def remote(uri: str) -> tuple[Any, str]:
    """The pyarrow file system of a URI, and the name of the object in it.

    Raises `UsageError` for a scheme that pyarrow does not know, or when it is not installed.
    """
    refuse_web(uri)
    match = _URI.match(uri)
    assert match
    scheme, authority = match[0].split("://")
    try:
        store = _store(match[0])
    except ValueError as error:
        raise UsageError(f"{uri}: {error}") from error
    rest = uri[match.end() :].rstrip("/")
    bucket = authority if scheme not in ("file", "hdfs", "viewfs") else ""
    return store, (bucket + rest if bucket else rest)


def refuse_web(uri: str) -> None:
    """Raise `UsageError` for an address on the web: nothing is fetched that the user has not."""
    if uri.startswith(("http://", "https://")):
        raise UsageError(f"{uri}: pages on the web are not read; download it first (curl -O, wget), then name the file")


def _walk_remote(folder: str) -> Iterator[str]:
    from pyarrow import fs

    store, name = remote(folder)
    root = folder.rstrip("/")
    names = (
        info.path[len(name) :]
        for info in store.get_file_info(fs.FileSelector(name, recursive=True))
        if info.type == fs.FileType.File
    )
    for inner in sorted(names, key=str.encode):
        if "/." not in inner:
            yield root + inner


def _sort_key(entry: "os.DirEntry[str]") -> bytes:
    """UTF-8 bytes sort as their code points do, in any locale."""
    return os.fsencode(entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name)


class _Zstd(io.RawIOBase):
    """A zstd file as a stream: all its frames, and an error when the last is cut short."""

    def __init__(self, stream: IO[bytes]) -> None:
        import zstandard

        self._stream = stream
        self._new = zstandard.ZstdDecompressor().decompressobj
        self._frame = self._new()
        self._inside = False
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            packed = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._inside = self._new(), False
            packed = packed or self._stream.read(_CHUNK)
            if not packed:
                if self._inside:
                    raise EOFError("compressed file ended before the end of its last frame")
                return 0
            self._inside = True
            self._ready = memoryview(self._frame.decompress(packed))
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def close(self) -> None:
        self._stream.close()
        super().close()
