"""Marks: one word for what the tags of an HTML page say of a line (`h1`, `menu`, `related`, `caption`, …)."""

import re
from collections.abc import Iterator

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.html import HtmlHints

Marks = list[frozenset[str]]

# Marks that make text furniture; they are not believed of an element that holds most of the page.
FURNITURE = frozenset(("menu", "share", "related", "comment", "footer", "nav", "ad", "tags"))
_MOST = 0.5

_TAGS = {
    "h1": "h1",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "nav": "nav",
    "footer": "footer",
    "aside": "related",
    "figcaption": "caption",
    "article": "article",
    "button": "share",
    "headline": "title",
}
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Marker:
    """Reads marks off the tags, and off the words of class and id names with `strip_html_marks.tsv`."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = {row["word"]: row["mark"] for row in lexicons.rows("strip_html_marks.tsv")}
        self._known: dict[str, frozenset[str]] = {}

    def read(self, hints: HtmlHints) -> Marks:
        """For every line of the page, the marks of the elements that hold it."""
        marks: list[set[str]] = [{"link"} if linked else set() for linked in hints.links]
        scopes = [(mark, scope) for scope in hints.scopes for mark in self._of(scope.names)]
        heads = [scope.first for mark, scope in scopes if mark == "h1"]
        total = sum(hints.sizes)
        for mark, scope in scopes:
            if mark in FURNITURE:
                size = sum(hints.sizes[scope.first : scope.last])
                if size > _MOST * total or any(scope.first <= head < scope.last for head in heads):
                    continue
            for line in marks[scope.first : scope.last]:
                line.add(mark)
        return [frozenset(line) for line in marks]

    def _of(self, names: tuple[str, ...]) -> set[str]:
        marks: set[str] = set()
        for name in names:
            if name not in self._known:
                self._known[name] = frozenset(self._in(name))
            marks |= self._known[name]
        return marks

    def _in(self, name: str) -> Iterator[str]:
        """The marks of a name: of its words, and of its words run together."""
        if name in _TAGS:
            yield _TAGS[name]
        words = [word.lower() for word in _WORDS.findall(name[:60])]
        for low in range(len(words)):
            for high in range(low + 1, min(low + 4, len(words)) + 1):
                mark = self._words.get("".join(words[low:high]))
                if mark:
                    yield mark
