from pathlib import Path

import pytest

from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons, copy_to, packaged_folder

LEXICONS = Lexicons()


@pytest.mark.parametrize("name", LEXICONS.names)
def test_every_lexicon_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    head = LEXICONS.head(name)
    assert head and not head[0].startswith(("source:", "licence:", "used by:"))
    for wanted in ("source: ", "licence: ", "used by: "):
        assert any(line.startswith(wanted) for line in head), wanted


@pytest.mark.parametrize("name", LEXICONS.names)
def test_every_lexicon_can_be_read_and_no_row_is_too_long(name: str) -> None:
    assert LEXICONS.size(name) > 0
    if name.endswith(".tsv"):
        assert all(next(iter(row.values())) for row in LEXICONS.rows(name))


def test_a_users_file_adds_and_removes_entries(tmp_path: Path) -> None:
    (tmp_path / "compounds.txt").write_text("# mine\nhợp tác xã\n-cấp ủy\n", encoding="utf-8")
    mine = Lexicons(tmp_path)
    assert "hợp tác xã" in mine.lines("compounds.txt")
    assert "cấp ủy" not in mine.lines("compounds.txt")
    assert list(mine.changes()) == [("compounds.txt", 1, 1)]
    assert mine.digest != LEXICONS.digest


def test_a_users_table_adds_and_removes_rows(tmp_path: Path) -> None:
    (tmp_path / "stopwords.tsv").write_text("word\trole\n-của\nđề nghị\tboilerplate\n", encoding="utf-8")
    words = {row["word"]: row["role"] for row in Lexicons(tmp_path).rows("stopwords.tsv")}
    assert "của" not in words and words["đề nghị"] == "boilerplate"


def test_the_digest_ignores_comments(tmp_path: Path) -> None:
    (tmp_path / "compounds.txt").write_text("# only a comment\n", encoding="utf-8")
    assert Lexicons(tmp_path).digest == LEXICONS.digest


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nothing.txt", "x\n", "no lexicon has this name"),
        ("compounds.txt", "-không có ở đây\n", "line 1: removes"),
        ("stopwords.tsv", "a\tb\tc\n", "3 columns where the lexicon has 2"),
    ],
)
def test_mistakes_in_a_users_folder_are_told(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        Lexicons(tmp_path)


def test_a_users_file_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "compounds.txt").write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(UsageError, match="UTF-8"):
        Lexicons(tmp_path)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        Lexicons(tmp_path / "none")


def test_copies_are_a_valid_overlay_that_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    assert len(list(copy_to(folder))) == len(list(packaged_folder().glob("*.t[xs][tv]")))
    assert Lexicons(folder).digest == LEXICONS.digest
    with pytest.raises(UsageError, match="is there already"):
        list(copy_to(folder))
