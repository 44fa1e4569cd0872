"""CRF models in CRFsuite's file format: their labels, attributes and weights.

The layout is that of CRFsuite's `crf1d_model.c` and `cqdb.c` (little-endian): a header, the features (a state
feature weighs an attribute for a label, a transition feature a label after a label), then two tables of names.
"""

import re
import struct
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from hocbac_nlp.errors import FatalError

Floats = npt.NDArray[np.float64]

MARGIN = 1e-6
"""Scores closer than this count as a tie: sums are taken in another order than underthesea's, which can move
their last digits. A sentence with a tie is left to underthesea's own tagger."""

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_STATE, _TRANSITION = 0, 1
_HEAD = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](?:\[(\d)\])?(?:\.(\w+))?")


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """What a model looks at, as underthesea names it (`T[-1,0].lower=hà nội`), and its row in the weights.

    `function` of the tokens from `first` to `last` (counted from the one in question) in `column` is `value`.
    """

    first: int
    last: int
    column: int
    function: str
    value: str
    row: int


class Model:
    """A model file: `labels`, `attributes`, `weights[attribute, label]`, `transitions[from, to]`.

    Raises `FatalError` when the file is not in the format.
    """

    def __init__(self, path: str) -> None:
        data = Path(path).read_bytes()
        try:
            at_features, at_labels, at_attributes = _HEADER.unpack_from(data)[7:10]
            (count,) = struct.unpack_from("<I", data, at_features + 8)
            features = np.frombuffer(data, _FEATURE, count, at_features + 12)
            self.labels = _names(data, at_labels)
            self.attributes = _attributes(_names(data, at_attributes))
            self.weights = _table(features[features["type"] == _STATE], len(self.attributes), len(self.labels))
            self.transitions = _table(features[features["type"] == _TRANSITION], len(self.labels), len(self.labels))
        except (struct.error, ValueError, IndexError) as error:
            raise FatalError(f"{path} is no CRFsuite model ({error}); install underthesea again") from error


def _table(features: npt.NDArray[np.void], rows: int, columns: int) -> Floats:
    table: Floats = np.zeros((rows, columns))
    table[features["source"], features["label"]] = features["weight"]
    return table


def _names(data: bytes, at: int) -> list[str]:
    """The strings of a table, in the order of their numbers."""
    count, index = struct.unpack_from("<II", data, at + 16)
    names = []
    for offset in struct.unpack_from(f"<{count}I", data, at + index):
        (size,) = struct.unpack_from("<I", data, at + offset + 4)
        names.append(data[at + offset + 8 : at + offset + 7 + size].decode())
    return names


def _attributes(names: list[str]) -> list[Attribute]:
    heads: dict[str, tuple[int, int, int, str]] = {}
    attributes = []
    for row, name in enumerate(names):
        head, _, value = name.partition("=")
        if head not in heads:
            heads[head] = _parse(head)
        attributes.append(Attribute(*heads[head], value, row))
    return attributes


def _parse(head: str) -> tuple[int, int, int, str]:
    match = _HEAD.fullmatch(head)
    if match is None:
        raise ValueError(f"unknown attribute {head!r}")
    first, last, column, function = match.groups()
    return int(first), int(last or first), int(column or 0), function or ""
