"""What a worker does with one task: load it, run the plan, write the result as bytes. The same for any engine."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Any

import msgspec

from hocbac_nlp.document import Document, dumps
from hocbac_nlp.errors import DocumentError, Failure, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running import reader
from hocbac_nlp.running.reader import Task
from hocbac_nlp.stage import Plan
from hocbac_nlp.views import rows


class Done(msgspec.Struct, frozen=True):
    """A document that went well: its lines of JSONL (`--rows` may give none, or many)."""

    id: str
    data: bytes


Result = Done | Failure


class Job(msgspec.Struct, frozen=True):
    """Everything a worker needs to know; plain values, so that it can be sent to another process or machine.

    A record is written as a line of JSONL, as the rows of one layer (`rows`), or by a `view`: the module of that
    name, with a function `open(lexicons, view_options)` that returns a function from documents to bytes.
    Without `redo`, records that have been through the goal are passed on as they are.
    """

    goal: str
    options: Mapping[str, Mapping[str, Any]] = {}
    lexicons: str | None = None
    encoding: str | None = None
    max_bytes: int = 16 << 20
    rows: str | None = None
    fields: tuple[str, ...] = ()
    view: str | None = None
    view_options: Mapping[str, Any] = {}
    redo: bool = True

    def open(self) -> Callable[[Task], Result]:
        """Load lexicons and return the function that works on one task. It raises `UsageError` alone."""
        lexicons = Lexicons(Path(self.lexicons) if self.lexicons else None)
        process = Plan(self.goal, self.options, self.redo).open(lexicons)
        write = self._writer(lexicons)

        def work(task: Task) -> Result:
            if task.failure:
                return task.failure
            try:
                document = process(reader.load(task, self.max_bytes, self.encoding, lexicons))
                return Done(document.id, write(document))
            except UsageError:
                raise
            except DocumentError as error:
                return Failure(reader.document_id(task), error.stage, error.code, str(error))
            except Exception as error:  # a defect of ours must not cost the other documents
                return Failure(reader.document_id(task), self.goal, "internal", _defect(error))

        return work

    def _writer(self, lexicons: Lexicons) -> Callable[[Document], bytes]:
        if self.view:
            view: Callable[[Document], bytes] = import_module(f"hocbac_nlp.{self.view}").open(
                lexicons, self.view_options
            )
            return view
        return rows.writer(self.rows, self.fields) if self.rows or self.fields else _line


def _line(document: Document) -> bytes:
    return dumps(document) + b"\n"


def _defect(error: Exception) -> str:
    where = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno}); please report this"
