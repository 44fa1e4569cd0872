import gzip
import json
from pathlib import Path

import pytest

from hocbac_nlp.errors import DocumentError, UsageError
from hocbac_nlp.evaluation.evaluate import Evaluation, figures
from hocbac_nlp.evaluation.scoring import Score
from hocbac_nlp.running.work import Done
from tests.support import SEEDS

DATA = Path(__file__).with_name("data") / "evaluate"
"""Gold of the seeds; records with mistakes put in by chance, one missing; what the reference scorer says of them."""


def test_the_figures_are_those_of_the_reference_scorer(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for path in (DATA / "gold").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (tmp_path / "seeds").symlink_to(SEEDS)
    evaluation = Evaluation(folder)
    for line in gzip.decompress((DATA / "records.jsonl.gz").read_bytes()).splitlines():
        evaluation.take(Done(json.loads(line)["id"], line))
    rows = {row["measure"]: row for row in evaluation.finish()[0]}
    expected = json.loads((DATA / "expected.json").read_text())
    for name, figure in expected["layers"].items():
        row = rows.pop(name)
        assert (row["tp"], row["fp"], row["fn"]) == (figure["tp"], figure["fp"], figure["fn"]), name
        for mine, theirs in (("precision", "p"), ("recall", "r"), ("f1", "f")):
            assert row[mine] == pytest.approx(figure[theirs], abs=1e-6)
    for name, figure in expected["attributes"].items():
        row = rows.pop(name)
        assert (row["right"], row["of"]) == (figure["right"], figure["of"]), name
    assert all(name.startswith("lines ") for name in rows)  # roles apart are ours alone


def write(folder: Path, name: str, entities: int) -> Done:
    """A gold with this many names, and a record that has the first of them."""
    text = "A " * 10
    items = [{"start": 2 * at, "end": 2 * at + 1, "text": "A", "label": "PER"} for at in range(entities)]
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text)
    (folder / f"{name}.json").write_text(json.dumps({"entities": items}))
    block = {"role": "paragraph", "start": 0, "end": 20, "source_start": 0, "source_end": 20, "rule": "x"}
    record = {"id": f"{name}.txt", "text": text, "blocks": [block], "entities": items[:1]}
    return Done(record["id"], json.dumps(record).encode())  # type: ignore[arg-type]


def test_intervals_hold_the_figure_and_are_the_same_each_time(tmp_path: Path) -> None:
    dones = [write(tmp_path, f"d{at}", 1 + at % 4) for at in range(8)]
    found = []
    for _ in range(2):
        evaluation = Evaluation(tmp_path)
        for done in dones:
            evaluation.take(done)
        found.append(evaluation.finish()[0][0])
    row = found[0]
    assert row == found[1]
    assert (row["measure"], row["tp"], row["fp"], row["fn"]) == ("entities", 8, 0, 12)
    assert row["recall_low"] < row["recall"] == 0.4 < row["recall_high"]
    assert row["precision_low"] == row["precision_high"] == 1


def test_one_document_has_no_interval() -> None:
    (row,) = figures([Score({"entities": [3, 1, 0]}, {})])
    assert (row["precision"], row["recall"], row["f1"]) == (0.75, 1, 0.857143)
    assert row["f1_low"] is None and row["f1_high"] is None


def test_a_gold_without_a_record_is_all_missed(tmp_path: Path) -> None:
    done = write(tmp_path, "a", 1)
    write(tmp_path, "b", 3)
    evaluation = Evaluation(tmp_path)
    evaluation.take(done)
    evaluation.take(Done("c", b'{"id": "c"}'))
    rows, mistakes = evaluation.finish()
    assert evaluation.without_gold == 1 and rows[0]["fn"] == 3
    assert {"id": "b", "measure": "document", "error": "no record"}.items() <= mistakes[-1].items()


def test_records_that_can_not_be_paired(tmp_path: Path) -> None:
    done = write(tmp_path, "a", 1)
    evaluation = Evaluation(tmp_path)
    with pytest.raises(UsageError, match="no record has a gold"):
        evaluation.finish()
    evaluation.take(done)
    with pytest.raises(DocumentError, match="has come before"):
        evaluation.take(done)


def test_only_what_the_gold_asks_for_has_to_be_run(tmp_path: Path) -> None:
    write(tmp_path, "a", 1)
    assert Evaluation(tmp_path).goal == "extract"
    (tmp_path / "a.json").write_text('{"lines": []}')
    assert Evaluation(tmp_path).goal == "strip"


def test_a_damaged_record_is_that_record_s_failure(tmp_path: Path) -> None:
    write(tmp_path, "a", 1)
    evaluation = Evaluation(tmp_path)
    with pytest.raises(DocumentError, match="a layer is damaged"):
        evaluation.take(Done("a", b'{"id": "a", "entities": [{"start": "x"}]}'))
    evaluation.take(Done("a", b'{"id": "a"}'))
    assert evaluation.finish()[0][0]["fn"] == 1
