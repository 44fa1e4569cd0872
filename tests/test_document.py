import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocbac_nlp.document import LAYERS, Document, Token, dumps, json_schema, loads
from hocbac_nlp.errors import DocumentError

RECORD = {
    "schema": "hocbac/1",
    "id": "a.txt",
    "source": {"path": "a.txt"},
    "stages": [],
    "text": "Bác Hồ",
    "tokens": [{"text": "Bác", "start": 0, "end": 3, "pos": "Np", "note": 1.50}],
    "mine": {"deep": [1, {"x": None}]},
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_layers_are_typed_values() -> None:
    assert loads(msgspec.json.encode(RECORD)).tokens == [Token("Bác", 0, 3, "Np")]


def test_untouched_layers_are_written_back_byte_for_byte() -> None:
    line = msgspec.json.encode(RECORD)
    document = loads(line)
    assert document.tokens[0].pos == "Np"
    assert dumps(document) == line


@given(
    st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda n: n not in LAYERS), json_values)
)
def test_unknown_fields_survive_at_any_depth(extra: dict[str, object]) -> None:
    document = loads(msgspec.json.encode(RECORD | extra))
    document.text = "khác"
    assert msgspec.json.decode(dumps(document)) == RECORD | extra | {"text": "khác"}


def test_fields_are_written_in_the_order_of_the_contract_unknown_ones_last() -> None:
    document = Document({"mine": 1, "text": "x", "id": "a"})
    document.title = None
    assert list(document.fields()) == ["id", "title", "text", "mine"]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b'{"a": tru}',
        b'{"text": "\\ud800"}',
        b'{"a": {"b": "\\udfff x"}}',
        b'{"a":' * 100_000,
        b'{"a":1} {',
    ],
)
def test_what_is_no_json_object_is_refused(line: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        loads(line)
    assert caught.value.code == "bad_json"


def test_bytes_that_are_no_utf8_are_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        loads(b'{"text": "\xff"}')
    assert caught.value.code == "encoding"


def test_a_missing_or_wrong_layer_is_the_documents_failure() -> None:
    with pytest.raises(DocumentError, match="no 'tokens', which the segment stage assigns"):
        _ = Document({}).tokens
    with pytest.raises(DocumentError, match="field 'tokens'"):
        _ = loads(b'{"tokens": [{"text": 5}]}').tokens
    with pytest.raises(DocumentError) as caught:
        _ = Document({}).text
    assert caught.value.code == "no_text"


def test_the_schema_accepts_a_record_and_refuses_a_wrong_one() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.validate(RECORD)
    assert not validator.is_valid(RECORD | {"tokens": [{"text": "Bác"}]})
    assert not validator.is_valid(RECORD | {"schema": "other/1"})
