"""The docs are true: the reference is what the code says, commands give the output shown, links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

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
    if "```console" in page.read_text(encoding="utf-8"):
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
