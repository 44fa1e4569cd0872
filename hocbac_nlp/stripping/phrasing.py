"""Lexicon phrases as regular expressions."""

import re
from collections.abc import Iterable, Mapping, Sequence

from hocbac_nlp.alternatives import any_of


def by_kind(rows: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    """The phrases of a lexicon with the columns `phrase` and `kind`, lower case, by kind."""
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(row["phrase"].lower())
    return kinds


def whole(phrases: Sequence[str]) -> re.Pattern[str]:
    """An expression that matches any of `phrases` as whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{any_of(phrases)})(?!\w)", re.IGNORECASE)
