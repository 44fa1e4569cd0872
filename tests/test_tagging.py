"""The tagger: the tags of underthesea, and spans of the text as written."""

import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import underthesea
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from underthesea.pipeline.chunking.model_crf import CRFChunkingPredictor
from underthesea.pipeline.ner.model_crf import CRFNERPredictor
from underthesea.pipeline.pos_tag.model_crf import CRFPOSTagPredictor

from hocbac_nlp import tagging
from hocbac_nlp.errors import FatalError
from hocbac_nlp.tagger.crf import Model
from hocbac_nlp.tagger.engines import Decoded, Stock
from hocbac_nlp.tagger.models import KNOWN, Models
from hocbac_nlp.tagger.templates import CHUNK, NER, POS, Template, features
from hocbac_nlp.tagging import Tagger, open_tagger
from tests.support import SEED_PAGES

TAGGER = open_tagger()
SEED_LINES = [line for path in SEED_PAGES for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
SYLLABLES = sorted({syllable for line in SEED_LINES for syllable in line.split()})
ODD = [
    *"\u00a0\u200b\ufeff\u0301\u0323\n\t\x1c\x85.,:;-–/()[]\"'“”%@&_",
    "Th S", "Th S.", "Th.S", "TP.", "P.T.C", "v.v.", "...", "hoà", "quí", "ðến", "Ð.", "8h30", "2021-2022",
    "1.234,5", "http://a.vn/b?c=d", "x@y.vn", "👩‍👧", "K", "İ", "ß", "ΑΣ", "٣", ":D", "=>", "chuỵện", "BOS", "EOS",
]  # fmt: skip

generated = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Syllables of the seeds, odd tokens and any characters, with and without space between."""
    character = st.characters(codec="utf-8")
    part = st.sampled_from(SYLLABLES) | st.sampled_from(ODD) | st.text(character, min_size=1, max_size=4)
    parts = draw(st.lists(st.tuples(part, st.sampled_from([" ", " ", " ", "", "  ", "\n"])), max_size=25))
    return unicodedata.normalize("NFC", "".join(text + space for text, space in parts))


def check_equal(text: str) -> None:
    """The forms and the three layers of tags are those of `underthesea.ner`."""
    ((spans, pos),) = TAGGER.words_pos_all([text])
    forms = TAGGER.forms(text, spans)
    chunks, names = TAGGER.chunk_ner(forms, pos)
    assert list(zip(forms, pos, chunks, names, strict=True)) == underthesea.ner(text)


def check_spans(text: str) -> None:
    """Words are not empty, in order, begin and end with no white space, and cover all else."""
    spans = TAGGER.words(text)
    ends = [0, *(end for _, end in spans)]
    for (start, end), before in zip(spans, ends, strict=False):
        assert before <= start < end
        assert text[start:end].strip() == text[start:end]
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_tags_equal_underthesea_on_the_seeds() -> None:
    for line in SEED_LINES:
        check_equal(line)


def test_tags_equal_underthesea_on_changed_seeds() -> None:
    chance = random.Random(5)
    for line in chance.sample(SEED_LINES, 30):
        syllables = line.split()
        check_equal(line.upper())
        check_equal(unicodedata.normalize("NFD", line))
        check_equal(" ".join(chance.sample(syllables, len(syllables))))


@generated
@given(sentences())
def test_tags_equal_underthesea(text: str) -> None:
    check_equal(text)


@generated
@given(
    st.text(st.characters(codec="utf-8"), max_size=80)
    | sentences().map(lambda text: unicodedata.normalize("NFD", text))
)
def test_spans_are_verbatim(text: str) -> None:
    check_spans(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n ", []),
        ("Hà\nNội", ["Hà\nNội"]),
        ("ở huyện  Hoà\u00a0Bình", ["ở", "huyện", "Hoà\u00a0Bình"]),
        ("0Th S", ["0T", "h", "S"]),
        ("ở TP. Hà Nội", ["ở", "TP.", "Hà Nội"]),
        ("\u200bBác\u200b", ["\u200b", "Bác", "\u200b"]),
    ],
)
def test_words_as_written(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in TAGGER.words(text)] == words


def test_nfd_gives_the_spans_of_the_decomposed_text() -> None:
    text = "Huyện ủy Chợ Lách tổ chức hội nghị."
    decomposed = unicodedata.normalize("NFD", text)
    words = [decomposed[start:end] for start, end in TAGGER.words(decomposed)]
    assert [unicodedata.normalize("NFC", word) for word in words] == [
        text[start:end] for start, end in TAGGER.words(text)
    ]


@pytest.mark.parametrize("unit", ["a", "a.", "1.", "A.", "a@", "a'", "x-", "(", "á", "\u200b", "http://a(", "1x"])
def test_long_runs_are_read(unit: str) -> None:
    check_spans(unit * (20_000 // len(unit)))


def test_runs_longer_than_the_limit_only_differ_inside() -> None:
    text = f"Ông Nam xem {'a' * 500} tại Hà Nội"
    words = [text[start:end] for start, end in TAGGER.words(text)]
    assert words[0] == "Ông" and words[-1] == "Hà Nội"


def test_many_sentences_are_tagged_as_each_alone() -> None:
    together = TAGGER.words_pos_all(SEED_LINES[:40])
    assert together == [TAGGER.words_pos_all([line])[0] for line in SEED_LINES[:40]]
    words = [[line[a:b] for a, b in spans] for line, (spans, _) in zip(SEED_LINES, together, strict=False)]
    tags = [pos for _, pos in together]
    chunks, names = TAGGER.chunk_ner_all(words, tags)
    assert TAGGER.pos_all(words) == [TAGGER.pos(sentence) for sentence in words]
    assert list(zip(chunks, names, strict=True)) == [TAGGER.chunk_ner(*pair) for pair in zip(words, tags, strict=True)]


def test_unknown_tags_are_taken() -> None:
    chunks, names = TAGGER.chunk_ner(["Hà Nội", "đẹp"], ["?", ""])
    assert len(chunks) == len(names) == 2


@pytest.mark.parametrize(
    ("template", "predictor", "columns"),
    [(POS, CRFPOSTagPredictor, 1), (CHUNK, CRFChunkingPredictor, 2), (NER, CRFNERPredictor, 3)],
)
def test_features_are_those_of_underthesea(template: Template, predictor: type, columns: int) -> None:
    words, tags = ["Ông", "Nguyễn Văn A", "ở", "TP.", "ßa", "1"], ["Nc", "Np", "E", "N", "V", "M"]
    transform = predictor.Instance().transformer.transform  # type: ignore[attr-defined]
    for size in range(1, len(words) + 1):
        rows = [(*(word, tag, "B-NP")[:columns], "X") for word, tag in zip(words, tags, strict=True)][:size]
        expected = [tuple(row) for row in transform([rows])[0][0]]
        assert features(words[:size], tags[:size], template) == expected


def test_ties_go_to_underthesea(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every decision too close to call, all is left to its own taggers, and comes out the same."""
    for module in ("words", "batches"):
        monkeypatch.setattr(f"hocbac_nlp.tagger.{module}.MARGIN", float("inf"))
    tied, line = Tagger(Decoded(Models())), SEED_LINES[3]
    spans, pos = tied.words_pos_all([line])[0]
    assert (spans, pos) == TAGGER.words_pos_all([line])[0]
    words = [line[start:end] for start, end in spans]
    assert tied.chunk_ner(words, pos) == TAGGER.chunk_ner(words, pos)


def test_full_caches_and_small_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("words._PAIR_LIMIT", "tokens._CACHE_LIMIT", "decoder._WORD_LIMIT", "engines._FORM_LIMIT"):
        monkeypatch.setattr(f"hocbac_nlp.tagger.{limit}", 40)
    monkeypatch.setattr("hocbac_nlp.tagger.batches._BATCH_LIMIT", 30)
    small, lines = Tagger(Decoded(Models())), SEED_LINES[:30]
    tagged = small.words_pos_all(lines)
    assert tagged == TAGGER.words_pos_all(lines)
    words = [[line[a:b] for a, b in spans] for line, (spans, _) in zip(lines, tagged, strict=True)]
    tags = [pos for _, pos in tagged]
    for _ in range(2):
        assert small.chunk_ner_all(words, tags) == TAGGER.chunk_ner_all(words, tags)


def test_stock_engine_gives_the_same() -> None:
    stock = Tagger(Stock())
    for line in [*SEED_LINES[:25], "", "ở TP.", unicodedata.normalize("NFD", SEED_LINES[5])]:
        (tagged,) = stock.words_pos_all([line])
        assert tagged == TAGGER.words_pos_all([line])[0]
        words = [line[start:end] for start, end in tagged[0]]
        assert stock.chunk_ner(words, tagged[1]) == TAGGER.chunk_ner(words, tagged[1])
        assert stock.forms(line, tagged[0]) == TAGGER.forms(line, tagged[0])


def test_unknown_models_warn_and_fall_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KNOWN, "pos_tag/pos_crf_2017_10_11.bin", "0" * 64)
    open_tagger.cache_clear()
    try:
        with pytest.warns(RuntimeWarning, match=r"pos_tag/pos_crf_2017_10_11\.bin"):
            tagger = open_tagger()
        assert tagger.pos(["Bác Hồ"]) == TAGGER.pos(["Bác Hồ"])
    finally:
        open_tagger.cache_clear()


def test_missing_underthesea_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hocbac_nlp.tagger.models.find_spec", lambda name: None)
    with pytest.raises(FatalError, match="underthesea is not installed"):
        Models()


def test_a_file_that_is_no_model_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    for content in (b"", b"lCRF", b"\xff" * 64):
        path.write_bytes(content)
        with pytest.raises(FatalError, match=r"model\.bin is no CRFsuite model"):
            Model(str(path))


def test_underthesea_itself_is_not_imported() -> None:
    code = (
        "import sys; from hocbac_nlp.tagging import open_tagger; tagger = open_tagger(); "
        "tagger.chunk_ner(['Bác Hồ'], tagger.pos(['Bác Hồ'])); assert 'underthesea' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_tagger_is_opened_once() -> None:
    assert open_tagger() is open_tagger()
    assert isinstance(tagging.open_tagger(), Tagger)
