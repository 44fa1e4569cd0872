"""The segment stage: sentences told from abbreviations, numbers and quotes, and the laws of its layers."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hocbac_nlp import segment
from hocbac_nlp.document import Block, Document
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.tagger.sentences import SENTENCE_LIMIT, Splitter
from hocbac_nlp.tagging import open_tagger
from tests.support import SEED_PAGES

LEXICONS = Lexicons()
SPLITTER = Splitter(LEXICONS)
STEP = segment.open(LEXICONS, {})
SEED_LINES = [line for path in SEED_PAGES for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in SPLITTER.spans(text)]


def document(*blocks: str) -> Document:
    """A document of kept blocks, with one dropped between each two."""
    text, records = "\n".join(blocks), []
    start = 0
    for block in blocks:
        records.append(Block("paragraph", start, start + len(block), start, start + len(block), "test"))
        records.append(Block("furniture", None, None, 0, 0, "test"))
        start += len(block) + 1
    return Document({"text": text, "blocks": records})


# Each case: the sentences, which are joined with a space to make the block.
CASES = [
    # Closing quotes and brackets stay with their sentence; what follows in lower case goes on.
    ["Ông Nam nói: “Chúng tôi sẽ làm.”", "Sau đó ông đi."],
    ['"Để về chị hỏi bố mẹ đã nhé!"', "Cô ấy cười."],
    ["Đất đang có tranh chấp (?!).", "Ông Quân không đồng ý."],
    ["“Sao ông không nói?” chủ tọa hỏi."],
    ["“Đi thôi!” - anh Tư nói."],
    ["“Tôi sẽ làm.”, ông Hải cho biết."],
    ["(Xem ảnh.)", "Ông về nhà."],
    ["Ông Nam (sinh năm 1960. Quê Bến Tre) kể lại."],
    ['Bà nói 3" là đủ.', '"Bệnh nhân 914" đã khỏi.', '"Anh đi đâu? ".', "Ông hỏi."],
    # Abbreviations before a name or a number.
    ["UBND TP. Hồ Chí Minh họp với P. Bến Nghé và Q. Bình Thạnh."],
    ["Ông sống ở H. Củ Chi, TX. Tân Uyên và Tp. Biên Hòa."],
    ["GS. TS. Nguyễn Lân, PGS.TS. Trần Hòa và ThS. Lan dự hội nghị."],
    ["Đ/c. Nguyễn Văn Minh phát biểu.", "Hội nghị kết thúc."],
    ["Công an TP.HCM họp.", "Người dân TP.Đà Nẵng chờ."],
    # Initials of persons may close a sentence; those of places do not.
    ["Tòa buộc ông T. phải trả nhà cho bà P.", "Do ông T. vắng mặt, tòa hoãn."],
    ["Nạn nhân là Nguyễn Văn A.", "Công an đang điều tra."],
    ["Nạn nhân là Nguyễn Hoàng L. (20 tuổi) và bà N. - chủ nhà."],
    ["Bệnh nhân N.V.A. (sinh năm 1960) đã xuất viện.", "Anh K.H. 15 tuổi."],
    ["Tổng thống John F. Kennedy đến Berlin."],
    ["Ảnh: P.T.C.", "Bài: X.T."],
    # Abbreviations that may close a sentence.
    ["Trồng lúa, ngô, khoai, v.v. để bán."],
    ["Trồng lúa, ngô, khoai, v.v.", "Năm nay được mùa."],
    # Numbers, dates, list labels.
    ["Từ ngày 4.1.2017 đến 4.1.2018 có 34.118 xe vi phạm."],
    ["Ngày 15. 12. 2025 khởi công."],
    ["Cách ly từ ngày 21 đến 24-7.", "8 trường hợp đã khỏi bệnh."],
    ["Các nơi đã đi: 1. Quán bún; 2. Chợ Lách."],
    ["Giá bán 28. 000 đồng một cân."],
    ["Dự án xong năm 2018.", "15 hộ đã nhận nhà."],
    ["1. Hình thức: xét học bạ."],
    ["a. Cán bộ phải gương mẫu.", "Đảng viên cũng vậy."],
    ["II. Kết quả thực hiện."],
    ["Điều 5. Phạm vi điều chỉnh."],
    ["Hình 2. Nhà kính thử nghiệm."],
    ["Theo khoản 2 Điều 1.", "Nghị định có hiệu lực."],
    # Ellipses.
    ["Xe 14A-130... 23 lần đỗ sai chỗ."],
    ["Ông cười… rồi đi."],
    ["Ông im lặng...", "Bà khóc."],
    ["Người dân không chấp hành... ."],
    # Addresses, and a missing space.
    ["Gửi về banbandoc@vietnamnet.vn hoặc http://catphcm.bocongan.gov.vn để được trả lời."],
    ["Giá tăng 5%.", "Công ty lãi 2 tỷ đồng!", "Vì sao?", "Chưa rõ."],
]


@pytest.mark.parametrize("sentences", CASES, ids=lambda sentences: sentences[0])
def test_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_missing_space_between_sentences() -> None:
    assert split("Ông chưa nộp phạt.Ông Nam nói vậy.") == ["Ông chưa nộp phạt.", "Ông Nam nói vậy."]


def test_a_line_break_counts_as_a_space() -> None:
    assert split("Sau đó, bà và Tư\nvề nhà.\nHôm sau\nhọ đi.") == ["Sau đó, bà và Tư\nvề nhà.", "Hôm sau\nhọ đi."]


def test_abbreviations_come_from_the_lexicon() -> None:
    kinds = {row["kind"] for row in LEXICONS.rows("abbreviations.tsv")}
    assert kinds == {"before", "either", "numbered", "person"}


@pytest.mark.parametrize("unit", ["a", "a ", ". ", "! ", "(", ")", '".', "“.", "1.", "A.", '?"', "a. ", ". \n", "... "])
def test_hostile_blocks(unit: str) -> None:
    text = (unit * (100_000 // len(unit))).strip()
    spans = list(SPLITTER.spans(text))
    assert all(0 < end - start <= SENTENCE_LIMIT for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_a_long_run_is_cut_at_white_space() -> None:
    text = "quyền lực " * 2000
    assert all(
        sentence.startswith(("quyền", "lực")) and sentence.endswith(("quyền", "lực")) for sentence in split(text)
    )


def check_laws(doc: Document) -> None:
    """Sentences lie in blocks, tokens in sentences, and every character in exactly one of each."""
    text = doc.text
    kept = [(block.start or 0, block.end or 0) for block in doc.kept]
    sentences = [(sentence.start, sentence.end) for sentence in doc.sentences]
    tokens = [(token.start, token.end) for token in doc.tokens]
    for inner, outer in ((sentences, kept), (tokens, sentences)):
        assert all(any(a <= start and end <= b for a, b in outer) for start, end in inner)
        assert all(end <= start for (_, end), (start, _) in pairwise(inner))
        assert "".join("".join(text[start:end].split()) for start, end in inner) == "".join(text.split())
    assert all(token.text == text[token.start : token.end] and token.text.strip() == token.text for token in doc.tokens)
    assert all(token.pos for token in doc.tokens)


def test_laws_on_the_seeds() -> None:
    for path in SEED_PAGES:
        doc = document(*(line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()))
        STEP(doc)
        check_laws(doc)


_block = st.lists(
    st.sampled_from(
        [*SEED_LINES, "TP.", "1.", "...", '"', "“", "”", ")", "(", "?!", "\u00a0", "\u200b", "😀", "\n", "Q."]
    )
    | st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
    min_size=1,
    max_size=6,
).map(lambda parts: unicodedata.normalize("NFC", " ".join(parts)).strip())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_block.filter(bool), max_size=4))
def test_laws(blocks: list[str]) -> None:
    doc = document(*blocks)
    STEP(doc)
    check_laws(doc)


def test_tags_are_those_of_each_sentence() -> None:
    doc = document(*SEED_LINES[:12])
    STEP(doc)
    for sentence in doc.sentences:
        piece = doc.text[sentence.start : sentence.end]
        tokens = [token for token in doc.tokens if sentence.start <= token.start < sentence.end]
        ((spans, pos),) = open_tagger().words_pos_all([piece])
        assert [(token.start - sentence.start, token.end - sentence.start) for token in tokens] == spans
        assert [token.pos for token in tokens] == pos


def test_no_text() -> None:
    doc = document()
    STEP(doc)
    assert doc.sentences == [] and doc.tokens == []
