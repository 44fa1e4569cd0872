"""Which repeated sequences are terms: the genre's formula, lists, links and stop words."""

from collections import Counter

from hocbac_nlp.corpora.multiword import Selector, Vocabulary
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.terms import Kind, Term

SELECTOR = Selector.load(Lexicons())

FORMULA = "tư tưởng|,|đạo đức|,|phong cách|Hồ Chí Minh"


def kind(word: str) -> Kind:
    if word == ".":
        return "break"
    if word == ",":
        return "mark"
    if word[0].isupper():
        return "entity"
    return "stop" if word in ("và", "của", "những", "đẩy mạnh", "cho", "trong") else "word"


def chosen(*sentences: str) -> tuple[dict[str, int], set[str]]:
    """The multi-word terms with their counts, and the single terms that they replace; words are parted by |."""
    vocabulary = Vocabulary()
    terms = [Term(word, 0, 0, kind(word)) for sentence in sentences for word in [*sentence.split("|"), "."]]
    sequence = vocabulary.sequence(terms)
    selection = SELECTOR.select(lambda: [sequence], vocabulary, Counter(item for item in sequence if item >= 0))
    return (
        {vocabulary.show(gram): count for gram, count in selection.terms.items()},
        {vocabulary.entries[item][0] for item in selection.covered},
    )


def test_the_formula_is_one_entry() -> None:
    terms, covered = chosen(
        *[f"học tập|và|làm theo|{FORMULA}"] * 5,
        *[f"đẩy mạnh|học tập|và|làm theo|{FORMULA}"] * 4,
        *[f"những|nội dung|của|{FORMULA}"] * 3,
        *[FORMULA] * 3,
        *["học tập|và|làm theo|Bác"] * 4,
    )
    assert terms == {"học tập và làm theo": 13, "tư tưởng, đạo đức, phong cách Hồ Chí Minh": 15}
    assert {"tư tưởng", "đạo đức", "phong cách", "Hồ Chí Minh", "học tập", "làm theo"} <= covered
    assert "Bác" not in covered


def test_a_list_of_words_that_live_alone_is_none() -> None:
    terms, covered = chosen(*["cơ quan|,|đơn vị"] * 5, *["đơn vị"] * 4, *["cơ quan"] * 2)
    assert (terms, covered) == ({}, set())


def test_a_list_of_words_that_do_not_is_one() -> None:
    terms, covered = chosen(*["công chức|,|viên chức"] * 5, "công chức")
    assert terms == {"công chức, viên chức": 5}
    assert {"công chức", "viên chức"} <= covered


def test_stop_words_are_neither_first_nor_last_but_may_link() -> None:
    assert chosen(*["của|nhân dân|và|những"] * 4)[0] == {}
    assert chosen(*["trách nhiệm|của|nhân dân"] * 4)[0] == {"trách nhiệm của nhân dân": 4}
    assert chosen(*["trách nhiệm|trong|nhân dân"] * 4)[0] == {}


def test_a_name_is_a_term_already() -> None:
    assert chosen(*["thực hiện|Chỉ thị 05"] * 6)[0] == {}


def test_a_word_that_lives_alone_stays() -> None:
    terms, covered = chosen(*["sinh hoạt|chi bộ"] * 4, *["chi bộ"] * 3)
    assert terms == {"sinh hoạt chi bộ": 4}
    assert covered == {"sinh hoạt"}


def test_twice_is_no_repeat() -> None:
    assert chosen(*["giải phóng|mặt bằng"] * 2)[0] == {}


def test_no_term_holds_another() -> None:
    terms, _ = chosen(*["phong trào|thi đua"] * 4, *["phong trào|thi đua|yêu nước"] * 4, *["thi đua|yêu nước"] * 4)
    assert not any(one != other and one in other for one in terms for other in terms)


def test_words_that_are_one_word_elsewhere_are_no_term() -> None:
    assert chosen(*["giải phóng|mặt bằng"] * 4, "giải phóng mặt bằng")[0] == {}


def test_a_string_goes_whole_or_stays_whole() -> None:
    terms, covered = chosen(*["Đảng|,|dân"] * 4, "đảng", *["dân"] * 5)
    assert (terms, covered) == ({}, set())
