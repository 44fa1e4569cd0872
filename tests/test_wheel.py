"""The wheel carries its lexicons: built, installed elsewhere, run outside the checkout."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support import PAGE, ROOT, records


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT], check=True, capture_output=True
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    subprocess.run([environment / "bin" / "pip", "install", "-q", wheel], check=True, capture_output=True)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [environment / "bin" / "hocbac-nlp", "extract", "page.txt"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        check=True,
    )
    (record,) = records(done.stdout)
    assert record["references"] and record["statistics"] and record["persons"]
    files = subprocess.run(
        [environment / "bin" / "python", "-c", "import hocbac_nlp.lexicon as l; print(l.packaged_folder())"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        check=True,
        text=True,
    )
    assert str(environment) in files.stdout
    assert not list(environment.rglob("*seeds*/000_*"))
