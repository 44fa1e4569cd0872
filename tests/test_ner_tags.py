"""What stands around a model of the user's own, without a model: tags, windows, spans, and how they join the rules."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocbac_nlp import entities
from hocbac_nlp.document import Document, Label, Reference, Token
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import ner_model, ner_tags
from hocbac_nlp.naming.ner_tags import Name, Tag
from tests.layers import document
from tests.support import SEEDS, run

LEXICONS = Lexicons()
MEANINGS: dict[str, Label] = {"PER": "PER", "PERSON": "PER", "LOC": "LOC"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("B-PER", Tag("PER", True)),
        ("i-person", Tag("PER", False)),
        ("S_LOC", Tag("LOC", True)),
        ("LOC", Tag("LOC", False)),
        ("O", None),
        ("B-MISC", None),
        ("LABEL_1", None),
    ],
)
def test_tags(name: str, expected: Tag | None) -> None:
    assert ner_tags.tag(name, MEANINGS) == expected


def test_names_end_where_labels_change_and_leave_marks_out() -> None:
    text = "“Lê An” Lê Bình, Huế."
    units = ner_tags.units(text, 0, len(text))
    per, more, place = Tag("PER", True), Tag("PER", False), Tag("LOC", False)
    tags = [more, more, more, more, per, more, None, place, place]
    found = list(ner_tags.names(text, units, tags))
    assert [(text[one.start : one.end], one.label) for one in found] == [
        ("Lê An", "PER"),
        ("Lê Bình", "PER"),
        ("Huế", "LOC"),
    ]


@given(st.integers(0, 300), st.integers(1, 40))
def test_windows_cover_every_piece_once(size: int, limit: int) -> None:
    counted: list[int] = []
    for start, end, first, last in ner_tags.windows(size, limit):
        assert 0 <= start <= first <= last <= end <= size and end - start <= limit
        counted += range(first, last)
    assert counted == list(range(size))


def test_a_unit_has_the_first_piece_that_reaches_into_it() -> None:
    units, pieces = [(0, 4), (5, 6), (7, 9)], [(0, 2), (2, 4), (7, 9)]
    assert list(ner_tags.first_pieces(units, pieces)) == [0, None, 2]


def tokens(record: Document) -> Document:
    """The record with its syllables as words."""
    text = record.text
    spans = ner_tags.units(text, 0, len(text))
    record.tokens = [Token(text[start:end], start, end, "N") for start, end in spans]
    return record


def test_names_of_a_model_fill_what_the_rules_leave() -> None:
    record = tokens(document("UBND huyện Chợ Lách gặp K'Brêu Zô theo Nghị quyết Trung ương 4.\nAbcde."))
    at = record.text.index
    cited = "Nghị quyết Trung ương 4"
    facts = ("Nghị quyết", "4", None, None, None, None, None, "x")
    record.references = [Reference(cited, at(cited), at(cited) + len(cited), *facts)]

    def model(_: Document) -> list[Name]:
        def name(words: str, label: Label) -> Name:
            return Name(at(words), at(words) + len(words), label)

        inside: list[tuple[str, Label]] = [
            ("huyện Chợ", "LOC"),
            ("K", "PER"),
            ("Brêu", "PER"),
            ("Trung ương", "ORG"),
            ("bcd", "ORG"),
        ]
        return [name(words, label) for words, label in inside]

    plain = entities.open(LEXICONS)(record)
    found = entities.open(LEXICONS, model)(record)
    assert [one for one in found if one.rule != "ner-model"] == plain
    assert [(one.text, one.label) for one in found if one.rule == "ner-model"][-1:] == [("Abcde", "ORG")]
    assert all(record.text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


SAID: list[Name] = []
FIND = entities.open(LEXICONS, lambda _: SAID)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from(["PER", "ORG", "LOC"])), max_size=8))
def test_whatever_a_model_says_spans_are_whole_and_apart(said: list[tuple[int, int, Label]]) -> None:
    record = tokens(document("Ông Lê Văn An (K'Ho), Huế –\nUBND tỉnh… Y-khoa!"))
    record.references = []
    SAID[:] = [Name(start, start + size, label) for start, size, label in sorted(said)]
    found = FIND(record)
    assert all(record.text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_what_is_missing_is_named(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ner_model, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'hocbac-nlp\[ner\]'"):
        ner_model.check(str(tmp_path))
    monkeypatch.setattr(ner_model, "find_spec", lambda name: name)
    with pytest.raises(UsageError, match="no such folder"):
        ner_model.check(f"{tmp_path}/missing")
    with pytest.raises(UsageError, match=r"no config\.json"):
        ner_model.check(str(tmp_path))


def test_the_command_refuses_what_it_cannot_use() -> None:
    done = run("extract", SEEDS, "--ner-model", "missing")
    assert done.returncode == 2 and done.stdout == b"" and b"--ner-model" in done.stderr
