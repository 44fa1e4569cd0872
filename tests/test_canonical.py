"""Canonical names: what the mentions of one thing are counted under, and what is known of a place."""

import pytest

from hocbac_nlp.document import Entity
from tests.test_entities import extracted


def canonical(text: str, mention: str) -> str:
    """The canonical name of the last mention with this text."""
    return [entity for entity in extracted(text).entities if entity.text == mention][-1].canonical


def place(text: str, mention: str, published: str | None = None) -> Entity:
    return [entity for entity in extracted(text, published).entities if entity.text == mention][-1]


@pytest.mark.parametrize(
    ("text", "mention", "want"),
    [
        ("Học tập và làm theo Bác là việc làm thường xuyên.", "Bác", "Hồ Chí Minh"),
        ("Năm 1946, Bác Hồ sang Pháp.", "Bác Hồ", "Hồ Chí Minh"),
        ("Ông Nguyễn Văn Hải đến. Sau đó ông Hải về.", "Hải", "Nguyễn Văn Hải"),
        ("Bà Lê Ngọc Quỳnh Anh nói. Theo bà Quỳnh Anh, giá sẽ tăng.", "Quỳnh Anh", "Lê Ngọc Quỳnh Anh"),
        ("Ông Trần Hải đến. Ông Lê Hải cũng đến. Ông Hải phát biểu.", "Hải", "Lê Hải"),
        ("Luật sư VŨ PHI LONG trả lời.", "VŨ PHI LONG", "Vũ Phi Long"),
        ("UBND tỉnh họp. Tỉnh Đồng Tháp có 12 huyện.", "UBND tỉnh", "Ủy ban nhân dân tỉnh Đồng Tháp"),
        ("Ban Thường vụ Huyện ủy họp tại huyện Ba Vì.", "Ban Thường vụ Huyện ủy", "Ban Thường vụ Huyện ủy Ba Vì"),
        ("Huyện Ba Vì và huyện Sóc Sơn báo cáo UBND huyện.", "UBND huyện", "Ủy ban nhân dân huyện"),
        ("TAND TP Cần Thơ xét xử.", "TAND TP Cần Thơ", "Tòa án nhân dân thành phố Cần Thơ"),
        ("TAND TP. Hà Nội xét xử.", "TAND TP. Hà Nội", "Tòa án nhân dân thành phố Hà Nội"),
        ("UBND TP.HCM họp.", "UBND TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        (
            "Công ty cổ phần Nhuệ An báo lãi. Ở Công ty Nhuệ An, ai cũng mừng.",
            "Công ty Nhuệ An",
            "Công ty cổ phần Nhuệ An",
        ),
        ("HĐQT Công ty cổ phần Hòa An Land (HAL) họp. Theo HAL, giá tăng.", "HAL", "Công ty cổ phần Hòa An Land"),
        ("Thành ủy Huế họp. Ban Thường vụ Thành ủy có ý kiến.", "Ban Thường vụ Thành ủy", "Ban Thường vụ Thành ủy Huế"),
        ("Quốc hội Lào họp. Sau đó Quốc hội bỏ phiếu.", "Quốc hội", "Quốc hội Lào"),
        ("Quốc hội Việt Nam tiếp Quốc hội Lào. Quốc hội bỏ phiếu.", "Quốc hội", "Quốc hội"),
        ("Chi cục THADS huyện Ba Vì kê biên.", "Chi cục THADS huyện Ba Vì", "Chi cục Thi hành án dân sự huyện Ba Vì"),
        ("Theo tạp chí Der Spiegel, giá tăng.", "tạp chí Der Spiegel", "Der Spiegel"),
        ("Ông Lee Jae-yong đến. Sau đó Lee về.", "Lee", "Lee Jae-yong"),
        ("Núi lửa phun ở đảo Sulawesi.", "đảo Sulawesi", "Sulawesi"),
        ("Giá nhà ở đảo Phú Quý tăng.", "đảo Phú Quý", "đảo Phú Quý"),
        ("Sở GD-ĐT Nghệ An họp. Sở đã báo cáo.", "Sở", "Sở Giáo dục và Đào tạo Nghệ An"),
        ("Hiệp hội Cây điều Bình Phước (BPCA) họp. Theo BPCA, giá giảm.", "BPCA", "Hiệp hội Cây điều Bình Phước"),
        ("Giá xăng do liên bộ Công Thương - Tài chính điều hành.", "Công Thương", "Bộ Công Thương"),
        ("UBND HUYỆN BA VÌ THÔNG BÁO TUYỂN DỤNG", "UBND HUYỆN BA VÌ", "Ủy ban nhân dân huyện Ba Vì"),
        ("Công an TP.Đà Nẵng cho biết.", "Công an TP.Đà Nẵng", "Công an thành phố Đà Nẵng"),
        ("Xe chạy trên QL1A qua cầu Cổ Chiên.", "cầu Cổ Chiên", "cầu Cổ Chiên"),
        ("Đường ngập ở Quận 1.", "Quận 1", "quận 1"),
        ("Bà ở thôn Kỳ Thọ Nam.", "thôn Kỳ Thọ Nam", "Kỳ Thọ Nam"),
        ("Khách đến TP.HCM đông.", "TP.HCM", "Hồ Chí Minh"),
    ],
)
def test_canonical_names(text: str, mention: str, want: str) -> None:
    assert canonical(text, mention) == want


def test_a_province_with_its_code_and_what_it_became() -> None:
    entity = place("Tỉnh Hà Nam phát triển nhanh.", "Tỉnh Hà Nam")
    assert (entity.canonical, entity.level, entity.code, entity.province) == ("Hà Nam", "province", "35", "Ninh Bình")


def test_a_code_that_changed_in_2025_needs_the_date() -> None:
    text = "Tỉnh Lào Cai có mưa."
    assert place(text, "Tỉnh Lào Cai").code is None
    assert place(text, "Tỉnh Lào Cai", "2020-01-01").code == "10"
    assert place(text, "Tỉnh Lào Cai", "2025-08-01T10:00+07:00").code == "15"


def test_a_district_that_stands_once_has_its_province() -> None:
    entity = place("Huyện Chợ Lách đón khách.", "Huyện Chợ Lách")
    assert (entity.level, entity.parent, entity.province) == ("district", "Bến Tre", "Vĩnh Long")


def test_an_ambiguous_name_is_resolved_by_the_province_named_or_left_open() -> None:
    assert place("Huyện Châu Thành thu hoạch lúa.", "Huyện Châu Thành").parent is None
    assert place("Huyện Châu Thành (Tây Ninh) thu hoạch lúa.", "Huyện Châu Thành").parent == "Tây Ninh"
    bare = place("Đoàn công tác đến Hòa Bình.", "Hòa Bình")
    assert (bare.level, bare.parent) == (None, None)
    assert place("Đoàn công tác đến tỉnh Hòa Bình.", "tỉnh Hòa Bình").level == "province"


def test_countries_are_joined_over_their_spellings() -> None:
    assert place("Ông sang Ô-xtrây-li-a.", "Ô-xtrây-li-a").canonical == "Australia"
    assert place("Ông sang Pháp học.", "Pháp").level == "country"


@pytest.mark.parametrize(
    ("text", "published", "ward"),
    [
        ("Dân phường Khai Quang, thành phố Vĩnh Yên, tỉnh Vĩnh Phúc phấn khởi.", None, "phường Vĩnh Phúc"),
        ("Tại tỉnh Vĩnh Phúc, dân phường Khai Quang phấn khởi.", "2019-05-01", "phường Vĩnh Phúc"),
        ("Tại tỉnh Vĩnh Phúc, dân phường Khai Quang phấn khởi.", None, None),
        ("Tại tỉnh Vĩnh Phúc, dân phường Khai Quang phấn khởi.", "2025-08-01", None),
        ("Dân xã Hòa Bình, huyện Vũ Thư, tỉnh Thái Bình phấn khởi.", None, "xã Vũ Thư"),
        ("Tại tỉnh Thái Bình, dân xã Hòa Bình phấn khởi.", "2019-05-01", None),
        ("Dân phường 1, quận Mới, TP.HCM phấn khởi.", "2019-05-01", None),
    ],
)
def test_the_ward_since_the_merger_is_given_where_nothing_is_left_to_choose(
    text: str, published: str | None, ward: str | None
) -> None:
    found = [entity for entity in extracted(text, published).entities if entity.level in ("ward", "commune")]
    assert [entity.ward for entity in found] == [ward]
