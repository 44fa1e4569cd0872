"""The laws of the contract, on the seeds and on generated pages."""

import itertools
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from hocbac_nlp import pipeline
from hocbac_nlp.document import Document, dumps, json_schema, loads
from hocbac_nlp.stage import NAMES
from tests.pages import pages
from tests.support import SEED_PAGES, SEEDS, run

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
ITEM_LAYERS = ("tokens", "entities", "persons", "references", "times", "statistics")
NLP = {goal: pipeline.open(goal) for goal in NAMES}
SEED_TEXTS = [path.read_text(encoding="utf-8") for path in SEED_PAGES]

laws = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def as_json(document: Document) -> dict[str, Any]:
    record: dict[str, Any] = msgspec.json.decode(dumps(document))
    return record


def check_blocks(page: str, record: dict[str, Any]) -> None:
    """Law 1 for blocks, and law 2: every character that is not white space lies in exactly one block."""
    text, covered = record["text"], [0] * len(page)
    for block in record["blocks"]:
        piece = page[block["source_start"] : block["source_end"]]
        assert piece and piece == piece.strip()
        for at in range(block["source_start"], block["source_end"]):
            covered[at] += 1
        if block["start"] is None:
            assert block["end"] is None
        else:
            assert text[block["start"] : block["end"]] == piece
    assert all(count == 1 or (count == 0 and page[at].isspace()) for at, count in enumerate(covered))
    kept = [text[block["start"] : block["end"]] for block in record["blocks"] if block["start"] is not None]
    assert text == "\n".join(kept)
    starts = [block["source_start"] for block in record["blocks"]]
    assert starts == sorted(starts)


def check_items(record: dict[str, Any]) -> None:
    """Law 1 for items, and that nothing crosses a block; entities do not overlap."""
    text = record["text"]
    blocks = [(block["start"], block["end"]) for block in record["blocks"] if block["start"] is not None]
    for layer in (*ITEM_LAYERS, "sentences"):
        for item in record[layer]:
            start, end = item["start"], item["end"]
            assert start < end, (layer, item)
            if "text" in item:
                assert text[start:end] == item["text"], (layer, item)
            assert any(first <= start and end <= last for first, last in blocks), (layer, item)
    for person in record["persons"]:
        assert text[person["role_start"] : person["role_end"]] == person["role"]
    for keyword in record.get("keywords", ()):
        assert keyword["count"] == len(keyword["spans"]) > 0
    for layer in ("tokens", "sentences", "entities"):
        ends = [(item["start"], item["end"]) for item in record[layer]]
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends)), layer
    tokens = re.sub(r"\s", "", "".join(token["text"] for token in record["tokens"]))
    assert tokens == re.sub(r"\s", "", text)


@pytest.mark.parametrize("page", SEED_TEXTS, ids=[path.stem for path in SEED_PAGES])
def test_the_laws_hold_on_the_seeds(page: str) -> None:
    record = as_json(NLP["keywords"](page))
    check_blocks(page, record)
    check_items(record)
    VALIDATOR.validate(record)


@given(pages())
@laws
def test_verbatim_and_accounted_for(page: str) -> None:
    record = as_json(NLP["keywords"](page))
    check_blocks(page, record)
    check_items(record)
    VALIDATOR.validate(record)


@given(pages())
@laws
def test_a_pipe_is_the_plan(page: str) -> None:
    piped = NLP["strip"](page)
    for goal in NAMES[1:]:
        piped = NLP[goal](loads(dumps(piped)))
    assert dumps(piped) == dumps(NLP["keywords"](page))


@given(pages())
@laws
def test_a_stage_that_is_redone_gives_the_same(page: str) -> None:
    once = dumps(NLP["extract"](page))
    assert dumps(NLP["extract"](loads(once))) == once
    assert dumps(NLP["strip"](loads(once))) == once
    assert dumps(NLP["extract"](NLP["segment"](loads(once)))) == once


@given(pages())
@settings(laws, max_examples=20)
def test_unknown_fields_survive(page: str) -> None:
    mine = {"url": "https://example.vn/", "nested": {"a": [1, None, 2.5]}}
    given_page = loads(msgspec.json.encode({"id": "x", "text": page} | mine))
    given_page.schema, given_page.stages = "hocbac/1", []
    given_page.source = pipeline.Source()
    record = as_json(NLP["keywords"](given_page))
    assert {name: record[name] for name in mine} == mine


@pytest.mark.parametrize("goal", NAMES)
def test_any_number_of_workers_gives_the_same_bytes(goal: str) -> None:
    alone = run(goal, SEEDS)
    assert alone.returncode == 0
    assert run(goal, SEEDS, "-j", "2").stdout == alone.stdout


def test_commands_in_a_pipe_give_the_same_bytes(tmp_path: Path) -> None:
    whole = run("keywords", SEEDS).stdout
    data = run("strip", SEEDS).stdout
    for goal in NAMES[1:]:
        data = run(goal, input=data).stdout
    assert data == whole


def test_one_bad_document_changes_no_other(tmp_path: Path) -> None:
    for path in SEED_PAGES[:3]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    good = run("extract", tmp_path).stdout
    (tmp_path / "001_bad.txt").write_bytes(b"\xff\xff")
    done = run("extract", tmp_path)
    assert done.returncode == 3 and done.stdout == good
