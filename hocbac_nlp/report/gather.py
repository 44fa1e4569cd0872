"""From documents to the data of a report: tables of items, and the articles, compressed as they come."""

from collections import Counter
from contextlib import ExitStack
from typing import Self

import msgspec

from hocbac_nlp import __version__
from hocbac_nlp.report import view
from hocbac_nlp.report.columns import LAYOUTS, Table
from hocbac_nlp.report.texts import Packed, Texts
from hocbac_nlp.report.view import Article
from hocbac_nlp.report.vocabulary import Vocabulary
from hocbac_nlp.running.work import Done

ITEMS = ("entities", "persons", "references", "statistics")
TEXT = ("blocks", "sentences")
"""The tables that only a report with articles has."""


class Report:
    """Adds documents up. `articles` says whether the page will hold their texts."""

    def __init__(self, articles: bool) -> None:
        self.articles = articles
        self._tables = {
            name: Table(LAYOUTS[name], articles) for name in ("documents", *ITEMS, *(TEXT if articles else ()))
        }
        self._stripped: Counter[tuple[str, str, bool]] = Counter()
        self._blocks: Counter[tuple[str, str, bool]] = Counter()
        self._characters: Counter[tuple[str, str, bool]] = Counter()
        self._texts = Texts()
        self._stack = ExitStack()
        self._vocabulary = self._stack.enter_context(Vocabulary(articles))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self._tables["documents"])

    def take(self, done: Done) -> None:
        """Add the result of `view` for one document."""
        article = view.decode(done.data)
        number = self.documents
        self._tables["documents"].add([article.id, *article.about, len(article.text), article.size])
        for role, rule, kept, blocks, characters in article.rows["stripped"]:
            key = (role, rule, kept)
            self._stripped[key] += 1
            self._blocks[key] += blocks
            self._characters[key] += characters
        self._add_items(number, article)
        if self.articles:
            self._texts.write(article.text)
        if article.size:  # a document without words is no part of what dispersion is measured over
            self._vocabulary.add(number, article)

    def data(self, title: str | None) -> str:
        """Everything but the articles."""
        tables = self._tables | {"stripped": self._stripped_table()} | self._vocabulary.tables()
        packed = Packed()
        head = {"title": title, "version": __version__, "articles": self.articles, "pieces": self._texts.pieces}
        packed.write(msgspec.json.encode(head | {name: table.coded() for name, table in tables.items()}))
        return packed.finish()

    def texts(self) -> str:
        """The articles, in the order of the documents: empty when the page is to hold none."""
        return self._texts.finish() if self.articles else ""

    def _add_items(self, number: int, article: Article) -> None:
        for name in (*ITEMS, *TEXT):
            if name in self._tables:
                for row in article.rows[name]:
                    self._tables[name].add([number, *row])

    def _stripped_table(self) -> Table:
        """By role and rule, most blocks first."""
        table = Table(LAYOUTS["stripped"])
        for key in sorted(self._stripped, key=lambda key: (-self._blocks[key], key)):
            table.add([*key, self._stripped[key], self._blocks[key], self._characters[key]])
        return table
