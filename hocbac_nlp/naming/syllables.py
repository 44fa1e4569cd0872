"""A block of text as syllables: what the rules for names read.

Vietnamese writes a space between syllables, so a name is a run of syllables, and its case, its neighbours
and the marks between them are the evidence. Nothing here changes the text: the keys are for comparing.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from unicodedata import combining, normalize

LOWER, TITLE, UPPER, MIXED, NUMBER, WEB = range(6)

LONGEST_RUN = 24

Words = Mapping[int, tuple[int, str]]
_NO_WORDS: Words = {}
_NO_WORD = (0, "")

_PLAIN = r"[^\W_]+(?:[\u0300-\u036f\u200b-\u200d]+[^\W_]*)*(?:['’`ʼ][^\W_]+)*\+?"
_SYLLABLE = re.compile(rf"({_PLAIN})")
_DOMAIN = r"\.(?:vn|com|net|org|info|edu|gov|asia)\b"
_SYLLABLE_OR_WEB = re.compile(
    r"((?:https?://|www\.)[^\s<>\"“”()]{1,300}"
    r"|[\w.+-]{1,64}@[\w.-]{1,64}"
    rf"|[A-Za-z0-9][\w-]{{0,40}}(?:\.[\w-]{{1,40}}){{0,3}}{_DOMAIN}(?![.\w])"
    rf"|{_PLAIN})"
)
_WEB_MARKS = frozenset(".@:")  # no other syllable has them
# Few blocks have an address in them, and the expression without addresses takes half the time.
_WEB_SIGN = re.compile(rf"://|www\.|@|{_DOMAIN}")
_MARKED = {"̀": "f", "́": "s", "̉": "r", "̃": "x", "̣": "j"}
_SHAPES = "\u0302\u0306\u031b"
_JOINERS = "\u200b\u200c\u200d"
_DASHES = str.maketrans("–—−‐‑", "-----")
_CLOSED = re.compile(r"\t|[.!?…:“”\"‘’«»•;*|(\[]|^\s*[-+]\s*$|\s-\s*$")
_ONSET = r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|n|nh|ngh?|ph?|qu|r|s|th?|tr|v|x)?"
_OPEN = r"(?:[aâoôơuư]i|[aâ]y|[ae]o|[aâêiư]u|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|uyu|ia|ya|ua|ưa|uya|uê|uy|uơ)"
_CLOSED_RIME = r"(?:[aăâeêioôơuưy]|iê|yê|uâ|uô|ươ|oa|oă|oe|uê|uy|uyê|oo)(?:ch?|m|n[gh]?|p|t)?"
_VIETNAMESE = re.compile(_ONSET + rf"(?:{_OPEN}|{_CLOSED_RIME})")


@lru_cache(maxsize=65536)
def key(syllable: str) -> str:
    """The syllable for comparing: lower case, the tone at the end, i for y ('Toà' = 'Tòa', 'kỹ' = 'kĩ').

    Marks that no Vietnamese letter has are dropped.
    """
    lower = syllable.lower().replace("’", "'").replace("`", "'").replace("ʼ", "'")
    if lower.isascii():
        return re.sub(r"^([hklmst])y$", r"\1i", lower)
    tone, letters = "", []
    for letter in normalize("NFD", lower):
        if letter in _MARKED:
            tone = tone or _MARKED[letter]
        elif letter in _SHAPES or not (combining(letter) or letter in _JOINERS):
            letters.append(letter)
    plain = normalize("NFC", "".join(letters))
    return re.sub(r"^([hklmst])y$", r"\1i", plain) + ("/" + tone if tone else "")


@lru_cache(maxsize=65536)
def phrase_key(phrase: str) -> tuple[str, ...]:
    """The keys of a phrase's syllables, with the mark before each but a space."""
    block = Syllables(phrase, 0, len(phrase))
    return tuple(block.edge)


@lru_cache(maxsize=65536)
def phrase_shapes(phrase: str) -> tuple[int, ...]:
    """The letter cases of a phrase's syllables."""
    return tuple(Syllables(phrase, 0, len(phrase)).shape)


def keys(words: str) -> frozenset[str]:
    """The keys of the syllables of `words`, as a set to look syllables up in."""
    return frozenset(key(word) for word in words.split())


@lru_cache(maxsize=65536)
def is_vietnamese(syllable_key: str) -> bool:
    """Whether a key is shaped like a Vietnamese syllable."""
    return _VIETNAMESE.fullmatch(syllable_key.partition("/")[0]) is not None


@lru_cache(maxsize=65536)
def _describe(word: str) -> tuple[str, int]:
    if not _WEB_MARKS.isdisjoint(word):
        return word.lower(), WEB
    if word[0].isdigit():
        return word.lower(), NUMBER
    if not word[0].isupper():
        return key(word), LOWER
    if len(word) == 1 or word[1:].islower():
        return key(word), TITLE
    return key(word), UPPER if word.isupper() else MIXED


class Syllables:
    """The syllables of `text[start:end]`, as parallel lists.

    `key` is the folded syllable; `edge` the same with the mark that joins it to the one before (none for
    white space); `shape` its letter case; `spaced` whether white space alone stands before it (a tab parts
    the cells of a table); `opens` whether a sentence, a quotation or a list item may begin with it.
    `word_end` is the end (an offset) of the word that starts with the syllable, 0 inside a word, and `tag`
    that word's part of speech.
    """

    def __init__(self, text: str, start: int, end: int, words: Words = _NO_WORDS) -> None:
        self.source = text
        block = text[start:end]
        parts = (_SYLLABLE_OR_WEB if _WEB_SIGN.search(block) else _SYLLABLE).split(block)  # gap, syllable, gap, …
        offsets = list(accumulate(map(len, parts), initial=start))
        self.text, self.gap, self.tail = parts[1::2], parts[:-1:2], parts[-1]
        self.start, self.end = offsets[1:-1:2], offsets[2::2]
        described = list(map(_describe, self.text))
        self.key = [key for key, _ in described]
        self.shape = [shape for _, shape in described]
        self.spaced = [gap == " " or (gap.isspace() and "\t" not in gap) for gap in self.gap]
        self.edge = [
            key if spaced else gap.strip().translate(_DASHES) + key
            for key, gap, spaced in zip(self.key, self.gap, self.spaced, strict=True)
        ]
        self.opens = [
            not spaced and _CLOSED.search(gap) is not None for gap, spaced in zip(self.gap, self.spaced, strict=True)
        ]
        found = [words.get(at, _NO_WORD) for at in self.start]
        self.word_end = [end for end, _ in found]
        self.tag = [tag for _, tag in found]
        if self.spaced:
            self.spaced[0] = False
            self.opens[0] = True
            self.edge[0] = self.key[0]

    def __len__(self) -> int:
        return len(self.text)

    def begins_longer_word(self, at: int) -> bool:
        """Whether a word of several syllables starts with syllable `at` and goes on in lower case."""
        after = at + 1
        return (
            self.word_end[at] > self.end[at]
            and after < len(self.text)
            and self.spaced[after]
            and self.shape[after] == LOWER
        )

    def is_capital(self, at: int) -> bool:
        """Whether syllable `at` begins with a capital letter."""
        return TITLE <= self.shape[at] <= MIXED

    def run_end(self, at: int) -> int:
        """The end of the run of capitalised syllables, white space alone between them, that starts at `at`.

        It is cut at `LONGEST_RUN` syllables. Syllables of one transcribed name belong to it in lower case
        ('Xan Phran-xi-xcô'), and a hyphen joins two foreign words ('Berners-Lee').
        """
        end, size = at, min(len(self.text), at + LONGEST_RUN)
        while end < size and TITLE <= self.shape[end] <= MIXED and (end == at or self.spaced[end]):
            end += 1
            while end < size and self.gap[end] == "-" and (self.shape[end] == LOWER or self._is_double(end)):
                end += 1
        return end

    def _is_double(self, at: int) -> bool:
        """Whether a hyphen before syllable `at` joins two foreign words to one name."""
        pair = (at - 1, at)
        return all(self.shape[k] in (TITLE, MIXED) and not is_vietnamese(self.key[k]) for k in pair)

    def span(self, first: int, end: int) -> str:
        """The text of the syllables `first` up to `end`."""
        return self.source[self.start[first] : self.end[end - 1]]

    def gap_after(self, at: int) -> str:
        """What stands between syllable `at` and the next one, or the end of the block."""
        return self.gap[at + 1] if at + 1 < len(self.text) else self.tail


def tag_before(block: Syllables, at: int) -> str:
    """The tag of the word right before syllable `at`, or an empty string."""
    if not at or not block.spaced[at]:
        return ""
    word = at - 1
    while word and not block.word_end[word]:
        word -= 1
    return block.tag[word]
