from hocbac_nlp.document import Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import universal


def test_tags_words_of_a_tag_and_unknown_tags() -> None:
    upos = universal.open(Lexicons())
    tags = [("Hồ Chí Minh", "Np"), ("Và", "C"), ("nếu", "C"), ("%", "CH"), (".", "CH"), ("x", "QQ")]
    assert [upos(Token(text, 0, len(text), pos)) for text, pos in tags] == [
        *("PROPN", "CCONJ", "SCONJ", "SYM", "PUNCT", "X")
    ]
