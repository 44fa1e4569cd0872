"""HTML pages as text: what a browser would show, line by line, and what the tags say of each line.

`render` walks the tree that selectolax (Lexbor, an HTML5 parser) builds. Block elements and `<br>` end a
line, paragraphs and headings stand between blank lines, table cells are parted by tabs, white space is
collapsed; scripts, styles, templates and hidden elements are dropped. The text is the page that offsets
count in. Nothing but shown text gets into it: what `<meta>` and JSON-LD say is kept apart, as claims that
`strip` checks against the page.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_NAME = re.compile(r"\w+")
_SKIPPED = frozenset(
    _NAME.findall(
        "head script style template noscript svg math iframe object embed audio video canvas map select datalist "
        "input meta link"
    )
)
_BLOCKS = frozenset(
    _NAME.findall(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre search "
        "section summary table tbody tfoot thead tr ul textarea"
    )
)
_SPACED = frozenset(_NAME.findall("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote figure pre hr article"))
_CELLS = {"td", "th"}
_NAMED = frozenset(_NAME.findall("h1 h2 h3 h4 nav footer aside figcaption article button"))
_SPACES = re.compile(r"[ \t\n\r\f]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """An element that may say something of the text in it: its names, and the lines `first` to `last` (exclusive).

    `names` are the tag, the classes, the id and the itemprop.
    """

    names: tuple[str, ...]
    first: int
    last: int


@dataclass(slots=True)
class HtmlHints:
    """What an HTML page says besides its text.

    `sizes` are the lengths of the lines of the text, `links` tells which of them are links and nothing else.
    The lists after `scopes` are claims of `<title>`, `<meta>` and JSON-LD, in order of trust; nobody has
    checked them against the page yet.
    """

    sizes: list[int] = field(default_factory=list)
    links: list[bool] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


@dataclass(slots=True)
class HtmlPage:
    """The shown text of an HTML page, NFC, and the hints to it."""

    text: str
    hints: HtmlHints


def render(html: str) -> HtmlPage:
    """The text that a browser would show for `html`, and the hints to it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    writer = _Writer()
    root = tree.body or tree.root
    if root is not None:
        writer.walk(root)
    hints = HtmlHints([len(line) for line in writer.lines], writer.links, writer.scopes)
    _claims(tree, hints)
    return HtmlPage("\n".join(writer.lines), hints)


class _Writer:
    """Collects the lines of a page while the tree is walked."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.links: list[bool] = []
        self.scopes: list[Scope] = []
        self._pieces: list[str] = []
        self._linked = self._shown = 0

    def walk(self, root: Any) -> None:
        """Visit `root` and everything below it, without recursion: pages nest thousands deep."""
        stack: list[tuple[Any, bool, int, tuple[str, ...], bool, bool]] = [(root, False, 0, (), False, False)]
        while stack:
            node, leaving, first, names, link, verbatim = stack.pop()
            tag = node.tag
            if leaving:
                self._leave(tag, first, names)
                continue
            if node.is_text_node:
                self._text(node.text_content or "", link, verbatim)
                continue
            if tag == "br":
                self._break()
                continue
            attributes = node.attributes if node.is_element_node else {}
            if tag in _SKIPPED or tag.startswith("-") or tag.startswith("!") or _hidden(attributes):
                continue
            if tag in _BLOCKS:
                self._break(blank=tag in _SPACED)
            elif tag in _CELLS and self._pieces:
                self._pieces.append("\t")
            stack.append((node, True, len(self.lines), _names(tag, attributes), link, verbatim))
            below = (link or tag == "a", verbatim or tag in ("pre", "textarea"))
            children = []
            child = node.child
            while child is not None:
                children.append((child, False, 0, (), *below))
                child = child.next
            stack.extend(reversed(children))
        self._break()
        while self.lines and not self.lines[-1]:
            self.lines.pop()
            self.links.pop()

    def _leave(self, tag: str, first: int, names: tuple[str, ...]) -> None:
        if tag in _BLOCKS:
            self._break(blank=tag in _SPACED)
        last = len(self.lines) + bool(self._pieces)
        if names and last > first:
            self.scopes.append(Scope(names, first, last))

    def _text(self, text: str, link: bool, verbatim: bool) -> None:
        if verbatim and "\n" in text:
            head, *rest = text.split("\n")
            self._text(head, link, False)
            for line in rest:
                self._break()
                self._text(line, link, False)
            return
        shown = _SPACES.sub(" ", text)
        if not shown:
            return
        self._pieces.append(shown)
        self._shown += len(shown.strip())
        self._linked += len(shown.strip()) if link else 0

    def _break(self, blank: bool = False) -> None:
        """End the line; `blank` asks for a blank line after the text so far."""
        if self._pieces:
            line = _SPACES.sub(_one_space, "".join(self._pieces)).strip(" \t")
            line = unicodedata.normalize("NFC", line)
            if line:
                self.lines.append(line)
                self.links.append(self._linked * 10 >= self._shown * 9 > 0)
            self._pieces, self._shown, self._linked = [], 0, 0
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")
            self.links.append(False)


def _names(tag: str, attributes: dict[str, str | None]) -> tuple[str, ...]:
    """The tag, if it says something, and the element's classes, id and itemprop."""
    names = [tag] if tag in _NAMED else []
    if tag != "body":
        for attribute in ("class", "id", "itemprop"):
            names.extend((attributes.get(attribute) or "").split()[:12])
    return tuple(names)


def _one_space(match: re.Match[str]) -> str:
    return "\t" if "\t" in match[0] else " "


def _hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _claims(tree: Any, hints: HtmlHints) -> None:
    """Read JSON-LD, `<meta>` and `<title>` into `hints`."""
    for script in tree.css('script[type="application/ld+json"]'):
        for thing in _things(_json(script.text_content or script.text() or "")):
            _thing(thing, hints)
    for meta in tree.css("meta[content]"):
        attributes = meta.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        target = _META.get(name)
        content = (attributes.get("content") or "").strip()
        if target and content:
            getattr(hints, target).append(content)
    title = tree.css_first("title")
    if title is not None and title.text().strip():
        hints.titles.append(" ".join(title.text().split()))
    for name in ("titles", "published", "authors", "sections"):
        values = [unicodedata.normalize("NFC", value) for value in getattr(hints, name)]
        setattr(hints, name, list(dict.fromkeys(values)))


_META = {
    "og:title": "titles",
    "twitter:title": "titles",
    "headline": "titles",
    "article:published_time": "published",
    "og:published_time": "published",
    "pubdate": "published",
    "publishdate": "published",
    "datepublished": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "author": "authors",
    "article:author": "authors",
    "dc.creator": "authors",
    "article:section": "sections",
}


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None  # broken JSON-LD is common; it only costs a claim


def _things(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < 5:
        for one in data:
            yield from _things(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        if depth < 5:
            yield from _things(data.get("@graph"), depth + 1)


def _thing(thing: dict[str, Any], hints: HtmlHints) -> None:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    if not any(isinstance(one, str) and one.endswith(("Article", "BlogPosting", "Report")) for one in kinds):
        return
    for name, target in (("headline", "titles"), ("datePublished", "published"), ("articleSection", "sections")):
        for value in _strings(thing.get(name)):
            getattr(hints, target).append(value)
    authors = thing.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        hints.authors.extend(_strings(author.get("name") if isinstance(author, dict) else author))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [" ".join(one.split()) for one in values if isinstance(one, str) and one.strip()]
