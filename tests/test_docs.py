"""The docs are true: the reference is what the code says, commands give the output shown, links lead somewhere."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

import pytest
import typer.main

from hocbac_nlp.cli import app
from tests.support import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md"), ROOT / "seeds" / "README.md"])


def names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


def test_the_command_reference_is_what_the_code_says() -> None:
    assert subprocess.run([sys.executable, DOCS / "reference.py", "--check"], check=False).returncode == 0


def test_every_command_is_documented() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page.name != "commands.md")
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert f"hocbac-nlp {name}" in text, name


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_commands_in_the_docs_give_the_output_shown(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if re.search(r"[$|] jq ", text) and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    if "```console" in text:
        done = subprocess.run([sys.executable, DOCS / "console.py", page], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert target.startswith(("http://", "https://")) or (page.parent / target).exists(), target


def test_the_site_lists_every_page() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8").splitlines()
    for page in DOCS.glob("*.md"):
        assert page.stem == "index" or page.stem in index, page.name


def shown(page: Path) -> Iterator[list[str]]:
    """The commands of this tool that a page shows without their output, as lists of words."""
    prose, fenced = (re.split("(?m)^```", page.read_text(encoding="utf-8"))[start::2] for start in (0, 1))
    blocks = [block for block in fenced if block.startswith("sh\n")] + re.findall(r"(?m)^    .*", "\n".join(prose))
    for line in filter(re.compile(r"(.*[|&;])?\s*\S*hocbac-nlp ").match, "\n".join(blocks).splitlines()):
        words = shlex.shlex(line.strip(), posix=True, punctuation_chars=True)
        words.whitespace_split = True
        for ends, part in groupby(words, lambda word: word in ("|", "||", "&&", ";", "(", ")")):
            command = list(part)
            if not ends and command[0].endswith("hocbac-nlp"):
                yield list(takewhile(lambda word: word not in (">", "<"), command[1:]))


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_commands_without_output_can_be_given_as_shown(page: Path) -> None:
    group: Any = typer.main.get_command(app)
    for words in shown(page):
        with suppress(typer.Exit):
            context = group.make_context("hocbac-nlp", list(words))
            name, command, rest = group.resolve_command(context, words)
            command.make_context(name, rest)  # raises where an option or a value is none


def test_commands_are_found_where_they_are_shown() -> None:
    found = [words for page in PAGES for words in shown(page)]
    assert ["extract", "pages/", "-j", "2", "--output-dir", "records/", "--errors", "errors.jsonl"] in found
    assert ["extract", "--files-from", "-", "-j", "4", "-o", "new.jsonl"] in found and len(found) > 40
