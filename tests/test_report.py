"""The report: what is in the page is what the records say; hostile text stays text; the page asks for nothing."""

import html.parser
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hocbac_nlp.document import Entity, Statistic, dumps, loads
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.report import view
from hocbac_nlp.report.columns import LAYOUTS, Table
from hocbac_nlp.report.page import SCRIPTS
from tests import samples
from tests.reports import HARM, harmful_records, unpack, write_report
from tests.support import ROOT, records, run

STATIC = ROOT / "hocbac_nlp" / "report" / "static"


@pytest.fixture(scope="module")
def jsonl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return harmful_records(tmp_path_factory.mktemp("records"))


@pytest.fixture(scope="module")
def page(jsonl: Path) -> bytes:
    return write_report(jsonl.with_name("report.html"), jsonl)


@pytest.fixture(scope="module")
def bare(jsonl: Path) -> bytes:
    return write_report(jsonl.with_name("bare.html"), jsonl, "--no-text", "--title", "Học tập & làm theo <Bác>")


def utf16(text: str, start: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


def line(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


# --- the data are the records' ------------------------------------------------------------------------------------


def test_every_item_is_there_and_stands_where_the_record_says(jsonl: Path, page: bytes) -> None:
    data, texts = unpack(page)
    originals = records(jsonl.read_bytes())
    assert texts == [record["text"] for record in originals]
    assert [row["id"] for row in data["documents"]] == [record["id"] for record in originals]
    for layer in ("entities", "persons", "references", "statistics", "sentences"):
        expected = [
            (number, record["text"][item["start"] : item["end"]])
            for number, record in enumerate(originals)
            for item in record[layer]
        ]
        found = [(row["document"], utf16(texts[row["document"]], row["start"], row["length"])) for row in data[layer]]
        assert found == expected, layer


def test_figures_keep_what_they_are_worth(jsonl: Path, page: bytes, bare: bytes) -> None:
    expected = [
        (one["value"], one["low"], one["high"], one["unit"], one["relation"], line(one["of"]), one["kind"])
        for record in records(jsonl.read_bytes())
        for one in record["statistics"]
    ]
    for one in (page, bare):
        rows = unpack(one)[0]["statistics"]
        assert [
            tuple(row[name] for name in ("value", "low", "high", "unit", "relation", "of", "kind")) for row in rows
        ] == expected


def test_blocks_are_counted_by_role_and_rule(jsonl: Path, page: bytes) -> None:
    blocks = [block for record in records(jsonl.read_bytes()) for block in record["blocks"]]
    expected = Counter((one["role"], one["rule"], one["start"] is not None) for one in blocks)
    rows = unpack(page)[0]["stripped"]
    assert {(row["role"], row["rule"], row["kept"]): row["blocks"] for row in rows} == expected
    assert sum(row["characters"] for row in rows) == sum(one["source_end"] - one["source_start"] for one in blocks)


def test_terms_are_counted_as_the_keyword_table_counts_them(jsonl: Path, page: bytes) -> None:
    done = run("keywords", "--corpus", "--units", "words,entities,references", jsonl)
    table = {row["term"]: row for row in records(done.stdout)}
    data, texts = unpack(page)
    assert data["terms"]
    for number, row in enumerate(data["terms"]):
        mine = table[row["term"]]
        assert (row["count"], row["doc_freq"]) == (mine["count"], mine["doc_freq"])
        assert row["dp_norm"] == pytest.approx(mine["dp_norm"], abs=0.001)
        places = [one for one in data["occurrences"] if one["term"] == number]
        assert len(places) == row["count"] and len({one["document"] for one in places}) == row["doc_freq"]
        for one in places:
            found = utf16(texts[one["document"]], one["start"], one["length"])
            assert (line(found) or "").lower() == row["term"].lower()


def test_keyness_is_the_greatest_g2_of_a_document_against_the_rest(page: bytes) -> None:
    from hocbac_nlp.corpora.keyness import g2_two_cell

    data, _ = unpack(page)
    sizes = [row["size"] for row in data["documents"]]
    for number, row in list(enumerate(data["terms"]))[:20]:
        counts = Counter(one["document"] for one in data["occurrences"] if one["term"] == number)
        over = {
            document: g2_two_cell(count, sizes[document], row["count"] - count, sum(sizes) - sizes[document])
            for document, count in counts.items()
            if count / sizes[document] > row["count"] / sum(sizes)
        }
        assert row["keyness"] == pytest.approx(max(over.values()), abs=0.001)
        assert over[row["typical"]] == max(over.values())


def test_without_text_there_are_items_and_counts_alone(jsonl: Path, page: bytes, bare: bytes) -> None:
    data, texts = unpack(bare)
    assert texts == [] and not {"blocks", "sentences"} & set(data)
    assert all("start" not in row for name in LAYOUTS if name in data and name != "stripped" for row in data[name])
    whole = unpack(page)[0]
    for name in ("entities", "persons", "references", "statistics", "terms", "occurrences", "stripped"):
        assert len(data[name]) == len(whole[name]), name
    sentence = records(jsonl.read_bytes())[0]["text"].splitlines()[-1][:200]
    assert sentence not in str(data)


# --- nothing can act ----------------------------------------------------------------------------------------------


class Outline(html.parser.HTMLParser):
    """The elements of a page, with what stands in the data blocks left out."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attributes if name in ("src", "href", "action", "data")]


def test_page_text_is_never_markup(page: bytes, bare: bytes) -> None:
    for one in (page, bare):
        outline = Outline()
        outline.feed(one.decode())
        assert Counter(outline.tags)["script"] == 3
        assert outline.addresses == ["data:,"]
        assert b"alert(" not in one and b"\x1b" not in one


def test_the_title_is_escaped(bare: bytes) -> None:
    assert "<title>Học tập &amp; làm theo &lt;Bác&gt;</title>" in bare.decode()
    assert unpack(bare)[0]["title"] == "Học tập & làm theo <Bác>"


def test_the_policy_allows_this_script_and_no_request(page: bytes) -> None:
    policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1].startswith(b"default-src 'none'")
    assert b"http" not in policy[1] and b"unsafe" not in policy[1] and b"connect-src" not in policy[1]


def test_scripts_make_no_markup_from_strings() -> None:
    source = "".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "Storage"):
        assert forbidden not in source


# --- places, sizes, sameness --------------------------------------------------------------------------------------


def test_places_count_utf16_units_behind_letters_beyond_the_bmp() -> None:
    document = samples.document()
    document.text = document.text.replace("tổng", "t😀ng")
    article = view.decode(view.open(Lexicons(), {})(document))
    for entity, row in zip(document.entities, article.rows["entities"], strict=True):
        assert utf16(document.text, row[-2], row[-1]) == entity.text


def test_same_records_give_the_same_bytes(jsonl: Path, page: bytes, tmp_path: Path) -> None:
    assert write_report(tmp_path / "again.html", jsonl, "-j", "2") == page
    assert run("report", jsonl).stdout == page


def many(number: int) -> bytes:
    """Records as long as an article of 5.5 kB, each with its own words, names and figures."""
    import random

    chance = random.Random(7)
    syllables = (ROOT / "lexicons" / "compounds.txt").read_text(encoding="utf-8").split()
    base = msgspec.json.decode(samples.line())
    lines = []
    for at in range(number):
        text = " ".join(chance.choices(syllables, k=900))
        places = sorted(chance.sample(range(0, len(text) - 40), 80))
        entities = [Entity(text[p : p + 15], p, p + 15, "ORG", text[p : p + 15], "heads") for p in places[:60]]
        statistics = [
            Statistic(
                text[p : p + 9],
                p,
                p + 9,
                "count",
                chance.randint(1, 9**6),
                None,
                None,
                None,
                "=",
                None,
                text[p + 9 : p + 25],
            )
            for p in places[60:]
        ]
        block = {"role": "paragraph", "start": 0, "end": len(text), "source_start": 0, "source_end": len(text)}
        record = base | {
            "id": f"pages/{at:05}.txt",
            "text": text,
            "blocks": [block | {"rule": "text", "duplicate_of": None}],
            "sentences": [{"start": p, "end": min(p + 150, len(text))} for p in range(0, len(text), 150)],
            "tokens": [
                {"text": match[0], "start": match.start(), "end": match.end(), "pos": "N"}
                for match in re.finditer(r"\S+", text)
            ],
            "entities": [msgspec.to_builtins(one) for one in entities],
            "statistics": [msgspec.to_builtins(one) for one in statistics],
            "persons": [],
            "references": [],
            "times": [],
        }
        lines.append(msgspec.json.encode(record))
    return b"\n".join(lines) + b"\n"


def test_a_report_stays_small(tmp_path: Path) -> None:
    """A tenth of 1,000 documents in a tenth of 4 MB, of 1 MB without text, though random words compress badly."""
    (tmp_path / "many.jsonl").write_bytes(many(100))
    script = sum(path.stat().st_size for path in STATIC.iterdir())
    assert len(write_report(tmp_path / "a.html", tmp_path / "many.jsonl")) - script < 560_000
    assert len(write_report(tmp_path / "b.html", tmp_path / "many.jsonl", "--no-text")) - script < 150_000


# --- the command --------------------------------------------------------------------------------------------------


def test_pages_are_extracted_first_and_failures_told(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(samples.PAGE, encoding="utf-8")
    done = run("report", tmp_path / "page.txt", tmp_path / "missing.txt", "-o", tmp_path / "r.html")
    assert done.returncode == 3 and b"missing.txt" in done.stderr
    assert len(unpack((tmp_path / "r.html").read_bytes())[0]["documents"]) == 1


def test_without_any_document_the_old_report_stays(tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text("old")
    assert run("report", tmp_path / "missing.txt", "-o", tmp_path / "r.html").returncode == 3
    assert (tmp_path / "r.html").read_text() == "old"


def test_a_record_without_words_or_metadata_is_in_the_report(tmp_path: Path) -> None:
    document = loads(samples.line())
    about: dict[str, Any] = {"title": None, "published": None, "section": None, "authors": []}
    empty = {"text": "…", "blocks": [], "sentences": [], "tokens": [], "entities": [], "persons": []}
    fields = document.fields() | about | empty | {"references": [], "statistics": [], "times": []}
    (tmp_path / "r.jsonl").write_bytes(dumps(type(document)(fields)) + b"\n" + samples.line())
    data, _ = unpack(write_report(tmp_path / "r.html", tmp_path / "r.jsonl"))
    assert [row["size"] > 0 for row in data["documents"]] == [False, True]
    assert {row["document"] for row in data["occurrences"]} <= {1}


# --- the interface ------------------------------------------------------------------------------------------------


def test_the_words_of_the_interface_are_those_that_are_used() -> None:
    rows = [one.split("\t") for one in (STATIC / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert all(len(row) == 3 and all(row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    for key, english, vietnamese in rows:
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", vietnamese)), key
    known = {row[0] for row in rows}
    source = "".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
    assert set(re.findall(r'\bt\("(\w+)"', source)) <= known
    used = set(re.findall(r'"(\w+)"', source)) | set(re.findall(r"\bkey: \"(\w+)\"", source))
    made = {key for key in known if re.match(r"role_|kind_|change_|(PER|ORG|LOC)_|\w+_short$", key)}
    assert known - used - made - set(re.findall(r"\b(PER|ORG|LOC)\b", source)) == set()


def test_columns_are_coded_as_the_layout_says() -> None:
    table = Table({"n": "plain", "at": "deltas", "word": "words"})
    for row in ((1, 5, "a"), (2, 7, "b"), (3, 7, "a")):
        table.add(row)
    assert table.coded() == {
        "n": [1, 2, 3],
        "at": {"deltas": [5, 2, 0]},
        "word": {"words": ["a", "b"], "at": [0, 1, 0]},
    }


def test_harm_is_in_the_data(page: bytes) -> None:
    """The test records do carry what the page has to withstand."""
    data, texts = unpack(page)
    assert data["documents"][-1]["section"] == HARM and "</script>" in texts[-1]
