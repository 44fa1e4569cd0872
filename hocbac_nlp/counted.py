"""The counted noun: what directly follows a number without a unit ('25 mô hình', '3 con bò')."""

from dataclasses import dataclass

from hocbac_nlp.document import Token
from hocbac_nlp.surroundings import Surroundings

_NOUNS = frozenset({"N", "Nc", "Nu", "Ny", "Nb", "NY", "NP"})
_CLASSIFIERS = frozenset(
    "con cái chiếc căn ngôi bộ dãy đứa tên bức cuốn quyển tấm cây quả trái tờ vị bài bản cuộc vụ ổ khu tòa toà "
    "lượt suất mũi cơn trận đợt chuyến gói khoản hạng mục nhóm đoạn điểm lô thùng bao hộp chai túi cặp đôi bó tốp "
    "đoàn đội tổ mã ca lần phiếu thửa mảnh viên hạt giọt món lớp phòng tuyến hòn ngọn cánh gian cửa cú pha bàn sợi "
    "cỗ khẩu phát liều mẫu hồ sàn thành bậc".split()
)
_PEOPLE = frozenset("nữ nam già trẻ".split())
_NOT_NOUNS = frozenset(
    "là đạt tăng giảm có được bị sẽ đã đang chiếm bằng so và hoặc nhưng thì mà của cho với tại trong trên dưới này đó "
    "kia nay qua sau trước trở lên xuống nữa đến tới từ".split()
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted noun: `start`..`end` is its first word group, `first` and `after` bound its tokens."""

    start: int
    end: int
    first: int
    after: int
    classifier: bool
    lone: bool


def counted_noun(around: Surroundings, at: int, end: int, spelled: bool) -> Counted | None:
    """The noun that opens right after `at`; None when something else follows.

    `spelled` numbers ask for a tagged noun; after digits a verb used as a noun will do ('5 đề xuất').
    """
    tokens, first = around.tokens, around.token_at(at)
    if first >= len(tokens):
        return None
    token = tokens[first]
    if token.start >= end or around.text[at : token.start].strip() or token.start == at:
        return None
    word = token.text.lower()
    if not _is_noun(token, word, spelled):
        return None
    after = first + 1
    classifier = token.pos == "Nc" or word in _CLASSIFIERS
    following = tokens[after] if after < len(tokens) and tokens[after].start < end else None
    lone = True
    if classifier and following and following.pos in (*_NOUNS, "Np", "A") and following.text.lower() not in _NOT_NOUNS:
        gap = around.text[token.end : following.start]
        if not gap.strip() and following.text[:1].isalpha():
            after += 1
            lone = False
    return Counted(token.start, tokens[after - 1].end, first, after, classifier, classifier and lone)


def _is_noun(token: Token, word: str, spelled: bool) -> bool:
    if word in _NOT_NOUNS or not word[0].isalpha():
        return False
    if token.pos in _NOUNS or word in _PEOPLE or word in _CLASSIFIERS:
        return True
    if token.pos == "Np":
        return not spelled and " " in word
    return not spelled and token.pos in ("V", "A") and " " in word
