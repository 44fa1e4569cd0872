"""What the tests of the report share: the data of a page as rows, and records that mean harm."""

import re
import zlib
from base64 import b64decode
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from tests.support import SEED_PAGES, run

Rows = list[dict[str, Any]]

HARM = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \x1b]0;gone\x07 \u202e ${data} 😀"
"""Markup, a terminal escape, a change of direction, a placeholder of our template, a letter beyond the BMP."""

HARMFUL_PAGE = f"""Hội nghị {HARM} tổng kết

12/01/2024 | 08:30

{HARM} Ông Nguyễn Văn Minh, Chủ tịch UBND huyện Chợ Lách, cho biết: 😀 huyện có 25 mô hình, tăng 5% so với năm 2022.

Theo Chỉ thị số 05-CT/TW của Bộ Chính trị, {HARM} tổng thu ngân sách đạt 1.250 tỷ đồng.
"""


def write_report(target: Path, *args: str | Path) -> bytes:
    """Run the command and return the page it wrote."""
    done = run("report", "-o", target, *args)
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


def harmful_records(folder: Path) -> Path:
    """Records of the seeds and of a page that means harm, in a file whose members mean harm as well."""
    page = folder / "page <script>alert(3)</script>".replace("/", "∕")
    page = page.with_suffix(".txt")
    page.write_text(HARMFUL_PAGE, encoding="utf-8")
    done = run("extract", *SEED_PAGES, page)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    last = msgspec.json.decode(lines[-1])
    last |= {"section": HARM, "authors": [HARM], "published": '2024-01-12"><script>alert(4)</script>'}
    records = folder / "records.jsonl"
    records.write_bytes(b"\n".join([*lines[:-1], msgspec.json.encode(last)]) + b"\n")
    return records


def unpack(page: bytes) -> tuple[dict[str, Any], list[str]]:
    """The data of a report, its tables as rows, and the articles."""
    data = msgspec.json.decode(_inflated(page, "data"))
    pieces = data.pop("pieces")
    texts = _texts(_inflated(page, "texts"), pieces) if data["articles"] else []
    return {name: _rows(value) if isinstance(value, dict) else value for name, value in data.items()}, texts


def _texts(packed: bytes, pieces: list[str]) -> list[str]:
    numbers = []
    at = 0
    while at < len(packed):
        first = packed[at]
        long = 4 if first == 255 else 2 if first >= 192 else 1
        rest = int.from_bytes(packed[at + 1 : at + long], "big")
        numbers.append(rest if long == 4 else first if long == 1 else 192 + (first - 192) * 256 + rest)
        at += long
    return "".join(pieces[number] or "\x00" for number in numbers).split("\x00")[:-1]


def _inflated(page: bytes, id: str) -> bytes:
    found = re.search(rf'<script type="application/octet-stream" id="{id}">([^<]*)</script>'.encode(), page)
    assert found
    return zlib.decompress(b64decode(found[1], validate=True))


def _rows(table: dict[str, Any]) -> Rows:
    columns = {name: _decoded(column) for name, column in table.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _decoded(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    if "words" in column:
        return [column["words"][index] for index in column["at"]]
    return list(accumulate(column["deltas"]))
