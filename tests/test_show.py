import re

import pytest
from rich.cells import cell_len

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import show
from tests.samples import document

LOOK = {"width": 72, "colour": False}


def view(colour: bool = False) -> str:
    return show.open(Lexicons(), LOOK | {"colour": colour})(document()).decode()


def test_blocks_with_roles_and_names_marked() -> None:
    text = view()
    assert text.startswith("pages/a.txt ─")
    assert "2024-01-12T08:30+07:00 · Lê An, P.T.C" in text and "1 of 4 blocks left out" in text
    assert "title       [LOC Chợ Lách] tổng kết năm 2023" in text
    assert "paragraph Ông [PER Nguyễn Văn Minh], Chủ tịch [ORG UBND huyện Chợ Lách], chủ trì." in " ".join(text.split())


def test_figures_people_documents_and_dates_as_tables() -> None:
    lines = [re.sub(" +", " ", line).strip() for line in view().splitlines()]
    assert "tăng 5% percent ↑ > 5,5 % mô hình" in lines
    assert "Nguyễn Văn Minh Chủ tịch UBND huyện Chợ Lách" in lines
    assert "chỉ thị 05-CT/TW Chỉ thị số 05-CT/TW của Bộ Chính trị" in lines
    assert "2022 năm 2022" in lines and "Bộ Chính trị ORG 1" in lines


def test_columns_stand_in_line_and_nothing_is_too_wide() -> None:
    lines = view().splitlines()
    assert max(map(cell_len, lines)) <= 72
    start = lines.index("figures")
    header, rows = lines[start + 2], lines[start + 4 : start + 6]
    at = cell_len(header[: header.index("kind")])
    assert [row.split()[-4 if "%" in row else 0] != "" for row in rows]
    assert all(cell_len(row[: row.index(kind)]) == at for row, kind in zip(rows, ("count", "percent"), strict=True))


def test_colours_mark_names_where_brackets_do_without() -> None:
    text = view(colour=True)
    assert "\x1b[" in text and "[PER" not in text
    bare = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert "PER ORG LOC references times statistics" in bare and "Ông Nguyễn Văn Minh, Chủ tịch" in bare


def test_controls_of_a_text_are_never_sent() -> None:
    record = document("\x1b]0;x\x07")
    record.title = record.section = "\x1b[2J"
    record.text = record.text.replace("chủ trì", "ch\x1b[1m ")
    assert "\x1b" not in show.open(Lexicons(), LOOK)(record).decode()


@pytest.mark.parametrize(
    ("value", "written"),
    [(7148000000000, "7.148.000.000.000"), (98.8, "98,8"), (0.001, "0,001"), (5.0, "5"), (None, "")],
)
def test_numbers_as_vietnamese_readers_write_them(value: float | None, written: str) -> None:
    assert show.number(value) == written
