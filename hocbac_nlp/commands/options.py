"""Every command-line option of the batch commands, defined once: it feeds the parser, the help and the reference."""

from inspect import Parameter
from types import UnionType
from typing import Annotated, Any, get_origin

import typer

from hocbac_nlp.encoding import ENCODINGS


def option(name: str, type_: Any, default: Any, *flags: str, **details: Any) -> Parameter:
    """An option as the parser takes it: its name in code, type and default, then what `typer.Option` takes."""
    annotation = Annotated[type_, typer.Option(*flags, show_default=default not in (None, False), **details)]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _argument(name: str, type_: Any, metavar: str, text: str) -> Parameter:
    annotation = Annotated[type_, typer.Argument(metavar=metavar, help=text, show_default=False)]
    default = None if get_origin(type_) is UnionType else Parameter.empty
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_TERM = "A term as the tables write it: names with their capitals, words in lower case."

PATHS = Parameter(
    "paths",
    Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            show_default=False,
            help="Files or folders: .txt and .html pages, .jsonl records, .warc archives (also .gz, .zst). "
            "Without one, or with -, standard input.",
        ),
    ],
)

OUTPUT = (
    option("output", str | None, None, "-o", "--output", metavar="FILE", help="Write here, whole or not at all."),
    option(
        "output_dir",
        str | None,
        None,
        "--output-dir",
        metavar="DIR",
        help="Write DIR/<id>.jsonl per document; run again, redo only what is missing or stale.",
    ),
    option("rows", str | None, None, "--rows", metavar="LAYER", help="One flat object per item of a layer."),
    option("fields", str | None, None, "--fields", metavar="A,B", help="Only these members, in this order."),
)

INPUT = (
    option(
        "files_from",
        str | None,
        None,
        "--files-from",
        metavar="FILE",
        help="Also read the files and folders that this list names, one a line or NUL-ended; - is standard input.",
    ),
    option("input", str | None, None, "--input", metavar="text|html|jsonl|warc", help="Read every input as this."),
    option("encoding", str | None, None, "--encoding", metavar="|".join(ENCODINGS), help="Encoding of the pages."),
    option("max_bytes", str, "16M", "--max-bytes", metavar="SIZE", help="Largest document; K, M and G are known."),
    option(
        "lexicons",
        str | None,
        None,
        "--lexicons",
        metavar="DIR",
        help="Your lexicons, over the packaged ones.",
    ),
)

RUN = (
    option(
        "jobs",
        int | None,
        None,
        "-j",
        "--jobs",
        min=1,
        max=4096,
        metavar="N",
        help="Worker processes (1; with ray, one for each CPU of the cluster).",
    ),
    option("errors", str | None, None, "--errors", metavar="FILE", help="Also write failures here, as JSONL."),
    option("strict", bool, False, "--strict", help="Stop at the first failure."),
    option("quiet", bool, False, "-q", "--quiet", help="No progress and no summary; failures are still told."),
)

ENGINE = (
    option(
        "engine",
        str,
        "local",
        "--engine",
        metavar="local|ray",
        help="Where workers run: on this machine, or on a Ray cluster.",
    ),
)

STAGES: dict[str, tuple[Parameter, ...]] = {
    "strip": (
        option(
            "keep",
            str | None,
            None,
            "--keep",
            metavar="ROLES",
            help="Also keep these roles: byline,dateline.",
        ),
        option("drop", str | None, None, "--drop", metavar="ROLES", help="Leave these roles out: caption."),
    ),
    "segment": (),
    "extract": (
        option(
            "ner_model",
            str | None,
            None,
            "--ner-model",
            metavar="DIR",
            help="Also take names from this token-classification model, a folder on disk (needs the extra ner).",
        ),
    ),
    "keywords": (
        option(
            "units",
            str | None,
            None,
            "--units",
            metavar="A,B",
            help="Count these: words, terms (of several words), entities, references. "
            "Default: all but terms for records, all for tables.",
        ),
        option("canonical", bool, False, "--canonical", help="Count entities under their canonical names."),
        option("top", int | None, None, "--top", min=1, metavar="N", help="Only the first N terms (of each group)."),
    ),
}
"""The options of each stage. A command takes those of the stages before its own as well."""

NGRAMS = option(
    "ngrams",
    str | None,
    None,
    "--ngrams",
    metavar="python|duckdb",
    help="What finds terms of several words in a table: python, or duckdb, which goes to disk when memory is short.",
)

VIEWS: dict[str, tuple[Parameter, ...]] = {
    "strip": (
        option("text", bool, False, "--text", help="Write the clean text alone, a paragraph a line."),
        option("explain", bool, False, "--explain", help="Write each line of the page with its role and the rule."),
    ),
    "keywords": (
        option("corpus", bool, False, "--corpus", help="Write one table of all documents in place of records."),
        option(
            "by",
            str | None,
            None,
            "--by",
            metavar="FIELD",
            help="Write a table with a group per value: id, section, published.year, published.month, any field.",
        ),
        NGRAMS,
    ),
}
"""Options of one stage's command alone: what it writes in place of records."""

CORPUS: dict[str, tuple[Parameter, ...]] = {
    "keyness": (
        _argument(
            "paths",
            list[str] | None,
            "A B",
            "Two inputs: files, folders, or - for standard input; B may be a frequency list, .csv with the columns "
            "term and count. With --by any number of inputs.",
        ),
        option(
            "by",
            str | None,
            None,
            "--by",
            metavar="FIELD=VALUE",
            help="Compare the documents with this value with all others: section=Kinh tế, published.year=2019.",
        ),
        option(
            "order",
            str,
            "lrc",
            "--order",
            metavar="MEASURE",
            help="Sort by lrc, log_ratio, g2, g2_two_cell, chi2, pct_diff or simple_maths.",
        ),
        NGRAMS,
    ),
    "collocations": (_argument("term", str, "TERM", _TERM),),
    "kwic": (
        _argument("term", str, "TERM", _TERM),
        option("regex", bool, False, "--regex", help="TERM is a regular expression, looked for in each sentence."),
    ),
    "trends": (
        _argument("terms", list[str], "TERM... [PATH]...", f"{_TERM} What names an input after the first is one."),
        option("per", str, "year", "--per", metavar="year|month", help="The length of a period."),
    ),
    "entities": (
        option("label", str | None, None, "--label", metavar="PER|LOC|ORG|document", help="Rows of this kind alone."),
        option("top", int | None, None, "--top", min=1, metavar="N", help="Only the first N rows of each kind."),
    ),
}
"""The own arguments and options of the commands that look at many documents at once."""
