"""Raw tokens (syllables, numbers, marks): what underthesea's regular expression finds, with exact offsets.

underthesea reads a normalised copy of the text (NFC, `ð` to `đ`) and respells short tokens (`hoà` to `hòa`).
Here each run of text without white space is normalised on its own, which gives the same tokens, and every
token keeps the span that it has in the text as written.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

CHUNK_LIMIT = 200
"""Longest run without white space that is read as a whole: the expression is quadratic in longer ones."""

_CACHE_LIMIT = 50_000
"""How many runs are kept: about 15 MB."""

# underthesea's `Th.S` has a bare dot: "Th S" is one of its tokens, the only kind with white space inside.
_SPACED = re.compile(r"Th[^\S\n][Ss]")
_SPACED_RUN = re.compile(r"\S+(?:(?<=Th)[^\S\n](?=[Ss])\S+)*")
_OTHER_SPACE = re.compile(r"[^\S ]")

Piece = tuple[str, int, int]
"""A token as underthesea writes it, and its start and end in its run."""


class Tokens:
    """The tokens of a text: `forms` as underthesea writes them, and the `starts` and `ends` they have in it."""

    __slots__ = ("ends", "forms", "starts")

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, pieces: list[Piece], offset: int) -> None:
        """Append the tokens of a run that starts at `offset`."""
        for form, start, end in pieces:
            self.forms.append(form)
            self.starts.append(offset + start)
            self.ends.append(offset + end)

    def drop(self) -> None:
        """Remove the last token."""
        for column in (self.forms, self.starts, self.ends):
            column.pop()


class Tokenizer:
    """Splits text into underthesea's raw tokens.

    `pattern` is underthesea's expression; `characters` maps letters, `spellings` whole tokens of up to six
    characters.
    """

    def __init__(self, pattern: re.Pattern[str], characters: Mapping[str, str], spellings: Mapping[str, str]) -> None:
        self._finditer = pattern.finditer
        self._characters = str.maketrans(dict(characters))
        self._spellings = {old: new for old, new in spellings.items() if len(old) <= 6}
        self._cache: dict[str, str | list[Piece]] = {}

    def tokens(self, text: str) -> Tokens:
        """All tokens; together they cover every character that is no white space."""
        if len(self._cache) > _CACHE_LIMIT:
            self._cache.clear()
        found = Tokens()
        end = len(text) - text.endswith("\n")
        if _SPACED.search(text):
            for match in _SPACED_RUN.finditer(text):
                found.add(self._pieces(match.group(), "" if match.end() == end else " "), match.start())
            return found
        self._add_runs(found, _OTHER_SPACE.sub(" ", text))
        if end > 1 and text[end - 1] == "." and text[end - 2].isupper():
            # The last run was read as if more followed: an abbreviation has its dot then, but not at the end.
            run = text[:end].rsplit(None, 1)[-1]
            while found.starts and found.starts[-1] >= end - len(run):
                found.drop()
            found.add(self._pieces(run, ""), end - len(run))
        return found

    def _add_runs(self, found: Tokens, text: str) -> None:
        """Add the tokens of a text whose only white space is the space."""
        cache = self._cache
        add_form, add_start, add_end = found.forms.append, found.starts.append, found.ends.append
        at = 0
        for run in text.split(" "):
            if run:
                pieces = cache.get(run)
                if pieces is None:
                    pieces = self._remember(run)
                end = at + len(run)
                if isinstance(pieces, str):
                    add_form(pieces)
                    add_start(at)
                    add_end(end)
                else:
                    found.add(pieces, at)
                at = end
            at += 1

    def _remember(self, run: str) -> str | list[Piece]:
        """The tokens of a run, kept for the next time; a run of one token is kept as the token itself."""
        if len(run) > CHUNK_LIMIT:
            return self._pieces(run, " ")
        pieces = list(self._read(run, " "))
        entry = self._cache[run] = pieces[0][0] if len(pieces) == 1 else pieces
        return entry

    def _pieces(self, run: str, after: str) -> list[Piece]:
        """The tokens of a run, read with `after` behind it: a space, or nothing where the text ends."""
        pieces: list[Piece] = []
        for at in range(0, len(run), CHUNK_LIMIT):
            part = run[at : at + CHUNK_LIMIT]
            if after or at + CHUNK_LIMIT < len(run):
                known = self._cache.get(part) or self._remember(part)
                found = [(known, 0, len(part))] if isinstance(known, str) else known
            else:
                found = list(self._read(part, after))
            pieces += [(form, at + start, at + end) for form, start, end in found]
        return pieces

    def _read(self, run: str, after: str) -> Iterator[Piece]:
        """Run underthesea's expression over a run that is not too long."""
        normal = unicodedata.normalize("NFC", run).translate(self._characters)
        places = range(len(run) + 1) if normal == run else origins(run)
        form = ""
        start = end = 0
        for match in self._finditer(normal + after):
            if not form:
                start = max(end, places[match.start()])
            form += self._spellings.get(match.group(), match.group())
            end = places[match.end()]
            if end > start:  # else: one written character that normalises to two tokens
                yield form, start, end
                form = ""


def origins(run: str) -> list[int]:
    """For each offset in the NFC form of `run`, the offset in `run` where that character begins.

    A character that normalises to several holds all of their offsets.
    """
    found = [0]
    for start, end in _clusters(run):
        length = len(unicodedata.normalize("NFC", run[start:end]))
        found += [max(start, end - length + at) for at in range(1, length)]
        found.append(end)
    return found


def _clusters(run: str) -> Iterator[tuple[int, int]]:
    """The smallest parts of `run` that normalise independently of one another."""
    start, before = 0, unicodedata.normalize("NFC", run[:1])
    for at, character in enumerate(run[1:], 1):
        alone = unicodedata.normalize("NFC", character)
        joined = unicodedata.normalize("NFC", before + character)
        if unicodedata.combining(character) == 0 and joined == before + alone:
            yield start, at
            start, before = at, alone
        else:
            before = joined
    if run:
        yield start, len(run)
