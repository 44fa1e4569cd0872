"""The expression for everything that may be a time: one group for each way in which Vietnamese text writes it.

The name of the group is the kind of expression; time_atoms reads each.
"""

import re

from hocbac_nlp.spoken import COUNTS, MONTHS, longest_first

_D = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_M = r"(?:1[0-2]|0?[1-9])(?!\d)"
_Y = r"(?:1\d|2[01])\d\d(?!\d)"
MONTH = rf"(?:{_M}|(?i:{longest_first(MONTHS)})(?!\w))"
_YEAR_TAIL = rf"(?:(?: ?[/.-] ?|,? (?i:của )?(?i:năm) |, ){_Y}|,? (?i:năm) [1-9]\d\d(?!\d)| (?:19|20)\d\d(?!\d))"
_LIST = r"(?:(?i:,? (?:và|đến hết|đến|tới|cho đến) )|, ?(?:(?i:và) )?)"
THEN = rf"(?: ?- ?|{_LIST})"
_TO = r"(?i: (?:đến hết|đến|tới|cho đến) )"
_MORE = rf"(?:{THEN}(?:(?i:ngày) )?{_D})"  # the rest of a list or range, behind 'ngày'
_UPTO = rf"(?:(?: ?- ?|{_TO})(?:(?i:ngày) )?{_D})"  # the end of a range that no word introduces
_NUMBER_WORD = rf"(?:\d{{1,2}}|(?i:{longest_first(COUNTS)}))"
_QUARTER = r"(?:IV|I{1,3}|[1-4]|(?i:một|nhất|hai|ba|tư|bốn))(?!\w)"
_END = r"(?![\w%]|[.,]\d)"
_NGAY = r"(?P<{0}>(?i:ngày,?) ?(?:(?i:m[ùồ]ng) ?)?|(?i:m[ùồ]ng) )"

_BEHIND_PART = (
    "(?:" + "|".join(rf"(?<={part} )" for part in ("[sS]áng", "[tT]rưa", "[cC]hiều", "[tT]ối", "[đĐ]êm")) + ")"
)
# How any of the expressions begins: most words are ruled out by their first two letters.
_OPENING = r"\d|(?i:n[găửih]|t[há]|qu|q[1-4]|m[ùồưộ]|gi|rằ|hai|b[aảốẩ]|sá|ch|cá|đê)"
SHAPE = re.compile(
    rf"(?<![\w/])(?={_OPENING})(?<!\d[.,:])(?:"
    rf"(?P<ymd>{_Y}(?P<s1>[-/.])(?:1[0-2]|0?[1-9])(?P=s1){_D})(?!\w)"
    rf"|(?P<dmy>{_NGAY.format('n1')}?{_D}(?: ?/ ?{_M} ?/ ?|\.{_M}\.| ?- ?{_M} ?- ?)(?:{_Y}|\d\d(?!\d)))"
    r"(?![\w%/]|[.,]\d)"
    rf"|(?P<part>(?:{_NUMBER_WORD} (?i:tháng)(?P<side>(?i: đầu| cuối))?|(?P<half>(?i:nửa (?:đầu|cuối|sau|cuối)))) "
    rf"?(?:(?i:của )?(?i:năm)(?P<py> {_Y})?|(?P<py2>{_Y})))(?!\w)"
    rf"|(?P<dtm>(?:{_NGAY.format('n2')}{_D}{_MORE}{{0,6}}|{_D}{_UPTO}?),? (?i:tháng) {MONTH}(?P<t2>{_YEAR_TAIL})?)"
    rf"|(?P<days>(?:(?:{_NGAY.format('n3')}|{_BEHIND_PART}){_D}{_MORE}{{1,6}}|{_D}{_UPTO})"
    rf"(?: ?/ ?{_M}(?: ?/ ?{_Y})?|\.{_M}(?:\.{_Y})?)){_END}"
    rf"|(?P<dashed>(?:(?:{_NGAY.format('n6')}|{_BEHIND_PART}){_D}(?:{_LIST}(?:(?i:ngày) )?{_D}){{1,6}}"
    rf"|{_D}{_TO}(?:(?i:ngày) )?{_D})"
    rf" ?- ?{_M}(?: ?- ?{_Y})?){_END}(?!-)"
    rf"|(?P<dm>{_NGAY.format('n4')}?(?:{_D} ?/ ?{_M}(?!/)|{_D} ?- ?{_M}(?! ?-\d)|{_D}\.{_M})){_END}"
    rf"|(?P<tet>(?:{_NGAY.format('n5')}|(?i:đêm) ){_D} (?:(?i:tết)|(?i:âm lịch))(?!\w))"
    rf"|(?P<my>{_M} ?[/.-] ?{_Y}){_END}"
    rf"|(?P<years>{_Y}(?: ?- ?{_Y}|/{_Y}|[/-]\d\d(?!\d))){_END}(?!-)"
    r"|(?P<clock>(?:[01]?\d|2[0-4])(?: ?[:hg] ?[0-5]\d(?!\d)(?::[0-5]\d)?|h| ?(?i:giờ)"
    r"(?: [0-5]?\d(?!\d)(?: ?(?i:phút))?| (?i:rưỡi))?))(?![\w/%]|[.,]\d)"
    rf"|(?P<month>(?i:tháng) {MONTH}(?:(?:{THEN})(?:(?i:tháng) )?{_M}(?!/)){{0,6}}(?P<t3>{_YEAR_TAIL})?)"
    r"(?![\w%]|[.,]\d)"
    rf"|(?P<quarter>(?i:quý) {_QUARTER}(?:(?:{THEN})(?:(?i:quý) )?{_QUARTER}){{0,3}}(?P<t4>{_YEAR_TAIL})?)(?!\w)"
    rf"|(?P<period>(?i:năm học|niên khóa|niên vụ|nhiệm k[ỳì]|giai đoạn|thời k[ỳì]|mùa giải)"
    rf"(?: (?i:từ))?(?: (?i:năm))? {_Y}(?: ?[-/] ?| (?i:đến|tới)(?: (?i:năm))? )(?:{_Y}|\d\d(?!\d)))(?!\w)"
    rf"|(?P<decade>(?:(?i:những|các) (?i:năm)|(?i:thập) (?i:niên|k[ỷỉ])(?: (?i:năm))?) (?:{_Y}|\d0(?!\d)))(?!\w)"
    r"|(?P<century>(?i:thế kỷ|thế kỉ)(?: (?i:thứ))? (?:\d{1,2}|[IVX]+))(?!\w)"
    rf"|(?P<q>Q[1-4] ?[/.-] ?{_Y})(?!\w)"
    rf"|(?P<year>(?<!\d )(?:(?i:năm) ){_Y}(?:(?:{THEN}|/)(?:(?i:năm) )?{_Y}){{0,6}}){_END}"
    r"|(?P<old>(?i:năm) [1-9]\d\d)(?![\w%]|[.,/-]\d)"
    rf"|(?P<ram>(?i:(?:ngày )?rằm tháng) {MONTH})"
    rf"|(?P<bare>{_Y})(?![\w%/]|[.,-]\d| \d)"
    r")"
)
