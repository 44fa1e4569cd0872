"""From data to one HTML file: the parts in `static`, put together, and a policy that forbids any request."""

import csv
import html
import io
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from string import Template

import msgspec

SCRIPTS = ("data.js", "dom.js", "dialog.js", "tables.js", "plots.js", "sections.js", "figures.js", "page.js")
"""The parts of the page's script, in order."""


def page(title: str | None, data: str, texts: str) -> bytes:
    """The report: `data` and `texts` are packed JSON. Same data, same bytes."""
    style = _part("report.css")
    words = msgspec.json.encode(_words()).decode().replace("<", "\\u003c")
    script = '(() => {\n"use strict";\nconst WORDS = ' + words + ";\n"
    script += "\n".join(map(_part, SCRIPTS)) + "})();\n"
    return (
        Template(_part("template.html"))
        .substitute(
            title=html.escape(title or "hocbac-nlp"),
            policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}",
            style=style,
            script=script,
            data=data,
            texts=texts,
        )
        .encode()
    )


def _part(name: str) -> str:
    return (files("hocbac_nlp.report") / "static" / name).read_text(encoding="utf-8")


def _words() -> dict[str, dict[str, str]]:
    """The words of the interface by language, from `words.tsv`: a key, then a column per language."""
    rows = list(csv.DictReader(io.StringIO(_part("words.tsv")), delimiter="\t", quoting=csv.QUOTE_NONE))
    return {language: {row["key"]: row[language] for row in rows} for language in ("en", "vi")}


def _hash(source: str) -> str:
    """The source that a content security policy allows, by its digest."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
