"""The wheel carries its lexicons and names what it needs: built, installed elsewhere, run outside the checkout."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

from tests.support import PAGE, ROOT, records


def needed(by: Distribution) -> set[str]:
    """The names of the distributions that one needs, and of those that these need, as their metadata say."""
    seen: set[tuple[str, str]] = set()
    due = list(wanted(by, ""))
    while due:
        if (one := due.pop()) not in seen:
            seen.add(one)
            due += wanted(distribution(one[0]), one[1])
    return {name for name, _ in seen}


def wanted(by: Distribution, extra: str) -> Iterator[tuple[str, str]]:
    """What a distribution with an extra (or without: `""`) asks for, with the extras of it."""
    for one in map(Requirement, by.requires or ()):
        if one.marker is None or one.marker.evaluate({"extra": extra}):
            yield from ((one.name, extra) for extra in ("", *one.extras))


def link(name: str, place: Path) -> None:
    """Make the modules of an installed distribution, and no others, seen in another place."""
    given = distribution(name)
    for top in {file.parts[0] for file in given.files or ()} - {"..", "__pycache__"}:
        if not (place / top).exists():
            (place / top).symlink_to(str(given.locate_file(top)))


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    environment = tmp_path / "environment"
    pip, python, command = (environment / "bin" / name for name in ("pip", "python", "hocbac-nlp"))
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    subprocess.run([pip, "install", "-q", "--no-index", "--no-deps", wheel], check=True, capture_output=True)
    (place,) = environment.glob("lib/python*/site-packages")
    (metadata,) = place.glob("hocbac_nlp-*.dist-info")
    for name in needed(Distribution.at(metadata)):
        link(name, place)
    subprocess.run([pip, "check"], check=True, capture_output=True)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([command, "extract", "page.txt"], cwd=tmp_path, env=clean, capture_output=True, check=True)
    (record,) = records(done.stdout)
    assert record["references"] and record["statistics"] and record["persons"]
    where = "import hocbac_nlp.lexicon as l; print(l.packaged_folder())"
    files = subprocess.run([python, "-c", where], cwd=tmp_path, env=clean, capture_output=True, check=True, text=True)
    assert str(environment) in files.stdout
    assert not list(environment.rglob("*seeds*/000_*"))
