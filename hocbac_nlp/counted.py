"""The counted noun: what directly follows a number without a unit ('25 mô hình', '3 con bò')."""

import re
from dataclasses import dataclass

from hocbac_nlp.document import Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.surroundings import Surroundings

_GAP = re.compile(r"[\s\u00a0\u202f]{1,2}(?=[^\W\d_])")
_WORDS = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)*")
_NOUNS = frozenset({"N", "Nc", "Nu", "Ny", "Nb", "NY", "NP"})
_CLASSIFIERS = frozenset(
    "con cái chiếc căn ngôi bộ dãy đứa tên bức cuốn quyển tấm cây quả trái tờ vị bài bản cuộc vụ ổ khu tòa toà "
    "lượt suất mũi cơn trận đợt chuyến gói khoản hạng mục nhóm đoạn điểm lô thùng bao hộp chai túi cặp đôi bó tốp "
    "đoàn đội tổ mã ca lần phiếu thửa mảnh viên hạt giọt món lớp phòng kỳ tuyến hòn ngọn cánh gian cửa cú pha bàn sợi "
    "cỗ khẩu phát liều mẫu hồ sàn thành bậc".split()
)
_PEOPLE = frozenset("nữ nam già trẻ".split())
_NOT_NOUNS = {"số", "tổng số", "tối đa", "tối thiểu", "ít nhất", "nhiều nhất", "bình quân", "trung bình"} | frozenset(
    "là đạt tăng giảm có được bị sẽ đã đang chiếm bằng so và hoặc nhưng thì mà của cho với tại trong trên dưới này đó "
    "kia nay qua sau trước trở lên xuống nữa đến tới từ khoảng gần hơn không chưa cũng đều do vì để khi nếu".split()
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


class Nouns:
    """The reader of counted nouns, over the lexicon count_nouns.txt."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._nouns = frozenset(lexicons.lines("count_nouns.txt"))

    def after(self, around: Surroundings, at: int, end: int, spelled: bool) -> Counted | None:
        """The noun that opens right after `at`; None when something else follows.

        `spelled` numbers ask for a tagged noun; after digits a verb used as a noun will do ('5 đề xuất').
        """
        gap = _GAP.match(around.text, at, end)
        if gap is None:
            return None
        tokens, first = around.tokens, around.token_at(gap.end())
        merged = around.token_over(gap.end() - 1)
        if merged is not None and merged.end > gap.end():
            return self._merged(around, merged, gap.end(), first)
        if first >= len(tokens) or tokens[first].start != gap.end():
            return None
        token = tokens[first]
        word = token.text.lower().rstrip(".,;:")
        sure = word in self._nouns or word.split()[0] in self._nouns and token.pos in _NOUNS
        if not (sure and word not in _NOT_NOUNS or _is_noun(token, word, spelled)):
            return None
        return _group(around, first, end)

    def _merged(self, around: Surroundings, token: Token, start: int, first: int) -> Counted | None:
        """A noun that the tagger glued to its number ('1.126 ca')."""
        match = _WORDS.match(around.text, start, token.end)
        word = match[0].lower() if match else ""
        if match is None or word in _NOT_NOUNS or word.split()[0] not in self._nouns:
            return None
        return Counted(start, match.end(), first, first, word in _CLASSIFIERS, word in _CLASSIFIERS)


def _group(around: Surroundings, first: int, end: int) -> Counted:
    """The first word group of the noun at token `first`: a classifier takes the next noun in."""
    tokens = around.tokens
    token = tokens[first]
    after = first + 1
    classifier = token.pos == "Nc" or token.text.lower() in _CLASSIFIERS
    following = tokens[after] if after < len(tokens) and tokens[after].start < end else None
    lone = True
    if classifier and following and following.pos in (*_NOUNS, "Np", "A") and following.text.lower() not in _NOT_NOUNS:
        gap = around.text[token.end : following.start]
        if not gap.strip() and following.text[:1].isalpha():
            after += 1
            lone = False
    last = tokens[after - 1]
    stop = last.start + len(last.text.rstrip(".,;:!?)”"))
    return Counted(token.start, stop, first, after, classifier, classifier and lone)


def _is_noun(token: Token, word: str, spelled: bool) -> bool:
    if word in _NOT_NOUNS or not word[0].isalpha():
        return False
    if token.pos in _NOUNS or word in _PEOPLE or word in _CLASSIFIERS:
        return True
    if token.pos == "Np":
        return not spelled and " " in word
    return not spelled and token.pos in ("V", "A") and " " in word
