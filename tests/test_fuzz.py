"""Readers and stages under fire: whatever comes in, a document or a failure comes out, and soon."""

import gzip
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hocbac_nlp import pipeline
from hocbac_nlp.document import dumps, loads
from hocbac_nlp.encoding import ENCODINGS
from hocbac_nlp.errors import Code, Failure
from hocbac_nlp.running.reader import Form, Reader, Task
from hocbac_nlp.running.work import Done, Job
from hocbac_nlp.stage import NAMES
from hocbac_nlp.views import rows
from tests.pages import pages
from tests.support import PAGE
from tests.test_laws import check_blocks, check_items

fuzz = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
LIMIT = 1 << 16
SECONDS = 300  # that one example may take: far more than any does, far less than a hang

HTML = b"<html><head><title>T</title></head><body><h1>%s</h1><p>%s</p></body></html>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + HTML % (
    "Hội nghị".encode(),
    PAGE.encode(),
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.vn/a\r\n"
    b"WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-01-12T08:30:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(HTTP), HTTP)
)
RECORD = dumps(pipeline.open("keywords")(PAGE))
WHOLE: dict[str, bytes] = {
    ".txt": PAGE.encode(),
    ".html": HTML % (b"T", PAGE.encode()),
    ".jsonl": b"\n".join([RECORD] * 3),
    ".txt.gz": gzip.compress(PAGE.encode()),
    ".jsonl.gz": gzip.compress(RECORD),
    ".jsonl.zst": zstandard.ZstdCompressor().compress(RECORD) * 2,
    ".warc": WARC * 3,
    ".warc.gz": gzip.compress(WARC) * 3,
}


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    def expired(number: int, frame: object) -> None:
        raise TimeoutError(f"not done after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, expired)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def worked(goal: str) -> Callable[[Task], Done | Failure]:
    work = Job(goal=goal, max_bytes=LIMIT).open()

    def watched(task: Task) -> Done | Failure:
        signal.alarm(SECONDS)
        result = work(task)
        signal.alarm(0)
        if isinstance(result, Failure):
            assert result.code in get_args(Code) and result.code != "internal", result
            assert result.message and result.id
        else:
            assert loads(result.data.rstrip(b"\n")).id == result.id
        return result

    return watched


DECODE = {name: Job(goal="strip", encoding=name).open() for name in ENCODINGS}
ROWS = {layer: Job(goal="strip", rows=layer).open() for layer in rows.ROW_LAYERS}
WORK = {goal: worked(goal) for goal in NAMES}


def read(path: Path, form: Form | None = None) -> list[Done | Failure]:
    signal.alarm(SECONDS)
    return [WORK["strip"](task) for task in Reader(LIMIT, form).tasks([str(path)])]


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes that were cut, flipped, repeated or overwritten in places."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 40))
        match draw(st.sampled_from(["cut", "drop", "put", "flip", "repeat"])):
            case "cut":
                del data[at:]
            case "drop":
                del data[at : at + size]
            case "put":
                data[at : at + size] = draw(st.binary(max_size=40))
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "repeat":
                data[at:at] = data[at : at + size] * draw(st.integers(1, 50))
    return bytes(data)


# --- readers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", WHOLE)
@given(data=st.data())
@settings(fuzz, max_examples=60)
def test_damaged_files_become_documents_or_failures(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / f"damaged{suffix}"
    path.write_bytes(data.draw(damaged(WHOLE[suffix])))
    read(path)


@given(st.binary(max_size=400), st.sampled_from(sorted(WHOLE)), st.none() | st.sampled_from(get_args(Form)))
@fuzz
def test_any_bytes_under_any_name_become_documents_or_failures(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str, form: Form | None
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    read(path, form)


@given(st.binary(max_size=200), st.sampled_from(ENCODINGS))
@fuzz
def test_any_bytes_in_any_encoding(data: bytes, encoding: str) -> None:
    result = DECODE[encoding](Task("x", "text", data=data))
    assert isinstance(result, Done) or result.code in ("empty", "binary", "encoding")


# --- records ----------------------------------------------------------------------------------------------------

_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A record of all stages in which some members, at any depth, are gone or something else."""
    record: dict[str, Any] = msgspec.json.decode(RECORD)
    for _ in range(draw(st.integers(1, 3))):
        place: Any = record
        while True:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            inner = place[key]
            if not (isinstance(inner, dict | list) and inner and draw(st.integers(0, 3))):
                break
            place = inner
        if draw(st.booleans()):
            place[key] = draw(_json)
        else:
            del place[key]
        if not record:
            break
    return record


@given(records(), st.sampled_from(NAMES))
@settings(fuzz, max_examples=300)
def test_records_that_others_have_changed(record: dict[str, Any], goal: str) -> None:
    WORK[goal](Task("x:1", "jsonl", data=msgspec.json.encode(record)))


@given(records(), st.sampled_from(rows.ROW_LAYERS))
@settings(fuzz, max_examples=200)
def test_rows_of_records_that_others_have_changed(record: dict[str, Any], layer: str) -> None:
    result = ROWS[layer](Task("x:1", "jsonl", data=msgspec.json.encode(record)))
    assert isinstance(result, Done) or result.code in ("bad_json", "no_text"), result


# --- stages -----------------------------------------------------------------------------------------------------

PIECES = (
    "a.", "1.1.", "(", "“", "\u0301", "Ông ", "Nguyễn Văn ", "UBND tỉnh ", "5 tỷ ", "12/1/", "- ", "số 05-CT/TW, ",
    "từ ngày 1 đến ", "http://a/", "@", "năm ", "và ", "...", "\u200b", "😀", "M", "Điều 1 khoản 2 ", "1.000,", "\n",
    "\n\n", "một trăm ", "của ", "Luật Đất đai ", "tăng ", "%", "|", "\x1b[31m", "\u202e", "hơn ", "đồng/người/", "2-9",
    "<p>", ":",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.integers(1, 1500))
@example(["a."], 4000)
@example(["\u0301"], 4000)
@example(["Nguyễn "], 4000)
@example(["1.000,"], 4000)
@example(["một trăm "], 4000)
@settings(fuzz, max_examples=40)
def test_pieces_said_over_and_over(pieces: list[str], times: int) -> None:
    WORK["keywords"](
        Task("x", "text", data=("".join(pieces) * times).encode()[: LIMIT // 2].decode("utf-8", "ignore").encode())
    )


@given(pages())
@settings(fuzz, max_examples=40)
def test_the_laws_hold_through_the_reader(page: str) -> None:
    result = WORK["keywords"](Task("x", "text", data=page.encode()))
    if isinstance(result, Done):
        record = msgspec.json.decode(result.data)
        text = pipeline.loads(WORK["strip"](Task("x", "text", data=page.encode())).data).text  # type: ignore[union-attr]
        assert record["text"] == text
        check_blocks(page.removeprefix("\ufeff"), record)
        check_items(record)
