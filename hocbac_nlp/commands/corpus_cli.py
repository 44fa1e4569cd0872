"""The commands that look at many documents at once, and corpus tables.

They are `keyness`, `collocations`, `kwic`, `trends` and `entities`.
"""

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from hocbac_nlp.commands import options
from hocbac_nlp.commands.command import Given, add, batch, choice, stage_options
from hocbac_nlp.errors import UsageError

if TYPE_CHECKING:
    from hocbac_nlp.corpora.corpus import Corpus, Group
    from hocbac_nlp.lexicon import Lexicons
    from hocbac_nlp.running.batch import Batch
    from hocbac_nlp.running.work import Done
    from hocbac_nlp.terms import Unit

TARGET, REFERENCE = "target", "reference"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    output, fields = (one for one in options.OUTPUT if one.name in ("output", "fields"))
    units, canonical, top = options.STAGES["keywords"]
    shared = (output, fields, *stage_options("extract"), *options.INPUT, *options.RUN)
    own = options.CORPUS
    add(
        app,
        "keyness",
        "Compare two corpora: the terms that set A off from B, the most typical first.",
        ("hocbac-nlp keyness party/ news/ --top 50", "hocbac-nlp keyness records.jsonl --by published.year=2019"),
        (*own["keyness"], units, canonical, top, *shared),
        _keyness,
    )
    add(
        app,
        "collocations",
        "List the terms that stand near TERM more often than chance would have it.",
        (
            'hocbac-nlp collocations "cán bộ" seeds/',
            "hocbac-nlp extract seeds/ | hocbac-nlp collocations Bác --top 20",
        ),
        (*own["collocations"], options.PATHS, units, canonical, top, *shared),
        _collocations,
    )
    add(
        app,
        "kwic",
        "Show every occurrence of TERM in its context: aligned on a terminal, else as JSONL.",
        (
            'hocbac-nlp kwic "tư tưởng, đạo đức, phong cách Hồ Chí Minh" seeds/',
            "hocbac-nlp kwic --regex 'phong cách (của )?(Bác|Hồ Chí Minh)' records.jsonl",
        ),
        (*own["kwic"], options.PATHS, units, canonical, *shared),
        _kwic,
    )
    add(
        app,
        "trends",
        "Count terms by year or month of publication.",
        (
            "hocbac-nlp trends Bác Đảng seeds/",
            'hocbac-nlp extract news/ | hocbac-nlp trends "chuyển đổi số" --per month',
        ),
        (*own["trends"], units, canonical, *shared),
        _trends,
    )
    add(
        app,
        "entities",
        "List who, where, which bodies and which official documents the texts name: how often, in how many documents, "
        "first and last when, under which spellings, and the sentence of the best mention.",
        (
            "hocbac-nlp entities seeds/ --top 20",
            "hocbac-nlp entities records.jsonl --label document --fields canonical,doc_freq,first,last",
        ),
        (options.PATHS, *own["entities"], *shared),
        _entities,
    )


def table(given: Given) -> int:
    """`keywords --corpus` and `keywords --by FIELD`."""
    from hocbac_nlp.corpora import keyword_table
    from hocbac_nlp.corpora.corpus import Corpus
    from hocbac_nlp.running.batch import nothing_in, say

    for name in ("rows", "output_dir"):
        if given[name]:
            raise UsageError(f"--{name.replace('_', '-')} is for records; --corpus and --by write a table")
    by: str | None = given["by"]
    units = _units(given, tables=True)
    lexicons = _lexicons(given)
    with Corpus(grouped=by not in (None, "id")) as corpus:
        code = _gather(corpus, given, units, by, [(given["paths"], lambda group: group)], lexicons)
        if by and corpus.nameless and not given["quiet"]:
            say(nothing_in("--by", [by]))
        _write(given, keyword_table.rows(corpus, by, keyword_table.stop_list(lexicons), given["top"]))
    return code


def _keyness(given: Given) -> int:
    from hocbac_nlp.corpora import comparison, keyword_table
    from hocbac_nlp.corpora.corpus import Corpus
    from hocbac_nlp.running.batch import FAILED

    order = choice("order", given["order"], comparison.MEASURES)
    lexicons = _lexicons(given)
    paths: list[str] = given["paths"] or []
    field, value = _field_value(given["by"])
    listed = None
    sides: list[Side] = [(paths, lambda group: TARGET if group == value else REFERENCE)]
    if field is None:
        if len(paths) != 2 or given["files_from"]:
            raise UsageError("keyness compares two inputs: name A and B, or split one set with --by FIELD=VALUE")
        sides = [([paths[0]], lambda _: TARGET), ([paths[1]], lambda _: REFERENCE)]
        if paths[1].endswith(".csv"):
            listed = comparison.read_frequencies(paths[1])
            del sides[1]
    with Corpus(grouped=True) as corpus:
        code = _gather(corpus, given, _units(given), field, sides, lexicons)
        target, reference = (comparison.frequencies(corpus, name) for name in (TARGET, REFERENCE))
    if code == FAILED and not (target.size and (listed or reference).size):
        return code
    rows = comparison.keyness_rows(target, listed or reference, order, keyword_table.stop_list(lexicons), given["top"])
    _write(given, rows)
    return code


def _collocations(given: Given) -> int:
    from hocbac_nlp.corpora import keyword_table
    from hocbac_nlp.corpora.collocations import Collocates
    from hocbac_nlp.corpora.query import Query

    term = Query(given["term"]).term
    collocates = Collocates()
    code = _look(given, "corpora.collocations", collocates.sink, term=term)
    _write(given, collocates.rows(term, keyword_table.stop_list(_lexicons(given)), given["top"]))
    return code


def _kwic(given: Given) -> int:
    from hocbac_nlp.corpora import query
    from hocbac_nlp.views.terminal import look

    query.pattern(given["term"]) if given["regex"] else query.Query(given["term"])
    aligned = given["output"] is None and not given["fields"] and sys.stdout.isatty()
    return _look(
        given,
        "corpora.kwic",
        None,
        term=given["term"],
        regex=given["regex"],
        fields=given["fields"],
        width=look(None)["width"] if aligned else None,
    )


def _trends(given: Given) -> int:
    from hocbac_nlp.corpora import keyword_table
    from hocbac_nlp.corpora.query import Query
    from hocbac_nlp.corpora.trends import PERIODS, Trends

    per = choice("per", given["per"], PERIODS)
    first, *rest = given["terms"]
    terms = [Query(term).term for term in (first, *(one for one in rest if not _names_input(one)))]
    trends = Trends(terms)
    paths = [one for one in rest if _names_input(one)]
    code = _look(given | {"paths": paths}, "corpora.trends", trends.sink, terms=terms, per=per)
    _write(given, trends.rows(keyword_table.stop_list(_lexicons(given))))
    return code


def _entities(given: Given) -> int:
    from hocbac_nlp.corpora.entity_table import LABELS, EntityTable

    label = choice("label", given["label"], LABELS)
    table = EntityTable()
    run = batch("extract", given, view="corpora.entity_table", view_options={"label": label}, redo=False)
    code = replace(run, sink=table.take, verb="read").run()
    _write(given, table.rows(given["top"]))
    return code


Side = tuple[list[str], "Callable[[Group], Group]"]
"""Inputs, and the function that names the part of the corpus that a document of theirs belongs to."""


def _gather(
    corpus: "Corpus",
    given: Given,
    units: "tuple[Unit, ...]",
    by: str | None,
    sides: Iterable[Side],
    lexicons: "Lexicons",
) -> int:
    """Count all inputs into the corpus; the exit code is that of the inputs."""
    from hocbac_nlp.corpora.gather import ENGINES, Gatherer, view_options

    engine = choice("ngrams", given["ngrams"] or "python", ENGINES)
    gatherer = Gatherer(corpus, units)
    view = view_options(units, given["canonical"], by)
    codes = [
        replace(_batch(given | {"paths": paths}, units, "corpora.term_counts", view), sink=gatherer.sink(name)).run()
        for paths, name in sides
    ]
    gatherer.finish(lexicons, engine)
    return max(codes)


def _look(given: Given, view: str, sink: "Callable[[Done], None] | None", **view_options: Any) -> int:
    """Run a view over the inputs, into `sink` or straight to the output."""
    units = _units(given)
    known = {"units": list(units), "canonical": given["canonical"]}
    return replace(_batch(given, units, view, known | view_options), sink=sink).run()


def _batch(given: Given, units: "tuple[Unit, ...]", view: str, view_options: dict[str, Any]) -> "Batch":
    """The run of a view; only the stages that the units need are run, and only where a record lacks them."""
    goal = "extract" if {"entities", "references"} & set(units) else "segment"
    return batch(goal, given | {"output_dir": None}, view=view, view_options=view_options, redo=False)


def _units(given: Given, tables: bool = False) -> "tuple[Unit, ...]":
    from hocbac_nlp import terms

    return terms.parse_units(given["units"]) or (terms.UNITS if tables else terms.DEFAULT_UNITS)


def _lexicons(given: Given) -> "Lexicons":
    from pathlib import Path

    from hocbac_nlp.lexicon import Lexicons

    return Lexicons(Path(given["lexicons"]) if given["lexicons"] else None)


def _field_value(given: str | None) -> tuple[str | None, str]:
    field, equals, value = (given or "").partition("=")
    if given is not None and not (field and equals):
        raise UsageError(f"--by {given}: keyness wants FIELD=VALUE, such as published.year=2019")
    return field or None, value


def _names_input(argument: str) -> bool:
    """Whether an argument is an input rather than a term: it exists, or looks like a file or folder."""
    from hocbac_nlp.running.reader import FORMS, STDIN
    from hocbac_nlp.running.storage import PACKED

    return argument == STDIN or argument.endswith((*FORMS, *PACKED, os.sep)) or os.path.exists(argument)


def _write(given: Given, rows: "Iterable[dict[str, Any]]") -> None:
    """Write rows as JSONL, `--fields` alone if that is given."""
    import msgspec

    from hocbac_nlp.running import writer
    from hocbac_nlp.running.batch import nothing_in, say
    from hocbac_nlp.views.rows import field_names

    fields = field_names(given["fields"] or "")
    absent: Iterable[str] = fields
    encode = msgspec.json.Encoder().encode
    written = 0
    with writer.output(given["output"]) as lines:
        for written, row in enumerate(rows, 1):  # noqa: B007
            lines.write(encode({name: row.get(name) for name in fields} if fields else row) + b"\n")
            absent = [name for name in absent if name not in row]
    if absent and written and not given["quiet"]:
        say(nothing_in("--fields", absent))
