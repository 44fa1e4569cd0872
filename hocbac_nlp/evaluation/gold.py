"""Gold annotations: a folder of JSON files, or of brat's `.ann` files with their `.txt`.

The JSON has one file per document: `{"id", "meta": {…}, "lines": [{"line", "label"}], "entities": […], …}`, with
offsets that count code points of the page as it is stored. brat's offsets count in the `.txt` beside the `.ann`: a
page, or the clean text of a record. What a gold does not have (a layer, the line roles, an attribute) is not asked.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hocbac_nlp.errors import UsageError

Item = dict[str, Any]
LAYERS = ("entities", "references", "times", "statistics", "persons")

_ASKED = {
    "references": ("type", "number", "code", "issuer", "date", "term"),
    "times": ("value",),
    "statistics": ("kind", "value", "low", "high", "relation", "unit", "change", "of"),
}
"""What JSON gold says of each item; a member left out there is null."""


@dataclass
class Gold:
    """The gold of one document; `text` is what its offsets count in, in NFC."""

    stem: str
    text: str
    layers: dict[str, list[Item]]
    lines: list[Item] | None = None
    meta: Item | None = None
    from_page: bool = field(default=True)
    """Whether `text` is known to be the page; else it may be the clean text as well."""


def read(folder: Path) -> list[Gold]:
    """Read the gold of all documents in a folder. Raises `UsageError` for what is no gold, or lacks its text."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; GOLD is a folder of .json files, or of brat's .ann and .txt")
    standoff = sorted(folder.rglob("*.ann"))
    if standoff:
        golds = [_from_brat(path, folder) for path in standoff]
        annotated = {layer for gold in golds for layer, items in gold.layers.items() if items}
        for gold in golds:
            gold.layers = {layer: items for layer, items in gold.layers.items() if layer in annotated}
    else:
        golds = [_from_json(path) for path in sorted(folder.glob("*.json"))]
    if not golds:
        raise UsageError(f"{folder}: holds no gold: no .json files, and no .ann files")
    stems = [gold.stem for gold in golds]
    if twice := next((stem for stem in stems if stems.count(stem) > 1), None):
        raise UsageError(f"{folder}: two gold files for {twice}")
    return golds


def _from_json(path: Path) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        stored = _page(path)
        layers = {layer: data[layer] for layer in LAYERS if layer in data}
        for layer, items in layers.items():
            for item in items:
                item["start"], item["end"] = int(item["start"]), int(item["end"])
                if layer == "entities":
                    item.setdefault("label", item.get("type"))
                for name in _ASKED.get(layer, ()):
                    item.setdefault(name)
        lines = (
            [{"line": int(one["line"]), "label": str(one["label"])} for one in data["lines"]]
            if "lines" in data
            else None
        )
        gold = Gold(path.stem, stored, layers, lines, data.get("meta"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: can't be read as gold ({type(error).__name__}: {error})") from error
    return _composed(gold)


def _page(gold: Path) -> str:
    """The page of a gold file: NAME.txt beside it, beside its folder, or in a folder beside its folder."""
    name, home = f"{gold.stem}.txt", gold.parent.resolve().parent
    for path in (gold.with_name(name), home / name, *sorted(home.glob(f"*/{name}"))):
        if path.is_file():
            return path.read_bytes().decode("utf-8-sig")
    raise UsageError(f"{gold}: its page is missing; looked for {name} beside it, in {home} and in the folders there")


def _from_brat(path: Path, folder: Path) -> Gold:
    """Text-bound annotations, posts by relation, and the JSON notes that `export --to brat` writes."""
    try:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8-sig")
        bound: dict[str, Item] = {}
        notes: dict[str, Item] = {}
        posts: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, *rest = line.split("\t")
            if kind.startswith("T"):
                label, where = rest[0].split(" ", 1)
                start, end = int(where.split()[0]), int(where.split()[-1])
                bound[kind] = {"type": label, "start": start, "end": end, "text": text[start:end]}
            elif kind.startswith("R"):
                arguments = dict(part.split(":") for part in rest[0].split()[1:])
                posts[arguments["Arg1"]] = arguments["Arg2"]
            elif kind.startswith("#") and len(rest) > 1 and rest[1].startswith("{"):
                notes[rest[0].split()[1]] = json.loads(rest[1])
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise UsageError(f"{path}: can't be read as brat's ({type(error).__name__}: {error})") from error
    layers: dict[str, list[Item]] = {layer: [] for layer in LAYERS}
    for layer, item in _typed(bound, notes, posts):
        layers[layer].append(item)
    return _composed(Gold(path.stem, text, layers, from_page=False))


def _typed(bound: dict[str, Item], notes: dict[str, Item], posts: dict[str, str]) -> Iterator[tuple[str, Item]]:
    from hocbac_nlp.views.brat import TYPES

    layer_of = {type: layer for layer, type in TYPES.items()}
    for key, found in sorted(bound.items(), key=lambda pair: (pair[1]["start"], pair[1]["end"])):
        place = {name: found[name] for name in ("text", "start", "end")}
        layer = layer_of.get(found["type"])
        if found["type"] in ("PER", "ORG", "LOC"):
            yield "entities", place | {"label": found["type"]}
        elif layer == "persons" and posts.get(key) in bound:
            yield layer, place | {"name": found["text"], "role": bound[posts[key]]["text"]}
        elif layer and layer != "persons":
            yield layer, place | {name: notes.get(key, {}).get(name) for name in _ASKED[layer] if key in notes}


def _check(gold: Gold, stored: str) -> None:
    """Refuse offsets and line numbers that do not fit the text: figures from a misplaced gold mean nothing."""
    for layer, items in gold.layers.items():
        for item in items:
            there = stored[item["start"] : item["end"]]
            if item.setdefault("text", there) != there:
                raise UsageError(f"{gold.stem}: {layer} has {item['text']!r} where the text has {there!r}")
    last = stored.count("\n") + 1
    for one in gold.lines or ():
        if not 1 <= one["line"] <= last:
            raise UsageError(f"{gold.stem}: lines has line {one['line']}; the page has {last}")


def _composed(gold: Gold) -> Gold:
    """The gold in NFC, its offsets with it."""
    stored, gold.text = gold.text, unicodedata.normalize("NFC", gold.text)
    _check(gold, stored)
    if stored != gold.text:
        for item in (item for items in gold.layers.values() for item in items):
            for name, value in item.items():
                if name in ("start", "end"):
                    item[name] = len(unicodedata.normalize("NFC", stored[:value]))
                elif isinstance(value, str):
                    item[name] = unicodedata.normalize("NFC", value)
    return gold
