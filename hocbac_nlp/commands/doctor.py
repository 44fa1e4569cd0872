"""Is this installation in order? What it is made of, and a page taken through all stages.

Every finding is one line: `ok`, `note` (worth knowing, nothing wrong) or `wrong`, what was looked at, what was seen.
"""

import hashlib
import locale
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

from hocbac_nlp import __version__
from hocbac_nlp.errors import DocumentError, FatalError, UsageError
from hocbac_nlp.lexicon import Lexicons, packaged_folder

REQUIRED = (
    *("underthesea", "underthesea_core", "regex", "typer", "rich", "msgspec"),
    *("numpy", "selectolax", "rensa", "zstandard", "warcio"),
)
EXTRAS = {
    "duckdb": "--ngrams duckdb, export --to parquet and duckdb",
    "ray": "many machines, s3://",
    "pyarrow": "s3://",
    "transformers": "--ner-model",
    "torch": "--ner-model",
}

SAMPLES = {
    "utf-8": "Tiếng Việt".encode(),
    "utf-16": "Tiếng Việt".encode("utf-16"),
    "cp1258": b"Ti\xea\xecng Vi\xea\xf2t",
    "tcvn3": b"Ti\xd5ng Vi\xd6t",
    "vni": b"Tie\xe1ng Vie\xe4t",
}
"""The same two words in every encoding that pages may have."""

PAGE = """Hội nghị tổng kết công tác năm 2023

Sáng 12/1/2024, UBND huyện Chợ Lách tổ chức hội nghị tổng kết công tác năm 2023. Ông Nguyễn Văn Minh, \
Chủ tịch UBND huyện Chợ Lách, chủ trì hội nghị.

Năm 2023, huyện có 25 mô hình học tập và làm theo Bác, tăng 5% so với năm 2022. Thực hiện Chỉ thị số 05-CT/TW \
của Bộ Chính trị, tổng thu ngân sách đạt 1.250 tỷ đồng.
"""
SEEN = {
    "entities": "Nguyễn Văn Minh",
    "references": "Chỉ thị số 05-CT/TW",
    "times": "12/1/2024",
    "statistics": "1.250 tỷ đồng",
}
"""What stands on the page for every layer to find: a part of an item's text."""


class Finding(NamedTuple):
    """One thing that was looked at."""

    verdict: Literal["ok", "note", "wrong"]
    what: str
    seen: str


def examine(overlay: Path | None = None) -> Iterator[Finding]:
    """Look at everything, with a user's lexicons over the packaged ones if given."""
    yield from _versions()
    yield from _surroundings()
    yield from _models()
    try:
        lexicons = Lexicons(overlay)
        yield from _lexicons(lexicons)
        yield from _encodings(lexicons)
    except UsageError as error:
        yield Finding("wrong", "lexicons", str(error))
        return
    yield from _self_test(overlay)


def _versions() -> Iterator[Finding]:
    yield Finding("ok", "hocbac-nlp", __version__)
    yield Finding("ok", "python", f"{platform.python_version()} on {platform.platform()}")
    for name in REQUIRED:
        try:
            yield Finding("ok", name, version(name))
        except PackageNotFoundError:
            yield Finding("wrong", name, "not installed; install hocbac-nlp again")
    for name, purpose in EXTRAS.items():
        yield Finding("note", name, version(name) if find_spec(name) else f"not installed, needed for {purpose}")


def _surroundings() -> Iterator[Finding]:
    names = f"file names {sys.getfilesystemencoding()}, locale {locale.getpreferredencoding(False)}"
    yield Finding("note", "surroundings", f"{names}; pages and output are UTF-8 in any of them")


def _models() -> Iterator[Finding]:
    from hocbac_nlp.tagger.models import KNOWN, Models

    try:
        models = Models()
    except FatalError as error:
        yield Finding("wrong", "models", str(error))
        return
    for name in KNOWN:
        path = Path(models.path(name))
        if not path.is_file():
            yield Finding("wrong", name, "missing; install underthesea again")
            continue
        digest = _digest(path.read_bytes())
        known = name not in models.strange
        seen = digest if known else f"{digest}, not the file that this version was measured with"
        yield Finding("ok" if known else "wrong", name, seen)


def _lexicons(lexicons: Lexicons) -> Iterator[Finding]:
    yield Finding("ok", "lexicons", f"{lexicons.digest} ({len(lexicons.names)} files in {packaged_folder()})")
    for name in lexicons.names:
        listed = name.endswith(".txt")
        entries = lexicons.lines(name) if listed else ["\t".join(row.values()) for row in lexicons.rows(name)]
        yield Finding("ok", name, f"{_digest('|'.join(entries).encode())} ({len(entries)} entries)")
    for name, added, removed in lexicons.changes():
        yield Finding("note", name, f"{added} entries added, {removed} removed by your lexicons")


def _encodings(lexicons: Lexicons) -> Iterator[Finding]:
    from hocbac_nlp.encoding import decode

    for name, data in SAMPLES.items():
        try:
            text = decode(data, name, lexicons).text
        except DocumentError as error:
            text = str(error)
        right = text == "Tiếng Việt"
        yield Finding("ok" if right else "wrong", f"encoding {name}", text)


def _self_test(overlay: Path | None) -> Iterator[Finding]:
    """A page through all stages: what stands on it is found, and every offset is right."""
    from hocbac_nlp import pipeline

    try:
        document = pipeline.open("keywords", lexicons=overlay)(PAGE)
    except Exception as error:  # whatever it is, it is what the user came to hear
        yield Finding("wrong", "self-test", f"{type(error).__name__}: {error}")
        return
    for layer, text in SEEN.items():
        items = getattr(document, layer)
        found = any(text in item.text for item in items)
        exact = all(document.text[item.start : item.end] == item.text for item in items)
        seen = f"{text!r} was {'' if found else 'not '}found" + ("" if exact else ", and offsets are wrong")
        yield Finding("ok" if found and exact else "wrong", f"self-test {layer}", seen)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
