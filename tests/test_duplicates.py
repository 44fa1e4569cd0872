import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.corpora.duplicates import SURE, Duplicates, bands, jaccard, shingles
from hocbac_nlp.document import SCHEMA, Document, Source
from hocbac_nlp.errors import DocumentError
from hocbac_nlp.running.work import Done

TERMS = ("huyện", "xã", "đảng bộ", "nhân dân", "tổ chức", "hội nghị", "kế hoạch", "mô hình", "kinh tế", "nông thôn")


def story(seed: int, length: int = 300) -> list[str]:
    draw = random.Random(seed)
    return [f"{draw.choice(TERMS)}{draw.randrange(50)}" for _ in range(length)]


def done(id: str, words: list[str], published: str | None = None) -> Done:
    record: dict[str, object] = {
        "schema": SCHEMA,
        "id": id,
        "source": {},
        "stages": [],
        "title": id,
        "published": published,
    }
    return Done(id, msgspec.json.encode(record | {"text": " ".join(words)}) + b"\n")


def text(words: str) -> Document:
    record = Document({"schema": SCHEMA, "id": "x", "source": Source(), "stages": []})
    record.text = words
    return record


def found(*documents: Done, threshold: float = 0.7) -> Duplicates:
    duplicates = Duplicates(threshold, keep_records=True)
    for one in documents:
        duplicates.take(one)
    return duplicates


def test_a_story_that_several_sites_carry_is_one_group_the_earliest_first() -> None:
    one, two = story(1), story(2)
    edited = [*story(9, 10), *one[:120], "khác", *one[120:]]
    duplicates = found(
        done("a", one, "2024-05-02"),
        done("b", two),
        done("c", edited, "2024-05-01T07:00+07:00"),
        done("d", one),
        done("e", story(3)),
    )
    (row,) = duplicates.rows()
    assert row["keep"] == "c" and [member["id"] for member in row["documents"]] == ["c", "a", "d"]
    assert row["documents"][0]["similarity"] == 1 and 0.85 < row["documents"][1]["similarity"] < 1
    assert [msgspec.json.decode(line)["id"] for line in duplicates.kept()] == ["b", "c", "e"]


def test_records_are_passed_on_as_they_came() -> None:
    records = [done("a", story(1)), done("b", story(2))]
    assert list(found(*records).kept()) == [record.data for record in records]


def test_near_duplicates_of_near_duplicates_are_one_group() -> None:
    words = story(1)
    chain = [words[at * 40 : at * 40 + 200] for at in range(3)]
    a, _, c = (shingles(text(" ".join(part))) for part in chain)
    assert jaccard(a, c) < 0.6  # type: ignore[arg-type]
    (row,) = found(*(done(str(at), part) for at, part in enumerate(chain)), threshold=0.6).rows()
    assert len(row["documents"]) == 3


def test_texts_without_words_are_nobody_s_duplicates() -> None:
    assert not list(found(done("a", []), done("b", [])).rows())
    (row,) = found(done("a", ["Chào"]), done("b", ["chào", "…"])).rows()
    assert row["keep"] == "a"


def test_case_punctuation_and_white_space_do_not_count() -> None:
    assert shingles(text("Đảng bộ, chính quyền\u00a0và nhân dân.")) == shingles(text("đảng bộ chính quyền và nhân dân"))


@given(st.floats(0.2, 1.0))
def test_a_pair_at_the_threshold_is_proposed_for_sure(threshold: float) -> None:
    count = bands(threshold)
    assert 1 - (1 - threshold ** (128 // count)) ** count >= SURE or count == 128


@pytest.mark.parametrize("seed", range(5))
def test_every_pair_above_the_threshold_is_found(seed: int) -> None:
    draw = random.Random(seed)
    words = story(seed)
    for _ in range(draw.randrange(1, 8)):
        words[draw.randrange(len(words))] = "khác"
    pair = (shingles(text(" ".join(story(seed)))), shingles(text(" ".join(words))))
    exact = len(pair[0] & pair[1]) / len(pair[0] | pair[1])
    rows = list(found(done("a", story(seed)), done("b", words)).rows())
    assert bool(rows) == (exact >= 0.7)
    assert not rows or rows[0]["documents"][1]["similarity"] == round(exact, 4)


def test_a_damaged_record_is_refused_and_the_others_stay_in_step() -> None:
    duplicates = found(done("a", story(1)))
    with pytest.raises(DocumentError):
        duplicates.take(Done("b", b'{"id": "b", "text": "x", "published": 5}\n'))
    duplicates.take(done("c", story(1)))
    assert [msgspec.json.decode(line)["id"] for line in duplicates.kept()] == ["a"]
