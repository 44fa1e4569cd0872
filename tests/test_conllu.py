from hocbac_nlp.document import Document, Entity, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import conllu
from tests.samples import document


def lines(record: Document) -> list[str]:
    return conllu.open(Lexicons(), {})(record).decode().split("\n")


def test_sentences_words_names_and_offsets() -> None:
    out = lines(document())
    assert out[:5] == [
        "# newdoc id = pages%2Fa.txt",
        "# newpar",
        "# sent_id = pages%2Fa.txt-1",
        "# text = Chợ Lách tổng kết năm 2023",
        "1\tChợ Lách\t_\tPROPN\tNp\t_\t_\t_\t_\tNER=B-LOC|TokenRange=0:8",
    ]
    assert "2\tNguyễn Văn Minh\t_\tPROPN\tNp\t_\t_\t_\t_\tNER=B-PER|SpaceAfter=No|TokenRange=31:46" in out
    assert [line.split("\t")[1] for line in out if "NER=" in line and "-ORG" in line] == [
        *("UBND", "huyện", "Chợ Lách", "Bộ Chính trị")
    ]
    assert sum(line.startswith("# sent_id") for line in out) == 4 and sum(line == "# newpar" for line in out) == 3
    assert out[-2:] == ["", ""]


def test_the_text_is_the_words_with_their_spaces() -> None:
    for sentence in conllu.open(Lexicons(), {})(document()).decode().split("\n\n")[:-1]:
        (text,) = (line.removeprefix("# text = ") for line in sentence.split("\n") if line.startswith("# text = "))
        words = [line.split("\t") for line in sentence.split("\n") if not line.startswith("#")]
        assert "".join(word[1] + ("" if "SpaceAfter=No" in word[9] else " ") for word in words).strip() == text


def test_names_that_begin_inside_a_word() -> None:
    tokens = [Token("a", 0, 1, "N"), Token("b c", 2, 5, "N"), Token("d", 6, 7, "N")]
    assert conllu._ner(tokens, [Entity("c d", 4, 7, "ORG", "c d", "x")]) == ["", "B-ORG", "I-ORG"]


def test_ids_without_white_space_and_words_without_controls() -> None:
    record = document("a b/\u00a0%\n.txt")
    record.tokens = [Token("\x00 \x00", 0, 3, "N"), Token("a\x1cb", 3, 6, "N")]
    out = lines(record)
    assert out[0] == "# newdoc id = a%20b%2F%C2%A0%25%0A.txt"
    assert out[4].startswith("1\t_\t") and out[5].startswith("2\ta b\t")


def test_a_document_without_words_is_an_empty_one() -> None:
    record = document()
    record.tokens, record.sentences = [], []
    assert lines(record) == [""]
