"""brat's standoff files (`export --to brat`): NAME.txt with the text, NAME.ann with the items.

Format: https://brat.nlplab.org/standoff.html. An item is a text-bound annotation (`T1`), a person's post a
relation between two of them, and what else is known of an item the JSON of a note (`#1 AnnotatorNotes T1 {…}`).
`gold.py` reads these files back, so that they can be corrected in brat and then used to evaluate.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from hocbac_nlp.document import Document
from hocbac_nlp.errors import DocumentError, FatalError, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.folder import RECORDS, target
from hocbac_nlp.running.work import Done
from hocbac_nlp.stage import Options

TYPES = {"references": "Reference", "times": "Time", "statistics": "Statistic", "persons": "Person"}
"""The annotation type of each layer; entities have their labels (PER, ORG, LOC)."""
POST = "Post"
_PAGE = re.compile(r"\.(txt|html?)$")
CONFIGURATION = f"""[entities]
PER
ORG
LOC
{chr(10).join(TYPES.values())}
{POST}

[relations]
{POST}	Arg1:Person, Arg2:{POST}
<OVERLAP>	Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""


class Files(msgspec.Struct):
    """The two files of one document."""

    text: str
    annotations: str


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that gives a document's `Files`, encoded as JSON."""

    def write(document: Document) -> bytes:
        return msgspec.json.encode(Files(document.text, "".join(f"{line}\n" for line in _lines(document))))

    return write


def _lines(document: Document) -> Iterator[str]:
    number = relations = 0

    def bound(label: str, start: int, end: int) -> str:
        nonlocal number
        number += 1
        return f"T{number}\t{label} {_fragments(document.text, start, end)}"

    for layer in ("entities", *TYPES):
        getattr(document, layer)  # a missing or damaged layer is the document's failure
        for item in msgspec.to_builtins(document.value(layer)):
            members = {name: value for name, value in item.items() if name not in ("text", "start", "end", "label")}
            yield bound(TYPES.get(layer) or item["label"], item["start"], item["end"])
            yield f"#{number}\tAnnotatorNotes T{number}\t{msgspec.json.encode(members).decode()}"
            if layer == "persons":
                relations += 1
                yield bound(POST, item["role_start"], item["role_end"])
                yield f"R{relations}\t{POST} Arg1:T{number - 1} Arg2:T{number}"


def _fragments(text: str, start: int, end: int) -> str:
    """Where a span stands and what it says; a fragment ends at a line feed, as brat has it."""
    pieces, at = [], start
    for piece in text[start:end].split("\n"):
        if piece:
            pieces.append((at, at + len(piece), piece))
        at += len(piece) + 1
    where = ";".join(f"{first} {last}" for first, last, _ in pieces)
    return f"{where}\t{' '.join(piece for _, _, piece in pieces)}"


@contextmanager
def folder(name: str) -> Iterator[Callable[[Done], None]]:
    """Open a folder for brat and return the function that writes a document's files into it.

    The folder has to be new or empty: annotations are work that must not be overwritten. Raises `UsageError` when
    it is not, `FatalError` when it can't be written.
    """
    top = Path(name)
    taken: set[Path] = set()

    def write(done: Done) -> None:
        files = msgspec.json.decode(done.data, type=Files)
        path = top / f"{target(_PAGE.sub('', done.id)).removesuffix(RECORDS)}.txt"
        if path in taken:
            raise DocumentError("collision", f"its files {path} and .ann are taken by a document before it")
        taken.add(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files.text.encode())
        path.with_suffix(".ann").write_bytes(files.annotations.encode())

    try:
        if top.exists() and any(top.iterdir()):
            raise UsageError(f"{name}: is not empty; name a new folder, for brat's files may have been corrected")
        top.mkdir(parents=True, exist_ok=True)
        (top / "annotation.conf").write_text(CONFIGURATION, encoding="utf-8")
        yield write
    except OSError as error:
        raise FatalError(f"{error.filename or name}: can't be written: {error.strerror or error}") from error
