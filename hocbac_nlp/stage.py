"""Stages and plans: what each stage assigns, and which ones a command has to run on a record.

A stage is a module with a function `open(lexicons, options)` that loads what the stage needs (once per
worker) and returns a step: a plain function that assigns the stage's layers on one document.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from hocbac_nlp import __version__
from hocbac_nlp.document import LAYERS, Document, StageRun
from hocbac_nlp.errors import DocumentError, UsageError
from hocbac_nlp.lexicon import Lexicons

Options = Mapping[str, Any]
Step = Callable[[Document], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline: the module of the same name, and the layers it assigns."""

    name: str

    @property
    def assigns(self) -> tuple[str, ...]:
        """The record's fields that this stage writes."""
        return tuple(name for name, layer in LAYERS.items() if layer.stage == self.name)

    def open(self, lexicons: Lexicons, options: Options) -> Step:
        """Load the stage's models and lexicons and return its step."""
        step: Step = import_module(f"hocbac_nlp.{self.name}").open(lexicons, options)
        return step


def recorded(options: Options) -> dict[str, Any]:
    """A stage's options as records name them: a model by the digest of its files, wherever its folder lies."""
    if "ner_model" not in options:
        return dict(options)
    from hocbac_nlp.naming.ner_model import digest

    return {**options, "ner_model": digest(options["ner_model"])}


STAGES = tuple(Stage(name) for name in ("strip", "segment", "extract", "keywords"))
NAMES = tuple(stage.name for stage in STAGES)


class Plan:
    """What a command does to each record: the stages up to `goal` that the record lacks, and `goal` itself.

    `options` holds, per stage, the options that the user gave. An option for a stage that a record has
    already been through raises `UsageError`, for it could not have its effect. Without `redo`, a record that has
    been through `goal` is passed on as it is: for commands that look at records rather than make them.
    """

    def __init__(self, goal: str, options: Mapping[str, Options] | None = None, redo: bool = True) -> None:
        self.goal = goal
        self.redo = redo
        self.options = {name: dict(values) for name, values in (options or {}).items() if values}
        self.stages = STAGES[: NAMES.index(goal) + 1]

    def open(self, lexicons: Lexicons) -> Callable[[Document], Document]:
        """Return the function that runs the plan; each stage is opened when the first record needs it."""
        steps: dict[str, Step] = {}

        def run(document: Document) -> Document:
            for stage in self._missing(document):
                if stage.name not in steps:
                    steps[stage.name] = stage.open(lexicons, self.options.get(stage.name, {}))
                _enter(document, stage)
                try:
                    steps[stage.name](document)
                except DocumentError as error:
                    error.stage = stage.name
                    raise
                document.stages = [
                    *document.stages,
                    StageRun(stage.name, __version__, lexicons.digest, recorded(self.options.get(stage.name, {}))),
                ]
            return document

        return run

    def _missing(self, document: Document) -> tuple[Stage, ...]:
        """The stages to run: from the first that the record lacks, or from the goal if it is to be redone.

        `strip` is never redone: the page that it read is gone.
        """
        done = [run.name for run in document.stages]
        for at, stage in enumerate(self.stages):
            if stage.name not in done or (stage.name == self.goal and at > 0 and self.redo):
                return self.stages[at:]
            if stage.name in self.options:
                given = ", ".join(f"--{name.replace('_', '-')}" for name in self.options[stage.name])
                raise UsageError(
                    f"{document.id}: {given} belongs to {stage.name}, which this record has been through; "
                    "start from the page"
                )
        return ()


def _enter(document: Document, stage: Stage) -> None:
    """Forget the layers of `stage` and of the stages after it, and that they ran."""
    later = STAGES[NAMES.index(stage.name) :]
    names = {one.name for one in later}
    document.stages = [run for run in document.stages if run.name not in names]
    for one in later:
        for field in one.assigns:
            if one.name != "strip":
                document.drop(field)
