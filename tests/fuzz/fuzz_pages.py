"""Coverage-guided fuzzing with atheris: any bytes as a page, a web page, records and an archive.

    pip install atheris
    python tests/fuzz/fuzz_pages.py -runs=20000 -max_len=2048

Ends with a traceback and the input in a file `crash-…` when a reader or a stage does anything but return a document
or a failure of the document's own.
"""

import json
import sys
import tempfile
from importlib import import_module
from io import BytesIO
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hocbac_nlp"]):
    from hocbac_nlp.errors import DocumentError, Failure
    from hocbac_nlp.running import warc
    from hocbac_nlp.running.reader import Task
    from hocbac_nlp.running.work import Job
    from hocbac_nlp.stage import NAMES

    for name in NAMES:
        import_module(f"hocbac_nlp.{name}")

LIMIT = 1 << 16
WORK = Job(goal="keywords", max_bytes=LIMIT).open()


def one_input(data: bytes) -> None:
    if not data:
        return
    kind, rest = data[0] % 4, data[1:]
    if kind == 3:
        try:
            for _ in warc.pages(BytesIO(rest), LIMIT):
                pass
        except DocumentError:
            pass
        return
    result = WORK(Task("x", ("text", "html", "jsonl")[kind], data=rest))
    if isinstance(result, Failure) and result.code == "internal":
        raise AssertionError(result.message)


def starting_points(folder: Path) -> None:
    """Parts of the seeds as pages, web pages and records."""
    for path in Path(__file__).resolve().parents[2].glob("seeds/*.txt"):
        text = path.read_text(encoding="utf-8")[:1200]
        for kind, data in enumerate((text, f"<h1>{text[:80]}</h1><p>{text[80:]}</p>", json.dumps({"text": text}))):
            (folder / f"{path.stem}-{kind}").write_bytes(bytes([kind]) + data.encode())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as corpus:
        starting_points(Path(corpus))
        atheris.Setup([*sys.argv, corpus], one_input)
        atheris.Fuzz()
