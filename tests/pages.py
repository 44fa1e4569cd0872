"""Hypothesis strategies for generated pages: lines of Vietnamese news in many shapes, whole and damaged."""

import unicodedata

from hypothesis import strategies as st

LINES = (
    "Hội nghị tổng kết công tác xây dựng Đảng năm 2023",
    "Thứ Ba, 29/01/2019 | 11:46",
    "12/04/2021 - 06:35",
    "Trang chủ > Kinh tế > Địa phương",
    "BDK - Sáng 12-3, UBND huyện Chợ Lách tổ chức hội nghị sơ kết 5 năm thực hiện Chỉ thị số 05-CT/TW.",
    "Ông Nguyễn Văn Minh, Chủ tịch UBND tỉnh Bến Tre, phát biểu tại hội nghị. Ảnh: T.Đ",
    "Theo Cục Thống kê, kim ngạch xuất khẩu đạt hơn 7,148 tỷ USD, tăng 12,5% so với cùng kỳ năm trước.",
    "Theo Nghị định 30/2020/NĐ-CP và Luật Đất đai 2013, 45/63 tỉnh, thành phố đã hoàn thành trong quý I/2024.",
    "PV: Xin ông cho biết kết quả sau 1 năm thực hiện?",
    "Ông Lò Văn Páo: Chúng tôi có 25 mô hình, 1.250 hộ tham gia, mỗi hộ được vay 50 triệu đồng/năm.",
    "Hiệu quả bước đầu",
    "“Một tấm gương sống còn giá trị hơn hàng trăm bài diễn văn”, Bác dạy.",
    "Trong khi đó, giá vàng giảm từ 82 triệu xuống 79,5 triệu đồng/lượng; nhiệt độ 35-37°C.",
    "Nguyễn Huy Dũng",
    "Bài, ảnh: Triều Dương",
    "Chia sẻ bài viết",
    "Các tin khác",
    "Lượt xem: 1234",
    "Họ tên:(*)",
    "![](anh.jpg) |",
    "Cán bộ và",
    "nhân dân trong",
    "huyện Hòa Bình",
    "TP.HCM, Q.1, ngày 2-9-1945; Covid-19; 24/7; a.a.a; 1.1.1",
)

_any_text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
_odd = st.sampled_from(["\u00a0", "\u200b", "\u0301", "\t", "\ufeff", "😀", "\r", "\x85", "\u2028", "\u00ad", ""])


@st.composite
def _line(draw: st.DrawFn) -> str:
    line = draw(st.sampled_from(LINES) | _any_text)
    if draw(st.integers(0, 5)) == 0:
        at = draw(st.integers(0, len(line)))
        line = line[:at] + draw(_odd) + line[at:]
    return line


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page of up to twenty lines; NFC, never blank."""
    ending = draw(st.sampled_from(["\n", "\r\n", "\n\n", "\n \n"]))
    page = ending.join(draw(st.lists(_line(), min_size=1, max_size=20)))
    page = unicodedata.normalize("NFC", page)
    return page if page.strip() else "Bác"
