from pathlib import Path

import pytest

from hocbac_nlp import pipeline
from hocbac_nlp.commands import doctor
from hocbac_nlp.tagger import models
from tests.support import run


def verdicts() -> dict[str, str]:
    return {finding.what: finding.verdict for finding in doctor.examine()}


def test_this_installation_is_in_order() -> None:
    done = run("doctor")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0 and all(len(row) == 3 for row in rows), done.stdout.decode()
    seen = {what: text for _, what, text in rows}
    assert {"hocbac-nlp", "underthesea", "lexicons", "encoding vni", "self-test times"} <= set(seen)
    assert set(models.KNOWN) <= set(seen)


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    done = run("doctor", "--lexicons", tmp_path / "none")
    assert done.returncode == 1 and b"wrong\tlexicons\t" in done.stdout and b"no such folder" in done.stdout


def test_unknown_model_files_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "pos_tag/pos_crf_2017_10_11.bin"
    monkeypatch.setitem(models.KNOWN, name, "0" * 64)
    monkeypatch.setitem(models.KNOWN, "none.bin", "0" * 64)
    seen = verdicts()
    assert seen[name] == seen["none.bin"] == "wrong"
    assert seen["ner/model_crf.py"] == "ok"


def test_a_failing_stage_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(pipeline, "open", broken)
    assert verdicts()["self-test"] == "wrong"
