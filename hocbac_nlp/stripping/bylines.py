"""Author lines: who signed an article, and in what capacity.

A byline is a short line made of names (`Triều Dương`, `H.Đ`, `Y Krắk`), of words around names
(`Bài, ảnh: …`, `… (thực hiện)`, `KS. …`) and, sometimes, of a post or an outlet. Nothing is taken for an
author that is not written as a name.
"""

import re
from dataclasses import dataclass
from typing import Literal

from hocbac_nlp.alternatives import any_of
from hocbac_nlp.letters import UPPER
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stripping.phrasing import whole

Kind = Literal["signed", "unsigned", "source", "photo"]

_MOST_WORDS = 16
_NAME_WORD = re.compile(r"(?:[^\W\d_]['’]?)(?:[^\W\d_]|['’\-])*\.?\Z")
_INITIALS = re.compile(rf"(?:[{UPPER}]\.\s?){{1,4}}(?:[{UPPER}][^\W\d_]{{0,6}}\.?)?\Z|[A-ZĐ]{{2}}\Z")
_SPLIT = re.compile(rf"\s*(?:[,;/&|+]|\s?[-–—]\s|\s(?:và|with)\s|[-–—](?=[{UPPER}][^\W\d_]+\s[{UPPER}]))\s*")
# What somebody made: `Tin, bài và ảnh`, `Bài/ảnh`.
_WORKS = r"(?:tin|bài(?: viết)?|nội dung)(?:\s*(?:[,/&+–-]|và|\s)\s*(?:bài|ảnh|hình|clip|video|tranh|đồ họa)(?!\w))*"
# The initials of a station or an office that signs: `HYTV`.
_ACRONYM = re.compile(r"[BCDĐGHKLMNPQRSTVXY]{3,6}\Z")
# A heading in capitals behind its letter: `A. QUY ĐỊNH CHUNG`.
_ENUMERATED = re.compile(rf"[A-EIVX]{{1,4}}\s?[-–.]\s?(?:[{UPPER}]{{2,}}\s){{2}}")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_EDGES = " \t\u00a0.,;:-–—|*/()[]_•"
# The initials of a body and the level it belongs to: `UBND xã`, `LĐLĐ tỉnh Bình Sơn`.
_LEVELS = "tỉnh|huyện|thành phố|tp|quận|thị xã|xã|phường|thị trấn"
_LEVELLED = re.compile(rf"[A-ZĐ]{{2,6}}\s(?:{_LEVELS})\b")
_SITE = re.compile(r"\w\.(?:vn|com|net|org|info)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `sure` tells whether the line speaks for itself or only its place can confirm it.

    `authors` are people, or the newsroom or body that signs as a whole; a `source` has them if it is a body.
    """

    kind: Kind
    authors: tuple[str, ...] = ()
    role: str | None = None
    sure: bool = True


class Bylines:
    """Reads author lines with the cues of `strip_byline_cues.tsv`, surnames and posts."""

    def __init__(self, lexicons: Lexicons) -> None:
        cues: dict[str, set[str]] = {}
        for row in lexicons.rows("strip_byline_cues.tsv"):
            cues.setdefault(row["kind"], set()).add(row["phrase"].lower())
        surnames = lexicons.rows("surnames.tsv")
        self._surnames = {row["surname"].lower() for row in surnames}
        self._words = {row["surname"].lower() for row in surnames if row["word"]}
        self._unsigned = cues["unsigned"]
        self._staff = cues["staff"]
        self._staff_of = _starting(cues["staff"], r"\s+")
        self._outlets = cues["outlet"]
        self._places = {
            name.strip().lower()
            for row in lexicons.rows("provinces.tsv")
            for name in (row["name"], *row["alias"].split(";"))
        }
        self._types = whole(lexicons.lines("strip_document_types.txt"))
        before = rf"(?:{_WORKS}|{any_of(cues['before'])})"
        self._before = re.compile(rf"{before}\s*[:：\-–]\s*(?=\S)", re.IGNORECASE)
        self._before_bare = re.compile(rf"{before}\s+(?=\S)", re.IGNORECASE)
        self._title = _starting(cues["title"], r"(?:\s*[.:]\s*|\s+)")
        self._source = _starting(cues["source"], r"(?:\s*[:：]\s*|\s+)")
        self._photo = _starting(cues["photo"], r"\s*[:：]\s*")
        self._after = re.compile(r"\s+(?:" + any_of(cues["after"]) + r")[\s.]*\Z", re.IGNORECASE)
        heads = lexicons.rows("strip_posts.tsv")
        posts = any_of({row["phrase"] for row in heads if row["kind"] == "post"})
        bodies = any_of({row["phrase"].capitalize() for row in heads if row["kind"] == "body"})
        # A body's name goes on with a capital: `Sở Tư pháp`, but not `Phòng trừ sâu bệnh`.
        self._held = re.compile(rf"(?:{posts})\b", re.IGNORECASE)
        self._post = re.compile(rf"(?i:{posts})\b|(?:{bodies})\s+(?:(?-i:[{UPPER}])|(?:{_LEVELS})\b)")
        self._body = re.compile(rf"(?:{bodies}|Đài|Tổng cục|Ủy ban)\b")
        self._outlet = re.compile(
            r"(?:báo(?! cáo)|tạp chí|đài|thông tấn|ttxvn|theo|cổng ttđt|trang|truyền hình|bộ|sở|ban|phòng)\b",
            re.IGNORECASE,
        )

    def read(self, shown: str) -> Byline | None:
        """What the line `shown` (visible text) says as a byline, or None if it is none."""
        text = shown.strip(" *_|.–—-•\u00a0")
        if not text or len(text) > 160 or text.endswith((":", "：")) or _ENUMERATED.match(text):
            return None
        inner = text[1:-1].strip() if text[0] == "(" and text[-1] == ")" else text
        photo = self._photo.match(inner)
        if photo and self._names_a_source(inner, photo, least=0.7):
            return Byline("photo")
        source = self._source.match(inner)
        people = self._people(inner[source.end() :]) if source else ((), None, False)
        if source and people[0] and (people[2] or inner.endswith(")")):
            return Byline("signed", people[0], people[1])  # taken over, with the author's name: `Theo Hải Ngân (SGGP)`
        if source and len(inner.split()) <= _MOST_WORDS and self._names_a_source(inner, source):
            return Byline("source")
        if inner.lower().strip(_EDGES) in self._unsigned:
            return Byline("unsigned")
        if self._is_known_outlet(inner):
            return Byline("source", sure=False)
        return self._signed(inner) or self._collective(inner)

    def is_post(self, shown: str) -> bool:
        """Whether a line under an author's name gives the author's post."""
        return (
            len(shown.split()) <= 24
            and bool(self._post.match(shown.lstrip("(- ")))
            and not shown.rstrip().endswith(("?", "!", ":"))
            and not (shown.rstrip().endswith(".") and len(shown.split()) > 14)
        )

    def post(self, shown: str) -> str | None:
        """The line or note `shown` if it is a post, and not only the body that the author belongs to."""
        return shown.rstrip(".") if self._held.match(shown) else None

    def names(self, text: str) -> tuple[str, ...]:
        """The person names that `text` consists of; empty when anything else is in it."""
        byline = self._signed(text)
        return byline.authors if byline else ()

    def _names_a_source(self, text: str, match: re.Match[str], least: float = 0.4) -> bool:
        """Whether what follows a cue is a name rather than a sentence."""
        rest = text[match.end() :].strip()
        named = sum(word[:1].isupper() for word in rest.split())
        if _SITE.search(rest) and " " not in rest:
            return True
        if not (rest[:1].isupper() or self._outlet.match(rest)) or rest.endswith("."):
            return False
        body = self._body.match(rest) is not None and len(rest.split()) <= 12
        return body or named >= least * len(rest.split())

    def _signed(self, text: str) -> Byline | None:
        cue = self._before.match(text)
        if not cue and (bare := self._before_bare.match(text)) and self._people(text[bare.end() :])[0]:
            cue = bare
        body = text[cue.end() :] if cue else text
        body, closing = self._after.subn("", body)
        if cue and body.lower().strip(_EDGES) in self._unsigned:
            return Byline("unsigned")
        length = len(body.split())
        if length > _MOST_WORDS + 14:
            return None
        names, role, sure = self._people(body)
        named = sum(word[0].isupper() for word in body.split())
        if length > _MOST_WORDS and not cue and not (role and 5 * named >= 3 * length):
            return None
        if not names or not (
            cue or closing or sure or all(" " in name or name[1:2] in "'’" or len(name) == 2 for name in names)
        ):
            return None
        return Byline("signed", names, role, bool(cue or closing or sure))

    def _collective(self, text: str) -> Byline | None:
        """A newsroom or a body that signs as a whole: `Nhóm PV`, `Tin: Phòng Nội vụ`, `Ban Thời sự VTV`."""
        cue = self._before.match(text)
        name, _ = self._after.subn("", text[cue.end() :] if cue else text)
        name = name.strip(_EDGES)
        staff = self._staff_of.match(name)
        if name.lower() in self._staff or (staff and len(name.split()) <= 6 and self._names_a_source(name, staff)):
            return Byline("signed", (name,))
        if cue and name and len(name.split()) <= _MOST_WORDS and not name.endswith((".", "?", "!")):
            named = sum(word[0].isupper() for word in name.split())
            if self._body.match(name) or (":" in cue[0] and name[0].isupper() and 2 * named >= len(name.split())):
                return Byline("signed", (name,))
        return Byline("source", (name,), sure=False) if self._is_body(name) or _ACRONYM.match(name) else None

    def _people(self, text: str) -> tuple[tuple[str, ...], str | None, bool]:
        """The names in `text`, the post beside them, and whether one of them is surely a name."""
        text, outside = _outside_brackets(text)
        parts = [part for part in _SPLIT.split(text) if part.strip(_EDGES)]
        names: list[str] = []
        role, sure = None, False
        for number, part in enumerate(parts):
            part = part.strip(" \t\u00a0,;:-–—|*/()[]_•")
            name, named = self._name(part)
            other_case = bool(names) and part.isupper() and not names[0].isupper() and "." not in part
            if name and not (names and (other_case or self._is_outlet(part))):
                names.append(name)
                sure = sure or named
            elif names and self._post.match(part) and ":" not in part:
                role = self.post(text[text.index(part) :].strip(_EDGES))
                break
            elif (
                (names and (other_case or self._is_outlet(part)))
                or part.lower() in self._unsigned
                or part.lower() in self._staff
                or self._photo.match(part)
                or (not names and number == 0 and self._is_outlet(part) and len(parts) > 1)
            ):
                continue
            else:
                return (), None, False
        if any(character.isdigit() for note in outside if not self._is_outlet(note) for character in note):
            return (), None, False
        for note in outside:
            if names and role is None:
                role = self.post(note)
        return tuple(names), role, sure

    def _is_known_outlet(self, text: str) -> bool:
        """Whether `text` is made of the names of newspapers and agencies."""
        parts = [part for part in re.split(r"[/,;()]", text.lower()) if part.strip(_EDGES)]
        return bool(parts) and all(part.strip(_EDGES) in self._outlets for part in parts)

    def _is_body(self, text: str) -> bool:
        """Whether `text` is the name of a body, which may sign what it sends in: `Phòng Văn hóa xã Tân An`."""
        words = text.split()
        named = sum(word[:1].isupper() for word in words)
        closed = text.endswith((".", ":", "?", "!"))
        head = self._body.match(text.capitalize() if text.isupper() else text)
        return 3 + text.isupper() <= len(words) <= 14 and head is not None and named >= 3 and not closed

    def _is_outlet(self, part: str) -> bool:
        return bool(
            part.lower().strip(_EDGES) in self._outlets
            or self._outlet.match(part)
            or _SITE.search(part)
            or _LEVELLED.match(part)
            or (part.isupper() and " " not in part and "." not in part and len(part) >= 3)
        )

    def _name(self, part: str) -> tuple[str | None, bool]:
        """`part` as a person's name, and whether it is surely one; (None, False) if it is none."""
        while titled := self._title.match(part):
            part = part[titled.end() :]
        part = part.strip(" \t\u00a0,;:-–—|*/()[]_•")
        if any(part.lower() in names for names in (self._unsigned, self._staff, self._outlets, self._places)):
            return None, False
        if part.isupper() and self._types.match(part):
            return None, False
        if _INITIALS.match(part):
            return part, "." in part
        if all(len(word) == 1 for word in part.split()):
            return None, False
        part = part.rstrip(".")
        words = part.split()
        if not 1 <= len(words) <= 6:
            return None, False
        capitals = all(_NAME_WORD.match(word) and word[0].isupper() for word in words)
        mixed = all(
            word.isupper() or word[1:].islower() or "'" in word or "’" in word or len(word) == 1 for word in words
        )
        if not capitals or not mixed:
            return None, False
        first = words[0].lower()
        surname = first in self._surnames or first[:2] in ("h'", "k'", "h’", "k’")
        if part.isupper() and first in self._words:
            surname = False  # in a line of capitals it may be the word: `VÀ KIẾN NGHỊ …`
        if (len(words) > (3 if part.isupper() else 4) and not surname) or (len(part) < 3 and not part.isupper()):
            return None, False
        return part, surname and len(words) >= 2


def _starting(phrases: set[str], then: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(phrases)}){then}(?=\S)", re.IGNORECASE)


def _outside_brackets(text: str) -> tuple[str, list[str]]:
    notes = [note.strip() for note in _BRACKET.findall(text)]
    return _BRACKET.sub(" ", text).strip(), notes
