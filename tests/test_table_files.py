import csv
import json
from pathlib import Path

import pytest

from hocbac_nlp.errors import FatalError, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.work import Done
from hocbac_nlp.views import table_files, tables
from tests.samples import document


def done(id: str) -> Done:
    return Done(id, tables.open(Lexicons(), {})(document(id)))


def test_csv_reads_back(tmp_path: Path) -> None:
    with table_files.csv_folder(str(tmp_path / "new" / "tables")) as sink:
        sink(done("a"))
        sink(done('b, "c"'))
    folder = tmp_path / "new" / "tables"
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{table}.csv" for table in tables.TABLES)
    with (folder / "statistics.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["id"], row["value"], row["vague"], row["unit"]) for row in rows] == [
        *(("a", "25", "false", ""), ("a", "5.5", "false", "%")),
        *(('b, "c"', "25", "false", ""), ('b, "c"', "5.5", "false", "%")),
    ]
    with (folder / "documents.csv").open(encoding="utf-8", newline="") as stream:
        (row, _) = csv.DictReader(stream)
    assert json.loads(row["authors"]) == ["Lê An", "P.T.C"] and row["text"] == document().text


def test_a_run_that_fails_leaves_the_old_files(tmp_path: Path) -> None:
    with table_files.csv_folder(str(tmp_path)) as sink:
        sink(done("a"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt), table_files.csv_folder(str(tmp_path)) as sink:
        sink(done("b"))
        raise KeyboardInterrupt
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_place_that_can_not_be_written_is_fatal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FatalError, match="can't be written"), table_files.csv_folder(str(tmp_path / "file")):
        pass


@pytest.mark.parametrize("opener", [table_files.parquet_folder, table_files.duckdb_file])
def test_what_to_install_is_said(opener: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(UsageError, match=r"pip install 'hocbac-nlp\[export\]'"), opener(str(tmp_path / "x")):  # type: ignore[operator]
        pass
