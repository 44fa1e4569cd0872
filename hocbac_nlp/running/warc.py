"""Web archives: the HTML pages among the records of a WARC file."""

from collections.abc import Iterator
from typing import IO, NamedTuple

from hocbac_nlp.errors import DocumentError

_BUFFER = 1 << 16
HTML = ("text/html", "application/xhtml+xml")


class Page(NamedTuple):
    """An archived page: the address that was asked for, and the bytes that came, at most one over the limit."""

    url: str
    data: bytes


def pages(stream: IO[bytes], max_bytes: int) -> Iterator[Page | None]:
    """Yield the page of each response that holds HTML and went well (status 200); None for every other record.

    Transfer and content encodings are undone. Raises `DocumentError` (`unreadable`) when the archive is damaged;
    the pages before the damage have been yielded by then.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

    def page(record: ArcWarcRecord) -> Page | None:
        if record.rec_type != "response" or record.http_headers is None:
            return None
        kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
        if record.http_headers.get_statuscode() != "200" or kind not in HTML:
            return None
        url = record.rec_headers.get_header("WARC-Target-URI")
        if not url:
            return None
        data = _read(record.content_stream(), max_bytes + 1)
        while record.raw_stream.read(_BUFFER):
            pass
        if getattr(record.raw_stream, "limit", 0):
            raise DocumentError("unreadable", f"the archive ends inside the record of {url}")
        return Page(url.strip("<>"), data)

    records = iter(ArchiveIterator(_Stream(stream)))
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            found = page(record)
        except DocumentError:
            raise
        except Exception as error:  # warcio meets damage with whatever its parser stumbles over
            raise DocumentError("unreadable", f"no more pages can be read from this archive: {error}") from error
        yield found


class _Stream:
    """A stream for warcio, which would take an `EOFError` of a damaged file for the end of the archive.

    It reads no further ahead than it has to, so that what stands before the damage is read.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._read = getattr(stream, "read1", stream.read)

    def read(self, size: int) -> bytes:
        try:
            data: bytes = self._read(size)
            return data
        except EOFError as error:
            raise OSError(str(error)) from error


def _read(stream: IO[bytes], size: int) -> bytes:
    """At most `size` bytes of a stream whose `read` may stop early."""
    parts = []
    while size and (part := stream.read(min(size, _BUFFER))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
