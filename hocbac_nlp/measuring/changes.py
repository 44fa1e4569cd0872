"""Changes: the words before a figure that say that something rose or fell, by how much or to what."""

from dataclasses import dataclass

from hocbac_nlp.document import Change
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.modifiers import Phrases, words_before
from hocbac_nlp.measuring.word_roles import by_role


@dataclass(frozen=True, slots=True)
class Changed:
    """The change word at `start`, and the change that it expresses."""

    start: int
    change: Change
    multiple: bool


class Changes:
    """The reader of change words, over change_words.tsv and figure_words.tsv."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._rows = {row["surface"]: row for row in lexicons.rows("change_words.tsv")}
        roles = by_role(lexicons, "figure_words.tsv")
        self._adverbs, self._placing = roles["adverb"], roles["placing"]
        self._phrases = Phrases(frozenset(self._rows))

    def before(self, text: str, start: int, at: int, counts: bool = False) -> Changed | None:
        """The change word right before `at` (adverbs may stand between); None when nothing changes.

        Before a number that `counts` things, 'lên' and 'xuống' behind a name or a verb of motion are directions
        ('đặt lên 60 cuốn sách').
        """
        words = words_before(text, start, at)
        for _ in range(4):
            found = self._phrases.ending(words)
            if found or not words or words[-1][0] not in self._adverbs:
                break
            words = words[:-1]
        if not words or found is None:
            return None
        phrase, begin = found
        ahead = [text[offset : offset + len(word)] for word, offset in words if offset < begin]
        if (
            phrase in ("lên", "xuống")
            and ahead
            and (ahead[-1] in ("trở", "đổ") or (counts and (ahead[-1][0].isupper() or ahead[-1] in self._placing)))
        ):
            return None
        if phrase == "gia tăng" and ahead[-1:] == ["trị"]:
            return None
        row = self._rows[phrase]
        mode = "to" if row["mode"] == "to" else "by"
        direction = "up" if row["direction"] == "up" else "down"
        return Changed(begin, Change(direction, mode), "gấp" in phrase)  # type: ignore[arg-type]
