import pytest
from rich.cells import cell_len

from hocbac_nlp.errors import DocumentError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import explain
from tests.samples import PAGE, document

LOOK = {"width": 60, "colour": False, "cut": True}


def test_each_line_of_the_page_with_role_and_rule() -> None:
    record = document()
    record.page = PAGE
    lines = explain.open(Lexicons(), LOOK | {"cut": False})(record).decode().splitlines()
    assert lines == [
        "pages/a.txt",
        "1 - furniture  furniture:menu  Trang chủ",
        "3 + title      title:test      Chợ Lách tổng kết năm 2023",
        "5 + paragraph  paragraph:test  Ông Nguyễn Văn",
        "6 + paragraph  paragraph:test  " + PAGE.split("\n")[5],
        "8 + paragraph  paragraph:test  Theo Chỉ thị số 05-CT/TW của Bộ Chính trị.",
        "",
    ]


def test_lines_are_cut_at_the_width_of_a_terminal() -> None:
    record = document()
    record.page = PAGE
    lines = explain.open(Lexicons(), LOOK)(record).decode().splitlines()
    assert max(map(cell_len, lines)) == 60 and any(line.endswith("…") for line in lines)


def test_colours_change_nothing_but_colour() -> None:
    import re

    record = document()
    record.page = PAGE
    painted = explain.open(Lexicons(), LOOK | {"colour": True})(record).decode()
    assert "\x1b[" in painted
    plain = explain.open(Lexicons(), LOOK)(record).decode()
    assert [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", painted).split("\n")] == plain.split("\n")


def test_a_record_whose_page_is_gone_can_not_be_explained() -> None:
    with pytest.raises(DocumentError, match="page is not in it"):
        explain.open(Lexicons(), LOOK)(document())


def test_controls_of_a_page_are_shown() -> None:
    record = document("a\x1b[2Jb")
    record.page = PAGE.replace("Trang chủ", "Tra\x1bg chủ")
    assert "\x1b" not in explain.open(Lexicons(), LOOK)(record).decode()
