"""What is a term: folding, units, stop words, compounds."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp import terms
from hocbac_nlp.document import Block, Document, Entity, Reference, Sentence, Token
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.terms import Term, Unit, fold

LEXICONS = Lexicons()


def document(*words: str, names: tuple[str, ...] = (), references: tuple[Reference, ...] = ()) -> Document:
    """A document of one sentence with these tokens, and an entity wherever a name stands in the text."""
    text = " ".join(words)
    tokens, at = [], 0
    for word in words:
        tokens.append(Token(word, at, at + len(word), "N"))
        at += len(word) + 1
    found = Document({"id": "a", "text": text, "tokens": tokens, "references": list(references)})
    found.sentences = [Sentence(0, len(text))]
    found.blocks = [Block("paragraph", 0, len(text), 0, len(text), "test")]
    found.entities = [
        Entity(name, text.index(name), text.index(name) + len(name), "PER", "Hồ Chí Minh", "test") for name in names
    ]
    return found


def scanned(found: Document, units: tuple[Unit, ...] = terms.DEFAULT_UNITS, canonical: bool = False) -> list[Term]:
    return [term for term in terms.open(LEXICONS, units, canonical)(found) if term.kind != "break"]


def strings(found: list[Term]) -> list[str]:
    return [term.term for term in found]


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Thực hiện", "thực hiện"),
        ("UBND", "UBND"),
        ("TƯ", "TƯ"),
        ("HĐND", "HĐND"),
        ("ĐẢNG BỘ", "đảng bộ"),
        ("HỘI", "hội"),
        ("Cán\nbộ", "cán bộ"),
        ("A", "a"),
    ],
)
def test_words_are_folded_and_acronyms_are_not(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text())
def test_folding_is_done_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_names_and_documents_are_whole() -> None:
    reference = Reference("Chỉ thị số 05-CT/TW", 0, 19, "Chỉ thị", "05", "05-CT/TW", None, None, None, None, "k")
    found = document("Chỉ thị", "số", "05-CT", "/", "TW", "của", "Hồ", "Chí Minh")
    found.text = "Chỉ thị số 05-CT/TW của Hồ Chí Minh"
    spans = [(0, 7), (8, 10), (11, 16), (16, 17), (17, 19), (20, 23), (24, 26), (27, 35)]
    found.tokens = [Token(found.text[start:end], start, end, "N") for start, end in spans]
    found.references = [reference]
    found.entities = [Entity("Hồ Chí Minh", 24, 35, "PER", "Hồ Chí Minh", "test")]
    assert strings(scanned(found)) == ["chỉ thị", "số", "05-CT/TW", "của", "Hồ Chí Minh"]
    assert strings(scanned(found, ("words", "entities"))) == ["chỉ thị", "số", "05-CT", "TW", "của", "Hồ Chí Minh"]
    assert strings(scanned(found, ("words",)))[-2:] == ["hồ", "chí minh"]


def test_a_name_counts_under_its_canonical_name_on_request() -> None:
    found = document("học", "Bác", names=("Bác",))
    assert strings(scanned(found)) == ["học", "Bác"]
    assert strings(scanned(found, canonical=True)) == ["học", "Hồ Chí Minh"]


def kinds(*words: str) -> list[str]:
    return [term.kind for term in scanned(document(*words), ("words",)) if term.term]


def test_a_stop_word_with_a_capital_inside_a_sentence_is_a_name() -> None:
    assert kinds("Các", "cán bộ") == ["stop", "word"]
    assert kinds("cán bộ", "Các") == ["word", "word"]
    assert kinds("“", "Các", "cán bộ") == ["stop", "word"]
    assert kinds("CÁC", "CÁN BỘ", "CỦA", "HUYỆN") == ["stop", "word", "stop", "word"]


@pytest.mark.parametrize("word", ["bác", "thực hiện", "đơn vị", "cán bộ", "nhân dân", "đảng"])
def test_words_of_substance_are_not_stopped(word: str) -> None:
    assert word not in terms.stop_words(LEXICONS)


@pytest.mark.parametrize("word", ["và", "của", "những", "đẩy mạnh", "góp phần", "cho biết"])
def test_function_words_and_boilerplate_are(word: str) -> None:
    assert word in terms.stop_words(LEXICONS)


def test_compounds_that_were_torn_apart_are_one_word() -> None:
    assert strings(scanned(document("chi", "bộ", "và", "Cấp ủy", "viên"))) == ["chi bộ", "và", "cấp ủy viên"]


def test_no_compound_goes_over_the_end_of_a_block() -> None:
    found = document("chi", "bộ")
    found.blocks = [Block("heading", 0, 3, 0, 3, "test"), Block("paragraph", 4, 6, 4, 6, "test")]
    assert strings(scanned(found)) == ["chi", "bộ"]


def test_units_are_parsed() -> None:
    assert terms.parse_units("entities, words") == ("words", "entities")
    assert terms.parse_units(None) is None
    for wrong in ("", "nouns", "words,nouns"):
        with pytest.raises(UsageError):
            terms.parse_units(wrong)


def test_marks_stand_close_to_what_is_before() -> None:
    assert terms.show([("a", "word"), (",", "mark"), ("b", "word")]) == "a, b"
    assert terms.show([("kinh tế", "word"), ("-", "mark"), ("xã hội", "word")]) == "kinh tế - xã hội"


def test_stop_words_are_nfc() -> None:
    normal: Callable[[str], str] = lambda word: unicodedata.normalize("NFC", word)  # noqa: E731
    assert all(word == normal(word) for word in terms.stop_words(LEXICONS))


def test_a_name_without_a_name_is_none() -> None:
    found = document("học", "Bác")
    found.entities = [Entity("Bác", 4, 7, "PER", " ", "test")]
    assert strings(scanned(found, canonical=True)) == ["học", "bác"]
