"""Tables as columns, in the codings that the page's `data.js` reads: they compress to a fraction of rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

Coding = Literal["plain", "deltas", "words"]
"""`plain` values; whole numbers as `deltas`, each the difference to the one before; values as `words`: each distinct
one once, and for every row its index."""

Layout = dict[str, Coding]

PLACE: Layout = {"start": "deltas", "length": "plain"}
"""Where an item stands in its article; only in reports that hold the articles."""

WRITTEN: Layout = {"text": "words"}
"""An item as it is written; only in reports that do not hold the articles, for its place says it there."""

LAYOUTS: dict[str, Layout] = {
    "documents": {
        "id": "plain",
        "title": "plain",
        "published": "words",
        "section": "words",
        "authors": "words",
        "characters": "plain",
        "size": "plain",
    },
    "stripped": {
        "role": "words",
        "rule": "words",
        "kept": "plain",
        "documents": "plain",
        "blocks": "plain",
        "characters": "plain",
    },
    "blocks": {"document": "deltas", "role": "words", **PLACE},
    "sentences": {"document": "deltas", **PLACE},
    "entities": {"document": "deltas", "label": "words", "name": "words", **PLACE},
    "persons": {"document": "deltas", "name": "words", "post": "words", **PLACE},
    "references": {"document": "deltas", "key": "words", "type": "words", **WRITTEN, **PLACE},
    "statistics": {
        "document": "deltas",
        "kind": "words",
        "value": "plain",
        "low": "plain",
        "high": "plain",
        "unit": "words",
        "relation": "words",
        "change": "words",
        "of": "words",
        "period": "words",
        "when": "words",
        "vague": "plain",
        **WRITTEN,
        **PLACE,
    },
    "terms": {
        "term": "plain",
        "count": "plain",
        "doc_freq": "plain",
        "keyness": "plain",
        "typical": "plain",
        "dp_norm": "plain",
    },
    "occurrences": {"term": "deltas", "document": "deltas", **PLACE},
}
"""The tables of a report and their columns. `document` and `term` are row numbers in those tables."""


class Table:
    """A table that is filled row by row."""

    def __init__(self, layout: Layout, articles: bool = True) -> None:
        """`articles` says whether the report holds them."""
        self._layout = layout
        self._left_out = WRITTEN if articles else PLACE
        self._columns: list[list[Any]] = [[] for _ in layout]

    def __len__(self) -> int:
        return len(self._columns[0])

    def add(self, row: Sequence[Any]) -> None:
        """Append a row: a value for each column of the layout."""
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)

    def coded(self) -> dict[str, Any]:
        """The columns that the report needs, by name, as the page reads them."""
        return {
            name: _CODINGS[coding](column)
            for (name, coding), column in zip(self._layout.items(), self._columns, strict=True)
            if name not in self._left_out
        }


def _plain(values: list[Any]) -> list[Any]:
    return values


def _deltas(values: Iterable[int]) -> dict[str, list[int]]:
    def differences() -> Iterator[int]:
        last = 0
        for value in values:
            yield value - last
            last = value

    return {"deltas": list(differences())}


def _words(values: Iterable[Any]) -> dict[str, list[Any]]:
    words: dict[Any, int] = {}
    at = [words.setdefault(value, len(words)) for value in values]
    return {"words": list(words), "at": at}


_CODINGS = {"plain": _plain, "deltas": _deltas, "words": _words}
