"""Dates in words: 'ngày ba mươi tháng tư năm một chín bảy lăm', 'năm hai không mười ba'.

Years are spelled by place ('một nghìn chín trăm tám tư') or by digit ('một chín tám tư').
"""

import re
from collections.abc import Iterator

from hocbac_nlp.spoken import DIGITS, MONTHS, longest_first
from hocbac_nlp.timing.dates import Point
from hocbac_nlp.timing.time_atoms import Atom

_WORD = "|".join((*DIGITS, "mười", "mươi", "hăm", "trăm", "nghìn", "ngàn", "linh", "lẻ"))
_MONTH = longest_first(MONTHS)
_LONGEST = 8  # words of a year: 'hai nghìn không trăm hai mươi bốn' has seven

_YEAR = rf"(?i:{_WORD})(?: (?i:{_WORD})){{1,{_LONGEST - 1}}}(?!\w)"
_SPELLED = re.compile(
    rf"(?<!\w)(?:(?i:tháng) (?P<month>\d{{1,2}}(?!\d)|(?i:{_MONTH})(?!\w))"
    rf"(?: (?i:năm) (?:(?P<digits>[12]\d{{3}}(?!\d))|(?P<year>{_YEAR})))?|(?i:năm) (?P<only>{_YEAR}))"
)
_DAY = re.compile(rf"(?<!\w)(?P<mark>(?i:ngày (?:m[ùồ]ng )?|m[ùồ]ng ))?(?P<day>(?i:{_WORD})(?: (?i:{_WORD})){{0,2}}) $")
_RATE = re.compile(r"(?<!\w)(?i:mỗi|một|hàng|hằng|từng|mấy|vài|trong) $")


def spelled(folded: str, start: int, end: int) -> Iterator[Atom]:
    """The dates in words between `start` and `end`, in order; a month in words alone is left to `time_atoms`."""
    for match in _SPELLED.finditer(folded, start, end):
        atom = (_year if match["only"] else _day_or_month)(match, folded, start)
        if atom is not None and atom.valid:
            yield atom


def _year(match: re.Match[str], folded: str, start: int) -> Atom | None:
    read = _read_year(match["only"])
    if read is None or _RATE.search(folded, max(start, match.start() - 8), match.start()):
        return None
    year, length = read
    doubtful = year < 1000 or length < len("hai nghìn một")
    end = match.start("only") + length
    return Atom(match.start(), end, "year", Point(year), bare=doubtful, separator="word" if doubtful else "")


def _day_or_month(match: re.Match[str], folded: str, start: int) -> Atom | None:
    month = int(match["month"]) if match["month"].isdigit() else MONTHS[" ".join(match["month"].lower().split())]
    year = int(match["digits"]) if match["digits"] else None
    end = match.end("digits") if year else match.end("month")
    if match["year"] and (read := _read_year(match["year"])):
        year, end = read[0], match.start("year") + read[1]
    low = max(start, match.start() - 32)
    before = _DAY.search(folded[low : match.start()])
    day = _below_hundred(before["day"].lower().split()) if before else None
    if before and day and (before["mark"] or year or day > 12):
        bare = not (before["mark"] or year)
        return Atom(low + before.start(), end, "day", Point(year, month, day), bare=bare, separator="word")
    if year and match["year"]:
        return Atom(match.start(), end, "month", Point(year, month))
    return None


def _read_year(text: str) -> tuple[int, int] | None:
    """The year that the longest run of the words spells, and how many characters it takes."""
    words = text.split(" ")
    for count in range(len(words), 1, -1):
        value = _value([word.lower() for word in words[:count]])
        if value is not None and 100 <= value <= 2100:
            return value, len(" ".join(words[:count]))
    return None


def _value(words: list[str]) -> int | None:
    """'một nghìn chín trăm tám tư' by place, 'một chín tám tư', 'hai không mười ba' by digit."""
    for scale in ("nghìn", "ngàn"):
        if scale in words:
            at = words.index(scale)
            head, tail = _below_hundred(words[:at]), _below_thousand(words[at + 1 :])
            return None if head is None or tail is None else head * 1000 + tail
    if "trăm" in words:
        return _below_thousand(words)
    digits = ""
    for at, word in enumerate(words):
        last = at + 1 == len(words)
        if word == "mười":
            digits += "10" if last else "1"
        elif word == "mươi":
            digits += "0" if last else ""
        elif word in ("linh", "lẻ"):
            digits += "0"
        elif word in DIGITS:
            digits += str(DIGITS[word])
        else:
            return None
    return int(digits) if len(digits) == 4 else None


def _below_thousand(words: list[str]) -> int | None:
    if not words:
        return 0
    if len(words) > 1 and words[1] == "trăm":
        rest = _below_hundred(words[2:]) if words[2:] else 0
        return None if words[0] not in DIGITS or rest is None else DIGITS[words[0]] * 100 + rest
    return _below_hundred(words)


def _below_hundred(words: list[str]) -> int | None:
    """'chín', 'linh chín', 'mười ba', 'hai mươi tư', 'hai tư', 'hăm ba'."""
    if words[:1] in (["linh"], ["lẻ"]):
        words = words[1:]
        return DIGITS.get(words[0]) if len(words) == 1 else None
    if words[:1] in (["mười"], ["hăm"]):
        tens, words = (1 if words[0] == "mười" else 2), words[1:]
    elif len(words) > 1 and words[0] in DIGITS:
        tens, words = DIGITS[words[0]], words[2:] if words[1] == "mươi" else words[1:]
    else:
        tens = 0
        if len(words) != 1:
            return None
    if not words:
        return tens * 10
    return tens * 10 + DIGITS[words[0]] if len(words) == 1 and words[0] in DIGITS else None
