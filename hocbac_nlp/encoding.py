"""Bytes to page text: decoded, NFC-normalised, without byte order mark. What does not decode is never guessed."""

import codecs
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hocbac_nlp.errors import DocumentError

if TYPE_CHECKING:
    from hocbac_nlp.lexicon import Lexicons

ENCODINGS = ("utf-8", "utf-16", "cp1258", "tcvn3", "vni")
"""What `--encoding` takes. The last three are never detected, only used when asked for."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Decoded(NamedTuple):
    """The page, the name of the encoding it was in, and whether it was in NFC already."""

    text: str
    encoding: str
    nfc: bool


def decode(data: bytes, encoding: str | None, lexicons: "Lexicons") -> Decoded:
    """Decode a file's bytes: by its byte order mark, else as UTF-8, or in the `encoding` that the user names.

    Raises `DocumentError`: `empty` (nothing but white space), `binary` (NUL bytes), `encoding` (undecodable).
    """
    if not data.strip():
        raise DocumentError("empty", "the file is empty")
    mark, name = _marked(data)
    if encoding not in (None, "utf-8", "utf-16") and mark:
        raise DocumentError("encoding", f"has a {name} byte order mark; leave out --encoding {encoding}")
    if not mark:
        name = encoding or "utf-8"
        if name != "utf-16" and b"\0" in data:
            raise DocumentError("binary", "holds NUL bytes: not a text file")
    text = _decode(data[len(mark) :], name, lexicons)
    if not text.strip():
        raise DocumentError("empty", "holds nothing but white space")
    page = unicodedata.normalize("NFC", text)
    return Decoded(page, name, page == text)


def _marked(data: bytes) -> tuple[bytes, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return mark, name
    return b"", ""


def _decode(data: bytes, name: str, lexicons: "Lexicons") -> str:
    try:
        if name in ("tcvn3", "vni"):
            return _from_font(data, name, lexicons)
        return data.decode("utf-8" if name == "utf-8-sig" else name)
    except UnicodeDecodeError as error:
        hint = ""
        if name == "utf-8":
            hint = "; if it is an old Vietnamese encoding, name it: --encoding cp1258, tcvn3 or vni"
        raise DocumentError("encoding", f"byte {error.start} is not {name}{hint}") from error


def _from_font(data: bytes, name: str, lexicons: "Lexicons") -> str:
    """Decode a pre-Unicode font encoding: one or two bytes a letter, as the lexicon's table says."""
    table, pattern = _font_table(lexicons, name)
    # Latin-1 keeps every byte; what the table does not know and ASCII does not hold is read as cp1252.
    text = pattern.sub(lambda match: table[match[0]], data.decode("latin-1"))
    strange = [char for char in set(text) if "\x80" <= char <= "\x9f"]
    return text.translate({ord(char): char.encode("latin-1").decode("cp1252", "replace") for char in strange})


@cache
def _font_table(lexicons: "Lexicons", name: str) -> tuple[dict[str, str], re.Pattern[str]]:
    table = {row["bytes"]: row["letter"] for row in lexicons.rows(f"encoding_{name}.tsv")}
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, longest_first)))
