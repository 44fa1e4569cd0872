"""What went wrong: with the command (an exception that ends it) or with one document (a value that is reported).

Three things can fail, and each is handled in one place:

- `UsageError`: what the user asked for makes no sense; the command line prints it and exits with 2.
- `FatalError`: the run can't go on (the output can't be written, `--strict`); exit 1.
- `DocumentError`: one document can't be processed. Readers and stages raise it; the executor turns it
  into a `Failure`, reports it, and goes on with the other documents; exit 3 at the end.
"""

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "not_found",
    "no_pages",
    "unreadable",
    "empty",
    "binary",
    "encoding",
    "too_large",
    "bad_json",
    "no_text",
    "worker_killed",
    "collision",
    "internal",
]


class UsageError(Exception):
    """The command as given can't be carried out: one sentence that says what to change."""


class FatalError(Exception):
    """The whole run has to end: one sentence that says why and what to do."""


class DocumentError(Exception):
    """One document can't be processed: `code` for machines, the message for people.

    `stage` is filled in by the plan when a stage raised it.
    """

    stage = "read"

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code: Code = code


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be processed, as `--errors` writes it.

    `stage` is the stage that was running, or `read` when the input never became a document.
    """

    id: str
    stage: str
    code: Code
    message: str
