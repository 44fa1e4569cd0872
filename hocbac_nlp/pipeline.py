r"""The toolkit from Python: the same stages, on text in hand or on files.

from hocbac_nlp import pipeline

nlp = pipeline.open("extract")
document = nlp("Tựa bài\n\nNăm 2023, tỉnh Vĩnh Phúc có 25 mô hình mới.")
[item.text for item in document.statistics]

for result in pipeline.process(["seeds/"], "extract"):
    ...  # a Document, or a Failure
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from hocbac_nlp.document import Document, Source, dumps, loads
from hocbac_nlp.errors import DocumentError, Failure, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running import executor
from hocbac_nlp.running.reader import Reader, from_record
from hocbac_nlp.running.work import Job
from hocbac_nlp.stage import Plan

__all__ = ["Document", "DocumentError", "Failure", "Job", "Source", "UsageError", "dumps", "loads", "open", "process"]

Options = Mapping[str, Mapping[str, Any]]


def open(
    goal: str, options: Options | None = None, lexicons: Path | None = None
) -> Callable[[str | Document], Document]:
    """Load what the stages up to `goal` need and return the function that runs them on one page or record.

    `options` holds values per stage: `{"strip": {"keep": ["byline"]}}`. The function takes the text of a page,
    or a `Document` that earlier stages have been through; it raises `DocumentError` when the stages can't
    process it and `UsageError` for options that do not fit. A goal that is no stage is a `ValueError`.
    """
    run = Plan(goal, options).open(Lexicons(lexicons))

    def process(page: str | Document) -> Document:
        if isinstance(page, str):
            page = from_record(msgspec.json.encode({"text": page}), "-")
        return run(page)

    return process


def process(paths: Iterable[str | Path], goal: str, *, jobs: int = 1, **job: Any) -> Iterator[Document | Failure]:
    """Run the stages up to `goal` over files and folders; yield a document or a failure per input, in order.

    Further arguments are those of `Job`: options, lexicons, encoding, max_bytes. With `jobs` above one, worker
    processes are started, so the calling script needs the usual `if __name__ == "__main__":`.
    """
    work = Job(goal=goal, **job)
    tasks = Reader(work.max_bytes).tasks([str(path) for path in paths])
    for result in executor.run(work, tasks, jobs):
        yield result if isinstance(result, Failure) else loads(result.data)
