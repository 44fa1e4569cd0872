"""The records of the seeds, as they stand: a change of any figure, name or role shows up here.

To accept a change after reading the difference: `python -m tests.test_golden`.
"""

from typing import Any

import msgspec
import pytest

from hocbac_nlp import pipeline
from hocbac_nlp.document import dumps
from tests.support import ROOT, SEED_PAGES

GOLDEN = ROOT / "tests" / "golden"


def produce(name: str) -> list[dict[str, Any]]:
    """The record of a seed, without version and lexicon digest, one layer item per element."""
    (document,) = pipeline.process([f"seeds/{name}"], "keywords")
    assert isinstance(document, pipeline.Document)
    record = msgspec.json.decode(dumps(document))
    for stage in record["stages"]:
        del stage["version"], stage["lexicons"]
    return [{"layer": field, "value": value} for field, value in _flat(record)]


def _flat(record: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (field, item)
        for field, value in record.items()
        for item in (value if isinstance(value, list) and value and isinstance(value[0], dict) else [value])
    ]


@pytest.mark.parametrize("name", [path.name for path in SEED_PAGES])
def test_the_seeds_give_their_golden_records(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    golden = (GOLDEN / f"{name}.jsonl").read_bytes().splitlines()
    assert produce(name) == [msgspec.json.decode(line) for line in golden]


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for path in SEED_PAGES:
        lines = [msgspec.json.encode(item) + b"\n" for item in produce(path.name)]
        (GOLDEN / f"{path.name}.jsonl").write_bytes(b"".join(lines))
