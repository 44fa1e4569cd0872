"""The table of a corpus's names: in process on records made by hand, and as installed on the seeds."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hocbac_nlp.corpora import entity_table
from hocbac_nlp.corpora.entity_table import LABELS, EntityTable
from hocbac_nlp.document import Document, Entity, Label, Reference, Sentence
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.work import Done
from tests.layers import document
from tests.support import SEEDS, records, run

LEXICONS = Lexicons()


def page(id: str, text: str, published: str | None, *names: tuple[str, Label, str], **facts: str) -> Document:
    """A record whose names are those given, found one behind the other; a line is a block and a sentence."""
    record = document(text, published)
    record.id = id
    record.sentences = [Sentence(block.start or 0, block.end or 0) for block in record.kept]
    record.entities, at = [], 0
    for words, label, canonical in names:
        at = text.index(words, at)
        record.entities.append(Entity(words, at, at + len(words), label, canonical, "test", **facts))
        at += len(words)
    record.references = []
    return record


def table(*documents: Document, label: str | None = None, top: int | None = None) -> list[dict[str, Any]]:
    view, result = entity_table.open(LEXICONS, {"label": label}), EntityTable()
    for one in documents:
        result.take(Done(one.id, view(one)))
    return list(result.rows(top))


OLD = page(
    "a",
    "Ông Hải nói. Ông Hải về.\nÔng Nguyễn Văn Hải, ở Thái Hòa.",
    "2019-01-29T11:46+07:00",
    ("Hải", "PER", "Nguyễn Văn Hải"),
    ("Hải", "PER", "Nguyễn Văn Hải"),
    ("Nguyễn Văn Hải", "PER", "Nguyễn Văn Hải"),
    ("Thái Hòa", "LOC", "Thái Hòa"),
)
NEW = page(
    "b",
    "Ông Nguyễn Văn\nHải đến Thái Hoà.",
    "2021-04-12",
    ("Nguyễn Văn\nHải", "PER", "Nguyễn Văn\nHải"),
    ("Thái Hoà", "LOC", "Thái Hoà"),
)
UNDATED = page("c", "Bà Nguyễn Văn Hải.", None, ("Nguyễn Văn Hải", "PER", "Nguyễn Văn Hải"))


def test_a_row_counts_dates_and_spells() -> None:
    person, place = table(OLD, NEW, UNDATED)
    assert (person["label"], person["canonical"], person["count"], person["doc_freq"]) == (
        "PER",
        "Nguyễn Văn Hải",
        5,
        3,
    )
    assert (person["first"], person["last"]) == ("2019-01-29", "2021-04-12")
    assert person["variants"] == [{"text": "Nguyễn Văn Hải", "count": 3}, {"text": "Hải", "count": 2}]
    assert (place["canonical"], place["count"]) == ("Thái Hoà", 2), "the tone mark may stand on either letter"


def test_the_best_mention_is_full_in_running_text_and_early() -> None:
    best = table(UNDATED, NEW, OLD)[0]
    assert (best["best_id"], best["best_text"]) == ("a", "Nguyễn Văn Hải")
    assert best["best_sentence"] == "Ông Nguyễn Văn Hải, ở Thái Hòa."
    blocks = OLD.blocks
    try:
        OLD.blocks = [blocks[0], replace(blocks[1], role="caption")]
        assert table(OLD, NEW, UNDATED)[0]["best_id"] == "b", "a caption gives way"
    finally:
        OLD.blocks = blocks


def test_units_of_one_name_stay_apart() -> None:
    names = ("Hòa Bình", "LOC", "Hòa Bình")
    district = page("a", "Hòa Bình", None, names, level="district", parent="Bạc Liêu")  # type: ignore[arg-type]
    province = page("b", "Hòa Bình", None, names, level="province")  # type: ignore[arg-type]
    rows = table(district, province, page("c", "Hòa Bình", None, names))  # type: ignore[arg-type]
    assert [(row["level"], row["parent"]) for row in rows] == [
        (None, None),
        ("district", "Bạc Liêu"),
        ("province", None),
    ]


def test_a_published_that_is_no_date_is_none() -> None:
    assert table(page("a", "Huế", "12/3/2018", ("Huế", "LOC", "Huế")))[0]["first"] is None
    assert table(page("a", "Huế", "2018", ("Huế", "LOC", "Huế")))[0]["first"] == "2018"


def test_official_documents_are_named_with_their_type() -> None:
    record = page("a", "Nghị định 10 và 20/2020/NĐ-CP", None)
    facts = ("Nghị định", "20", "20/2020/NĐ-CP", None, None, None, None, "Nghị định/20/CP/2020")
    record.references = [Reference("20/2020/NĐ-CP", 16, 29, *facts)]
    (row,) = table(record)
    assert (row["label"], row["canonical"]) == ("document", "Nghị định 20/2020/NĐ-CP")
    assert (row["key"], row["best_text"]) == ("Nghị định/20/CP/2020", "20/2020/NĐ-CP")
    assert table(record, label="ORG") == [] and table(record, label="document") == [row]


words = st.sampled_from(["Huế", "Lê An", "Bộ Y tế", "Lê\nAn", "an"])
mention = st.tuples(words, st.sampled_from(["PER", "ORG", "LOC"]), words)
dates = st.sampled_from([None, "2019", "2019-03", "2020-01-01T08:00+07:00", "hôm qua"])
pages = st.lists(st.tuples(st.sampled_from("abc"), dates, st.lists(mention, max_size=6)), max_size=6)


@settings(deadline=None)
@given(pages, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(given_pages: list[Any], shuffle: random.Random) -> None:
    documents = [
        page(id, " ".join(words for words, _, _ in names) or "…", published, *names)
        for id, published, names in given_pages
    ]
    rows = table(*documents)
    mentions = Counter(label for _, _, names in given_pages for _, label, _ in names)
    assert {label: sum(row["count"] for row in rows if row["label"] == label) for label in mentions} == mentions
    for row in rows:
        assert sum(one["count"] for one in row["variants"]) == row["count"] >= row["doc_freq"] >= 1
    shuffle.shuffle(documents)
    assert table(*documents) == rows


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("entities") / "seeds.jsonl"
    assert run("extract", SEEDS, "-q", "-o", path).returncode == 0
    return path


def test_the_table_of_the_seeds(extracted: Path) -> None:
    done = run("entities", extracted)
    assert done.returncode == 0 and b"5 documents read" in done.stderr
    rows = records(done.stdout)
    texts = {record["id"]: record for record in records(extracted.read_bytes())}
    for row in rows:
        record = texts[row["best_id"]]
        assert record["text"][row["best_start"] : row["best_end"]] == row["best_text"]
        assert record["text"][row["best_sentence_start"] : row["best_sentence_end"]] == row["best_sentence"]
        assert row["best_text"] in row["best_sentence"]
    counts = Counter(one["label"] for record in texts.values() for one in record["entities"])
    counts["document"] = sum(len(record["references"]) for record in texts.values())
    assert {label: sum(row["count"] for row in rows if row["label"] == label) for label in LABELS} == counts
    assert [row["label"] for row in rows] == sorted((row["label"] for row in rows), key=LABELS.index)
    leader = rows[0]
    assert (leader["canonical"], leader["count"], leader["doc_freq"]) == ("Hồ Chí Minh", 51, 5)
    directive = next(row for row in rows if row["key"] == "Chỉ thị/5/TW/?")
    assert directive["canonical"] == "Chỉ thị số 05-CT/TW của Bộ Chính trị" and directive["doc_freq"] == 4


def test_the_table_is_the_same_whatever_ran(extracted: Path, tmp_path: Path) -> None:
    whole = run("entities", extracted).stdout
    turned = tmp_path / "turned.jsonl"
    turned.write_bytes(b"".join(reversed(extracted.read_bytes().splitlines(keepends=True))))
    assert run("entities", turned, "-j", "2").stdout == whole
    assert run("entities", SEEDS).stdout == whole
    assert run("entities", turned, "-q", "-o", tmp_path / "table.jsonl").stdout == b""
    assert (tmp_path / "table.jsonl").read_bytes() == whole


def test_a_choice_of_rows(extracted: Path) -> None:
    rows = records(run("entities", extracted, "--top", "2").stdout)
    assert Counter(row["label"] for row in rows) == dict.fromkeys(LABELS, 2)
    some = run("entities", extracted, "--label", "document", "--top", "2", "--fields", "key,count").stdout
    assert records(some) == [{"key": row["key"], "count": row["count"]} for row in rows if row["label"] == "document"]
    assert run("entities", extracted, "--label", "DATE").returncode == 2


def test_an_input_that_fails_leaves_the_table_of_the_others(extracted: Path) -> None:
    done = run("entities", extracted, "missing.jsonl")
    assert done.returncode == 3 and done.stdout == run("entities", extracted).stdout
