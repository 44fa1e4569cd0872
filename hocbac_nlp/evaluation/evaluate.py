"""Evaluation: records against gold, summed over documents, with bootstrap confidence intervals."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from hocbac_nlp.errors import DocumentError, UsageError
from hocbac_nlp.evaluation.gold import Gold, Item, read
from hocbac_nlp.evaluation.scoring import Score, score
from hocbac_nlp.running.work import Done

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from rich.console import RenderableType

RESAMPLES = 1000
SEED = 1
LEVEL = 0.95

Row = dict[str, Any]


@dataclass
class Evaluation:
    """Takes records one by one and scores those that have a gold; the others are counted in `without_gold`."""

    folder: Path
    scores: dict[str, Score] = field(default_factory=dict)
    without_gold: int = 0

    def __post_init__(self) -> None:
        self.golds: dict[str, Gold] = {gold.stem: gold for gold in read(self.folder)}

    @property
    def goal(self) -> str:
        """The stage up to which records are needed."""
        return "extract" if any(gold.layers for gold in self.golds.values()) else "strip"

    def take(self, done: Done) -> None:
        """Score a record. It belongs to the gold that is named like its page (or its id), without the suffix."""
        record = msgspec.json.decode(done.data)
        path = (record.get("source") or {}).get("path") or record["id"]
        gold = self.golds.get(Path(path.removesuffix(".gz").removesuffix(".zst")).stem)
        if gold is None:
            self.without_gold += 1
            return
        if gold.stem in self.scores:
            raise DocumentError("collision", f"a record for {gold.stem} has come before this one")
        try:
            self.scores[gold.stem] = score(gold, record)
        except (AttributeError, KeyError, TypeError) as error:  # the gold was checked when it was read
            raise DocumentError("bad_json", f"a layer is damaged ({type(error).__name__}: {error})") from error

    def finish(self) -> tuple[list[Row], list[Item]]:
        """The rows of figures, and the list of mistakes. A gold without a record counts as all missed.

        Raises `UsageError` when no record has a gold.
        """
        if not self.scores:
            raise UsageError(f"no record has a gold in {self.folder}: they are paired by the name of the page")
        for stem, gold in self.golds.items():
            if stem not in self.scores:
                gold.from_page = True
                missing = self.scores[stem] = score(gold, {"text": "", "blocks": []})
                missing.note("document", "no record", "")
        scores = [self.scores[stem] for stem in sorted(self.scores)]
        mistakes = [{"id": stem, **one} for stem in sorted(self.scores) for one in self.scores[stem].mistakes]
        return list(figures(scores)), mistakes


def figures(scores: list[Score]) -> Iterator[Row]:
    """One row per layer, then one per attribute: `precision`, `recall`, `f1` or `share`, each with its interval.

    The intervals (`…_low`, `…_high`) hold 95 % of the values over 1,000 resamples of the documents; they are null
    for one document. A figure that divides by nothing is 0, as is usual for precision and recall.
    """
    weights = _resamples(len(scores))
    for name in _names(one.layers for one in scores):
        counts = [one.layers.get(name, [0, 0, 0]) for one in scores]
        tp, fp, fn = (sum(column) for column in zip(*counts, strict=True))
        row = {"measure": name, "precision": _share(tp, tp + fp), "recall": _share(tp, tp + fn)}
        row["f1"] = _share(2 * tp, 2 * tp + fp + fn)
        sums = weights @ _array(counts)
        tps, fps, fns = sums[:, 0], sums[:, 1], sums[:, 2]
        row |= _interval("precision", tps, tps + fps, len(scores))
        row |= _interval("recall", tps, tps + fns, len(scores))
        row |= _interval("f1", 2 * tps, 2 * tps + fps + fns, len(scores))
        yield row | {"tp": tp, "fp": fp, "fn": fn}
    for name in _names(one.attributes for one in scores):
        pairs = [one.attributes.get(name, [0, 0]) for one in scores]
        right, of = (sum(column) for column in zip(*pairs, strict=True))
        sums = weights @ _array(pairs)
        row = {"measure": name, "share": _share(right, of)}
        yield row | _interval("share", sums[:, 0], sums[:, 1], len(scores)) | {"right": right, "of": of}


def _names(counts: Iterator[dict[str, list[int]]]) -> list[str]:
    """The measures in the order of the documents' own; what only some of them have is sorted in behind."""
    names: dict[str, None] = {}
    for one in counts:
        names.update(dict.fromkeys(one))
    return sorted(names, key=lambda name: (_ORDER.index(name.split(" ")[0]), name))


_ORDER = (
    *("content", "lines", "line", "meta", "entities", "entity", "persons"),
    *("references", "reference", "times", "statistics", "statistic"),
)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0


def _array(counts: list[list[int]]) -> "npt.NDArray[np.int64]":
    import numpy as np

    return np.array(counts, dtype=np.int64)


def _resamples(documents: int) -> "npt.NDArray[np.int64]":
    """How often each document is drawn in each resample. Python's generator: its numbers stay the same for ever."""
    import numpy as np

    draw = random.Random(SEED)
    rows = [
        np.bincount([int(draw.random() * documents) for _ in range(documents)], minlength=documents)
        for _ in range(RESAMPLES)
    ]
    return np.array(rows, dtype=np.int64)


def _interval(name: str, parts: Any, wholes: Any, documents: int) -> Row:
    """The middle 95 % of the shares; resamples in which there is nothing to divide by are left out."""
    import numpy as np

    shares = parts[wholes > 0] / wholes[wholes > 0]
    if documents < 2 or not len(shares):
        return {f"{name}_low": None, f"{name}_high": None}
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {f"{name}_low": round(float(low), 6), f"{name}_high": round(float(high), 6)}


def tables(rows: list[Row]) -> Iterator["RenderableType"]:
    """The figures for people to read."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    layers = Table("layer", box=SIMPLE_HEAD, pad_edge=False)
    attributes = Table("attribute", box=SIMPLE_HEAD, pad_edge=False)
    for name in ("precision", "recall", "F1", "95 %", "tp", "fp", "fn"):
        layers.add_column(name, justify="right", no_wrap=True)
    for name in ("share", "95 %", "right", "of"):
        attributes.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        if "f1" in row:
            shares = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
            numbers = (f"{row[name]:,}" for name in ("tp", "fp", "fn"))
            layers.add_row(row["measure"], *shares, _between(row["f1_low"], row["f1_high"]), *numbers)
        else:
            between = _between(row["share_low"], row["share_high"])
            attributes.add_row(row["measure"], f"{row['share']:.3f}", between, f"{row['right']:,}", f"{row['of']:,}")
    yield from (table for table in (layers, attributes) if table.row_count)


def _between(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:.3f}–{high:.3f}"
