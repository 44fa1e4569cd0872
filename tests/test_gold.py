import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from hocbac_nlp.errors import UsageError
from hocbac_nlp.evaluation.gold import read
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.work import Done
from hocbac_nlp.views import brat
from tests.samples import document


def write(folder: Path, name: str, page: str, **gold: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(page, encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps({"id": name, **gold}), encoding="utf-8")


def test_layers_that_are_not_annotated_are_not_asked(tmp_path: Path) -> None:
    write(tmp_path, "a", "Bác Hồ", entities=[{"start": 0, "end": 6, "text": "Bác Hồ", "type": "PER"}])
    (gold,) = read(tmp_path)
    assert set(gold.layers) == {"entities"} and gold.lines is None and gold.meta is None
    assert gold.layers["entities"][0]["label"] == "PER"


def test_offsets_of_a_decomposed_page_follow_it_into_nfc(tmp_path: Path) -> None:
    page = unicodedata.normalize("NFD", "Đồng chí Nguyễn Văn Bé")
    start = page.index(unicodedata.normalize("NFD", "Nguyễn"))
    write(tmp_path, "a", page, entities=[{"start": start, "end": len(page), "text": page[start:], "label": "PER"}])
    (gold,) = read(tmp_path)
    (name,) = gold.layers["entities"]
    assert gold.text[name["start"] : name["end"]] == name["text"] == "Nguyễn Văn Bé"


def test_pages_beside_the_folder_are_found(tmp_path: Path) -> None:
    write(tmp_path / "gold", "a", "x", lines=[])
    (tmp_path / "pages").mkdir()
    (tmp_path / "gold" / "a.txt").rename(tmp_path / "pages" / "a.txt")
    assert read(tmp_path / "gold")[0].text == "x"
    (tmp_path / "pages" / "a.txt").unlink()
    with pytest.raises(UsageError, match="its page is missing"):
        read(tmp_path / "gold")


def test_what_export_writes_for_brat_is_gold(tmp_path: Path) -> None:
    record = document()
    with brat.folder(str(tmp_path)) as sink:
        sink(Done(record.id, brat.open(Lexicons(), {})(record)))
    (gold,) = read(tmp_path)
    assert gold.stem == "a" and gold.text == record.text and not gold.from_page
    assert {layer: len(items) for layer, items in gold.layers.items()} == {
        **{"entities": 4, "references": 1, "times": 2, "statistics": 2, "persons": 1}
    }
    assert gold.layers["statistics"][1]["change"] == {"direction": "up", "mode": "by"}
    assert gold.layers["persons"][0]["role"] == "Chủ tịch UBND huyện Chợ Lách"
    assert gold.layers["entities"][1]["text"] == "Nguyễn Văn\nMinh"


def test_brat_without_notes_asks_for_no_attributes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Năm 2023 có 5%", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tStatistic 12 14\t5%\nE1\tx\n", encoding="utf-8")
    (gold,) = read(tmp_path)
    assert gold.layers == {"statistics": [{"start": 12, "end": 14, "text": "5%"}]}


@pytest.mark.parametrize("content", ["{", "[]", '{"entities": [{"start": "x"}]}', '{"lines": [{}]}', '{"entities": 5}'])
def test_what_is_no_gold_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(UsageError, match=r"a\.json"):
        read(tmp_path)


def test_folders_without_gold(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no gold"):
        read(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        read(tmp_path / "none")
    (tmp_path / "a.ann").write_text("T1\tPER x y\tz")
    with pytest.raises(UsageError, match=r"a\.ann"):
        read(tmp_path)


@pytest.mark.parametrize(
    "gold",
    [
        {"entities": [{"start": 1, "end": 4, "text": "Bác", "label": "PER"}]},
        {"lines": [{"line": 2, "label": "title"}]},
        {"lines": [{"line": 0, "label": "title"}]},
    ],
)
def test_gold_that_does_not_fit_its_page_is_told(tmp_path: Path, gold: dict[str, Any]) -> None:
    write(tmp_path, "a", "Bác Hồ", **gold)
    with pytest.raises(UsageError, match="a: "):
        read(tmp_path)
