from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.views import plain
from tests.samples import document


def test_a_paragraph_a_line_and_an_empty_line_after_the_document() -> None:
    assert plain.open(Lexicons(), {})(document()).decode().split("\n") == [
        "Chợ Lách tổng kết năm 2023",
        "Ông Nguyễn Văn Minh, Chủ tịch UBND huyện Chợ Lách, chủ trì. Huyện có 25 mô hình, tăng 5% so với năm 2022.",
        "Theo Chỉ thị số 05-CT/TW của Bộ Chính trị.",
        "",
        "",
    ]
