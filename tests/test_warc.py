import gzip
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.support import records, run

HTML = "<html><body><h1>Hội nghị tổng kết năm 2023</h1><p>Ông Minh chủ trì hội nghị.</p></body></html>".encode()


def archive(packed: bool = True) -> bytes:
    """An archive with two pages among other records."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)

    def response(url: str, body: bytes, status: str = "200 OK", **headers: str) -> None:
        given = {"Content_Type": "text/html; charset=utf-8"} | headers
        http = StatusAndHeaders(status, [(name.replace("_", "-"), text) for name, text in given.items()], "HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=http))

    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.vn")], is_http_request=True)
    writer.write_record(writer.create_warc_record("https://example.vn/", "request", http_headers=request))
    response("https://example.vn/tin/1.html?a=b", HTML)
    response("https://example.vn/moved", b"<p>moved</p>", "301 Moved")
    response("https://example.vn/image.png", b"\x89PNG", Content_Type="image/png")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(HTML, mtime=0)), gzip.compress(HTML, mtime=0))
    response("https://example.vn/tin/2", chunked, Content_Encoding="gzip", Transfer_Encoding="chunked")
    response("https://example.vn/bad", b"\x80\x81")
    response("https://example.vn/large", b"a" * 70_000)
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_html_responses_become_pages(tmp_path: Path, packed: bool, jobs: str) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive(packed))
    done = run("strip", tmp_path, "--max-bytes", "64K", "-j", jobs)
    first, second = records(done.stdout)
    assert (first["id"], first["url"]) == ("https://example.vn/tin/1.html?a=b",) * 2
    assert first["source"]["path"] == str(path) and first["source"]["view"] == "html"
    assert first["title"] == "Hội nghị tổng kết năm 2023"
    assert second["id"] == "https://example.vn/tin/2" and second["text"] == first["text"]
    assert done.returncode == 3
    assert [line.rpartition(b" ")[2] for line in done.stderr.splitlines()[:-1]] == [b"[encoding]", b"[too_large]"]
    assert b"2 documents written, 2 failed, 4 skipped" in done.stderr


def test_an_archive_from_a_pipe_and_into_a_folder(tmp_path: Path) -> None:
    done = run("strip", "--output-dir", tmp_path, "--max-bytes", "64K", input=archive(packed=False))
    assert b"2 documents written" in done.stderr
    assert (tmp_path / "https:/example.vn/tin/1.html?a=b.jsonl").is_file()


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_is_cut_short_is_told(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    whole = archive(packed)
    path.write_bytes(whole[: whole.index(b"tin/2") + 300] if not packed else whole[: len(whole) * 6 // 10])
    done = run("strip", path)
    assert done.returncode == 3 and b"[unreadable]" in done.stderr
    assert records(done.stdout)[0]["id"] == "https://example.vn/tin/1.html?a=b"


def test_what_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"this is no archive")
    done = run("strip", tmp_path)
    assert done.returncode == 3 and b"[unreadable]" in done.stderr
