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

# underthesea's `Th.S` has a bare dot: "Th S" is one of its tokens, the only kind with white space inside.
_CHUNK = re.compile(r"\S+(?:(?<=Th)[^\S\n](?=[Ss])\S+)*")

Piece = tuple[str, int]
"""A token as underthesea writes it, and where it ends in its chunk."""


class Tokenizer:
    """Splits text into underthesea's raw tokens.

    `pattern` is underthesea's expression; `characters` maps letters, `spellings` whole tokens of up to six
    characters.
    """

    def __init__(
        self, pattern: re.Pattern[str], characters: Mapping[str, str], spellings: Mapping[str, str]
    ) -> None:
        self._finditer = pattern.finditer
        self._characters = str.maketrans(dict(characters))
        self._spellings = {old: new for old, new in spellings.items() if len(old) <= 6}
        self._cache: dict[str, list[Piece]] = {}

    def tokens(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each token as underthesea writes it, with its start and end in `text`."""
        tail = len(text.rstrip("\n")) if text.endswith("\n") and not text.endswith("\n\n") else len(text)
        for match in _CHUNK.finditer(text):
            chunk, offset = match.group(), match.start()
            start = offset
            for token, end in self._pieces(chunk, last=match.end() == tail):
                yield token, start, offset + end
                start = offset + end

    def _pieces(self, chunk: str, last: bool) -> list[Piece]:
        """The tokens of a chunk; the last one of a text is read as such, for a dot ends it there."""
        if len(chunk) > CHUNK_LIMIT:
            return self._long(chunk, last)
        if last:
            return self._read(chunk, "")
        pieces = self._cache.get(chunk)
        if pieces is None:
            pieces = self._cache[chunk] = self._read(chunk, " ")
        return pieces

    def _long(self, chunk: str, last: bool) -> list[Piece]:
        pieces: list[Piece] = []
        for at in range(0, len(chunk), CHUNK_LIMIT):
            part = chunk[at : at + CHUNK_LIMIT]
            after = "" if last and at + CHUNK_LIMIT >= len(chunk) else " "
            pieces += [(token, at + end) for token, end in self._read(part, after)]
        return pieces

    def _read(self, chunk: str, after: str) -> list[Piece]:
        normal = unicodedata.normalize("NFC", chunk).translate(self._characters)
        ends = None if len(normal) == len(chunk) and normal == chunk else _origins(chunk)
        pieces: list[Piece] = []
        for match in self._finditer(normal + after):
            token = match.group()
            end = match.end() if ends is None else ends[match.end()]
            if pieces and end == pieces[-1][1]:  # one written character that normalises to two tokens
                pieces[-1] = (pieces[-1][0] + token, end)
            else:
                pieces.append((self._spellings.get(token, token), end))
        return pieces


def _origins(chunk: str) -> list[int]:
    """For each offset in the NFC form of `chunk`, the offset in `chunk` where that character begins."""
    origins = [0]
    for start, end in _clusters(chunk):
        length = len(unicodedata.normalize("NFC", chunk[start:end]))
        origins += [max(start, end - length + at) for at in range(1, length)]
        origins.append(end)
    return origins


def _clusters(chunk: str) -> Iterator[tuple[int, int]]:
    """The smallest pieces of `chunk` that normalise independently of one another."""
    start, before = 0, unicodedata.normalize("NFC", chunk[:1])
    for at, character in enumerate(chunk[1:], 1):
        alone = unicodedata.normalize("NFC", character)
        joined = unicodedata.normalize("NFC", before + character)
        if unicodedata.combining(character) == 0 and joined == before + alone:
            yield start, at
            start, before = at, alone
        else:
            before = joined
    if chunk:
        yield start, len(chunk)
