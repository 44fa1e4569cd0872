"""A record against the gold of its document: what is right, what is missed, what is there and should not be.

Only items on content lines are asked for; items that no gold item matches count as spurious there, unless they are
marked `relative` or `vague`. Items match by: entities, span and label; references, type and number of overlapping
spans; times, value; statistics, kind and values; persons, name and post. Matching is greedy and one to one, in the
order of the gold.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hocbac_nlp.errors import UsageError
from hocbac_nlp.evaluation.gold import Gold, Item
from hocbac_nlp.evaluation.matching import (
    Span,
    folded,
    half_same,
    names_of,
    overlap,
    same_reference,
    same_statistic,
    span,
)
from hocbac_nlp.strip import KEPT

CONTENT = "content (chars)"


@dataclass
class Score:
    """The counts of one document: per layer true and false positives and false negatives; per attribute right, of."""

    layers: dict[str, list[int]] = field(default_factory=dict)
    attributes: dict[str, list[int]] = field(default_factory=dict)
    mistakes: list[Item] = field(default_factory=list)

    def count(self, layer: str, hits: int = 0, spurious: int = 0, missed: int = 0) -> None:
        """Add to the counts of a layer."""
        counts = self.layers.setdefault(layer, [0, 0, 0])
        for at, number in enumerate((hits, spurious, missed)):
            counts[at] += number

    def ask(self, attribute: str, right: bool, text: str, gold: Any, found: Any) -> None:
        """Count one value of an attribute."""
        counts = self.attributes.setdefault(attribute, [0, 0])
        counts[0] += right
        counts[1] += 1
        if not right:
            self.note(attribute, "wrong", text, gold, found)

    def note(self, measure: str, error: str, text: str, gold: Any = None, found: Any = None) -> None:
        """Keep a mistake for the list."""
        self.mistakes.append({"measure": measure, "error": error, "text": text, "gold": gold, "found": found})


def score(gold: Gold, record: Item) -> Score:
    """Score a record (as plain JSON data) against its gold.

    Raises `UsageError` when the gold's text is neither the page of the record nor its clean text.
    """
    document = _Document(gold, record)
    if gold.lines is not None:
        document.lines(gold.lines)
    if gold.meta is not None:
        document.metadata(gold.meta)
    for layer in gold.layers:
        getattr(document, layer)()
    return document.score


class _Document:
    """One document under scoring. `content` holds the spans of the gold's content lines; None is everywhere."""

    def __init__(self, gold: Gold, record: Item) -> None:
        self.gold, self.record, self.score = gold, record, Score()
        self.blocks: list[Item] = record.get("blocks", [])
        self.clean = not gold.from_page and record.get("text") == gold.text
        self.content: list[Span] | None = None
        if not gold.from_page and not self.clean and not self._is_page():
            raise UsageError(f"{gold.stem}: the gold's .txt is neither the page of this record nor its clean text")

    def _is_page(self) -> bool:
        kept = [block for block in self.blocks if block.get("start") is not None]
        return all(
            self.gold.text[one["source_start"] : one["source_end"]] == self.record["text"][one["start"] : one["end"]]
            for one in kept
        )

    # --- lines and metadata -----------------------------------------------------------------------------------

    def lines(self, wanted: list[Item]) -> None:
        """Compare the role of every line, and count the characters of content kept and dropped."""
        starts, lines = _line_starts(self.gold.text)
        self.content = []
        captions: set[str] = set()
        last = None
        for one in wanted:
            number, role = one["line"], one["label"]
            start, line = starts[number - 1], lines[number - 1]
            end, text = start + len(line), line.strip()
            block = self._block_at(start, end)
            found = block["role"] if block else "none"
            kept = block is not None and block.get("start") is not None
            repeated = block is not None and block.get("duplicate_of") is not None
            is_content = role in KEPT
            self._content(text, role, found, is_content, kept or (is_content and repeated))
            self._role(text, role, found)
            again = role == "caption" and text in captions
            if role == "caption":
                captions.add(text)
            if is_content and not again:
                if self.content and self.content[-1][1] + 1 == start and last == role:  # lines of one paragraph
                    self.content[-1] = (self.content[-1][0], end)
                else:
                    self.content.append((start, end))
                last = role

    def _block_at(self, start: int, end: int) -> Item | None:
        """The block that covers most of a line."""
        best, cover = None, 0
        for block in self.blocks:
            common = min(end, block["source_end"]) - max(start, block["source_start"])
            if common > cover:
                best, cover = block, common
        return best

    def _content(self, text: str, role: str, found: str, wanted: bool, kept: bool) -> None:
        if wanted and kept:
            self.score.count(CONTENT, hits=len(text))
        elif kept:
            self.score.count(CONTENT, spurious=len(text))
            self.score.note(CONTENT, "spurious", text, role, found)
        elif wanted:
            self.score.count(CONTENT, missed=len(text))
            self.score.note(CONTENT, "missed", text, role, found)

    def _role(self, text: str, role: str, found: str) -> None:
        self.score.ask("line role", role == found, text, role, found)
        if role == found:
            self.score.count(f"lines {role}", hits=1)
        else:
            self.score.count(f"lines {role}", missed=1)
            if found != "none":
                self.score.count(f"lines {found}", spurious=1)

    def metadata(self, wanted: Item) -> None:
        """Compare title, date, authors and the author's post; what the page does not show has to be null."""
        for name in ("title", "published", "author", "author_role"):
            gold, found = wanted.get(name), self.record.get("authors" if name == "author" else name)
            if name == "author":
                gold = sorted(map(folded, names_of(gold or "")))
                found = sorted(map(folded, found or []))
            elif name == "published" and gold and found:
                found = found[: len(gold)] if len(gold) <= 10 else re.sub(r"(?<=T\d\d:\d\d):00(?=\+)", "", found)
            same = gold == found if name == "author" else folded(gold or None) == folded(found or None)
            self.score.ask(f"meta {name}", same, name, gold, found)

    # --- items ------------------------------------------------------------------------------------------------

    def entities(self) -> None:
        """Entities, and each label apart."""
        gold, found = self._asked("entities"), self._found("entities")
        pairs = self._match("entities", gold, found, lambda g, p: span(g) == span(p) and g["label"] == p["label"])
        for g, p in pairs:
            if g.get("canonical"):
                right = p.get("canonical") == g["canonical"]
                self.score.ask("entity canonical", right, g["text"], g["canonical"], p.get("canonical"))
        for label in ("PER", "ORG", "LOC"):
            of_gold = [span(one) for one in gold if one["label"] == label]
            of_found = {span(one): one for one in found if one["label"] == label}
            number = sum(one["label"] == label for one in found)
            hits = sum(one in of_found for one in of_gold)
            self.score.count(f"entities {label}", hits, number - hits, len(of_gold) - hits)

    def references(self) -> None:
        """References, and what is known of each document."""
        for g, p in self._match("references", self._asked("references"), self._found("references"), same_reference):
            for name in ("code", "issuer", "date", "term"):
                if name in g and (g[name] or p.get(name)):
                    right = folded(g[name] or None) == folded(p.get(name) or None)
                    self.score.ask(f"reference {name}", right, g["text"], g[name], p.get(name))

    def times(self) -> None:
        """Times by their value."""

        def same(g: Item, p: Item) -> bool:
            return overlap(g, p) and (g["value"] == p.get("value") if "value" in g else span(g) == span(p))

        self._match("times", self._asked("times"), self._found("times"), same)

    def statistics(self) -> None:
        """Statistics, and the attributes of those that match."""
        for g, p in self._match("statistics", self._asked("statistics"), self._found("statistics"), same_statistic):
            if "relation" in g:
                right = g["relation"] == p.get("relation")
                self.score.ask("statistic relation", right, g["text"], g["relation"], p.get("relation"))
            if "unit" in g and (g["unit"] or p.get("unit")):
                self.score.ask("statistic unit", g["unit"] == p.get("unit"), g["text"], g["unit"], p.get("unit"))
            if "change" in g and (g["change"] or p.get("change")):
                change = p.get("change") and {name: p["change"].get(name) for name in ("direction", "mode")}
                self.score.ask("statistic change", g["change"] == change, g["text"], g["change"], change)
            if g.get("of"):
                right = half_same(g["of"], p.get("of") or "")
                self.score.ask("statistic of", right, g["text"], g["of"], p.get("of"))

    def persons(self) -> None:
        """Persons by name and post."""
        gold = [
            one
            for one in self.gold.layers["persons"]
            if self.content is None or any(start <= one["start"] < end for start, end in self.content)
        ]

        def same(g: Item, p: Item) -> bool:
            return (folded(g["name"]), folded(g["role"])) == (folded(p["name"]), folded(p["role"]))

        self._match("persons", gold, self._found("persons"), same)

    def _match(
        self, layer: str, gold: list[Item], found: list[Item], same: Callable[[Item, Item], bool]
    ) -> list[tuple[Item, Item]]:
        left, pairs = list(found), []
        for g in gold:
            at = next((at for at, p in enumerate(left) if same(g, p)), None)
            if at is None:
                self.score.count(layer, missed=1)
                self.score.note(layer, "missed", g["text"], gold=g)
            else:
                self.score.count(layer, hits=1)
                pairs.append((g, left.pop(at)))
        for p in left:
            if not (p.get("relative") or p.get("vague")):
                self.score.count(layer, spurious=1)
                self.score.note(layer, "spurious", p["text"], found=p)
        return pairs

    def _asked(self, layer: str) -> list[Item]:
        return [one for one in self.gold.layers[layer] if self._inside(one)]

    def _found(self, layer: str) -> list[Item]:
        """The record's items on content lines, with offsets into the gold's text."""
        out = []
        for item in self.record.get(layer) or []:
            shift = 0 if self.clean else self._shift(item["start"], item["end"])
            if shift is None or self.gold.text[item["start"] + shift : item["end"] + shift] != item["text"]:
                self.score.count(layer, spurious=1)
                self.score.note(layer, "misplaced", item["text"], found=item)
                continue
            item = item | {"start": item["start"] + shift, "end": item["end"] + shift}
            if self._inside(item):
                out.append(item)
        return out

    def _shift(self, start: int, end: int) -> int | None:
        for block in self.blocks:
            if block.get("start") is not None and block["start"] <= start and end <= block["end"]:
                shift: int = block["source_start"] - block["start"]
                return shift
        return None

    def _inside(self, item: Item) -> bool:
        return self.content is None or any(start <= item["start"] and item["end"] <= end for start, end in self.content)


def _line_starts(text: str) -> tuple[list[int], list[str]]:
    lines = text.split("\n")
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts, lines
