"""The corpus commands, run as installed."""

import os
import pty
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hocbac_nlp import terms
from hocbac_nlp.corpora.query import Query
from hocbac_nlp.document import loads
from hocbac_nlp.lexicon import Lexicons
from tests.support import COMMAND, SEED_PAGES, SEEDS, records, run

TABLE = ("keywords", "--corpus")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds as records, so that the commands need not extract them again."""
    path = tmp_path_factory.mktemp("corpus") / "seeds.jsonl"
    assert run("extract", SEEDS, "-q", "-o", path).returncode == 0
    return path


@pytest.fixture(scope="module")
def table(extracted: Path) -> list[dict[str, Any]]:
    return rows(*TABLE, extracted)


def rows(*args: Any, **kwargs: Any) -> list[dict[str, Any]]:
    done = run(*args, **kwargs)
    assert done.returncode == 0, done.stderr.decode()
    return records(done.stdout)


def test_the_table_of_the_seeds_is_useful(table: list[dict[str, Any]]) -> None:
    counts = {row["term"]: row["count"] for row in table}
    top = [row["term"] for row in table[:20]]
    assert counts["Bác"] == 26
    assert counts["thực hiện"] > 70
    assert counts["đơn vị"] == 30
    assert counts["tư tưởng, đạo đức, phong cách Hồ Chí Minh"] > 20
    assert not any(one != other and f" {one} " in f" {other} " for one in top for other in top)
    assert not {"dông", "mây", "mưa", "gió"} & set(counts), "the weather is no part of an article"
    assert counts.get("đèn led", counts.get("led", 1)) == 1, "a repeated caption counts once"


def test_rows_of_scores_name_formula_and_inputs(table: list[dict[str, Any]]) -> None:
    for row in table:
        assert {"doc_freq", "tfidf", "range", "dp", "dp_norm", "juilland_d"} <= row.keys()
        assert (row["n"], row["parts"], len(row["stop_list"])) == (5, 5, 12)
        assert row["formula"] and row["corpus_size"] > 3000


def test_a_table_is_the_same_whatever_ran(extracted: Path, tmp_path: Path) -> None:
    whole = run(*TABLE, extracted).stdout
    lines = extracted.read_bytes().splitlines(keepends=True)
    turned = tmp_path / "turned.jsonl"
    turned.write_bytes(b"".join(reversed(lines)))
    assert run(*TABLE, turned).stdout == whole
    assert run(*TABLE, turned, "-j", "2").stdout == whole
    assert run(*TABLE, *reversed(SEED_PAGES)).stdout == whole
    assert run(*TABLE, input=b"".join(lines)).stdout == whole


def test_both_ways_to_terms_give_the_same_bytes(extracted: Path) -> None:
    pytest.importorskip("duckdb")
    assert run(*TABLE, extracted, "--ngrams", "duckdb").stdout == run(*TABLE, extracted).stdout


def test_documents_as_groups_are_the_records_counts(extracted: Path) -> None:
    units = "words,entities,references"
    found = rows("keywords", extracted, "--by", "id", "--units", units)
    by_document = {(row["id"], row["term"]): row["count"] for row in found}
    stage = rows("keywords", extracted, "--rows", "keywords", "--fields", "id,term,count")
    assert by_document == {(row["id"], row["term"]): row["count"] for row in stage}
    whole = {row["term"]: row["count"] for row in rows(*TABLE, extracted, "--units", units)}
    total: Counter[str] = Counter()
    for row in found:
        total[row["term"]] += row["count"]
    assert total == whole


def test_groups_by_any_field(extracted: Path) -> None:
    found = rows("keywords", extracted, "--by", "published.year", "--top", "2")
    years = [row["published_year"] for row in found]
    assert years == sorted(years, key=lambda year: (year is None, year or ""))
    assert max(Counter(years).values()) == 2
    assert {row["section"] for row in rows("keywords", extracted, "--by", "section")} == {"Xuân Kỷ Hợi 2019", None}


def test_every_count_of_the_table_is_found(extracted: Path, table: list[dict[str, Any]]) -> None:
    scan = terms.open(Lexicons())
    found = [list(scan(loads(line))) for line in extracted.read_bytes().splitlines()]
    for row in table:
        assert sum(1 for one in found for _ in Query(row["term"]).find(one)) == row["count"], row["term"]


@pytest.mark.parametrize("term", ["Bác", "tư tưởng, đạo đức, phong cách Hồ Chí Minh"])
def test_context_is_shown_for_every_count(term: str, extracted: Path, table: list[dict[str, Any]]) -> None:
    texts = {record["id"]: record["text"] for record in records(extracted.read_bytes())}
    found = rows("kwic", term, extracted)
    assert len(found) == next(row["count"] for row in table if row["term"] == term)
    for one in found:
        text = texts[one["id"]]
        assert text[one["start"] : one["end"]] == one["text"]
        assert text[: one["start"]].endswith(one["left"])
        assert text[one["end"] :].startswith(one["right"])


def test_context_of_a_regular_expression(extracted: Path) -> None:
    found = rows("kwic", "--regex", "phong cách (của )?(Bác|Hồ Chí Minh)", extracted)
    assert {one["text"] for one in found} == {"phong cách của Bác", "phong cách Hồ Chí Minh"}
    assert run("kwic", "--regex", "(", extracted).returncode == 2
    assert run("kwic", "--regex", "x*", extracted).returncode == 2


def test_context_of_a_canonical_name(extracted: Path) -> None:
    plain = rows("kwic", "Hồ Chí Minh", extracted)
    canonical = rows("kwic", "Hồ Chí Minh", extracted, "--canonical")
    assert {one["text"] for one in plain} == {"Hồ Chí Minh"}
    assert {"Bác", "Hồ Chí Minh"} <= {one["text"] for one in canonical}


def test_context_is_aligned_on_a_terminal(extracted: Path) -> None:
    master, slave = pty.openpty()
    environment = os.environ | {"COLUMNS": "100"}
    command = [COMMAND, "kwic", "Bác", str(extracted), "-q"]
    done = subprocess.Popen(command, stdout=slave, stdin=subprocess.DEVNULL, env=environment)
    os.close(slave)
    data = b""
    while True:
        try:
            piece = os.read(master, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        data += piece
    os.close(master)
    assert done.wait() == 0
    lines = data.decode().splitlines()
    assert len(lines) == 26
    assert {line[54:57] for line in lines} == {"Bác"}
    assert all(len(line) <= 100 for line in lines)


def test_keyness_of_two_inputs(extracted: Path, tmp_path: Path) -> None:
    lines = extracted.read_bytes().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines * 8))
    (tmp_path / "b.jsonl").write_bytes(
        msgspec.json.encode({"text": "Giá cà phê\n\n" + "Giá cà phê xuất khẩu tăng mạnh trong tháng. " * 300}) + b"\n"
    )
    found = rows("keyness", tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert found[0]["lrc"] > 0 > found[-1]["lrc"]
    assert found[-1]["count"] == 0
    for row in found:
        assert (row["evidence"] == "insufficient") == (row["lrc"] == 0)
        assert {"log_ratio", "g2", "g2_two_cell", "chi2", "pct_diff", "simple_maths", "formula"} <= row.keys()
    assert found == sorted(found, key=lambda row: (-row["lrc"], -row["g2"], row["term"]))
    by_g2 = rows("keyness", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--order", "g2", "--top", "5")
    assert [row["g2"] for row in by_g2] == sorted((row["g2"] for row in found), reverse=True)[:5]


def test_keyness_of_a_part(extracted: Path) -> None:
    found = rows("keyness", extracted, "--by", "published.year=2019")
    assert {row["n"] for row in found} == {1}
    assert {row["reference_n"] for row in found} == {4}


def test_keyness_of_a_list(extracted: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("term,count,corpus_size\nBác,3,1000000\ncà phê,50,1000000\n", encoding="utf-8")
    found = {row["term"]: row for row in rows("keyness", extracted, tmp_path / "list.csv")}
    assert found["Bác"]["lrc"] > 5
    assert found["cà phê"]["reference_per_million"] == 50
    (tmp_path / "bad.csv").write_text("word,n\nBác,3\n", encoding="utf-8")
    assert run("keyness", extracted, tmp_path / "bad.csv").returncode == 2


def test_collocations(extracted: Path) -> None:
    found = rows("collocations", "Bác", extracted)
    assert found[0]["collocate"] == "làm theo"
    assert [row["log_dice"] for row in found] == sorted((row["log_dice"] for row in found), reverse=True)
    assert all(2 <= row["near"] <= row["count"] and row["term_count"] == 26 for row in found)
    assert all(row["window"] == 5 and row["formula"] for row in found)
    assert rows("collocations", "không có từ này", extracted) == []


def test_trends(extracted: Path, table: list[dict[str, Any]]) -> None:
    found = rows("trends", "Bác", "cán bộ", extracted)
    counts = {row["term"]: row["count"] for row in table}
    assert sum(row["count"] for row in found if row["term"] == "Bác") == 26
    assert sum(row["count"] for row in found if row["term"] == "cán bộ") == counts["cán bộ"]
    assert [row["period"] for row in found if row["term"] == "Bác"] == ["2017", "2019", "2021", None]
    months = rows("trends", "Bác", "--per", "month", input=extracted.read_bytes())
    assert [row["period"] for row in months] == ["2017-05", "2019-01", "2021-04", None]


def test_pages_go_through_the_stages_they_lack() -> None:
    assert len(rows("kwic", "Bác", SEEDS)) == 26
    strip = run("strip", SEEDS).stdout
    assert len(rows("kwic", "Bác", input=strip)) == 26
    words = rows(*TABLE, "--units", "words", input=run("segment", input=strip).stdout)
    assert words[0]["term"] == "thực hiện"


def test_records_are_not_made_again(extracted: Path) -> None:
    record = records(extracted.read_bytes())[0]
    record["entities"] = []
    data = msgspec.json.encode(record) + b"\n"
    assert rows("kwic", "Bác", input=data) == []


def test_failures_are_told_and_the_rest_is_counted(extracted: Path, tmp_path: Path) -> None:
    for command in (TABLE, ("kwic", "Bác"), ("collocations", "Bác"), ("trends", "Bác")):
        done = run(*command, extracted, tmp_path / "none.jsonl", "--errors", tmp_path / "errors.jsonl")
        assert done.returncode == 3, command
        assert done.stdout, command
        assert records((tmp_path / "errors.jsonl").read_bytes())[0]["code"] == "not_found"
    assert run("keyness", extracted, tmp_path / "none.jsonl").returncode == 3


@pytest.mark.parametrize(
    "args",
    [
        ("keywords", "--corpus", "--rows", "keywords"),
        ("keywords", "--corpus", "--output-dir", "x"),
        ("keywords", "--corpus", "--units", "nouns"),
        ("keywords", "--corpus", "--ngrams", "spark"),
        ("keyness",),
        ("keyness", "--by", "section"),
        ("keyness", "--by", "section=none such"),
        ("keyness", "--order", "size", "--by", "section=a"),
        ("trends", "Bác", "--per", "week"),
        ("kwic", " "),
    ],
)
def test_what_makes_no_sense_is_refused(args: tuple[str, ...], extracted: Path) -> None:
    done = run(*args, extracted)
    assert (done.returncode, done.stdout) == (2, b""), done.stderr


@pytest.mark.parametrize("command", ["keywords", "keyness", "collocations", "kwic", "trends"])
def test_help_shows_two_examples_and_the_exit_codes(command: str) -> None:
    text = run(command, "--help").stdout.decode()
    assert text.count("  hocbac-nlp ") >= 2
    assert "Exit codes: 0 all done" in text


def test_fields_that_are_empty_everywhere_are_told(extracted: Path) -> None:
    def notes(*args: str) -> list[str]:
        said = run(*args, extracted).stderr.decode().splitlines()
        return [line for line in said if "is it spelt right?" in line]

    assert notes("keywords", "--by", "sektion")[0].startswith("hocbac-nlp: --by sektion: ")
    assert notes("keywords", "--by", "section") == notes("keywords", "--by", "id") == []
    assert notes("keywords", "--corpus", "--fields", "term,cuont")[0].startswith("hocbac-nlp: --fields cuont: ")
    assert notes("keywords", "--corpus", "--fields", "term,count") == []


def test_output_to_a_file_and_chosen_fields(extracted: Path, tmp_path: Path) -> None:
    assert run(*TABLE, extracted, "--top", "1", "--fields", "term,count", "-o", tmp_path / "o").stdout == b""
    assert (tmp_path / "o").read_bytes() == '{"term":"thực hiện","count":77}\n'.encode()
    assert list(rows("kwic", "Bác", extracted, "--fields", "text,id")[0]) == ["text", "id"]
