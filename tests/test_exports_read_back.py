"""Each export, read back by a tool that it is made for."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.samples import document, line
from tests.support import PATIENCE, run

pytestmark = pytest.mark.export

FIGURES = [("pages/a.txt", "25 mô hình", 25.0, None), ("pages/b.txt", "25 mô hình", 25.0, None)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the exports of two records in every format."""
    pytest.importorskip("duckdb")
    folder = tmp_path_factory.mktemp("exports")
    records = folder / "records.jsonl"
    records.write_bytes(line() + line(document("pages/b.txt")))
    places = {"csv": "csv", "parquet": "parquet", "duckdb": "corpus.duckdb", "conllu": "corpus.conllu"}
    for format, name in (places | {"spacy": "docs.jsonl", "brat": "brat"}).items():
        done = run("export", records, "--to", format, "-o", folder / name)
        assert done.returncode == 0, done.stderr
    return folder


def test_duckdb_database(place: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(place / "corpus.duckdb"), read_only=True) as database:

        def rows(query: str) -> Any:
            return database.execute(query).fetchall()

        query = """SELECT id, text, value, unit FROM statistics WHERE kind = 'count' ORDER BY id"""
        assert rows(query) == FIGURES
        assert rows("SELECT count(*) FROM tokens") == [(76,)]
        assert rows("SELECT authors, text FROM documents LIMIT 1") == [(["Lê An", "P.T.C"], document().text)]
        assert rows("""SELECT key FROM "references" JOIN documents USING (id)""") == [("chỉ thị 05-CT/TW",)] * 2
        assert rows("SELECT DISTINCT vague, typeof(vague), change_mode FROM statistics WHERE unit = '%'") == [
            (False, "BOOLEAN", "by")
        ]
        assert rows("SELECT count(*) FROM keywords") == [(0,)]


def test_duckdb_reads_the_csv(place: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    query = f"SELECT id, text, value, unit FROM '{place}/csv/statistics.csv' WHERE kind = 'count'"
    assert duckdb.sql(query).fetchall() == FIGURES


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_polars(place: Path, format: str) -> None:
    polars = pytest.importorskip("polars")
    read = polars.read_csv if format == "csv" else polars.read_parquet
    tables = {path.stem: read(path) for path in (place / format).iterdir()}
    assert tables["statistics"].filter(polars.col("kind") == "count")["value"].to_list() == [25, 25]
    assert tables["documents"]["text"].to_list() == [document().text] * 2
    joined = tables["entities"].join(tables["documents"], on="id", suffix="_of_document")
    assert joined["text_of_document"].str.contains("Chợ Lách").all()
    assert tables["tokens"].height == 76 and tables["keywords"].height == 0


def test_spacy_docs(place: Path) -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Doc

    vocab = spacy.blank("xx").vocab
    for text in (place / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(text)
        doc = Doc(vocab).from_json(data, validate=True)
        assert doc.text == document().text
        assert [(ent.text, ent.label_) for ent in doc.ents] == [(one.text, one.label) for one in document().entities]
        assert [sentence.start_char for sentence in doc.sents] == [one.start for one in document().sentences]
        assert [span.kb_id_ for span in doc.spans["entities"]][2] == "Ủy ban nhân dân huyện Chợ Lách"
        assert [span.text for span in doc.spans["statistics"]] == ["25 mô hình", "tăng 5%"]
        assert data["record"]["statistics"][1]["value"] == 5.5
        assert [(token.text, token.tag_, token.pos_) for token in doc][:2] == [
            *(("Chợ Lách", "Np", "PROPN"), ("tổng kết", "V", "VERB"))
        ]


def test_conllu_package(place: Path) -> None:
    conllu = pytest.importorskip("conllu")
    sentences = conllu.parse((place / "corpus.conllu").read_text(encoding="utf-8"))
    assert len(sentences) == 8
    first = sentences[0]
    assert first.metadata["text"] == "Chợ Lách tổng kết năm 2023"
    assert first[0]["form"] == "Chợ Lách" and first[0]["misc"]["NER"] == "B-LOC"
    start, end = map(int, first[0]["misc"]["TokenRange"].split(":"))
    assert document().text[start:end] == "Chợ Lách"


def test_universal_dependencies_own_validator(place: Path) -> None:
    pytest.importorskip("udtools")
    command = Path(sys.executable).with_name("udvalidate")
    args = (command, "--lang", "vi", "--level", "1", place / "corpus.conllu")
    done = subprocess.run(args, capture_output=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0 and b"PASSED" in done.stdout + done.stderr
