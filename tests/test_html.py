"""HTML pages: the text that a browser would show, the marks of its lines, and what `strip` makes of them."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp import strip
from hocbac_nlp.document import Document, Source
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.html import render
from hocbac_nlp.stripping.lines import split
from hocbac_nlp.stripping.marks import Marker

LEXICONS = Lexicons()
STEP = strip.open(LEXICONS, {})
DATA = Path(__file__).parent / "data"


def stripped(html: str) -> Document:
    page = render(html)
    document = Document(
        {"schema": "hocbac/1", "id": "x", "source": Source(view="html"), "stages": [], "text": page.text}
    )
    document.hints = page.hints
    document.page = page.text
    STEP(document)
    return document


def by_role(document: Document, role: str) -> list[str]:
    assert document.page is not None
    return [document.page[b.source_start : b.source_end] for b in document.blocks if b.role == role]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Một <b>dòng</b>\n  có   <i>chữ</i></p>", "Một dòng có chữ"),
        ("<p>Một<br>hai</p><p>ba</p>", "Một\nhai\n\nba"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        (
            "<table><tr><td>Loại</td><td>Giá</td></tr><tr><td><p>x</p></td><td>y</td></tr></table>",
            "Loại\tGiá\n\nx\n\ny",
        ),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("a<script>b</script><style>c</style><template>d</template><noscript>e</noscript>f", "af"),
        ("<p hidden>a</p><p style='display:none'>b</p><p>c</p>", "c"),
        ("<head><title>t</title></head><body>a&nbsp;b&amp;c</body>", "a\u00a0b&c"),
        ("<p>Vie&#x302;&#x323;t</p>", "Việt"),
        ("", ""),
        ("không có thẻ", "không có thẻ"),
    ],
)
def test_text_as_shown(html: str, text: str) -> None:
    assert render(html).text == text


def test_deep_nesting_loses_nothing() -> None:
    assert render("<div>" * 20_000 + "sâu").text == "sâu"


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<td>",
                "<b>",
                "<br>",
                "</div>",
                "<div class='menu'>",
                "<h1>",
                "chữ ",
                "\n",
                "\u00a0",
                "<!--",
                "-->",
                "&",
                "<",
            ]
        )
    )
)
def test_any_soup(pieces: list[str]) -> None:
    page = render("".join(pieces))
    lines = page.text.split("\n") if page.text else []
    assert page.text == unicodedata.normalize("NFC", page.text)
    assert len(page.hints.sizes) == len(page.hints.links) == len(lines)
    assert len(Marker(LEXICONS).read(page.hints)) == len(lines)
    if page.text.strip():
        document = stripped("".join(pieces))
        covered = [at for block in document.blocks for at in range(block.source_start, block.source_end)]
        assert len(covered) == len(set(covered))
        assert {at for at, c in enumerate(page.text) if not c.isspace()} <= set(covered)


MODERN = (DATA / "html_modern.html").read_text(encoding="utf-8")
TABLES = (DATA / "html_tables.html").read_text(encoding="utf-8")


def test_a_modern_page() -> None:
    document = stripped(MODERN)
    assert document.title == "Giá dừa khô lập đỉnh mới"
    assert document.published == "2024-05-06T07:08+07:00"
    assert document.authors == ["Lan Chi"]
    assert document.section == "Kinh tế"
    assert [block.role for block in document.kept] == [
        "title",
        "lead",
        "paragraph",
        "paragraph",
        "caption",
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
    ]
    assert by_role(document, "byline") == ["Lan Chi"]
    assert "Xuất khẩu chỉ xơ dừa tăng mạnh trong quý đầu năm nay." in by_role(document, "furniture")


def test_a_page_laid_out_with_tables() -> None:
    document = stripped(TABLES)
    assert document.title == "Xã Tân Thanh Tây ra mắt tổ tự quản thu gom rác"
    assert document.published == "2011-03-08T09:15+07:00"
    assert document.authors == ["Trần Quốc Bảo"]
    assert by_role(document, "caption") == ["Hội viên phụ nữ thu gom rác trên tuyến đường ấp Tân Lộc"]
    assert len(by_role(document, "paragraph") + by_role(document, "lead")) == 3
    assert "Trang chủ\tGiới thiệu\tLiên hệ" in by_role(document, "furniture")


def test_claims_count_only_where_the_page_shows_them() -> None:
    html = MODERN.replace("06/05/2024 07:08", "").replace("Thứ hai, 6/5/2024", "").replace("<b>Lan Chi</b>", "")
    document = stripped(html)
    assert document.published is None
    assert document.authors == []


def test_a_furniture_class_on_the_whole_page_is_not_believed() -> None:
    document = stripped(MODERN.replace('<div class="main">', '<div class="main sidebar related-layout">'))
    assert document.title == "Giá dừa khô lập đỉnh mới"
    assert len(by_role(document, "paragraph")) == 5


def test_lines_carry_their_marks() -> None:
    page = render(MODERN)
    marks = {line.text: line.marks for line in split(page.text, Marker(LEXICONS).read(page.hints))}
    assert "menu" in marks["Trang chủ"]
    assert {"h1", "title"} <= marks["Giá dừa khô lập đỉnh mới"]
    assert "caption" in marks["Ghe dừa ở Mỏ Cày"]
    assert "footer" in marks["© Báo Xứ Dừa"]
