"""Laws that are cited by name: where the name ends.

A name of `law_names.tsv` is taken in full. Behind 'Luật', 'Bộ luật' or 'Pháp lệnh' another name is believed
only when the text shows that a law is meant (an article before it, a year or a bracket behind it), and it then
goes on in small letters up to a word with which no name goes on.
"""

import re

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.citing.issuers import alternation
from hocbac_nlp.letters import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.word_roles import by_role
from hocbac_nlp.timing.dates import fold

_LAW_AFTER = re.compile(r",? (?:năm )?(?:19|20)\d\d(?!\d)| \((?i:sửa đổi)| số \d")
_ACRONYM = re.compile(r"[A-ZĐ]{3,}(?!\w)")


class Laws:
    """Finds names of laws behind a type word."""

    def __init__(self, lexicons: Lexicons) -> None:
        cues = by_role(lexicons, "law_cues.tsv")
        self._no_law_before = re.compile(rf"(?i:{any_of(cues['no_law'])}) $")
        self._law_before = re.compile(
            rf"(?i:điều \d{{1,3}}|khoản \d{{1,3}}|điểm [a-zđ]|chương [IVX]+|{any_of(cues['law'])}),? $"
        )
        stop = rf"(?!(?i:{any_of(cues['stop'])})(?!\w))"
        self._unknown = re.compile(rf"[{UPPER}][^\W\d_]*(?: {stop}[^\W\d_]+){{0,7}}")
        rows = lexicons.rows("law_names.tsv")
        self._known = {
            type_: re.compile(
                rf"(?i:{_loosely(alternation([fold(row['name']) for row in rows if row['type'] == type_]))})(?!\w)"
            )
            for type_ in {row["type"] for row in rows}
        }
        self._official = {_bare(row["name"]): row["name"] for row in rows}
        listed = rf"(?i:luật) {self._known['Luật'].pattern}"
        self._amending = re.compile(
            rf"(?i:sửa đổi,? (?:bổ sung )?(?:một số điều )?(?:của )?(?:các )?)"
            rf"{listed}(?:(?:, | (?i:và) ){listed}){{0,8}}"
        )
        initials: dict[str, list[str]] = {}
        for row in rows:
            if row["type"] == "Luật":
                short = "".join(word[0].upper() for word in re.findall(r"[^\W\d_]+", row["name"]))
                initials.setdefault(short, []).append(row["name"])
        self._initials = {short: names[0] for short, names in initials.items() if len(names) == 1 and len(short) > 2}
        self.abbreviations = {row["abbreviation"]: (row["type"], row["name"]) for row in rows if row["abbreviation"]}

    def end(self, folded: str, type_: str, head: int, start: int, end: int) -> int | None:
        """The end of the law's name that begins at `start`, its type word at `head`; None if it is no law."""
        before = folded[max(0, head - 16) : head]
        if type_ == "Luật" and self._no_law_before.search(before):
            return None
        if type_ == "Luật" and (amending := self._amending.match(folded, start, end)):
            return amending.end()
        if (short := _ACRONYM.match(folded, start, end)) and type_ == "Luật" and short[0] in self._initials:
            return short.end()
        known = self._known.get(type_)
        match = known.match(folded, start, end) if known else None
        shown = bool(self._law_before.search(before))
        if match is not None:
            capital = folded[head].isupper() or folded[start].isupper()
            return match.end() if capital or shown or _LAW_AFTER.match(folded, match.end(), end) else None
        match = self._unknown.match(folded, start, end)
        if match is None or not folded[head].isupper():
            return None
        return match.end() if shown or _LAW_AFTER.match(folded, match.end(), end) else None

    def full_name(self, written: str) -> str:
        """The official name: 'Luật BHXH' -> 'Luật Bảo hiểm xã hội', 'luật đấu thầu' -> 'Luật Đấu thầu'."""
        type_ = next((word for word in ("Bộ luật", "Pháp lệnh") if written.lower().startswith(word.lower())), "Luật")
        name = " ".join(written.split())[len(type_) + 1 :]
        official = self._initials.get(name) or self._official.get(_bare(name), name)
        return f"{type_} {official}"


def _loosely(pattern: str) -> str:
    """The pattern with commas and 'và' left out at will, as newspapers do."""
    return pattern.replace(", +", ",? +").replace(" +và +", " +(?:và +)?")


def _bare(name: str) -> str:
    """A name without case, commas and 'và'."""
    return " ".join(word for word in fold(name).casefold().replace(",", " ").split() if word != "và")
