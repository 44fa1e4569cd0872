"""When an item of a record is the one that the gold asks for, and when two words are the same."""

import re
import unicodedata
from typing import Any

from hocbac_nlp.evaluation.gold import Item

Span = tuple[int, int]


def span(item: Item) -> Span:
    """The place of an item."""
    return item["start"], item["end"]


def overlap(a: Item, b: Item) -> bool:
    """Whether two items touch."""
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def same_reference(g: Item, p: Item) -> bool:
    """Whether type and number of overlapping references agree; without a type in the gold, whether the spans do."""
    if "type" not in g:
        return span(g) == span(p)
    return overlap(g, p) and g["type"].lower() == (p.get("type") or "").lower() and _number_of(g) == _number_of(p)


def _number_of(reference: Item) -> str:
    return str(reference.get("number") or reference.get("code") or "").lstrip("0")


def same_statistic(g: Item, p: Item) -> bool:
    """Whether kind and values of overlapping statistics agree; without a kind in the gold, whether the spans do."""
    if "kind" not in g:
        return span(g) == span(p)
    values = all(_near(g[name], p.get(name)) for name in ("value", "low", "high"))
    return overlap(g, p) and values and bool(g["kind"] == p.get("kind"))


def _near(gold: float | None, found: Any) -> bool:
    if gold is None or found is None:
        return gold is found
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return abs(gold - found) <= 1e-9 * max(1.0, abs(gold), abs(found))


def half_same(gold: str, found: str) -> bool:
    """Whether two phrases share at least half of all their words."""
    a, b = set(folded(gold).lower().split()), set(folded(found).lower().split())
    return len(a & b) * 2 >= len(a | b) > 0


def names_of(byline: str) -> list[str]:
    """The names that a byline of the gold joins."""
    return [name.strip() for name in re.split(r"[;,/&]| - | – | và ", byline) if name.strip()]


def folded(value: Any) -> Any:
    """NFC, without zero-width characters, white space as single spaces: for comparing words, not spans."""
    if not isinstance(value, str):
        return value
    text = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", unicodedata.normalize("NFC", value))
    return " ".join(text.split())
