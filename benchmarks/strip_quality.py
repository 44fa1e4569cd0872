"""How well `strip` reads pages with gold: precision and recall of each role, content, metadata, speed.

usage: python benchmarks/strip_quality.py GOLD_DIR [PAGES_DIR] [--errors]

GOLD_DIR holds one JSON file per page: `{"meta": {"title", "published", "author", "author_role", "section"},
"lines": [{"line": n, "label": role}, …]}`, lines counted from 1 over the page split at LF. The pages are the
files of the same stem with the suffix `.txt` or `.html` in PAGES_DIR (default: the parent of GOLD_DIR); for
HTML the lines are those of the text that `hocbac-nlp page` prints.
"""

import json
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from hocbac_nlp import strip
from hocbac_nlp.document import Document, Role, Source
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.html import render
from hocbac_nlp.stripping.lines import visible

ROLES: tuple[str, ...] = get_args(Role)
FIELDS = ("title", "published", "author", "author_role", "section")


def read(path: Path) -> Document:
    """The page at `path` as the document that `strip` takes."""
    page = unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig"))
    document = Document({"schema": "hocbac/1", "id": path.name, "source": Source(), "stages": [], "text": page})
    if path.suffix == ".html":
        rendered = render(page)
        document.text, document.hints = rendered.text, rendered.hints
    document.page = document.text
    return document


def line_roles(document: Document) -> dict[int, str]:
    """Line number -> role, for the non-blank lines of the page."""
    assert document.page is not None
    roles: dict[int, str] = {}
    at, blocks = 0, iter(document.blocks)
    block = next(blocks, None)
    for number, line in enumerate(document.page.split("\n"), 1):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            while block is not None and block.source_end <= start:
                block = next(blocks, None)
            roles[number] = block.role if block is not None else "none"
        at += len(line) + 1
    return roles


def metadata(document: Document) -> dict[str, Any]:
    """The record's metadata in the form of the gold."""
    values: dict[str, Any] = {field: getattr(document, field) for field in FIELDS if field != "author"}
    values["author"] = sorted(document.authors)
    return values


def wanted(meta: dict[str, Any]) -> dict[str, Any]:
    """The gold's metadata, names in a list."""
    names = re.split(r"[;,/&]| - | – | và ", meta.get("author") or "")
    return {**{field: meta.get(field) for field in FIELDS}, "author": sorted(n.strip() for n in names if n.strip())}


def same(field: str, want: Any, got: Any) -> bool:
    """Whether two values agree: a date as precisely as the gold has it, strings as they look."""
    if field == "author":
        return [visible(one) for one in want] == [visible(one) for one in got]
    if not want or not got:
        return bool(want) == bool(got)
    want = unicodedata.normalize("NFC", want)
    return visible(want) == visible(got[: len(want)] if field == "published" and len(want) <= 10 else got)


def main(arguments: list[str]) -> None:
    folders = [Path(one) for one in arguments if not one.startswith("--")]
    gold, pages = folders[0], folders[1] if len(folders) > 1 else folders[0].parent
    step = strip.open(Lexicons(), {})
    hits, got_of, want_of, content = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    fields: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    spent, read_pages = 0.0, 0
    for path in sorted(gold.glob("*.json")):
        source = next((p for s in (".txt", ".html") if (p := pages / (path.stem + s)).exists()), None)
        if source is None:
            continue
        annotation = json.loads(path.read_text(encoding="utf-8"))
        document = read(source)
        page_lines = document.text.split("\n")
        begun = time.process_time()
        step(document)
        spent += time.process_time() - begun
        read_pages += 1
        roles = line_roles(document)
        for item in annotation["lines"]:
            number, want = item["line"], item["label"]
            got, size = roles.get(number, "none"), len(page_lines[number - 1].strip())
            want_of[want] += 1
            got_of[got] += 1
            hits[want] += want == got
            content[f"{want in strip.KEPT}{got in strip.KEPT}"] += size
            if want != got and "--errors" in arguments:
                print(f"{path.stem}\t{want} != {got}\t{page_lines[number - 1].strip()[:100]}")
        shown = metadata(document)
        for field, want in wanted(annotation["meta"]).items():
            got = shown[field]
            fields[field]["right" if same(field, want, got) else "wrong"] += 1
            if want:
                fields[field]["there"] += 1
                fields[field]["found"] += same(field, want, got)
            else:
                fields[field]["invented"] += bool(got)
            if not same(field, want, got) and "--errors" in arguments:
                print(f"{path.stem}\t{field}\t{want!r} != {got!r}")
    report(hits, got_of, want_of, content, fields, read_pages, spent)


def report(
    hits: Counter[str],
    got_of: Counter[str],
    want_of: Counter[str],
    content: Counter[str],
    fields: dict[str, Counter[str]],
    pages: int,
    spent: float,
) -> None:
    """Print the tables, as Markdown."""
    print("\n| role | lines | precision | recall | F1 |\n|---|---:|---:|---:|---:|")
    scores = []
    for role in ROLES:
        if not want_of[role]:
            continue
        precision = hits[role] / (got_of[role] or 1)
        recall = hits[role] / want_of[role]
        scores.append(2 * precision * recall / ((precision + recall) or 1))
        print(f"| {role} | {want_of[role]} | {precision:.3f} | {recall:.3f} | {scores[-1]:.3f} |")
    lines = sum(want_of.values())
    print(f"| all, macro F1 | {lines} | | | {sum(scores) / len(scores):.3f} |")
    print(f"\nlines right: {sum(hits.values())}/{lines} = {sum(hits.values()) / lines:.3f}")
    kept, lost, extra = content["TrueTrue"], content["TrueFalse"], content["FalseTrue"]
    precision, recall = kept / ((kept + extra) or 1), kept / ((kept + lost) or 1)
    dropped = content["FalseFalse"] / ((content["FalseFalse"] + extra) or 1)
    print(
        f"content, in characters: precision {precision:.4f}, recall {recall:.4f}, "
        f"F1 {2 * precision * recall / ((precision + recall) or 1):.4f}; not content dropped {dropped:.4f}"
    )
    print("\n| metadata | right | of | found where shown | invented where not |\n|---|---:|---:|---:|---:|")
    for field, count in fields.items():
        total = count["right"] + count["wrong"]
        found = f"{count['found']}/{count['there']}"
        print(f"| {field} | {count['right']} | {total} | {found} | {count['invented']}/{total - count['there']} |")
    print(f"\n{pages} pages, {60 * pages / (spent or 1):,.0f} a minute on one core")


if __name__ == "__main__":
    main(sys.argv[1:])
