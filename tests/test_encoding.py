import unicodedata

import pytest

from hocbac_nlp.encoding import decode
from hocbac_nlp.errors import DocumentError
from hocbac_nlp.lexicon import Lexicons

LEXICONS = Lexicons()
TEXT = "Học tập và làm theo Bác: đẩy mạnh"
ALPHABET = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_detected_by_its_mark(data: bytes, name: str) -> None:
    assert decode(data, None, LEXICONS) == (TEXT, name, True)


def test_decomposed_text_is_composed_and_said_to_have_been() -> None:
    assert decode(unicodedata.normalize("NFD", TEXT).encode(), None, LEXICONS) == (TEXT, "utf-8", False)


def test_cp1258() -> None:
    written = "".join(unicodedata.normalize("NFC", base) + tone for base, tone in (("Ba", ""), ("c", "")))
    data = written.encode("cp1258") + "ê\u0301".encode("cp1258")
    assert decode(data, "cp1258", LEXICONS).text == "Bacế"


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        ("Häc tËp vµ lµm theo B¸c", "tcvn3", "Học tập và làm theo Bác"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("®Èy m¹nh", "tcvn3", "đẩy mạnh"),
        ("Hoïc taäp vaø laøm theo Baùc", "vni", "Học tập và làm theo Bác"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ñaåy maïnh", "vni", "đẩy mạnh"),
    ],
)
def test_font_encodings(data: str, name: str, text: str) -> None:
    assert decode(data.encode("latin-1"), name, LEXICONS).text == text


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_font_tables_cover_the_alphabet(name: str) -> None:
    letters = {row["letter"] for row in LEXICONS.rows(f"encoding_{name}.tsv")}
    assert set(ALPHABET) - letters == set()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", None, "empty"),
        (b" \n\t\r\n", None, "empty"),
        ("\u00a0\n\u00a0".encode(), None, "empty"),
        (b"\xef\xbb\xbf", None, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", None, "binary"),
        ("Häc tËp".encode("latin-1"), None, "encoding"),
        (b"\xff\xfea", None, "encoding"),
        (TEXT.encode("utf-8-sig"), "vni", "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, name: str | None, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data, name, LEXICONS)
    assert caught.value.code == code


def test_the_refusal_of_old_encodings_says_what_to_do() -> None:
    with pytest.raises(DocumentError, match="--encoding cp1258, tcvn3 or vni"):
        decode("Häc tËp".encode("latin-1"), None, LEXICONS)
